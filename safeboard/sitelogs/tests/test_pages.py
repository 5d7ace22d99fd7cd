"""The way of a head teacher: the incident, the authority, the question, the answer, the file."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from safeboard.core import because
from safeboard.core.models import Entry
from safeboard.incidents import operations as incidents
from safeboard.incidents.models import Draft
from safeboard.incidents.tests.factories import FIELDS as REPORT
from safeboard.incidents.tests.factories import reported
from safeboard.sitelogs import queries
from safeboard.sitelogs.archive import Apart
from safeboard.sitelogs.models import Authority, Question
from safeboard.sitelogs.operations import asking
from safeboard.sitelogs.queries import answer as answers
from safeboard.sitelogs.tests.helpers import DAY, FakeArchive, a_question, clear, make_log, row
from tests.cast import Cast

FIELDS = {
    "host": "https://www.video.example/watch?v=1",
    "since_day": "1",
    "since_month": "3",
    "since_year": "2026",
    "since_time": "9:00",
    "until_day": "3",
    "until_month": "3",
    "until_year": "2026",
    "until_time": "16:00",
    "how": "under",
    "about_self": "no",
}


@pytest.fixture
def officer(cast: Cast) -> Client:
    """A browser of the designated officer, who may ask."""
    with cast.wall_of(cast.designated_officer):
        clear(cast, cast.designated_officer)
    return cast.client_for(cast.designated_officer)


def asked(cast: Cast, **given: Any) -> Question:
    """A question of the designated officer about the last lines."""
    with cast.wall_of(cast.designated_officer):
        log = queries.logs_of(cast.access_for(cast.designated_officer)).first() or make_log(cast)
        return a_question(cast, cast.designated_officer, log, **given)


def test_from_an_incident_to_the_answer(cast: Cast, officer: Client, archive: FakeArchive):
    archive.lines = [row(0), row(1, host="www.video.example"), row(2, host="other.example")]
    with cast.wall_of(cast.designated_officer):
        log = make_log(cast)
    incident = reported(cast)
    page = officer.get(reverse("incidents:record", args=[incident.pk]))
    assert "Ask the filter logs about this" in page.content.decode()
    start = reverse("sitelogs:authority-new") + f"?because={because.token(incident)}"
    assert incident.reference in officer.get(start).content.decode()
    onward = officer.post(start, {"network": "yes"})
    with cast.wall_of(cast.designated_officer):
        authority = Authority.objects.get()
    assert (authority.ground, authority.because_id) == ("incident", incident.pk)
    made = officer.post(onward["Location"], {**FIELDS, "logs": [str(log.pk)]})
    page = officer.get(made["Location"]).content.decode()
    assert "to www[.]video[.]example and everything below it" in page
    assert "between 1 March 2026, 09:00 and 3 March 2026, 16:00" in page
    with cast.wall_of(cast.designated_officer):
        question = Question.objects.get()
    page = officer.get(reverse("sitelogs:answer", args=[question.pk])).content.decode()
    assert "1 line so far." in page
    assert "hxxp[:]//video[.]example/watch" in page
    assert "A line names a device, never a child" in page
    assert "Filter logs asked" in officer.get(reverse("incidents:record", args=[incident.pk])).content.decode()


def test_nothing_typed_is_lost_where_something_has_to_be_put_right(cast: Cast, officer: Client, archive: FakeArchive):
    with cast.wall_of(cast.designated_officer):
        log = make_log(cast)
        by = cast.access_for(cast.designated_officer)
        given = {"ground": "reason", "reason": "Bullying", "allowed_by": "Hugo Head", "allowed_on": DAY.date()}
        authority = asking.record_authority(by=by, **given)
    address = reverse("sitelogs:ask", args=[authority.pk])
    wrong = {**FIELDS, "who": "10.1.2.60-10.1.2.3", "words": "100%_'\"", "logs": [str(log.pk)]}
    page = officer.post(address, wrong).content.decode()
    assert "the wrong way round: write the lower address first" in page
    assert "100%_&#x27;&quot;" in page or "100%_&#39;&#34;" in page
    page = officer.post(address, {**FIELDS, "since_year": "2027", "logs": [str(log.pk)]}).content.decode()
    assert "must not be later than now" in page or "must be today or in the past" in page
    page = officer.post(address, {**FIELDS, "until_day": "1", "until_time": "8:00", "logs": [str(log.pk)]}).content
    assert b"must come after" in page
    page = officer.post(address, {**FIELDS, "host": "", "logs": [str(log.pk)]}).content.decode()
    assert "This asks for everything that everybody did" in page
    assert "Choose one setting or more" in officer.post(address, FIELDS).content.decode()


def test_a_question_without_an_authority_is_refused(cast: Cast, officer: Client, archive: FakeArchive):
    address = reverse("sitelogs:authority-new")
    page = officer.post(address, {"ground": "reason", "reason": "", "network": "yes"}).content.decode()
    assert "Without an authority nothing is asked of the filter logs" in page
    assert officer.get(reverse("sitelogs:ask", args=[999])).status_code == 404
    assert archive.asked == []


def test_who_is_not_cleared_is_told_so(cast: Cast, archive: FakeArchive):
    page = cast.client_for(cast.infrastructure).get(reverse("sitelogs:authority-new"))
    assert "Neither is on record for you" in page.content.decode()


def test_an_answer_comes_in_parts_and_misses_and_doubles_nothing(
    cast: Cast, officer: Client, archive: FakeArchive, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(answers, "PART", 3)
    archive.lines = [row(minutes, line=n) for n, minutes in enumerate([0, 1, 1, 1, 1, 1, 2, 3], 1)]
    question = asked(cast)
    seen: list[str] = []
    address: str | None = reverse("sitelogs:answer", args=[question.pk])
    for _part in range(3):
        page = officer.get(address)
        seen += [line.ref for line in page.context["part"].lines]
        more = page.context["part"].more
        address = f"{reverse('sitelogs:answer', args=[question.pk])}?from={more}"
    assert more == ""
    assert [int(ref.rpartition("~")[2]) for ref in seen] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert Entry.objects.filter(verb="sitelogs.looked").count() == 1, "the parts are one look"


def test_the_next_part_is_for_who_looked_and_stops_with_the_authority(
    cast: Cast, officer: Client, archive: FakeArchive, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(answers, "PART", 1)
    archive.lines = [row(0), row(1)]
    question = asked(cast)
    address = reverse("sitelogs:answer", args=[question.pk])
    more = officer.get(address).context["part"].more
    part = officer.get(f"{address}?from={more}", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "That is the whole answer" in part.content.decode()
    assert officer.get(f"{address}?from=somebody-elses").context["part"].shown == 1
    assert Entry.objects.filter(verb="sitelogs.looked").count() == 2, "a cursor of nobody's is a look of its own"
    with cast.wall_of(cast.designated_officer):
        asking.withdraw_authority(
            by=cast.access_for(cast.designated_officer), authority=question.authority, why="Given in error"
        )
    page = officer.get(f"{address}?from={more}")
    assert (page.status_code, "withdrawn" in page.content.decode()) == (403, True)


def test_counts_are_a_picture_with_its_table(cast: Cast, officer: Client, archive: FakeArchive):
    archive.lines = [row(0), row(5), row(70), row(24 * 60, host="x.video.example")]
    question = asked(cast)
    page = officer.get(reverse("sitelogs:counts", args=[question.pk]))
    days, hours = page.context["found"].pictures
    assert [one["count"] for one in days.table.rows] == [3]
    assert [(one["when"], one["count"]) for one in hours.table.rows] == [("09:00–09:59", 2), ("10:00–10:59", 1)]
    assert "In which weeks?" not in page.content.decode()


def test_one_line_with_its_raw_line_and_what_came_around_it(cast: Cast, officer: Client, archive: FakeArchive):
    archive.lines = [row(0), row(5, host="before.example", url="http://before.example/"), row(30)]
    question = asked(cast)
    ref = officer.get(reverse("sitelogs:answer", args=[question.pk])).context["part"].lines[-1].ref
    address = reverse("sitelogs:line", args=[question.pk])
    page = officer.get(address, {"ref": ref})
    assert len(page.context["found"].lines) == 2
    assert "TCP_MISS/200" in page.content.decode()
    outside = f"{(row(5).time + timedelta(days=9)).isoformat()}~x~1"
    for wrong in ("", "x", ref.replace("~1", "~2"), outside):
        assert officer.get(address, {"ref": wrong})["Location"] == reverse("sitelogs:answer", args=[question.pk])


def test_a_spreadsheet_and_csv_with_harmless_cells(cast: Cast, officer: Client, archive: FakeArchive):
    archive.lines = [row(0, user="=cmd|' /C calc'!A0", url="http://video.example/=1+1")]
    question = asked(cast)
    taken = officer.post(reverse("sitelogs:export", args=[question.pk, "csv"]))
    _head, line = csv.reader(io.StringIO(taken.content.decode("utf-8-sig")))
    assert line[:5] == [
        "2026-03-02 09:00:00",
        "Alder Bank Primary",
        "10.1.2.3",
        "'=cmd|' /C calc'!A0",
        "hxxp[:]//video[.]example/=1+1",
    ]
    sheet = officer.post(reverse("sitelogs:export", args=[question.pk, "sheet"]))
    with zipfile.ZipFile(io.BytesIO(sheet.content)) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist())
    assert [one.facts["what"] for one in Entry.objects.filter(verb="sitelogs.looked")] == ["sheet", "csv"]


def test_an_answer_that_is_too_long_for_a_file_is_not_cut(
    cast: Cast, officer: Client, archive: FakeArchive, monkeypatch: pytest.MonkeyPatch
):
    from safeboard.sitelogs.queries import exporting

    monkeypatch.setitem(exporting.MOST, "csv", 1)
    archive.lines = [row(0), row(1)]
    question = asked(cast)
    taken = officer.post(reverse("sitelogs:export", args=[question.pk, "csv"]), follow=True)
    assert "too many for this file. Nothing was taken" in taken.content.decode()


def test_a_long_file_is_made_by_the_worker_and_handed_out_once(
    cast: Cast, officer: Client, archive: FakeArchive, monkeypatch: pytest.MonkeyPatch
):
    from django_tasks_db.models import DBTaskResult

    from safeboard.sitelogs.jobs import make_export
    from safeboard.sitelogs.queries import exporting

    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    archive.lines = [row(0), row(1)]
    question = asked(cast)
    sent = officer.post(reverse("sitelogs:export", args=[question.pk, "csv"]))
    waiting = officer.get(sent["Location"])
    assert (waiting.status_code, waiting["Refresh"]) == (202, "2")
    make_export.func(**DBTaskResult.objects.get().args_kwargs["kwargs"])  # what the worker does
    taken = officer.get(sent["Location"])
    assert (taken["Content-Type"], len(taken.content.decode("utf-8-sig").splitlines())) == (
        "text/csv; charset=utf-8",
        3,
    )
    assert "was handed out already" in officer.get(sent["Location"], follow=True).content.decode()
    assert [one.facts["what"] for one in Entry.objects.filter(verb="sitelogs.looked")] == ["csv"]
    other = reverse("sitelogs:export-made", args=[question.pk, "pack", sent["Location"].split("/")[-2]])
    assert officer.get(other)["Location"] == reverse("sitelogs:take", args=[question.pk])


def test_what_was_found_becomes_a_report_tied_both_ways(cast: Cast, officer: Client, archive: FakeArchive):
    question = asked(cast)
    page = officer.get(reverse("sitelogs:question", args=[question.pk]))
    start = f"{reverse('incidents:report')}?because={page.context['because_word']}"
    begun = officer.get(start)
    assert f"Question {question.pk} to the filter logs" in begun.content.decode()
    scenario = begun.context["form"].fields["scenario"].choices[0][0]
    given = {"key": begun.context["key"], "images": "no", "scenario": scenario}
    what = officer.post(start, given)
    key = urlsplit(what["Location"]).path.split("/")[3]
    with cast.wall_of(cast.designated_officer):
        draft = Draft.objects.get(form_key=key)
        incident = incidents.report(by=cast.access_for(cast.designated_officer), fields=REPORT, draft=draft)
    assert (
        f"Incident {incident.reference}"
        in officer.get(reverse("sitelogs:question", args=[question.pk])).content.decode()
    )
    record = officer.get(reverse("incidents:record", args=[incident.pk])).content.decode()
    assert f"Question {question.pk} to the filter logs" in record
    colleague = cast.client_for(cast.lead).get(reverse("incidents:record", args=[incident.pk])).content.decode()
    assert "to the filter logs" not in colleague, "who may not open the question is not told of it"


def test_a_question_asked_again_starts_with_what_was_asked(cast: Cast, officer: Client, archive: FakeArchive):
    question = asked(cast)
    page = officer.get(reverse("sitelogs:ask", args=[question.authority_id]), {"again": question.pk})
    assert page.context["form"].initial["host"] == "video.example"
    saved = officer.post(reverse("sitelogs:name", args=[question.pk]), {"name": "Video at night"}, follow=True)
    assert "The question is kept" in saved.content.decode()
    assert "Video at night" in officer.get(reverse("sitelogs:home")).content.decode()


def test_the_list_of_questions_costs_the_same_for_one_and_for_three(
    cast: Cast, officer: Client, archive: FakeArchive, django_assert_num_queries: Any
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked(cast)
    address = reverse("sitelogs:home")
    officer.get(address)
    with CaptureQueriesContext(connection) as one:
        officer.get(address)
    asked(cast)
    asked(cast)
    with django_assert_num_queries(len(one)):
        officer.get(address)


def test_where_the_archive_stops_in_the_middle_it_is_said_and_what_to_do(
    cast: Cast, officer: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    question = asked(cast)
    settings.SAFEBOARD_SITELOGS_APART = True

    def killed(archive: Apart, *_given: Any) -> None:
        raise archive.gone()

    monkeypatch.setattr(Apart, "begun", killed)
    for name in ("answer", "counts"):
        page = officer.get(reverse(f"sitelogs:{name}", args=[question.pk]))
        assert (page.status_code, "Try again: it begins anew" in page.content.decode()) == (503, True), name
    state = officer.get(reverse("sitelogs:state"))
    assert (state.status_code, "Nothing was lost" in state.content.decode()) == (503, True)
