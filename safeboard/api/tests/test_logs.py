"""The filter logs asked by a program: by the page's rules, with the page's answers."""

from __future__ import annotations

from typing import Any

import pytest

from safeboard.api.choices import Scope
from safeboard.api.limits import METER
from safeboard.api.tests.helpers import Program, program
from safeboard.core import history
from safeboard.core.models import Entry
from safeboard.incidents.tests.factories import allegation, reported
from safeboard.partnership.tests.factories import MembershipFactory
from safeboard.sitelogs import engine
from safeboard.sitelogs.errors import Stopped
from safeboard.sitelogs.models import Authority, LogSetting, Question
from safeboard.sitelogs.operations import asking
from safeboard.sitelogs.queries import answer
from safeboard.sitelogs.tests.helpers import KEY, FakeArchive, a_question, an_authority, clear, make_log, row
from tests.cast import Cast

pytestmark = pytest.mark.django_db

REASON = {"reason": "Bullying in year 8", "allowed_by": "Hugo Head", "allowed_on": "2026-03-01", "network": "yes"}
ASKED: dict[str, Any] = {
    "authority": REASON,
    "settings": [KEY],
    "since": "2026-03-01T09:00:00+00:00",
    "until": "2026-03-03T09:00:00+00:00",
    "host": "https://video.example/watch",
    "about_self": False,
}


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> FakeArchive:
    """An archive in memory, which knows what it was asked; however slow the machine, a page is sent when it is full."""
    fake = FakeArchive()
    monkeypatch.setattr(engine, "archive", lambda: fake)
    monkeypatch.setattr(answer, "PATIENCE", 60.0)
    monkeypatch.setattr(answer, "LONGEST", 60.0)
    METER.clear()
    return fake


@pytest.fixture
def asker(cast: Cast, archive: FakeArchive) -> Program:
    """A program of the designated officer, who may ask, beside one filter."""
    with cast.wall_of(cast.designated_officer):
        clear(cast, cast.designated_officer)
        make_log(cast)
    return program(cast, cast.designated_officer, Scope.LOGS_ASK)


