"""No known name survives: found in any case, accent, possessive and spelling, and replaced by a letter."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeboard.incidents.letters import hints, letters, replaced
from safeboard.incidents.nameless import EVERYDAY, Known, Role, find

MIA = Known(Role.CHILD, ("Mia Knott",), date(2014, 5, 6), label="Child A")
WORDS = {"born": "[date of birth]", "number": "[number]", "email": "[e-mail]", "web": "[web address]"}


@pytest.mark.parametrize(
    "text",
    [
        "Mia came in",
        "MIA KNOTT came in",
        "we asked mia",
        "Mia’s phone",
        "Mia's phone",
        "Mias phone",
        "Knott, Mia",
        "Mía was there",
        "the account miaknott2014",
        "the account mia_knott",
        "M.i.a K.n.o.t.t",
        "Mia\u200bKnott",
        "\uff2d\uff49\uff41 said",
        "the Knotts moved",
        "mia2014 wrote",
    ],
)
def test_a_name_is_found(text: str):
    assert find(text, [MIA])
    assert not find(replaced(text, [MIA], WORDS), [MIA])


@pytest.mark.parametrize("text", ["the committee miasma", "a knotted rope", "Maria said", "amiable"])
def test_what_only_holds_the_letters_of_a_name_stays(text: str):
    assert find(text, [MIA]) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Siân O’Brien", "sian"),
        ("Siân O’Brien", "Mr OBrien rang"),
        ("Siân O’Brien", "o'brien's"),
        ("Anne-Marie Løken", "Loken"),
        ("Anne-Marie Løken", "ANNEMARIE"),
        ("Anne-Marie Løken", "Anne came"),
        ("Max Strauß", "STRAUSS"),
        ("Will Long", "then Will said"),
        ("Will Long", "will long"),
        ("Ng Li", "then li came"),
        ("Zoë", "ZOE"),
        ("İpek Şahin", "ipek sahin"),
    ],
)
def test_names_of_many_kinds_are_found(name: str, text: str):
    assert find(text, [Known(Role.CHILD, (name,))])


def test_everyday_words_in_small_letters_are_words():
    will = Known(Role.CHILD, ("Will Long",))
    assert find("we will not wait so long", [will]) == []
    assert find("an email may come", [Known(Role.CHILD, ("An May",))]) == []


@pytest.mark.parametrize(
    "text",
    ["6 May 2014", "06/05/2014", "6.5.14", "2014-05-06", "May 6th, 2014", "the 6th of May", "06052014", "05/06/2014"],
)
def test_a_date_of_birth_is_found_however_it_is_written(text: str):
    assert [hit.kind for hit in find(f"born {text} here", [MIA])] == ["born"]


def test_other_dates_are_not_the_date_of_birth():
    assert find("on 7 May 2014, and 6 June", [MIA]) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ring 01632 960 001", "number"),
        ("ring +44 (0)1632-960-001", "number"),
        ("write to a.b@example.org", "email"),
        ("see www.example.org/x", "web"),
        ("see example[.]com", "web"),
        ("at AB1 2CD", "postcode"),
        ("the account @night.owl", "handle"),
    ],
)
def test_addresses_and_numbers_are_found_by_their_shape(text: str, kind: str):
    assert kind in {hit.kind for hit in find(text, [])}


def test_a_place_is_found_by_what_sets_it_apart():
    school = Known(Role.SCHOOL, ("Alder Bank Primary School",), label="School B")
    assert replaced("At Alder Bank, and at ABPS, the school said", [school], WORDS) == (
        "At School B, and at School B, the school said"
    )
    assert find("a primary school near the bank", [school]) == []
    assert find("by the carrow", [Known(Role.AGENCY, ("Carrow Library Service",))]) == []
    assert find("by the Carrow", [Known(Role.AGENCY, ("Carrow Library Service",))])


def test_letters_take_the_place_of_names():
    head = Known(Role.STAFF, ("Hugo Head",), label="Staff B")
    text = "Mia Knott told Mr Head that Mia’s birthday is 6 May. Ring 01632 960 001."
    assert replaced(text, [MIA, head], WORDS) == (
        "Child A told Staff B that Child A’s birthday is [date of birth]. Ring [number]."
    )


def test_what_may_point_to_somebody_is_named():
    found = hints("Child A, a twin in Year 9, was seen at Kelder Water on 3 March 2026 by Tommy.")
    assert {"twin", "Year 9", "3 March 2026", "Kelder Water", "Tommy"} <= set(found)


def test_our_own_labels_are_no_names():
    staff = Known(Role.STAFF, ("Stefan Staff",), label="Staff C")
    text = "The staff asked Stefan Staff and Mr Staff"
    assert replaced(text, [staff], WORDS) == "The staff asked Staff C and Staff C"


def test_letters_go_on_after_z():
    some = letters()
    found = [next(some) for _ in range(28)]
    assert [found[0], *found[25:]] == ["A", "Z", "AA", "AB"]


# No name survives, whatever it is -------------------------------------------------------------------------------

NAME = st.text(alphabet="abcdefghijklmnoprstuvyzéèñöüçąžłøßÀÉÑÖ", min_size=2, max_size=9).map(str.capitalize)
FULL = st.lists(NAME, min_size=1, max_size=3).map(" ".join)
LOOK = [
    str,
    str.upper,
    str.lower,
    lambda name: f"{name}'s",
    lambda name: f"{name}’s",
    lambda name: f"({name})",
    lambda name: f"{name}2012",
    lambda name: name.split()[0],
    lambda name: name.split()[-1].upper(),
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: name.replace(" ", "-"),
]
FILLER = st.sampled_from(["said to", "was with", ".", "and then, with", "told", "\n", "whom we asked about"])


def plain(text: str) -> str:
    """An own way of folding, not the one that is tested."""
    for odd, usual in (("ø", "o"), ("Ø", "o"), ("ł", "l"), ("Ł", "l")):
        text = text.replace(odd, usual)
    bare = "".join(one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one) != "Mn")
    return bare.casefold()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_known_name_survives(data: st.DataObject):
    names = data.draw(st.lists(FULL, min_size=1, max_size=4, unique=True))
    pairs = zip(names, letters(), strict=False)
    known = [Known(Role.CHILD, (name,), label=f"Child {letter}") for name, letter in pairs]
    text = ""
    for _ in range(data.draw(st.integers(1, 8))):
        look = data.draw(st.sampled_from(LOOK))
        text += f" {data.draw(FILLER)} {look(data.draw(st.sampled_from(names)))}"
    out = replaced(text, known, WORDS)
    for part in {word for name in names for word in re.findall(r"\w+", plain(name))}:
        if len(part) > 1 and part not in EVERYDAY:
            stood = re.search(rf"\b{part}(s|\d+)?\b", plain_outside(out))
            assert not stood, (part, text, out)


def plain_outside(text: str) -> str:
    """The folded text without the labels that were put in."""
    return plain(re.sub(r"Child [A-Z]+", " ", text))
