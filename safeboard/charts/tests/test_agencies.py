"""The board sees which agencies adapted which chart, and is told; nobody else does."""

from __future__ import annotations

from unittest import mock

import pytest
from django.urls import reverse

from safeboard.charts import agencies, editing, operations
from safeboard.library import queries as library
from safeboard.outbox.models import Message

from .helpers import CHART, published, titled

pytestmark = pytest.mark.django_db
PAGE = "/charts/agencies/"


def keep(cast, person, *edits, chart=CHART):
    with cast.wall_of(person):
        return published(cast.access_for(person), *edits, chart=chart)


def seen(cast, person):
    with cast.wall_of(person):
        return agencies.adapted(cast.access_for(person))


def test_the_board_sees_who_adapted_what_and_what_is_different(cast):
    copy = keep(cast, cast.lead, titled("Our way"))
    browser = cast.client_for(cast.board_officer)
    page = browser.get(PAGE).content.decode()
    original = library.chart("england-2026", CHART)
    assert str(original.title) in page
    assert "Alder Bank School" in page
    assert f"Version {original.version} of the original" in page
    assert "Nothing has changed" in page
    page = browser.get(reverse("charts:agency", args=[copy.pk])).content.decode()
    assert "What is different from the original chart" in page
    assert "Our way" in page
    assert PAGE in browser.get(reverse("charts:list")).content.decode()


def test_without_any_the_page_says_so(cast):
    assert "No agency of this board has a chart of its own" in (
        cast.client_for(cast.board_officer).get(PAGE).content.decode()
    )


def test_an_original_that_moved_on_is_pointed_out(cast):
    copy = keep(cast, cast.lead, titled("Our way"))
    original = library.chart("england-2026", CHART)
    newer = editing.changed(original, version=original.version + 1)
    assert [row.moved for row in seen(cast, cast.board_officer)] == [False]
    with mock.patch.object(library, "chart", return_value=newer):
        assert [(row.moved, row.newest) for row in seen(cast, cast.board_officer)] == [(True, newer.version)]
        with cast.wall_of(cast.lead):
            operations.look_at_original(by=cast.access_for(cast.lead), copy=copy)
        assert [row.moved for row in seen(cast, cast.board_officer)] == [False]


def test_a_board_that_publishes_its_own_afterwards_sees_who_does_not_follow(cast):
    keep(cast, cast.lead, titled("Our way"))
    assert [row.board_moved for row in seen(cast, cast.board_officer)] == [False]
    keep(cast, cast.board_officer, titled("The county's way"))
    assert [row.board_moved for row in seen(cast, cast.board_officer)] == [True]


def test_whoever_runs_the_board_is_told_of_each_version_and_nobody_of_the_boards_own(cast):
    keep(cast, cast.board_officer, titled("The county's way"))
    copy = keep(cast, cast.lead, titled("Stefan's secret way"))
    told = Message.objects.filter(kind=operations.PUBLISHED)
    assert {one.to for one in told} == {cast.board_manager, cast.board_officer}
    said = {f"{one.subject} {one.body}" for one in told}
    assert [words for words in said if "Alder Bank" in words or "secret" in words] == []
    assert all(reverse("charts:agency", args=[copy.pk]) in words for words in said)


def test_neither_agencies_nor_another_board_see_it(cast):
    copy = keep(cast, cast.lead, titled("Our way"))
    for person in (cast.lead, cast.other_lead, cast.staff):
        assert cast.client_for(person).get(PAGE).status_code == 403
    stranger = cast.client_for(cast.other_board_officer)
    assert "Alder Bank" not in stranger.get(PAGE).content.decode()
    assert stranger.get(reverse("charts:agency", args=[copy.pk])).status_code == 404


def test_a_copy_that_was_withdrawn_or_never_published_is_not_listed(cast):
    copy = keep(cast, cast.lead, titled("Our way"))
    with cast.wall_of(cast.lead):
        operations.withdraw(by=cast.access_for(cast.lead), copy=copy)
        operations.begin(by=cast.access_for(cast.lead), chart="becta-incident")
    assert seen(cast, cast.board_officer) == []


def test_many_are_read_by_as_many_questions_as_one(cast, django_assert_max_num_queries):
    counts = []
    for person in (cast.lead, cast.other_lead):
        keep(cast, person, titled(f"The way of {person.name}"))
        with cast.wall_of(cast.board_officer), django_assert_max_num_queries(10) as asked:
            agencies.adapted(cast.access_for(cast.board_officer))
        counts.append(len(asked))
    assert counts[0] == counts[1]