def refusal(response: Any, status: int = 422) -> str:
    """What a refusal says; nothing was kept and nothing was asked of the logs."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    return " ".join([told["detail"], *(f"{one['field']}: {one['problem']}" for one in told["errors"])])


def everything(asking_: Program, pk: int) -> list[dict[str, Any]]:
    """All lines of an answer, page by page."""
    lines, cursor = [], ""
    while cursor is not None:
        page = asking_.get(f"/logs/questions/{pk}/lines" + (f"?cursor={cursor}" if cursor else "")).json()
        lines += page["lines"]
        cursor = page["next_cursor"]
    return lines


def test_a_question_is_written_down_with_its_authority_and_answered_as_on_the_page(
    cast: Cast, asker: Program, archive: FakeArchive
):
    archive.lines = [row(n / 10) for n in range(250)] + [row(1, setting="brookside", host="other.example")]
    made = asker.post("/logs/questions", ASKED).json()
    assert (made["waits"], made["answered"]) == (False, True)
    assert "video[.]example and everything below it" in made["words"]
    lines = everything(asker, made["id"])
    with cast.wall_of(cast.designated_officer):
        by, question = cast.access_for(cast.designated_officer), Question.objects.get()
        shown, cursor = [], None
        while True:
            part = answer.part_of(by, question, cursor, look=1)
            shown += part.lines
            if not part.more:
                break
            cursor = answer.read_cursor(part.more, question, by)
        assert [one["ref"] for one in lines] == [one.ref for one in shown]
        assert len(lines) == 250
        assert lines[0]["ref"] > lines[-1]["ref"]
        assert (question.asked_by, question.authority.reason) == (cast.designated_officer, REASON["reason"])
        verbs = [(one.verb, one.facts.get("what"), one.job[:10]) for one in history.of(question)]
        assert verbs == [("sitelogs.looked", "rows", "api-token-"), ("sitelogs.asked", None, "api-token-")]
    assert lines[0]["url"] == "hxxp[:]//video[.]example/watch"
    assert lines[0]["setting"] == KEY
    shown_page = cast.client_for(cast.designated_officer).get(f"/logs/questions/{made['id']}/").content.decode()
    assert shown_page.count("A program with a token of Dora Designated") == 2


def test_counts_are_by_hour_and_a_look(cast: Cast, asker: Program, archive: FakeArchive):
    archive.lines = [row(0), row(5), row(70)]
    pk = asker.post("/logs/questions", ASKED).json()["id"]
    told = asker.get(f"/logs/questions/{pk}/counts").json()
    assert (told["total"], [one["lines"] for one in told["hours"]]) == (3, [2, 1])
    assert Entry.objects.filter(verb="sitelogs.looked", facts__what="counts").count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"authority": None}, "authority: Nothing is asked of the filter logs without an authority."),
        ({"authority": {}}, "Name one of recorded, incident, notice and reason"),
        ({"authority": {"incident": 1, "reason": "x"}}, "Name one of recorded, incident, notice and reason"),
        ({"authority": {**REASON, "allowed_by": ""}}, "Say who allowed it"),
        ({"authority": {**REASON, "allowed_by": "dora designated"}}, "Nobody allows their own"),
        ({"authority": {**REASON, "reason": " "}}, "Write down the reason"),
        ({"authority": {"notice": "N-2026-7"}}, "nominated senior person"),
        ({"since": ASKED["until"], "until": ASKED["since"]}, "wrong way round"),
        ({"who": "10.1.2.60-10.1.2.3"}, "wrong way round"),
        ({"who": "the red laptop"}, "no address of a computer"),
        ({"host": ""}, "everything that everybody did"),
        ({"host": "//"}, "host: must be a website"),
        ({"host": "two words.example"}, "Give the host alone"),
        ({"hours": {"start": "09:00", "end": "09:00"}}, "another end"),
        ({"since": "2026-03-01T09:00:00"}, "since: must be a time with its offset"),
        ({"settings": []}, "settings: holds too few"),
        ({"settings": [KEY, "brookside"]}, "settings: must be keys"),
        ({"words": "a\nb"}, "words: cannot be read"),
        ({"limit": 5}, "limit: is not known here"),
    ],
)
def test_what_the_rules_refuse_is_said_in_words_and_nothing_is_kept(
    cast: Cast, asker: Program, archive: FakeArchive, change: dict[str, Any], words: str
):
    with cast.wall_of(cast.other_lead):
        LogSetting.objects.create(agency=cast.other_agency, setting=cast.other_setting, key="brookside")
    before = Entry.objects.count()
    assert words in refusal(asker.post("/logs/questions", {**ASKED, **change}))
    with cast.wall_of(cast.designated_officer):
        assert (Question.objects.count(), Authority.objects.count(), Entry.objects.count()) == (0, 0, before)
    assert archive.asked == []


def test_a_withdrawn_authority_answers_nothing_more(cast: Cast, asker: Program, archive: FakeArchive):
    archive.lines = [row(n / 10) for n in range(150)]
    made = asker.post("/logs/questions", ASKED).json()
    page = asker.get(f"/logs/questions/{made['id']}/lines").json()
    with cast.wall_of(cast.designated_officer):
        by = cast.access_for(cast.designated_officer)
        asking.withdraw_authority(by=by, authority=Authority.objects.get(), why="A forgery")
    archive.asked.clear()
    again = {**ASKED, "authority": {"recorded": made["authority"]}}
    assert "withdrawn" in refusal(asker.post("/logs/questions", again))
    for path in ("lines", f"lines?cursor={page['next_cursor']}", "counts"):
        assert "withdrawn" in refusal(asker.get(f"/logs/questions/{made['id']}/{path}"), 403)
    assert archive.asked == []
    assert asker.get(f"/logs/questions/{made['id']}").json()["answered"] is False
    assert [one["holds"] for one in asker.get("/logs/authorities").json()["authorities"]] == [False]


def test_nobody_asks_who_is_not_on_record_as_trained(cast: Cast, archive: FakeArchive):
    with cast.wall_of(cast.designated_officer):
        make_log(cast)
    asking_ = program(cast, cast.designated_officer, Scope.LOGS_ASK)
    assert "trained in the law" in refusal(asking_.post("/logs/questions", ASKED))


def test_an_incident_is_an_authority_for_who_may_know_of_it(cast: Cast, asker: Program):
    known, about = reported(cast), allegation(cast, about="Dora Designated")
    made = asker.post("/logs/questions", {**ASKED, "authority": {"incident": known.pk, "network": "yes"}})
    assert made.status_code == 201
    with cast.wall_of(cast.designated_officer):
        assert Authority.objects.get().reason == f"Incident {known.reference}"
    for pk in (about.pk, 999999):
        refusal(asker.post("/logs/questions", {**ASKED, "authority": {"incident": pk}}), 404)


def test_an_authority_on_record_is_used_again_but_not_anothers(cast: Cast, asker: Program):
    with cast.wall_of(cast.designated_officer):
        mine = an_authority(cast, cast.designated_officer)
        others = an_authority(cast, cast.infrastructure)
    assert asker.post("/logs/questions", {**ASKED, "authority": {"recorded": mine.pk}}).json()["authority"] == mine.pk
    refusal(asker.post("/logs/questions", {**ASKED, "authority": {"recorded": others.pk}}), 404)
    assert [one["id"] for one in asker.get("/logs/authorities").json()["authorities"]] == [mine.pk]


def test_what_may_be_about_the_asker_waits_for_a_second_person(cast: Cast, asker: Program, archive: FakeArchive):
    for change in ({"about_self": True}, {"user": "ALDER\\dora.designated"}):
        made = asker.post("/logs/questions", {**ASKED, **change}).json()
        assert (made["waits"], made["answered"]) == (True, False)
        for path in ("lines", "counts"):
            told = refusal(asker.get(f"/logs/questions/{made['id']}/{path}"), 403)
            assert "waits for a second person" in told
    assert archive.asked == []


def test_who_looks_after_the_network_and_may_be_concerned_needs_a_second_person_too(cast: Cast, archive: FakeArchive):
    MembershipFactory(person=cast.lead, role="infrastructure", agency=cast.agency)
    with cast.wall_of(cast.lead):
        clear(cast, cast.lead)
        make_log(cast)
    technician = program(cast, cast.lead, Scope.LOGS_ASK)
    unsure = {**ASKED, "authority": {**REASON, "network": "unsure"}}
    assert technician.post("/logs/questions", unsure).json()["waits"] is True
    assert technician.post("/logs/questions", ASKED).json()["waits"] is False


def test_sent_twice_it_is_one_question(cast: Cast, asker: Program):
    made = [asker.post("/logs/questions", ASKED, **{"Idempotency-Key": "one"}).json()["id"] for _ in range(2)]
    assert made[0] == made[1]
    assert Entry.objects.filter(verb="sitelogs.asked").count() == 1
    assert Entry.objects.filter(verb="sitelogs.authority").count() == 1


def test_another_scope_asks_nothing_and_nobody_reads_anothers_answer(cast: Cast, asker: Program, archive: FakeArchive):
    with cast.wall_of(cast.infrastructure):
        clear(cast, cast.infrastructure)
        with cast.wall_of(cast.designated_officer):
            theirs = a_question(cast, cast.infrastructure, LogSetting.objects.get())
    other = program(cast, cast.designated_officer, Scope.INCIDENTS_READ)
    for path in ("/logs/settings", "/logs/authorities", f"/logs/questions/{theirs.pk}/lines"):
        refusal(other.get(path), 403)
    refusal(other.post("/logs/questions", ASKED), 403)
    for path in ("", "/lines", "/counts"):
        refusal(asker.get(f"/logs/questions/{theirs.pk}{path}"), 404)
    assert archive.asked == []


def test_a_cursor_is_of_its_answer_and_its_hour(asker: Program, archive: FakeArchive, monkeypatch: pytest.MonkeyPatch):
    archive.lines = [row(n / 10) for n in range(150)]
    first, second = (asker.post("/logs/questions", ASKED).json()["id"] for _ in range(2))
    cursor = asker.get(f"/logs/questions/{first}/lines").json()["next_cursor"]
    assert "begin anew" in refusal(asker.get(f"/logs/questions/{second}/lines?cursor={cursor}"))
    assert "begin anew" in refusal(asker.get(f"/logs/questions/{first}/lines?cursor=made-up"))
    monkeypatch.setattr(answer, "CURSOR_LIVES", -1)
    assert "begin anew" in refusal(asker.get(f"/logs/questions/{first}/lines?cursor={cursor}"))


def test_the_settings_are_the_own_agencys(cast: Cast, asker: Program):
    with cast.wall_of(cast.other_lead):
        LogSetting.objects.create(agency=cast.other_agency, setting=cast.other_setting, key="brookside")
    assert [one["key"] for one in asker.get("/logs/settings").json()["settings"]] == [KEY]


def test_where_the_archive_stops_in_the_middle_it_is_said_and_may_be_sent_again(
    asker: Program, archive: FakeArchive, monkeypatch: pytest.MonkeyPatch
):
    made = asker.post("/logs/questions", ASKED).json()

    def killed(_question: object) -> None:
        raise Stopped("It stopped.")

    monkeypatch.setattr(archive, "ask", killed)
    for what in ("lines", "counts"):
        told = asker.get(f"/logs/questions/{made['id']}/{what}")
        assert (told.status_code, told.json()["detail"]) == (503, "It stopped."), what
