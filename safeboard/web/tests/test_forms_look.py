"""Forms as people meet them: markup, errors, links to what has to be put right."""

import pytest
from django.template import Context, Template

from safeboard.core import forms


class Sample(forms.Form):
    name = forms.forms.CharField(label="Name", help_text="As others know it")
    story = forms.forms.CharField(label="What happened?", max_length=500, widget=forms.Area(rows=8, count=True))
    kind = forms.forms.ChoiceField(
        label="What kind?",
        choices=[("a", "First <b>"), ("b", "Second"), ("other", "Something else")],
        widget=forms.Radios(hints={"a": "The first kind"}, reveals={"other": "other"}, apart="other"),
    )
    other = forms.forms.CharField(label="Which?", required=False)
    who = forms.forms.MultipleChoiceField(
        label="Who?", choices=[("x", "X"), ("none", "Nobody")], widget=forms.Checkboxes(apart="none"), required=False
    )
    place = forms.forms.ChoiceField(label="Where?", choices=[("", "Choose"), ("1", "One")])
    day = forms.DateField(label="Day", past=True)
    moment = forms.DateTimeField(label="When it was", past=True)
    mail = forms.forms.EmailField(label="E-mail")
    ring = forms.TelephoneField(label="Telephone")
    secret = forms.forms.CharField(label="Password", widget=forms.forms.PasswordInput)
    paper = forms.forms.FileField(label="Paper", required=False)
    agree = forms.forms.BooleanField(label="I have told the child")
    safe = forms.yes_or_no("Is the child safe?")
    many = forms.forms.IntegerField(label="How many?")


def show(form, text="{% load govuk %}{% error_in_title %}{% error_summary form %}{{ form }}"):
    return Template(text).render(Context({"form": form}))


def test_unbound_form_has_every_kind_of_component():
    html = show(Sample())
    for part in (
        "govuk-input",
        "govuk-textarea",
        "govuk-character-count",
        "govuk-radios__hint",
        "govuk-radios__divider",
        "govuk-radios__conditional",
        "govuk-checkboxes",
        'data-behaviour="exclusive"',
        "govuk-select",
        "govuk-date-input",
        "day_month",
        "moment_time",
        'type="email"',
        'type="tel"',
        "govuk-password-input",
        "govuk-file-upload",
        "govuk-radios--inline",
        "(optional)",
    ):
        assert part in html, part
    assert "First &lt;b&gt;" in html
    assert "<b>" not in html
    assert "maxlength=" not in html.replace("data-maxlength=", "")
    assert html.count('name="other"') == 1
    assert "Error:" not in html


def test_an_empty_form_names_what_is_missing_and_links_to_it():
    html = show(Sample({}))
    assert html.startswith("Error: ")
    assert "This field is required" not in html
    for target in ("#id_name", "#id_kind", "#id_day_day", "#id_agree", "#id_mail"):
        assert f'href="{target}"' in html
        assert f'id="{target[1:]}"' in html


@pytest.mark.parametrize(
    ("day", "message", "target"),
    [
        (("3", "", "2026"), "must include a month", "day_month"),
        (("", "3", ""), "must include a day and year", "day_day"),
        (("31", "2", "2026"), "must be a real date", "day_day"),
        (("3", "13", "2026"), "the month must be", "day_month"),
        (("3", "3", "26"), "the year must have four numbers", "day_year"),
        (("3", "3", "2999"), "must be today or in the past", "day_day"),
        (("٣", "3", "2026"), "the day must be", "day_day"),
    ],
)
def test_dates_say_which_part_is_wrong(day, message, target):
    form = Sample(dict(zip(("day_day", "day_month", "day_year"), day, strict=True)))
    html = show(form)
    assert message in " ".join(form.errors["day"])
    assert f'href="#id_{target}"' in html


def test_dates_and_times_are_read_as_people_write_them():
    data = {"day_day": "3", "day_month": "March", "day_year": "2026", "moment_day": "3", "moment_month": "3"}
    form = Sample({**data, "moment_year": "2026", "moment_time": "3.15 pm"})
    form.is_valid()
    assert form.cleaned_data["day"].isoformat() == "2026-03-03"
    assert form.cleaned_data["moment"].strftime("%H:%M") == "15:15"


def test_label_as_heading():
    class One(forms.Form):
        label_is_heading = True
        name = forms.forms.CharField(label="What is it called?")

    html = show(One())
    assert '<h1 class="govuk-label-wrapper">' in html
    assert "govuk-label--l" in html


def test_the_base_page_stands():
    html = Template("{% extends 'base.html' %}{% block title %}A page{% endblock %}").render(Context({"form": None}))
    assert "<title>A page – Safeboard</title>" in html


class Numbers(forms.Form):
    minutes = forms.forms.IntegerField(label="How many minutes?", min_value=5, max_value=480)
    pages = forms.forms.IntegerField(label="Pages", min_value=1)
    number = forms.forms.IntegerField(label="Share in %")
    cost = forms.forms.DecimalField(label="Cost", min_value=0, max_digits=6, decimal_places=2)
    length = forms.forms.DecimalField(label="Length", min_value=0.25, max_value=12)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"minutes": "ten"}, "“How many minutes?”: give a whole number, from 5 to 480"),
        ({"minutes": "481"}, "“How many minutes?”: give a whole number, from 5 to 480"),
        ({"pages": "0"}, "“Pages”: give a whole number, 1 or more"),
        ({"number": "1.5"}, "“Share in %”: give a whole number, such as 30"),
        ({"cost": "much"}, "“Cost”: give a number, such as 1.5"),
        ({"cost": "1.234"}, "“Cost”: give no more than 2 figures after the point"),
        ({"cost": "1234567"}, "“Cost”: the number is larger than can be kept here"),
        ({"length": "-1"}, "“Length”: give a number, from 0.25 to 12"),
    ],
)
def test_a_number_that_cannot_be_taken_is_asked_for_in_plain_words(typed, said):
    good = {"minutes": "10", "pages": "1", "number": "3", "cost": "2.50", "length": "1"}
    assert Numbers(good).is_valid()
    form = Numbers(good | typed)
    assert [error for errors in form.errors.values() for error in errors] == [said]
