"""Drafts and versions: who may, which chart holds, what is kept, and what is never published."""

from __future__ import annotations

from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings

from safeboard.charts import editing, operations, queries
from safeboard.charts.errors import ChangedMeanwhile, Refused
from safeboard.charts.models import AgencyChart
from safeboard.core.models import Entry
from safeboard.library import engine
from safeboard.library import queries as library
from safeboard.library.models import PublishedItem

from .helpers import CHART, a_way, begun, published, titled
from .test_editing import ACTS, done

pytestmark = pytest.mark.django_db

KEEPERS = ("lead", "designated_officer", "board_manager", "board_officer")
OTHERS = ("staff", "responsible_person", "inspector", "subgroup_member", "board_inspector", "administrator")


def holds(cast, person) -> queries.Holding:
    with cast.wall_of(person):
        return queries.chart_for(cast.access_for(person), CHART)


def keep(cast, person, *edits, **more) -> queries.Copy:
    with cast.wall_of(person):
        return published(cast.access_for(person), *edits, **more)


@pytest.mark.parametrize("name", KEEPERS)
def test_leads_and_officers_keep_a_copy(cast, name):
    person = getattr(cast, name)
    with cast.wall_of(person):
        assert begun(cast.access_for(person)).draft is not None


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_does(cast, name):
    person = getattr(cast, name)
    with cast.wall_of(person), pytest.raises(PermissionDenied):
        operations.begin(by=cast.access_for(person), chart=CHART)


def test_nobody_changes_the_copy_of_another_place(cast):
    with cast.wall_of(cast.lead):
        copy = begun(cast.access_for(cast.lead))
    for person in (cast.other_lead, cast.board_officer):
        with cast.wall_of(person), pytest.raises(PermissionDenied):
            operations.withdraw(by=cast.access_for(person), copy=copy)


def test_the_agencys_own_holds_before_the_boards_before_the_packs(cast):
    assert holds(cast, cast.staff).own == "pack"
    keep(cast, cast.board_officer, titled("As the board has it"))
    assert str(holds(cast, cast.staff).chart.title) == "As the board has it"
    assert holds(cast, cast.other_staff).own == "board"
    keep(cast, cast.lead, titled("As the school has it"))
    assert str(holds(cast, cast.staff).chart.title) == "As the school has it"
    assert str(holds(cast, cast.other_staff).chart.title) == "As the board has it"
    assert holds(cast, cast.board_manager).own == "board"
    assert holds(cast, cast.far_lead).own == "pack"
    with cast.wall_of(cast.lead):
        access = cast.access_for(cast.lead)
        operations.withdraw(by=access, copy=queries.copy_here(access, CHART))
    assert holds(cast, cast.staff).own == "board"


def test_a_draft_begins_from_what_holds_and_is_begun_once(cast):
    keep(cast, cast.board_officer, titled("As the board has it"))
    with cast.wall_of(cast.lead):
        copy = begun(cast.access_for(cast.lead))
        assert str(queries.draft_of(copy).title) == "As the board has it"
        again = operations.begin(by=cast.access_for(cast.designated_officer), chart=CHART)
        assert (again.pk, again.edition) == (copy.pk, copy.edition)
        with pytest.raises(library.UnknownItem):
            operations.begin(by=cast.access_for(cast.lead), chart="no-such-chart")


def test_the_second_of_two_is_told_what_changed(cast):
    with cast.wall_of(cast.lead):
        mine, theirs = cast.access_for(cast.lead), cast.access_for(cast.designated_officer)
        copy = begun(mine)
        opened = copy.edition
        operations.change(by=theirs, copy=copy, edition=opened, edit=titled("Theirs"))
        with pytest.raises(ChangedMeanwhile):
            operations.change(by=mine, copy=copy, edition=opened, edit=titled("Mine"))
        copy.refresh_from_db()
        assert str(queries.draft_of(copy).title) == "Theirs"
        assert "Theirs" in queries.since_edition(copy, opened)[0].sentences[0]
        assert queries.since_edition(copy, 99) == []


def test_changes_are_taken_back_one_by_one(cast):
    with cast.wall_of(cast.lead):
        by = cast.access_for(cast.lead)
        copy = begun(by, titled("One"), titled("Two"), titled("Two"))
        assert len(copy.earlier) == 2
        copy = operations.take_back(by=by, copy=copy, edition=copy.edition)
        assert str(queries.draft_of(copy).title) == "One"
        copy = operations.take_back(by=by, copy=copy, edition=copy.edition)
        assert queries.draft_of(copy) == library.chart("england-2026", CHART)
        with pytest.raises(Refused):
            operations.take_back(by=by, copy=copy, edition=copy.edition)


def test_a_draft_with_faults_is_saved_and_not_published(cast):
    with cast.wall_of(cast.lead):
        by = cast.access_for(cast.lead)
        copy = begun(by, lambda chart: editing.remove_node(chart, chart.outcomes[-1].id))
        assert queries.problems_of(copy, queries.draft_of(copy))
        with pytest.raises(Refused, match="faults"):
            operations.publish(by=by, copy=copy, edition=copy.edition, note="x")
    assert not PublishedItem.objects.filter(pack=copy.key).exists()


