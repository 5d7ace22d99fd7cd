from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeboard.library import engine
from safeboard.library.loader import SHIPPED, load_packs
from safeboard.library.schemas import Chart

from .samples import CHART, DUTY, chart, spoilt


def step(data, number):
    return data["steps"][number]


def add_step(data, name, leads_to):
    made = deepcopy(data["steps"][1])
    made["id"] = name
    for answer in made["answers"]:
        answer["next"] = leads_to
    data["steps"].append(made)


def test_a_sound_chart_has_no_faults():
    assert engine.check(chart()) == []


def second_start(data):
    add_step(data, "other", "ring")


def island(data):
    add_step(data, "one", "two")
    add_step(data, "two", "one")
    data["steps"][2]["answers"][0]["next"] = "ring"


def endless(data):
    add_step(data, "round", "round")
    step(data, 0)["answers"][1]["next"] = "round"


TABLE = {
    "unreached outcome": (lambda d: d["outcomes"].append({**d["outcomes"][0], "id": "far"}), "far", "No path leads"),
    "second start": (second_start, "other", "second start"),
    "unreached island": (island, "one", "No path from the start"),
    "dead end": (lambda d: step(d, 1).update(answers=[]), "look", "dead end"),
    "loop without exit": (endless, "round", "round for ever"),
    "no such start": (lambda d: d.update(start="nowhere"), "nowhere", "starts at 'nowhere'"),
    "start is an outcome": (lambda d: d.update(start="ring"), "ring", "not one of its steps"),
    "missing target": (lambda d: step(d, 0)["answers"][0].update(next="gone"), "where", "leads to 'gone'"),
    "no 'not sure'": (lambda d: step(d, 1)["answers"][2].update(unsure=False), "look", "no 'not sure'"),
    "two 'not sure'": (lambda d: step(d, 1)["answers"][0].update(unsure=True), "look", "more than one 'not sure'"),
    "nobody to ring": (lambda d: step(d, 1)["answers"][2].update(next="found"), "look", "nobody to ring"),
    "only 'not sure'": (lambda d: step(d, 1).update(answers=step(d, 1)["answers"][2:]), "look", "only answer"),
    "outcome without duty": (lambda d: d["outcomes"][1].pop("duties"), "ring", "has no duty"),
    "refer to nobody": (
        lambda d: d["outcomes"][1].update(duties=[{**DUTY, "kind": "refer", "to": None}]),
        "ring",
        "does not say whom",
    ),
    "step twice": (lambda d: d["steps"].append(d["steps"][1]), "look", "more than once"),
    "step and outcome alike": (lambda d: d["outcomes"][0].update(id="look"), "look", "more than once"),
    "answer twice": (lambda d: step(d, 0)["answers"][1].update(id="yes"), "where", "Two answers share"),
    "duty twice": (lambda d: d["outcomes"][0].update(duties=[DUTY, DUTY]), "found", "Two duties share"),
    "duty changed on the way": (
        lambda d: step(d, 0).update(duties=[{**DUTY, "within": "P1D"}]),
        "found",
        "raised before, at 'where'",
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_each_fault_is_found_and_names_its_step(name):
    spoil, at, words = TABLE[name]
    faults = engine.check(spoilt(spoil))
    assert [fault for fault in faults if fault.step == at and words in fault.message], faults


def test_a_not_sure_answer_may_name_the_person_itself():
    def spoil(data):
        step(data, 1)["answers"][2].update(next="found", contact="designated-officer")

    assert engine.check(spoilt(spoil)) == []


# --- walking ------------------------------------------------------------------------------------------


def test_a_walk_begins_at_the_start_and_raises_its_duties():
    position = engine.walk(chart(), [])
    assert position.step.id == "where"
    assert not position.finished
    assert [raised.duty.id for raised in position.duties] == ["write-down"]
    assert position.concern is None


def test_a_walk_ends_in_an_outcome_with_every_duty_once():
    position = engine.walk(chart(), [("where", "yes"), ("look", "again"), ("where", "no")])
    assert position.outcome.id == "ring"
    assert position.finished
    assert [(passed.step.id, passed.answer.id) for passed in position.path] == [
        ("where", "yes"),
        ("look", "again"),
        ("where", "no"),
    ]
    assert [(raised.duty.id, raised.at) for raised in position.duties] == [
        ("write-down", "where"),
        ("tell-officer", "ring"),
    ]
    assert position.concern == "images"


@pytest.mark.parametrize(
    ("answers", "at", "words"),
    [
        ([("where", "perhaps")], "where", "not one of the answers"),
        ([("look", "yes")], "where", "stands at this step"),
        ([("where", "no"), ("where", "no")], "ring", "had ended"),
    ],
)
def test_answers_that_do_not_fit_are_refused(answers, at, words):
    with pytest.raises(engine.WalkError, match=words) as caught:
        engine.walk(chart(), answers)
    assert caught.value.step == at


def test_paths_pass_no_step_twice():
    ways = [[passed.answer.id for passed in way.path] for way in engine.paths(chart())]
    assert ways == [["yes", "yes"], ["yes", "unsure"], ["no"], ["unsure"]]


def test_paths_of_a_tangle_stop_at_the_limit():
    names = [f"s{number}" for number in range(40)]
    steps = [
        {
            "id": name,
            "question": {"en": name},
            "answers": [
                {"id": f"a{n}", "label": {"en": "x"}, "next": target, "unsure": target == "ring"}
                for n, target in enumerate([*names, "ring"])
            ],
        }
        for name in names
    ]
    tangle = chart(start="s0", steps=steps, outcomes=[CHART["outcomes"][1]])
    assert engine.check(tangle) == []
    assert len(list(engine.paths(tangle, most=50))) <= 50


# --- what holds for any chart -------------------------------------------------------------------------


@st.composite
def charts(draw):
    """Charts of any shape, mostly unsound: up to six steps, answers leading anywhere."""
    steps = [f"s{number}" for number in range(draw(st.integers(1, 6)))]
    ends = [f"o{number}" for number in range(draw(st.integers(1, 3)))]
    targets = st.sampled_from([*steps, *ends, "nowhere"] if draw(st.booleans()) else [*steps, *ends])
    data = deepcopy(CHART)
    data["start"] = draw(st.sampled_from([*steps, "nowhere"]))
    data["steps"] = [
        {
            "id": name,
            "question": {"en": name},
            "answers": [
                {"id": f"a{n}", "label": {"en": "x"}, "next": draw(targets), "unsure": n == 0}
                for n in range(draw(st.integers(0, 4)))
            ],
        }
        for name in steps
    ]
    data["outcomes"] = [{**CHART["outcomes"][1], "id": name} for name in ends]
    return Chart.model_validate(data)


@st.composite
def sound_charts(draw):
    """Charts that only lead forward, each step to the next one and to anything later: always sound in shape."""
    size = draw(st.integers(1, 7))
    names = [*(f"s{number}" for number in range(size)), "ring"]
    data = deepcopy(CHART)
    data["start"] = "s0"
    data["steps"] = [
        {
            "id": names[place],
            "question": {"en": names[place]},
            "answers": [
                {"id": "on", "label": {"en": "On"}, "next": names[place + 1]},
                {"id": "unsure", "label": {"en": "Not sure"}, "next": "ring", "unsure": True},
                *(
                    {"id": f"a{n}", "label": {"en": "x"}, "next": draw(st.sampled_from(names[place + 1 :]))}
                    for n in range(draw(st.integers(0, 2)))
                ),
            ],
        }
        for place in range(size)
    ]
    data["outcomes"] = [CHART["outcomes"][1]]
    return Chart.model_validate(data)


@given(charts())
@settings(max_examples=150, deadline=None)
def test_check_never_fails_and_every_fault_names_a_place(made):
    known = {node.id for node in (*made.steps, *made.outcomes)} | {made.start}
    for fault in engine.check(made):
        assert fault.step in known
        assert fault.message.endswith(".")


@given(charts())
@settings(max_examples=150, deadline=None)
def test_what_check_passes_can_be_walked_to_the_end_from_everywhere(made):
    if engine.check(made):
        return
    ways = list(engine.paths(made))
    assert ways
    assert all(way.finished and way.duties for way in ways)
    passed = {step.step.id for way in ways for step in way.path}
    assert made.start in passed


@given(sound_charts())
@settings(max_examples=100, deadline=None)
def test_sound_charts_pass_and_their_paths_reach_every_step(made):
    assert engine.check(made) == []
    ways = list(engine.paths(made))
    assert {step.step.id for way in ways for step in way.path} == {step.id for step in made.steps}
    assert {way.outcome.id for way in ways} == {"ring"}


@given(sound_charts(), st.data())
@settings(max_examples=100, deadline=None)
def test_taking_away_any_one_answer_target_is_seen(made, data):
    body = made.model_dump(mode="json")
    step = data.draw(st.sampled_from(body["steps"]))
    data.draw(st.sampled_from(step["answers"]))["next"] = "gone"
    assert any(fault.step == step["id"] and "gone" in fault.message for fault in engine.check(Chart(**body)))


# --- the shipped charts -------------------------------------------------------------------------------

SHIPPED_CHARTS = [
    pytest.param(found, id=f"{name}/{found.id}")
    for name, pack in (load_packs().items() if SHIPPED.is_dir() else ())
    for found in pack.items.get("charts", {}).values()
]


@pytest.mark.parametrize("shipped", SHIPPED_CHARTS)
def test_every_path_of_a_shipped_chart_ends_in_a_named_action(shipped):
    assert engine.check(shipped) == []
    ways = list(engine.paths(shipped))
    assert {way.outcome.id for way in ways} == {outcome.id for outcome in shipped.outcomes}
    for way in ways:
        assert way.duties
        assert way.outcome.do or way.outcome.contacts
