"""The indicator of an objective: named by strategy, its figures told by this room, frozen in what is kept."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.insight import operations
from safeboard.insight.models import BoardIndicator
from safeboard.insight.tests.test_indicators import counted_now, settings_say
from safeboard.strategy.errors import Refused
from safeboard.strategy.models import Objective, Version
from safeboard.strategy.operations import add_objective, change_heading
from safeboard.strategy.operations.documents_states import begin_redraft, consult, ratify
from safeboard.strategy.plan_files import made
from safeboard.strategy.queries.documents import whole_of
from safeboard.strategy.queries.figures import Figures, choices, of_objective, own_choices
from safeboard.strategy.tests.documents import begun, part, soon
from safeboard.strategy.tests.factories import make_action

pytestmark = pytest.mark.django_db
NOW = "50 of a hundred: 1 of 2 agencies; 1 is not known"


@pytest.fixture
def officer(cast):
    settings_say(cast, cast.agency, acceptable_use="yes")
    counted_now(cast)
    with cast.wall_of(cast.board_officer):
        by = cast.access_for(cast.board_officer)
        row = BoardIndicator.objects.get(name="policy")
        given = {"target": 90, "target_on": soon(), "baseline_figure": 10, "baseline_said": "audit of 2024"}
        operations.set_indicator(by=by, indicator=row, given=given)
        yield by


def test_the_figures_stand_beside_the_objective_and_in_the_plan(cast, officer):
    objective = add_objective(by=officer, title="Policies", measure="Looked at yearly", indicator="policy")
    assert (objective.indicator_pack, objective.indicator) == ("england-2026", "policy")
    action = make_action(cast.board, title="Ask", objective=objective)
    client, day = cast.client_for(cast.board_officer), timezone.localdate()
    shown = ("Looked at yearly", NOW, "Baseline: 10 of a hundred (audit of 2024)", "Target: 90", "Better: more")
    for path in (reverse("strategy:objectives"), action.url, f"{reverse('strategy:plan')}?objective={objective.key}"):
        page = client.get(path).content.decode()
        assert [words for words in (*shown, "On the way") if words not in page] == [], path
    sheet = openpyxl.load_workbook(io.BytesIO(made(officer, {}, "xlsx"))).active
    told = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert f"Now: {NOW} ({day.day} " in told
    assert "Looked at yearly" in told


def test_an_agency_reads_the_name_and_no_figure(cast, officer):
    objective = add_objective(by=officer, title="Policies", indicator="policy")
    with cast.wall_of(cast.lead):
        told = of_objective(cast.access_for(cast.lead), Objective.objects.get(pk=objective.pk))
    assert told == Figures("Agencies with an acceptable-use policy", better="more")


def test_what_is_kept_keeps_the_figure_of_its_day_and_the_plan_takes_the_indicator(cast, officer):
    document = begun(officer)
    part(officer, document, "objective", title="Policies", indicator="policy")
    opened = consult(by=officer, document=document, closes_on=soon())
    settings_say(cast, cast.agency, acceptable_use="no")
    operations.take_snapshot(by=officer, board=cast.board)
    with cast.wall_of(cast.board_officer):
        (node,) = whole_of(Version.objects.get(pk=opened.pk).body).of("objective")
        document.refresh_from_db()
        begin_redraft(by=officer, document=document)
        document.refresh_from_db()
        ratify(by=officer, document=document, minute="1", ratified_on=timezone.localdate())
        row = Objective.objects.get(title="Policies")
        now = of_objective(officer, row)
    assert node.indicator.now.startswith(NOW)
    assert row.indicator == "policy"
    assert now.now.startswith("0 of a hundred")


def test_a_template_of_another_pack_brings_only_what_the_own_pack_counts(cast, officer):
    document = begun(officer, pack="becta-2008", template="bromley")
    assert set(document.parts.exclude(indicator="").values_list("indicator_pack", flat=True)) == {"england-2026"}


def test_an_indicator_that_the_pack_does_not_have_is_refused_and_none_is_none(cast, officer):
    with pytest.raises(Refused, match="not counted any more"):
        add_objective(by=officer, title="Policies", indicator="no-such")
    row = add_objective(by=officer, title="Policies", indicator="policy")
    change_heading(by=officer, row=row, title="Policies", number=1, indicator="")
    row.refresh_from_db()
    assert (row.indicator_pack, row.indicator) == ("", "")


def test_an_indicator_of_the_boards_own_is_chosen_told_and_named_to_agencies(cast, officer):
    given = {"source": "survey", "item": "parents-online", "question": "rules", "counts": ["yes"]}
    own = operations.add_indicator(by=officer, board=cast.board, title="Parents with rules", pies="education", **given)
    assert choices(officer)[-1] == (own.name, "Parents with rules")
    objective = add_objective(by=officer, title="Rules at home", indicator=own.name)
    told = of_objective(officer, objective)
    assert (told.title, told.now, told.url) == (
        own.title,
        "Not counted yet",
        reverse("insight:indicator", args=[own.pk]),
    )
    document = begun(officer)
    part(officer, document, "objective", title="Rules at home", indicator=own.name)
    opened = consult(by=officer, document=document, closes_on=soon())
    (node,) = whole_of(Version.objects.get(pk=opened.pk).body).of("objective")
    assert (node.indicator.title, node.indicator.now) == (own.title, "Not counted yet")
    page = cast.client_for(cast.board_officer).get(reverse("strategy:objective-change", args=[objective.key]))
    assert f'<option value="{own.name}" selected>Parents with rules' in page.content.decode()
    with cast.wall_of(cast.lead):
        told = of_objective(cast.access_for(cast.lead), Objective.objects.get(pk=objective.pk))
        assert (told, own_choices(cast.access_for(cast.lead))) == (Figures("Parents with rules"), [])


def test_an_own_indicator_that_is_not_counted_any_more_stays_where_it_was_chosen(cast, officer):
    given = {"source": "survey", "item": "parents-online", "question": "rules", "counts": ["yes"]}
    own = operations.add_indicator(by=officer, board=cast.board, title="Parents with rules", pies="education", **given)
    objective = add_objective(by=officer, title="Rules at home", indicator=own.name)
    operations.retire_indicator(by=officer, indicator=own)
    with pytest.raises(Refused, match="not counted any more"):
        add_objective(by=officer, title="Another", indicator=own.name)
    change_heading(by=officer, row=objective, title="Rules at every home", number=1, indicator=own.name)
    assert of_objective(officer, objective) == Figures("Parents with rules")
