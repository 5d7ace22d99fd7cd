"""Changes of a chart, what the pack demands of a copy, and differences: pure functions, held against random use."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from safeboard.charts import editing
from safeboard.charts.demands import demands, longer
from safeboard.charts.editing import Missing, said
from safeboard.charts.errors import Refused
from safeboard.charts.forms import in_units, length
from safeboard.charts.wording import differences, problems
from safeboard.library import drawing, engine
from safeboard.library import queries as library
from safeboard.library.schemas import Answer, Chart, Do, Duty, Outcome, Step, Text


def shipped(name: str = "suspicious-email", pack: str = "england-2026") -> Chart:
    return library.chart(pack, name)


def words(text: str) -> Text:
    return Text({"en": text})


def duty(chart: Chart, node: str, name: str) -> Duty:
    return editing.part_of(chart, node, "duties", name)


def codes(chart: Chart) -> set[str]:
    return {fault.code for fault in engine.check(chart)}


# --- one change ------------------------------------------------------------------------------------------


def test_words_that_did_not_change_keep_their_other_languages():
    before = Text({"en": "Yes", "cy": "Ie"})
    assert said(before, " Yes ") is before
    assert said(before, "Surely").root == {"en": "Surely"}
    assert said(None, " \u200b\u202e ") is None


def test_a_new_question_never_takes_an_id_that_is_or_was_in_use():
    chart = shipped()
    first = chart.steps[0]
    assert editing.new_id("Who sent it?", {"who-sent-it"}) == "who-sent-it-2"
    assert editing.new_id("是谁?", set()) == "new"
    assert editing.new_id("a" * 300, set()) == "a" * 40
    left = editing.remove_node(chart, first.answers[0].next)
    assert first.answers[0].next in editing.node_ids(left)


def test_taking_out_the_start_begins_at_the_next_question():
    chart = editing.remove_node(shipped(), shipped().start)
    assert chart.start == chart.steps[0].id


def test_the_last_question_and_the_last_outcome_stay():
    chart = shipped()
    for listed in ("steps", "outcomes"):
        while len(getattr(chart, listed)) > 1:
            chart = editing.remove_node(chart, getattr(chart, listed)[-1].id)
        with pytest.raises(Refused):
            editing.remove_node(chart, getattr(chart, listed)[0].id)


def test_moving_stops_at_both_ends():
    chart = shipped()
    ids = [step.id for step in chart.steps]
    assert [step.id for step in editing.move_node(chart, ids[0], -1).steps] == ids
    assert [step.id for step in editing.move_node(chart, ids[0], 1).steps][:2] == [ids[1], ids[0]]
    assert [step.id for step in editing.move_node(chart, ids[-1], 1).steps] == ids


def test_parts_are_added_changed_moved_and_taken_out():
    chart = shipped()
    node = chart.start
    before = len(chart.steps[0].do)
    chart = editing.put_part(chart, node, "do", "", Do(text=words("Breathe")))
    assert str(editing.part_of(chart, node, "do", str(before + 1)).text) == "Breathe"
    chart = editing.move_part(chart, node, "do", str(before + 1), -before)
    assert str(editing.part_of(chart, node, "do", "1").text) == "Breathe"
    chart = editing.put_part(chart, node, "do", "1", Do(text=words("Sit down")))
    chart = editing.remove_part(chart, node, "do", "1")
    assert chart == shipped()
    with pytest.raises(Missing):
        editing.put_part(chart, node, "contacts", "", "iwf")
    with pytest.raises(Missing):
        editing.remove_part(chart, node, "do", "99")


def test_a_duty_that_stands_in_several_places_changes_in_all_of_them():
    chart = shipped("becta-incident")
    places = [node.id for node in editing.nodes(chart).values() for one in node.duties if one.id == "record"]
    assert len(places) > 1
    one = editing.with_fields(duty(chart, places[0], "record"), within=timedelta(hours=3))
    same = [node for node in places if duty(chart, node, "record") == duty(chart, places[0], "record")]
    after = editing.put_part(chart, places[0], "duties", "record", one)
    assert {duty(after, node, "record").within for node in same} == {timedelta(hours=3)}
    assert "clash" not in codes(after)


def test_there_is_an_end_to_everything():
    chart = shipped()
    while len(chart.steps) < editing.MOST_NODES:
        chart = editing.put_node(chart, Step(id=f"s-{len(chart.steps)}", question=words("?")))
    with pytest.raises(Refused):
        editing.put_node(chart, Step(id="one-more", question=words("?")))
    while len(chart.steps[0].dont) < editing.MOST_PARTS:
        chart = editing.put_part(chart, chart.start, "dont", "", words("No"))
    with pytest.raises(Refused):
        editing.put_part(chart, chart.start, "dont", "", words("No"))


@pytest.mark.parametrize(
    ("within", "said_as"),
    [
        (timedelta(0), ("at-once", None)),
        (timedelta(minutes=90), ("minutes", 90)),
        (timedelta(hours=12), ("hours", 12)),
        (timedelta(days=2), ("days", 2)),
    ],
)
def test_a_time_is_said_in_the_unit_people_use(within, said_as):
    assert in_units(within) == said_as
    assert length(said_as[0], said_as[1] or 0) == within


def test_working_days_stay_working_days():
    assert in_units(timedelta(days=2), working_days=True) == ("working-days", 2)
    assert length("working-days", 2) == timedelta(days=2)


# --- what the pack demands ---------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", ["england-2026", "becta-2008"])
def test_every_chart_of_a_pack_meets_its_own_demands(pack):
    for chart in library.items(pack, "charts"):
        assert demands(chart, chart) == []


def demanded(chart: Chart) -> set[str]:
    return {fault.code for fault in demands(shipped(), chart)}


def test_the_rule_on_images_stays():
    chart = shipped()
    images = next(node for node in editing.nodes(chart).values() if node.concern)
    assert "images-gone" in demanded(editing.remove_node(chart, images.id))
    assert "images-off" in demanded(editing.put_node(chart, editing.with_fields(images, concern=None)))


def test_what_leads_to_the_rule_on_images_goes_on_leading_there():
    chart = shipped()
    images = next(node for node in chart.outcomes if node.concern)
    step, answer = editing.leads_to(chart, images.id)[0]
    other = next(node.id for node in chart.outcomes if not node.concern)
    away = editing.put_part(chart, step.id, "answers", answer.id, editing.with_fields(answer, next=other))
    assert demanded(away) == {"way-gone"}
    assert "way-gone" in demanded(editing.remove_part(chart, step.id, "answers", answer.id))
    assert "way-gone" in demanded(editing.remove_node(chart, step.id))


def test_a_question_may_stand_before_the_rule_on_images_where_every_way_comes_to_it():
    chart = shipped()
    images = next(node for node in chart.outcomes if node.concern)
    step, answer = editing.leads_to(chart, images.id)[0]
    between = Step(
        id="between",
        question=words("Did you tell the head?"),
        answers=(
            Answer(id="yes", label=words("Yes"), next=images.id),
            Answer(id="unsure", label=words("Not sure"), next=images.id, unsure=True, contact="designated-officer"),
        ),
    )
    after = editing.put_part(
        editing.put_node(chart, between), step.id, "answers", answer.id, editing.with_fields(answer, next="between")
    )
    assert demanded(after) == set()


def test_a_referral_that_is_owed_at_once_stays_with_images():
    chart = shipped("becta-incident")
    found = [
        (node.id, one)
        for node in editing.nodes(chart).values()
        if node.concern
        for one in node.duties
        if one.kind == "refer" and not one.within
    ]
    assert found
    node, one = found[0]
    gone = editing.remove_part(chart, node, "duties", one.id)
    assert {fault.code for fault in demands(chart, gone)} == {"referral-gone"}
    elsewhere = editing.put_part(chart, node, "duties", one.id, editing.with_fields(one, to="childline"))
    assert "referral-gone" in {fault.code for fault in demands(chart, elsewhere)}


def test_a_duty_may_be_given_less_time_and_never_more():
    chart = shipped("becta-incident")
    node, one = next((node.id, one) for node in chart.steps for one in node.duties if one.within)
    longer = editing.with_fields(one, within=one.within + timedelta(hours=1))
    shorter = editing.with_fields(one, within=timedelta(minutes=30))
    assert {f.code for f in demands(chart, editing.put_part(chart, node, "duties", one.id, longer))} == {"longer"}
    assert demands(chart, editing.put_part(chart, node, "duties", one.id, shorter)) == []


@pytest.mark.parametrize(
    ("time", "shipped_time", "too_long"),
    [
        ("P1D", "P1WD", False),
        ("P2D", "P1WD", True),
        ("P2WD", "P2WD", False),
        ("P1WD", "P1D", True),
        ("P1WD", "P14D", False),
        ("PT0S", "PT0S", False),
    ],
)
def test_working_days_are_counted_at_their_longest(time, shipped_time, too_long):
    rest = {"id": "tell", "kind": "tell", "title": words("Tell"), "owner": "reporter", "to": "agency-lead"}
    assert longer(Duty(within=time, **rest), Duty(within=shipped_time, **rest)) is too_long


# --- in words -------------------------------------------------------------------------------------------------


def test_faults_name_the_question_and_the_answer():
    chart = editing.remove_node(shipped(), shipped().steps[0].answers[0].next)
    found = problems(chart, engine.check(chart) + demands(shipped(), chart), shipped())
    assert any(one.where.startswith("Question 1") and "leads to something that is gone" in one.message for one in found)
    assert not any("'" in one.message for one in found)


def test_differences_say_what_is_new_gone_and_changed():
    before = shipped()
    chart = editing.changed(before, title=words("What to do about e-mail"))
    chart = editing.put_part(chart, chart.start, "dont", "", words("Do not answer it"))
    chart = editing.put_node(chart, Outcome(id="wait", title=words("Wait"), urgency="soon"))
    chart = editing.remove_node(chart, before.outcomes[-1].id)
    said_of = {one.where: " ".join(one.sentences) for one in differences(before, chart)}
    assert "What to do about e-mail" in said_of["The chart itself"]
    assert any("Do not answer it" in sentences for sentences in said_of.values())
    assert any("Wait" in where and sentences == "New." for where, sentences in said_of.items())
    assert "Taken out." in said_of.values()
    assert differences(before, before) == []


# --- random use -------------------------------------------------------------------------------------------------

TEXTS = some.text(min_size=1, max_size=40).map(lambda text: editing.visible(text) or "x")
SMALL = some.integers(0, 30)
KINDS = ("answers", "do", "dont", "duties", "contacts")
ACTS = some.lists(
    some.tuples(
        some.sampled_from(("up", "down", "remove", "part", "step", "outcome", "title")), SMALL, SMALL, SMALL, TEXTS
    ),
    max_size=25,
)


def pick(things, number):
    return list(things)[number % len(list(things))] if things else None


def part_for(chart: Chart, node: editing.Node, kind: str, number: int, text: str):
    nodes = list(editing.nodes(chart))
    if kind == "answers":
        name = editing.new_id(text, editing.answer_ids(node))
        return Answer(id=name, label=words(text), next=pick(nodes, number), unsure=number % 3 == 0)
    if kind == "duties":
        name = editing.new_id(text, editing.duty_ids(chart))
        rest = {"kind": "tell", "owner": "reporter", "within": timedelta(hours=number)}
        return Duty(id=name, title=words(text), to="agency-lead" if number % 2 else None, **rest)
    return {"do": Do(text=words(text)), "dont": words(text), "contacts": "iwf"}[kind]


def done(chart: Chart, act: str, a: int, b: int, c: int, text: str) -> Chart:
    """One random change, such as the editor offers."""
    node = pick(list(editing.nodes(chart).values()), a)
    kind = pick(KINDS, b)
    if act == "title":
        return editing.changed(chart, title=said(chart.title, text), start=pick(chart.steps, a).id)
    if act == "step":
        return editing.put_node(chart, Step(id=editing.new_id(text, editing.node_ids(chart)), question=words(text)))
    if act == "outcome":
        name = editing.new_id(text, editing.node_ids(chart))
        return editing.put_node(chart, Outcome(id=name, title=words(text), urgency=pick(("now", "today", "soon"), b)))
    if act in ("up", "down") and c % 2:
        return editing.move_node(chart, node.id, -1 if act == "up" else 1)
    if act == "remove" and c % 3 == 0:
        return editing.remove_node(chart, node.id)
    parts = editing.parts_of(node, kind)
    part = pick([name for name, _part in parts], c)
    if act == "part":
        value = part_for(chart, node, kind, a + c, text)
        if part and b % 2:
            if kind in editing.NAMED:
                value = editing.with_fields(value, id=part)
            return editing.put_part(chart, node.id, kind, part, value)
        return editing.put_part(chart, node.id, kind, "", value)
    if part is None:
        raise Missing
    if act == "remove":
        return editing.remove_part(chart, node.id, kind, part)
    return editing.move_part(chart, node.id, kind, part, -1 if act == "up" else 1)


@settings(max_examples=150, deadline=None)
@given(ACTS)
def test_no_sequence_of_changes_breaks_the_shape_the_drawing_or_the_words(acts):
    original = chart = shipped()
    for act in acts:
        try:
            chart = done(chart, *act)
        except Refused:
            continue
    assert Chart.model_validate(chart.model_dump(mode="json", exclude_defaults=True)) == chart
    drawing.draw(chart)
    found = engine.check(chart) + demands(original, chart)
    assert len(problems(chart, found, original)) == len(found)
    differences(original, chart)
    if not engine.check(chart):
        assert all(position.finished for position in engine.paths(chart, 50))