def test_nothing_is_published_that_nobody_walked_as_it_is_now(cast):
    with cast.wall_of(cast.lead):
        by = cast.access_for(cast.lead)
        copy = begun(by, titled("New"))
        with pytest.raises(Refused, match="trial"):
            operations.publish(by=by, copy=copy, edition=copy.edition, note="x")
        way = a_way(queries.draft_of(copy))
        operations.mark_tried(by=by, copy=copy, edition=copy.edition, way=way[:-1])
        copy.refresh_from_db()
        assert copy.tried == []
        operations.mark_tried(by=by, copy=copy, edition=copy.edition, way=way)
        operations.mark_tried(by=by, copy=copy, edition=copy.edition, way=way)
        copy.refresh_from_db()
        trial = queries.trial_of(copy, queries.draft_of(copy))
        assert (trial.tried, len(trial.untried)) == (1, trial.ways - 1)
        copy = operations.change(by=by, copy=copy, edition=copy.edition, edit=titled("Newer"))
        with pytest.raises(Refused, match="trial"):
            operations.publish(by=by, copy=copy, edition=copy.edition, note="x")
        with pytest.raises(engine.WalkError):
            operations.mark_tried(by=by, copy=copy, edition=copy.edition, way=[("no", "such")])


def test_what_differs_in_nothing_is_not_published(cast):
    with cast.wall_of(cast.lead), pytest.raises(Refused, match="Nothing is different"):
        published(cast.access_for(cast.lead))


def test_a_published_version_never_changes(cast):
    copy = keep(cast, cast.lead, titled("One"))
    copy = keep(cast, cast.lead, titled("Two"))
    assert (copy.version, copy.draft) == (2, None)
    assert str(queries.version_of(copy, 1).title) == "One"
    row = PublishedItem.objects.get(pack=copy.key, version=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedItem.objects.filter(pk=row.pk).update(item="other")


def test_a_newer_chart_of_the_pack_is_pointed_out_until_somebody_looked(cast):
    copy = keep(cast, cast.lead, titled("Ours"))
    original = library.chart("england-2026", CHART)
    newer = editing.changed(original, version=original.version + 1, title=editing.said(None, "Brought up to date"))
    chart = library.chart

    def moved_on(name, item, version=None):
        return newer if version is None and name == "england-2026" else chart(name, item, version)

    with cast.wall_of(cast.lead), mock.patch.object(library, "chart", moved_on):
        assert queries.newer_original(copy).changes is None  # its older version was never published here
        with mock.patch.object(library, "published_chart", return_value=original):
            assert "Brought up to date" in queries.newer_original(copy).changes[0].sentences[0]
        operations.look_at_original(by=cast.access_for(cast.lead), copy=copy)
        copy.refresh_from_db()
        assert queries.newer_original(copy) is None


def test_a_discarded_draft_leaves_the_version_that_holds(cast):
    copy = keep(cast, cast.lead, titled("Ours"))
    with cast.wall_of(cast.lead):
        by = cast.access_for(cast.lead)
        copy = begun(by, titled("Not like this"))
        operations.discard(by=by, copy=copy, edition=copy.edition)
        copy.refresh_from_db()
        assert (copy.draft, copy.version) == (None, 1)


def test_every_write_is_in_the_history_without_a_word_of_the_chart(cast):
    copy = keep(cast, cast.lead, titled("A telling title"), note="A telling note")
    with cast.wall_of(cast.lead):
        operations.withdraw(by=cast.access_for(cast.lead), copy=copy)
    entries = Entry.objects.filter(object_type="charts.agencychart", object_id=copy.pk)
    verbs = {entry.verb for entry in entries}
    assert {"charts.begun", "charts.changed", "charts.tried", "charts.published", "charts.withdrawn"} <= verbs
    assert not any("telling" in str(entry.facts) for entry in entries)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_no_sequence_of_changes_publishes_a_chart_with_faults(cast, acts):
    with cast.wall_of(cast.lead), transaction.atomic():
        by = cast.access_for(cast.lead)
        copy = begun(by)
        for act in acts:
            try:
                copy = operations.change(
                    by=by, copy=copy, edition=copy.edition, edit=lambda chart, act=act: done(chart, *act)
                )
            except Refused:
                continue
        draft = queries.draft_of(copy)
        if not engine.check(draft):
            operations.mark_tried(by=by, copy=copy, edition=copy.edition, way=a_way(draft))
        try:
            operations.publish(by=by, copy=copy, edition=copy.edition, note="x")
        except Refused:
            assert not PublishedItem.objects.filter(pack=copy.key).exists()
        else:
            held = AgencyChart.objects.get(pk=copy.pk)
            chart = library.published_chart(held.key, CHART, held.version)
            assert queries.faults_of(held, chart) == []
        transaction.set_rollback(True)
