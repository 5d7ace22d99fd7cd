"""The pages: charts as they hold, the editor page by page, what was typed and is not lost, trial and publishing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from safeboard.charts import editing, operations, queries
from safeboard.charts.forms.parts import DutyForm
from safeboard.library import queries as library
from safeboard.library.jobs import make_poster
from safeboard.partnership.tests.factories import BoardContactFactory

from .helpers import CHART, a_way, begun, published, titled

pytestmark = pytest.mark.django_db


ARABIC = "\u0645\u0627\u0630\u0627 \u0646\u0641\u0639\u0644"  # what we do


class Editor:
    """Somebody who works on the draft of a place."""

    def __init__(self, cast: Any, person: Any, chart: str = CHART) -> None:
        self.cast, self.person, self.chart = cast, person, chart
        self.client = cast.client_for(person)

    def begin(self, *edits: editing.Edit) -> Editor:
        with self.cast.wall_of(self.person):
            begun(self.cast.access_for(self.person), *edits, chart=self.chart)
        return self

    @property
    def copy(self) -> queries.Copy:
        with self.cast.wall_of(self.person):
            return queries.copy_here(self.cast.access_for(self.person), self.chart)

    @property
    def draft(self):
        return queries.draft_of(self.copy)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"charts:{name}", args=[self.chart, *args])

    def get(self, name: str, *args: Any, status: int = 200, **query: Any) -> str:
        answer = self.client.get(self.url(name, *args), query)
        assert answer.status_code == status, (name, answer.status_code)
        return answer.content.decode()

    def post(self, name: str, *args: Any, edition: int | None = None, **data: Any) -> str:
        edition = self.copy.edition if edition is None else edition
        answer = self.client.post(self.url(name, *args), {"edition": edition, **data}, follow=True)
        assert answer.status_code == 200, (name, answer.status_code)
        return answer.content.decode()


@pytest.fixture
def editor(cast) -> Editor:
    return Editor(cast, cast.lead).begin()


# --- reading ----------------------------------------------------------------------------------------------


def test_charts_show_local_numbers(cast):
    BoardContactFactory(board=cast.board, kind="police-team", telephone="01632 960077")
    reader = Editor(cast, cast.staff, "becta-incident")
    assert "01632 960077" in reader.get("chart")
    for chart in library.items("england-2026", "charts"):
        assert "<svg" in Editor(cast, cast.staff, chart.id).get("chart")
    Editor(cast, cast.staff, "no-such-chart").get("chart", status=404)


@pytest.mark.parametrize("name", ["list", "directory"])
def test_pages_of_every_place(cast, name):
    for person in (cast.staff, cast.board_officer, cast.far_lead):
        assert cast.client_for(person).get(reverse(f"charts:{name}")).status_code == 200


def test_outside_help_begins_with_a_list_of_it_by_who_may_turn_to_it(cast):
    page = cast.client_for(cast.staff).get(reverse("charts:directory")).content.decode()
    before, after = page.split('<nav aria-label="On this page">')
    led = re.findall(r'<a class="govuk-link" href="#([a-z0-9-]+)">', after)
    stands = re.findall(r'<h3 [^>]*id="([a-z0-9-]+)"', after.split("</nav>")[1])
    assert led == stands
    assert 'id="police-999"' in before
    assert sorted([*led, "police-999"]) == sorted(entry.id for entry in library.items("england-2026", "directory"))
    groups = queries.outside_help("england-2026")
    assert [entry.id for entry in groups["emergency"]] == ["police-999"]
    assert {"childline", "report-remove", "ceop"} <= {entry.id for entry in groups["child"]}
    assert "nspcc-helpline" in {entry.id for entry in groups["parent"]}
    assert "lado-service" in {entry.id for entry in groups["staff"]}


def test_the_words_of_a_chart_are_a_list_that_opens_step_by_step_and_leads_from_answer_to_step(cast):
    page = cast.client_for(cast.staff).get(reverse("charts:chart", args=[CHART])).content.decode()
    words = page.split('id="in-words"')[1]
    steps = set(
        re.findall(r'<li id="(in-words-[^"]+)"><details class="[^"]*sb-fold[^"]*" data-fold="narrow" open>', words)
    )
    led = set(re.findall(r'href="#(in-words-[^"]+)">[^<]+ → [0-9A-Z]+</a>', words))
    assert len(steps) > 5
    assert led < steps


def test_the_list_and_the_chart_say_whose_it_is(cast):
    with cast.wall_of(cast.board_officer):
        published(cast.access_for(cast.board_officer), titled("As the board has it"))
    reader = Editor(cast, cast.staff)
    assert "As the board has it" in reader.get("chart")
    assert "Adapted by the board" in reader.get("chart")
    assert "Adapted by the board" in reader.client.get(reverse("charts:list")).content.decode()
    assert "Adapt a copy" not in reader.get("chart")
    assert "Adapt a copy" in Editor(cast, cast.lead).get("chart")


def test_the_poster_is_made_of_the_chart_that_holds(cast, monkeypatch):
    with cast.wall_of(cast.lead):
        copy = published(cast.access_for(cast.lead), titled("Ours"))
    asked: dict[str, Any] = {}
    monkeypatch.setattr("safeboard.charts.views.reading.prepared", lambda _key, _job, **given: asked.update(given))
    Editor(cast, cast.staff).get("poster", "a4", status=202)
    assert (asked["kept_in"], asked["pack"], asked["version"]) == (copy.key, "england-2026", 1)


def test_the_copy_of_another_place_is_not_there(cast):
    with cast.wall_of(cast.lead):
        published(cast.access_for(cast.lead), titled("Ours"))
    for person in (cast.other_lead, cast.board_officer, cast.far_lead):
        stranger = Editor(cast, person)
        for name, args in (("own", ()), ("version", (1,)), ("withdraw", ()), ("at", ("x",)), ("publish", ())):
            stranger.get(name, *args, status=404)
        assert "Ours" not in stranger.get("chart")
    Editor(cast, cast.staff).get("own", status=403)


# --- editing ----------------------------------------------------------------------------------------------


def test_a_draft_is_begun_from_the_chart(cast):
    editor = Editor(cast, cast.designated_officer)
    page = editor.client.post(editor.url("begin"), follow=True).content.decode()
    assert "Draft of Alder Bank School" in page
    assert "Nothing is wrong with it" in page


@pytest.mark.parametrize("of_each", [2, pytest.param(None, marks=pytest.mark.nightly)])
def test_every_page_of_the_editor(cast, of_each):
    """Of as many steps and outcomes each; at night of all."""
    editor = Editor(cast, cast.lead, "becta-incident").begin()
    for name, args in (("own", ()), ("about", ()), ("add", ("step",)), ("add", ("outcome",)), ("publish", ())):
        assert "<svg" in editor.get(name, *args)
    editor.get("discard")
    nodes = list(editing.nodes(editor.draft).values())
    alike = {kind: [node for node in nodes if type(node) is kind][:of_each] for kind in map(type, nodes)}
    assert len(alike) == 2
    for node in [node for nodes in alike.values() for node in nodes]:
        assert "<svg" in editor.get("at", node.id)
        for kind in editing.KINDS[type(node)]:
            editor.get("part-add", node.id, kind)
            for part, _value in editing.parts_of(node, kind)[:2]:
                editor.get("part", node.id, kind, part)
    editor.get("at", "no-such-step", status=404)
    editor.get("part", editor.draft.start, "contacts", "1", status=404)


def test_the_chart_itself_is_changed(editor):
    second = editor.draft.steps[1].id
    editor.post("about", title="What we do", summary="", start=second)
    assert (str(editor.draft.title), editor.draft.summary, editor.draft.start) == ("What we do", None, second)


def test_a_question_is_added_with_answers_and_what_follows(editor):
    page = editor.post("add", "step", question="Did anybody answer it?", help="A reply tells them that you are there.")
    assert "This question has no answers yet" in page
    assert "No way leads here" in page
    node = "did-anybody-answer-it"
    end = editor.draft.outcomes[0].id
    editor.post("part-add", node, "answers", label="Yes", next=end)
    editor.post("part-add", node, "answers", label="I am not sure", next=end, unsure="on", contact="designated-officer")
    editor.post("part-add", node, "do", text="Write down who", contact="")
    editor.post("part-add", node, "dont", text="Do not answer again")
    duty = {"duty": "record", "title": "Write it down", "owner": "reporter", "unit": "hours", "number": 12, "to": ""}
    editor.post("part-add", node, "duties", **duty)
    first = editor.draft.steps[0]
    answer = next(one for one in first.answers if one.next == end or not one.unsure)
    given = {"label": answer.label, "hint": answer.hint or "", "next": node, "contact": answer.contact or ""}
    editor.post("part", first.id, "answers", answer.id, **given)
    there = editing.node_of(editor.draft, node)
    assert [str(one.label) for one in there.answers] == ["Yes", "I am not sure"]
    assert there.duties[0].within.total_seconds() == 12 * 3600
    assert "What leads here" in editor.get("at", node)


def test_every_duty_of_the_pack_passes_through_its_form_unchanged(cast):
    editor = Editor(cast, cast.lead, "becta-incident").begin()
    before = editor.draft
    for node in editing.nodes(before).values():
        for duty in node.duties:
            form = DutyForm(None, chart=before, pack="england-2026", edition=1, node=node.id, part=duty.id)
            data = {**form.initial, "number": form.initial["number"] or ""}
            again = DutyForm(data, chart=before, pack="england-2026", edition=1, node=node.id, part=duty.id)
            assert again.is_valid(), (duty.id, again.errors)
            assert again.edit()(before) == before, duty.id


def test_an_outcome_is_added_and_changed(editor):
    editor.post("add", "outcome", title="Wait", summary="", urgency="soon")
    editor.post("part-add", "wait", "contacts", contact="agency-lead")
    editor.post("at", "wait", title="Wait a day", summary="No longer", urgency="today", images="on")
    there = editing.node_of(editor.draft, "wait")
    assert (str(there.title), there.urgency, there.concern, there.contacts) == (
        "Wait a day",
        "today",
        "images",
        ("agency-lead",),
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"unit": "hours", "number": ""}, "Say how many"),
        ({"unit": "days", "number": 400}, "within a year"),
        ({"title": "\u200b \u202e"}, "Fill in"),
        ({"title": "x" * 201}, "characters or fewer"),
        ({"title": "a\x00b"}, "hidden control characters"),
        ({"to": "somebody-else"}, "choose one of the answers listed"),
    ],
)
def test_what_is_amiss_stands_beside_its_box(editor, given, said):
    duty = {"duty": "tell", "title": "Tell", "owner": "reporter", "unit": "at-once", "number": "", "to": "agency-lead"}
    before = editor.draft
    assert said in editor.post("part-add", before.start, "duties", **{**duty, **given})
    assert editor.draft == before


def test_marks_that_a_chart_may_not_hold_are_taken_out_of_right_to_left_words(editor):
    editor.post("about", title=f"\u200f{ARABIC}", summary="", start=editor.draft.start)
    assert str(editor.draft.title) == ARABIC


def test_parts_are_moved_and_taken_out_by_one_press(editor):
    first, second = (step.id for step in editor.draft.steps[:2])
    editor.post("arrange", act=f"down:{first}")
    assert editor.draft.steps[1].id == first
    answers = [one.id for one in editing.node_of(editor.draft, first).answers]
    editor.post("arrange", act=f"up:{first}:answers:{answers[1]}")
    assert editing.node_of(editor.draft, first).answers[0].id == answers[1]
    editor.post("arrange", act=f"remove:{first}:answers:{answers[0]}")
    page = editor.post("arrange", act=f"remove:{second}")
    assert "leads to something that is gone" in page
    assert second not in editing.nodes(editor.draft)
    editor.post("take-back")
    assert second in editing.nodes(editor.draft)


@pytest.mark.parametrize(
    "act", ["", "up", "up:none", "fly:away", "remove:none:answers:x", "up:a:b:c:d", "remove:", "up:a b"]
)
def test_a_press_that_nothing_stands_behind_changes_nothing(editor, act):
    before = editor.draft
    assert "no longer in the chart" in editor.post("arrange", act=act)
    assert editor.draft == before


def test_a_fault_stands_at_the_top_and_beside_its_question(editor):
    first = editor.draft.steps[0]
    page = editor.post("arrange", act=f"remove:{first.id}:answers:{first.answers[-1].id}")
    assert "To mend here" in page
    page = editor.get("own")
    assert "before it can be published" in page
    assert "Publish it" not in page
    assert "It cannot be published yet" in editor.get("publish")
    assert "that stop a walk" in editor.client.get(editor.url("trial"), follow=True).content.decode()


# --- two at once --------------------------------------------------------------------------------------------


def test_the_second_keeps_what_they_typed_and_sees_what_changed(cast, editor):
    opened = editor.copy.edition
    other = Editor(cast, cast.designated_officer)
    other.post("about", title="Theirs", summary="", start=editor.draft.start)
    node = editor.draft.steps[0]
    page = editor.post("at", node.id, edition=opened, question="My long question?", help="")
    assert "Dora Designated changed this draft while you wrote" in page
    assert "Theirs" in page
    assert "My long question?" in page
    assert str(editor.draft.steps[0].question) == str(node.question)
    assert f'name="edition" value="{editor.copy.edition}"' in page
    editor.post("at", node.id, question="My long question?", help="")
    assert (str(editor.draft.title), str(editor.draft.steps[0].question)) == ("Theirs", "My long question?")


def test_what_was_typed_is_shown_where_its_question_is_gone(cast, editor):
    node, opened = editor.draft.steps[1].id, editor.copy.edition
    Editor(cast, cast.designated_officer).post("arrange", act=f"remove:{node}")
    for name, args in (("at", (node,)), ("part-add", (node, "dont"))):
        page = editor.post(name, *args, edition=opened, question="My question?", text="My question?")
        assert "no longer there" in page
        assert "My question?" in page
    with cast.wall_of(cast.lead):
        copy = editor.copy
        operations.discard(by=cast.access_for(cast.lead), copy=copy, edition=copy.edition)
    page = editor.post("about", edition=opened, title="My title", summary="", start="x")
    assert "My title" in page


def test_a_press_on_a_stale_page_does_nothing_and_says_why(cast, editor):
    opened = editor.copy.edition
    Editor(cast, cast.designated_officer).post("about", title="Theirs", summary="", start=editor.draft.start)
    before = editor.draft
    for name in ("arrange", "take-back", "discard"):
        page = editor.post(name, edition=opened, act=f"remove:{before.start}")
        assert "Dora Designated changed this draft" in page
    assert editor.draft == before


# --- trial and publishing --------------------------------------------------------------------------------------


def test_a_trial_shows_what_would_be_owed_and_writes_to_no_incident(cast, editor):
    from safeboard.core.models import Entry

    way: list[tuple[str, str]] = []
    for step, answer in a_way(editor.draft):
        page = editor.post("trial", way=queries.packed(way), answer=answer)
        way.append((step, answer))
    assert "This way is walked" in page
    assert "What would be owed by now" in page
    assert editor.copy.tried == [queries.packed(way)]
    assert not Entry.objects.filter(verb__startswith="incidents.").exists()
    assert "Choose an answer" in editor.post("trial", way="", answer="")
    for odd in ("x:y", "no", ":", "what:"):
        editor.client.get(editor.url("trial"), {"way": odd}, follow=True)


def test_from_draft_to_the_chart_that_holds_and_back(cast, editor):
    editor.post("about", title="As we do it", summary="", start=editor.draft.start)
    assert "nobody has tried the draft" in editor.get("publish")
    way = a_way(editor.draft)
    editor.post("trial", way=queries.packed(way[:-1]), answer=way[-1][1])
    page = editor.get("publish")
    assert "As we do it" in page
    assert "Ways that nobody walked" in page
    assert "Fill in" in editor.post("publish", note="")
    page = editor.post("publish", note="A title that people here know")
    assert "From now on this chart holds here" in page
    reader = Editor(cast, cast.staff)
    assert "As we do it" in reader.get("chart")
    assert "A title that people here know" in editor.get("version", 1)
    editor.get("version", 2, status=404)
    editor.post("withdraw", edition=0)
    assert "As we do it" not in reader.get("chart")
    assert "No version of yours is in use" in editor.get("own")


def test_publishing_after_somebody_elses_change_keeps_the_note(cast, editor):
    editor.begin(titled("Ours"))
    way = a_way(editor.draft)
    editor.post("trial", way=queries.packed(way[:-1]), answer=way[-1][1])
    opened = editor.copy.edition
    Editor(cast, cast.designated_officer).post("about", title="Theirs", summary="", start=editor.draft.start)
    page = editor.post("publish", edition=opened, note="My note")
    assert "Dora Designated changed this draft" in page
    assert editor.copy.version is None


def test_the_worker_draws_the_poster_of_the_copy(cast, monkeypatch):
    with cast.wall_of(cast.lead):
        copy = published(cast.access_for(cast.lead), titled("Ours"))
    drawn: list[str] = []
    monkeypatch.setattr(
        "safeboard.library.poster.poster", lambda chart, *_rest, **_more: drawn.append(str(chart.title))
    )
    monkeypatch.setattr("safeboard.library.jobs.keep", lambda _key, _content: None)
    make_poster.func("key", "england-2026", CHART, 1, "A4", "Alder Bank", {}, "en", copy.key)
    assert drawn == ["Ours"]
