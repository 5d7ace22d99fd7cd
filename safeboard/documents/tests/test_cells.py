from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.documents.cells import harmless

UNSEEN = [
    "", " ", "\t", "\r", "\n", "\r\n", "\x00", "\x00\x00 ", "\x1f", "\x85", "\xa0", "\xad", "\ufeff", "\u200b",
    "\u200e", "\u202e", "\u2028", "\u2060", "\u3000", "\u3164", "\u115f", "\u2800", "\ufe0f", "\U000e0041",
    "\ud800", "\ufffe", "\u034f",
]  # fmt: skip
SIGNS = "=+-@|\u2212\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\uff5c"


@pytest.mark.parametrize("before", UNSEEN)
@pytest.mark.parametrize("sign", SIGNS)
def test_no_formula_however_it_hides(before, sign):
    assert harmless(f"{before}{sign}HYPERLINK(1)").startswith("'")


@pytest.mark.parametrize(
    "text", ["cmd|' /C calc'!A0", "see cmd |'/c x'!A1", "\uff43md\uff5c'x'\uff01A0", "x\ncmd|y!z", "DDE|a!b"]
)
def test_no_call_to_another_program(text):
    assert harmless(text) == "'" + text


@pytest.mark.parametrize(
    "value", [0, -5, 1.5, True, None, Decimal("-2.50"), date(2026, 3, 3), datetime(2026, 3, 3, 9), "-5", "-3.25", "12"]
)
def test_figures_stay(value):
    assert harmless(value) is value


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), Decimal("NaN"), Decimal("Infinity")])
def test_numbers_that_are_none(value):
    assert harmless(value) is None


@pytest.mark.parametrize(
    "text", ["St Aldwyn's School", "a = b", "Oak (1-2)", "e-mail@here.example", "Ysgol Y Bont", "'=1", "", "x!|y", "-"]
)
def test_ordinary_text_stays(text):
    assert harmless(text) == text


@pytest.mark.parametrize("text", ["+44 1632 960001", "--1", "-5+cmd", "-5\n", "-\u0665", "-1e5"])
def test_only_a_plain_number_may_begin_with_a_sign(text):
    assert harmless(text).startswith("'")


def test_control_characters_go():
    assert harmless("a\x00b\x07c\ud800d\te\n") == "abcd\te\n"


def test_another_separator_starts_no_formula():
    assert harmless("kept; =1+1", splits=True) == "kept;' =1+1"
    assert harmless("kept\n\u200b@SUM(1)\tx", splits=True) == "kept\n'\u200b@SUM(1)\tx"
    assert harmless("kept; =1+1") == "kept; =1+1"
    assert harmless("one; two\nthree", splits=True) == "one; two\nthree"


@given(st.text(max_size=30), st.sampled_from(SIGNS), st.booleans())
def test_it_need_be_done_once_only(text, sign, splits):
    once = harmless(sign + text, splits=splits)
    assert harmless(once, splits=splits) == once
