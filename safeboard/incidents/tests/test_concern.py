"""A concern about staff: who hears first, how grave it is, the risk assessment, what is particular online."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeboard.core import history
from safeboard.incidents import operations
from safeboard.incidents.choices import Finding, Kin, Owner, Part, RiskLevel, Threshold
from safeboard.incidents.errors import Refused
from safeboard.incidents.models import Duty, Incident, OnlineAllegation, RiskAssessment, ThresholdDecision
from safeboard.incidents.operations.allegation import RISK, assess_risk, decide_threshold, describe_online
from safeboard.incidents.queries.allegation import answered, path_of, questions_of
from safeboard.incidents.queries.handling import ALLEGATION_FIRST

from .factories import allegation, reported
from .helpers import referred

pytestmark = pytest.mark.django_db
PACKS = ["becta-2008", "england-2026"]
KINDS = {
    "accidental-inappropriate": False,
    "deliberate-inappropriate": True,
    "accidental-illegal": False,
    "deliberate-illegal": True,
    "email-misuse": False,
    "network-misuse": False,
    "bullying-harassment": False,
    "sexual-exploitation": False,
}
ANSWERS = [{"question": "Is it sure?", "answer": "Yes", "words": "ZQANSWER the log"}]
STAFF = {"kin": Kin.STAFF, "part": Part.CONCERN, "name": "Ulla Unknown"}


def duties(cast, incident):
    with cast.wall_of(cast.staff):
        return {duty.key: duty for duty in Duty.objects.filter(incident=incident)}


def officer(cast):
    return cast.access_for(cast.allegations_officer)


@pytest.mark.parametrize("pack", PACKS)
def test_both_packs_say_who_hears_first(pack):
    incident = Incident(pack=pack)
    path = path_of(incident)
    assert path.first == {"becta-2008": "hr", "england-2026": "lado"}[pack]
    assert bool(path.levels) is (pack == "england-2026")
    for name in ("staff-risk", "allegation-online"):
        assert len(questions_of(incident, name).questions) > 4


@pytest.mark.parametrize(("scenario", "assessed"), KINDS.items())
def test_what_is_owed_first_by_kind_of_incident(cast, scenario, assessed):
    incident = allegation(cast, about="Ulla Unknown", scenario=scenario)
    owed = duties(cast, incident)
    assert (owed[ALLEGATION_FIRST].to, owed[ALLEGATION_FIRST].owner) == ("lado", Owner.HR)
    assert (RISK in owed) is assessed
    assert RISK not in duties(cast, reported(cast, scenario=scenario))
    if assessed:
        assert timezone.now() < owed[RISK].due_at


def test_an_incident_that_becomes_one_later_owes_the_same(cast):
    incident = reported(cast, scenario="deliberate-inappropriate")
    assert ALLEGATION_FIRST not in duties(cast, incident)
    with cast.wall_of(cast.staff):
        operations.add_involved(by=cast.access_for(cast.staff), incident=incident, **STAFF)
    assert {ALLEGATION_FIRST, RISK} <= set(duties(cast, incident))


def test_a_kind_that_is_put_right_raises_the_assessment(cast):
    incident = allegation(cast, about="Ulla Unknown")
    assert RISK not in duties(cast, incident)
    with cast.wall_of(cast.allegations_officer):
        given = {"edition": incident.edition, "fields": {"scenario": "deliberate-inappropriate"}}
        operations.change(by=officer(cast), incident=incident, **given)
    assert RISK in duties(cast, incident)


def test_telling_them_is_the_main_button_and_settles_it(cast):
    incident = allegation(cast, about="Ulla Unknown")
    page = cast.client_for(cast.staff).get(f"/incidents/{incident.pk}/").content.decode()
    first = page.index("Ring them first")
    assert first < page.index("Find out what to do")
    with cast.wall_of(cast.staff):
        assert Incident.objects.get(pk=incident.pk).allegation
        operations.referrals.make_referral(by=officer(cast), incident=incident, to="lado", to_name="LADO")
    assert duties(cast, incident)[ALLEGATION_FIRST].done_at
    assert "Ring them first" not in cast.client_for(cast.staff).get(f"/incidents/{incident.pk}/").content.decode()


def test_a_chart_that_asks_for_the_same_raises_no_second_duty(cast):
    incident = allegation(cast, about="Ulla Unknown")
    with cast.wall_of(cast.allegations_officer):
        given = {"kind": "refer", "title": "Tell the LADO", "to": "lado", "owner": "designated_officer"}
        duty = operations.raise_duty(
            by=officer(cast), incident=incident, key="chart:refer-lado", due_at=timezone.now(), **given
        )
    assert duty.key == ALLEGATION_FIRST
    referred(cast, incident)
    assert len([key for key, one in duties(cast, incident).items() if one.to == "lado"]) == 1


def test_the_threshold_keeps_both_with_their_reasons(cast):
    incident = allegation(cast, about="Ulla Unknown")
    with cast.wall_of(cast.allegations_officer):
        decide_threshold(by=officer(cast), incident=incident, level=Threshold.LOW, why="First time")
        decide_threshold(by=officer(cast), incident=incident, level=Threshold.HARM, why="A second child spoke")
        assert [one.level for one in ThresholdDecision.objects.filter(incident=incident)] == ["harm", "low"]
        Incident.objects.filter(pk=incident.pk).update(pack="becta-2008")
        incident.pack = "becta-2008"
        with pytest.raises(Refused):
            decide_threshold(by=officer(cast), incident=incident, level=Threshold.LOW, why="x")
    path = f"/incidents/{incident.pk}/concern/threshold/"
    assert cast.client_for(cast.allegations_officer).get(path).status_code == 404


def test_the_risk_assessment_settles_its_duty_and_is_looked_at_again(cast):
    incident = allegation(cast, about="Ulla Unknown", scenario="deliberate-inappropriate")
    given = {"answers": ANSWERS, "level": RiskLevel.SOME, "why": "w", "decided_by": "Alma, with HR"}
    day = timezone.localdate()
    with cast.wall_of(cast.allegations_officer):
        first = assess_risk(by=officer(cast), incident=incident, review_on=day, form_key=incident.form_key, **given)
        assess_risk(by=officer(cast), incident=incident, review_on=day, form_key=incident.form_key, **given)
        assert RiskAssessment.objects.count() == 1
    owed = duties(cast, incident)
    assert owed[RISK].done_at
    assert owed[f"{RISK}:{first.pk}"].done_at is None
    with cast.wall_of(cast.allegations_officer):
        assess_risk(by=officer(cast), incident=incident, **{**given, "level": RiskLevel.NONE})
        assert [one.level for one in incident.risks.all()] == ["none", "some"]
    assert duties(cast, incident)[f"{RISK}:{first.pk}"].done_at


def test_words_only_and_only_those_who_handle_it(cast):
    incident = allegation(cast, about="Ulla Unknown")
    file = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA"
    with cast.wall_of(cast.allegations_officer):
        for answers, why in (([{**ANSWERS[0], "words": file}], "x"), (ANSWERS, file)):
            with pytest.raises(Refused):
                describe_online(by=officer(cast), incident=incident, answers=answers, finding=Finding.OPEN, why=why)
    by = cast.access_for(cast.staff)
    with cast.wall_of(cast.staff), pytest.raises(PermissionDenied):
        describe_online(by=by, incident=incident, answers=ANSWERS, finding=Finding.OPEN)
    with cast.wall_of(cast.staff):
        assert not OnlineAllegation.objects.exists()


def test_answers_are_kept_in_the_words_that_were_shown():
    questions = questions_of(Incident(pack="england-2026"), "staff-risk")
    rows = answered(questions, {"works-with": "yes", "works-with-words": "Year 3", "advice-words": "Ask HR"})
    asked = {row["question"]: row for row in rows}
    assert asked["Do they work with children, or can they reach children in their work?"]["answer"] == "Yes"
    assert asked["Who was asked for advice, and what did they say?"] == rows[-1]
    assert rows[-1]["words"] == "Ask HR"


def test_from_start_to_finish_on_the_pages(cast):
    incident = allegation(cast, about="Ulla Unknown", scenario="deliberate-inappropriate")
    client, base = cast.client_for(cast.allegations_officer), f"/incidents/{incident.pk}/concern/"
    page = client.get(base).content.decode()
    assert "Who is handling it, and why" in page
    assert "Nobody has decided yet" in page
    page = client.post(f"{base}threshold/", {"level": "low"}).content.decode()
    assert "Write why" in page
    assert client.post(f"{base}threshold/", {"level": "harm", "why": "ZQWHY"}).status_code == 302
    page = client.post(f"{base}risk/", {"level": "high", "purpose": "yes", "purpose-words": "ZQLOG"}).content.decode()
    assert "Write who decided" in page
    assert "ZQLOG" in page
    sent = {
        "level": "high",
        "why": "ZQBECAUSE",
        "measures": "Away from children",
        "decided_by": "Alma",
        "purpose": "yes",
        "purpose-words": "ZQLOG",
    }
    assert client.post(f"{base}risk/", sent).status_code == 302
    assert "ZQLOG" in client.get(f"{base}risk/").content.decode()
    assert client.post(f"{base}online/", {"finding": "false", "reach-words": "ZQREACH"}).status_code == 302
    page = client.get(base).content.decode()
    for word in ("ZQWHY", "ZQBECAUSE", "ZQLOG", "ZQREACH", "Away from children"):
        assert word in page, word
    assert client.get(f"{base}record.pdf")["Content-Type"] == "application/pdf"
    verbs = {entry.verb for entry in history.of(incident)}
    assert {"incidents.threshold", "incidents.risk_assessed", "incidents.online_described"} <= verbs
    assert "incidents.allegation_printed" in verbs
    story = client.get(f"/incidents/{incident.pk}/").content.decode()
    assert "Risk assessment" in story
    assert "ZQBECAUSE" in story
    seen = cast.client_for(cast.staff).get(f"/incidents/{incident.pk}/").content.decode()
    assert "ZQBECAUSE" not in seen
