"""Tags that say one thing in one way everywhere; texts and times."""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms as plain
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.urls import path

from safeboard.core import forms, times
from safeboard.core.access import Access, Place
from safeboard.core.dates import time_of_day
from safeboard.core.roles import PlaceKind, Role
from safeboard.core.text import has_control_characters, tidy
from safeboard.web.templatetags import safeboard as tags

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 3, 14, 0, tzinfo=LONDON)
ROOMS = Path(__file__).parents[2]


def draw(text, **context):
    return Template("{% load safeboard %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(hours=3, minutes=40), "due in 3 hours, by 17:40"),
        (timedelta(minutes=1), "due in 1 minute, by 14:01"),
        (timedelta(hours=20), "due tomorrow, by 10:00"),
        (timedelta(days=3), "due in 3 days, by 6 March 2026, 14:00"),
        (timedelta(hours=10), "due in 10 hours, by midnight"),
        (timedelta(hours=34), "due by the end of tomorrow"),
        (timedelta(hours=58), "due in 2 days, by the end of 5 March 2026"),
        (-timedelta(days=2), "late by 2 days, since 1 March 2026, 14:00"),
        (-timedelta(seconds=30), "late by 1 minute, since 3 March 2026, 13:59"),
    ],
)
def test_what_is_owed(gap, words):
    assert times.due(NOW + gap, now=NOW) == words


@pytest.mark.parametrize(
    ("days", "words"), [(0, "due today"), (1, "due tomorrow"), (5, "due in 5 days, by 8 March 2026")]
)
def test_what_is_owed_by_a_day(days, words):
    assert times.due(NOW.date() + timedelta(days=days), now=NOW) == words
    assert not times.is_late(NOW.date(), now=NOW)
    assert times.due(date(2026, 3, 1), now=NOW) == "late by 2 days, since 1 March 2026"


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(), "just now"),
        (-timedelta(minutes=5), "5 minutes ago, at 13:55"),
        (timedelta(hours=3), "in 3 hours, at 17:00"),
        (-timedelta(hours=20), "yesterday, 18:00"),
        (-timedelta(days=40), "22 January 2026, 14:00"),
    ],
)
def test_how_near_a_time_is(gap, words):
    assert times.said(NOW + gap, now=NOW) == words


def test_a_time_carries_the_exact_one():
    html = draw('{% when at "due" %}', at=NOW - timedelta(days=3000))
    assert 'datetime="2017-12-15T14:00+00:00"' in html
    assert "sb-when--late" in html
    assert draw("{% when at %}", at=None) == ""


def test_numbers_dial_and_addresses_do_not_open():
    assert 'href="tel:08001111"' in draw('{% telephone "0800 1111" %}')
    assert 'href="tel:+441632960001"' in draw('{% telephone "+44 (0)1632 960001 ext 12" %}')
    html = draw("{% defanged at %}", at="https://bad.example.org/<b>\u202egpj?m=a@b.example")
    assert "hxxps[:]//bad[.]example[.]org/&lt;b&gt;" in html
    assert "href" not in html
    assert "http" not in html


def test_tags_have_a_word_and_a_known_colour():
    assert draw('{% tag word "red" %}', word="<i>") == '<strong class="govuk-tag govuk-tag--red">&lt;i&gt;</strong>'
    with pytest.raises(ValueError, match="pink"):
        tags.tag("x", "pink")


def test_pages_and_sorting_keep_the_rest_of_the_query(rf):
    request = rf.get("/?state=open&page=3&sort=name")
    page = Paginator(range(200), 20).page(3)
    html = draw("{% pagination page %}{% column_head 'Name' sort='name' %}", page=page, request=request)
    assert "?state=open&amp;page=4&amp;sort=name" in html
    assert 'aria-sort="ascending"' in html
    assert 'href="?state=open&amp;sort=-name"' in html


def test_a_table_says_so_when_it_is_empty():
    html = render_to_string("web/_table.html", {"rows": [], "empty": "No agencies yet.", "empty_href": "/new/"})
    assert "No agencies yet." in html
    assert "<table" not in html
    table = {"caption": "A", "columns": [{"text": "Name"}, {"text": "N", "number": True}], "rows": [["<b>", 1]]}
    html = render_to_string("web/_table.html", table)
    assert '<th scope="row">&lt;b&gt;</th>' in html
    assert 'data-label="N"' in html


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("in\u202evoice\u200b.exe", "invoice.exe"),
        ("مرحبا \u200fبكم", "مرحبا \u200fبكم"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # noqa: RUF001
        ("pa\u200cssword\ufeff", "password"),
        ("e\u0301", "é"),
        ("one\r\ntwo", "one two"),
    ],
)
def test_hidden_signs_go_and_letters_stay(given, wanted):
    assert tidy(given) == wanted


