"""What a survey shows is attacked: by linear programming, with its own figures and with what is said of agencies."""

import random

import pytest

from safeboard.documents.tests.solver import Reader
from safeboard.standards import weighing
from safeboard.standards.choices.surveys import Asks

YES = {"id": "one", "asks": "one", "question": "One?", "answers": [["yes", "Yes"], ["partly", "Partly"], ["no", "No"]]}
YES |= {"good": ["yes"]}
TICKS = {"id": "ticks", "asks": "several", "question": "Which?", "answers": [["a", "A"], ["b", "B"]], "good": []}
WORDS = {"id": "words", "asks": "words", "question": "What?", "answers": [], "good": []}
QUESTIONS = [YES, TICKS, WORDS]


def reply(chance, leaning):
    said = {}
    if chance.random() < 0.95:
        said["one"] = [chance.choices(("yes", "partly", "no"), leaning)[0]]
    said["ticks"] = [code for code in ("a", "b") if chance.random() < leaning[0] / sum(leaning)]
    return said


def survey(chance):
    """Replies by agency, some of few people, and some that came by no agency's link."""
    by_agency = {}
    for agency in range(chance.randint(0, 4)):
        leaning = chance.choice(((8, 1, 1), (1, 1, 1), (1, 0, 9), (20, 0, 1)))
        by_agency[agency] = [reply(chance, leaning) for _ in range(chance.choice((2, 4, 5, 6, 8, 20)))]
    others = [reply(chance, (3, 1, 1)) for _ in range(chance.choice((0, 0, 3, 12)))]
    return by_agency, others


def shown(by_agency, others):
    replies = [one for found in by_agency.values() for one in found] + others
    said = weighing.views(QUESTIONS, by_agency)
    whole, found = weighing.tables(QUESTIONS, replies)
    return whole, weighing.beside_views(found, said, by_agency, len(replies)), said, len(replies)


def reader_of(by_agency, others):
    """A reader who knows how many of each agency answered, and takes in all that is shown."""
    whole, found, said, everybody = shown(by_agency, others)
    reader = Reader()
    reader.reads("whole", whole)
    reader.hidden = []  # how many answered is no secret
    for table in found:
        for code, _words, figure in table["rows"]:
            reader.reads((table["id"], code), figure)
        rows = [(table["id"], code) for code, _words, _figure in table["rows"]]
        if table["asks"] == Asks.SEVERAL:
            for row in rows:
                reader.reads((*row, "not"), None)
                reader.adds([row, (*row, "not")], "whole")
        else:
            reader.reads((table["id"], "left-out"), None)
            reader.adds([*rows, (table["id"], "left-out")], "whole")
    agencies = []
    for agency, agree in said.get("one", {}).items():
        name = ("agency", agency)
        reader.ranges[name] = weighing.span(len(by_agency[agency]), agree)
        agencies.append(name)
    reader.hidden += agencies
    rest = everybody - sum(len(by_agency[agency]) for _word, agency in agencies)
    reader.ranges["rest"] = (0, rest)
    reader.adds([*agencies, "rest"], ("one", "yes"))
    return reader


def test_neither_a_figure_nor_an_agencys_staff_can_be_worked_out():
    chance = random.Random(7)
    caught = [(number, reader_of(*survey(chance)).caught()) for number in range(500)]
    assert [one for one in caught if one[1]] == []


@pytest.mark.nightly
def test_neither_can_be_worked_out_at_length():
    chance = random.Random(70)
    caught = [(number, reader_of(*survey(chance)).caught()) for number in range(10_000)]
    assert [one for one in caught if one[1]] == []


def test_the_reader_succeeds_where_figures_stand_beside_what_they_narrow(monkeypatch):
    monkeypatch.setattr(weighing, "_leaves_open", lambda *given: True)
    chance = random.Random(7)
    assert any(reader_of(*survey(chance)).caught() for _ in range(500))


def test_one_agencys_small_number_is_not_told_by_the_figures_of_all():
    """Three agencies of five, of whom two each agree: six of fifteen would say that it is two in each."""
    five = [{"one": ["yes"]}] * 3 + [{"one": ["no"]}] * 2
    by_agency = {1: five, 2: five, 3: five}
    _whole, found, said, _everybody = shown(by_agency, [])
    assert said["one"] == {1: False, 2: False, 3: False}
    assert {figure for _code, _words, figure in found[0]["rows"]} == {":"}


@pytest.mark.parametrize(
    ("agree", "many", "is_most"), [(4, 5, True), (3, 5, False), (7, 10, True), (6, 10, False), (0, 5, False)]
)
def test_most_is_seven_of_ten(agree, many, is_most):
    assert weighing.most(agree, many) is is_most
    low, high = weighing.span(many, is_most)
    assert low <= agree <= high
    assert high > low


def test_of_four_people_nothing_is_said():
    assert weighing.views(QUESTIONS, {1: [{"one": ["yes"]}] * 4}) == {"one": {}}
