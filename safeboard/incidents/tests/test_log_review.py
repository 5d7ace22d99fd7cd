"""The agency's review of its log: the date is kept, figures are frozen and suppressed, the papers print."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from safeboard.incidents.choices import Every, Kin, Part
from safeboard.incidents.clocks import watch_looking_back
from safeboard.incidents.errors import NamesStand, Refused
from safeboard.incidents.models import AgencyReview, Incident
from safeboard.incidents.operations.log_reviews import hold_log_review
from safeboard.incidents.queries.log_review import suppressed
from safeboard.incidents.queries.review_paper import governors_report, team_page
from safeboard.library import queries as library
from safeboard.outbox.models import Message

from .factories import allegation, reported
from .test_lessons import lesson

PACK = "england-2026"
KINDS = [kind for kind, _title in library.choices(PACK, "incident-kinds")]


def held(cast, **changes) -> AgencyReview:
    """A review of the log until yesterday."""
    ahead = timezone.localdate() + timedelta(days=90)
    given = {"conclusions": "Telephones keep coming back", "asked": "What is an alt?", "every": Every.TERM}
    with cast.wall_of(cast.lead):
        return hold_log_review(by=cast.access_for(cast.lead), **{**given, "next_on": ahead, **changes})


def days_ago(cast, incident, days=3) -> Incident:
    """The same incident, reported some days ago."""
    with cast.wall_of(cast.lead):
        Incident.objects.filter(pk=incident.pk).update(reported_at=timezone.now() - timedelta(days=days))
    return incident


@pytest.mark.django_db
def test_a_review_counts_its_period_once_without_concerns_about_staff(cast):
    for _one in range(7):
        days_ago(cast, reported(cast))
    days_ago(cast, allegation(cast))
    reported(cast)  # today: of the next period
    review = held(cast)
    assert review.figures["total"] == 7
    assert review.figures["kinds"] == {"bullying-harassment": 7}
    with pytest.raises(Refused):
        held(cast)
    with pytest.raises(Refused):
        held(cast, next_on=timezone.localdate())


@pytest.mark.django_db
def test_the_conclusions_name_no_child(cast):
    days_ago(cast, reported(cast, people=[{"kin": Kin.CHILD, "part": Part.AFFECTED, "name": "Mia Knott"}]))
    with pytest.raises(NamesStand):
        held(cast, conclusions="MIA again")
    assert held(cast, conclusions="One child again").pk


@pytest.mark.django_db
def test_only_lead_and_officer_hold_it_and_few_read_it(cast):
    review = held(cast)
    path = f"/incidents/log-reviews/{review.pk}/"
    can = {
        who
        for who in cast.people
        if who not in ("stranger", "leaver") and cast.client_for(cast.people[who]).get(path).status_code == 200
    }
    assert can == {"lead", "designated_officer", "responsible_person", "inspector"}
    with cast.wall_of(cast.responsible_person), pytest.raises(PermissionDenied):
        hold_log_review(
            by=cast.access_for(cast.responsible_person), conclusions="x", every="term", next_on=date(2099, 1, 1)
        )


@pytest.mark.django_db
def test_overdue_shows_on_home_and_is_told_once(cast):
    review = held(cast)
    with cast.wall_of(cast.lead):
        AgencyReview.objects.filter(pk=review.pk).update(next_on=timezone.localdate() - timedelta(days=1))
    page = cast.client_for(cast.designated_officer).get("/").content.decode()
    assert "The log of incidents is to be reviewed" in page
    assert "Late" in page
    assert watch_looking_back() == 1
    assert watch_looking_back() == 0
    told = set(Message.objects.filter(kind="looking-back-late").values_list("to__name", flat=True))
    assert told == {"Lena Lead", "Dora Designated"}


@pytest.mark.django_db
def test_the_pages_hold_a_review_and_move_its_date(cast):
    days_ago(cast, reported(cast))
    lead, ahead = cast.client_for(cast.lead), timezone.localdate() + timedelta(days=40)
    assert "1</strong> reported" in lead.get("/incidents/log-reviews/new/").content.decode()
    on = {"next_on_day": ahead.day, "next_on_month": ahead.month, "next_on_year": ahead.year}
    typed = {"conclusions": "All is well", "every": "month", **on}
    assert lead.post("/incidents/log-reviews/new/", typed).status_code == 302
    page = lead.get("/incidents/log-reviews/").content.decode()
    assert "due in 5 weeks" in page
    with cast.wall_of(cast.lead):
        review = AgencyReview.objects.get()
    path = f"/incidents/log-reviews/{review.pk}/next/"
    past = {"every": "month", "next_on_day": 1, "next_on_month": 1, "next_on_year": 2020}
    assert "day to come" in lead.post(path, past).content.decode()
    assert lead.post(path, {"every": "term", **on}).status_code == 302


@pytest.mark.django_db
def test_the_papers_name_nobody_and_hide_small_figures(cast):
    child = {"kin": Kin.CHILD, "part": Part.AFFECTED, "name": "Mia Knott"}
    for _one in range(3):
        days_ago(cast, reported(cast, people=[child]))
    days_ago(cast, allegation(cast, about="Colin Colleague"))
    lesson(cast, everybody=True, what="Ask who else uses it")
    lesson(cast, by="responsible_person", incident=allegation(cast), everybody=True, what="Keep doors open")
    review = held(cast)
    with cast.wall_of(cast.responsible_person):
        access = cast.access_for(cast.responsible_person)
        for made in (governors_report, team_page):
            _title, html = made(access, review)
            for word in ("Mia", "Knott", "Colin", "2026-00", "Keep doors open"):
                assert word not in html, (made, word)
        _title, html = governors_report(access, review)
    assert "<td>c</td>" in html
    assert "<td>3</td>" not in html
    head = cast.client_for(cast.responsible_person)
    for name in ("governors", "team"):
        answer = head.get(f"/incidents/log-reviews/{review.pk}/{name}.pdf")
        assert answer.content.startswith(b"%PDF-")


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*KINDS, "gone"]), st.integers(0, 30)))
def test_no_small_figure_is_shown_or_can_be_worked_out(kinds):
    counts, total = suppressed(PACK, {"kinds": kinds, "total": sum(kinds.values())})
    hidden = [name for name, count in counts.items() if count.hidden]
    for name, count in counts.items():
        assert count.value is None or count.value == 0 or count.value > 5, name
    if total.value is not None:
        assert len(hidden) != 1  # a single hidden figure would be what the total leaves
    assert total.value is None or total.value == sum(kinds.values())
    again = suppressed(PACK, {"kinds": kinds, "total": sum(kinds.values())})
    assert (counts, total) == again