def test_lines_stay_where_there_may_be_lines():
    assert tidy("one\r\ntwo\u2028three", lines=True) == "one\ntwo\nthree"
    assert has_control_characters("a\x00b")
    assert not has_control_characters("a\tb\r\n")


class Story(forms.Form):
    title = plain.CharField(label="Title 100% true")
    story = plain.CharField(label="What happened?", widget=forms.Area())
    mail = plain.EmailField(label="E-mail")
    kind = plain.ChoiceField(label="Kind", choices=[("a", "A")])


def test_too_long_and_control_signs_are_said_plainly_and_nothing_is_lost():
    long = "wort " * 20_000
    form = Story({"title": long, "story": long, "mail": "x" * 100_000, "kind": "zzz"})
    assert "must be 200 characters or fewer. It has 100,000 now." in " ".join(form.errors["title"])
    assert "10,000" in " ".join(form.errors["story"])
    assert "one of the answers listed" in " ".join(form.errors["kind"])
    assert long in str(form)
    form = Story({"title": "a\x00b", "story": "ok\x0bok", "mail": "a@example.org", "kind": "a"})
    assert "control characters" in " ".join(form.errors["title"])
    assert form.cleaned_data["story"] == "ok\nok"


@pytest.mark.parametrize(
    ("moment", "fault"),
    [("25:00", "the time must be like"), ("", "must include a time"), ("9.30", None), ("3pm", None), ("2115", None)],
)
def test_times_of_day(moment, fault):
    class Moment(forms.Form):
        at = forms.DateTimeField(label="When", past=True)

    form = Moment({"at_day": "3", "at_month": "3", "at_year": "2025", "at_time": moment})
    assert form.is_valid() is (fault is None)
    assert fault is None or fault in str(form.errors)


def _view(request):
    raise AssertionError


urlpatterns = [
    path("", _view, name="home"),
    path("out/", _view, name="account_logout"),
    path("mfa/", _view, name="mfa_index"),
]


@pytest.mark.urls(__name__)
def test_the_frame_of_a_page(rf, settings):
    settings.DEMONSTRATION = True
    place = Place(PlaceKind.AGENCY, 1, "Marlbrook <School>")
    request = rf.get("/")
    request.access = Access(
        person=SimpleNamespace(name="Tom <Ellery>"), place=place, roles=frozenset({Role.STAFF}), places=(place,)
    )
    html = render_to_string("base.html", {"form": Story({})}, request)
    assert "Marlbrook &lt;School&gt;" in html
    assert "Tom &lt;Ellery&gt;" in html
    assert "Demonstration" in html
    assert html.index("Skip to main content") < html.index("<header")
    assert 'lang="en-gb"' in html
    assert "<title>Error: " in html
    assert 'aria-current="page"' in html
    for word in (" style=", "<style", "onclick", "<script>"):
        assert word not in html


@pytest.mark.parametrize(
    ("text", "found", "alone"),
    [
        ("9.30", time(9, 30), time(9, 30)),
        ("130", time(1, 30), time(1, 30)),
        ("2115", time(21, 15), time(21, 15)),
        ("3 p.m.", time(15), time(15)),
        ("12:05am", time(0, 5), time(0, 5)),
        ("14", None, time(14)),
        ("25", None, None),
        ("99", None, None),
        ("9:7", None, None),
        ("13pm", None, None),
        ("9:75", None, None),
        ("", None, None),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it_and_never_guessed(text, found, alone):
    assert (time_of_day(text), time_of_day(text, hour_alone=True)) == (found, alone)


# Counts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0"), (999, "999"), (1686, "1,686"), (1_200_000, "1,200,000"), ("c", "c")]
)
def test_a_large_count_has_its_thousands_apart(number, shown):
    assert draw("{{ number|thousands }}", number=number) == shown


SAID = (".shown", "|thousands", "|time_taken", "one.asked", "one.committed", "one.spent", "row.count", "entry.row")


def test_every_column_of_numbers_shows_them_so():
    cells = [
        (page.name, said)
        for page in sorted(ROOMS.glob("*/templates/**/*.html"))
        for said in re.findall(r'(?:sb-table__number|--numeric)">\{\{ (.*?) \}\}', page.read_text())
    ]
    assert [cell for cell in cells if not cell[1].endswith(SAID)] == []
    assert len(cells) > 10
