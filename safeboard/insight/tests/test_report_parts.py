import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.insight.errors import ChangedMeanwhile, Refused
from safeboard.insight.models import ReportPart
from safeboard.insight.operations import report_steps as steps
from safeboard.insight.operations.report_shape import add_part, move_part, remove_part
from safeboard.insight.operations.reports import change_part
from safeboard.insight.queries import reports as reads
from safeboard.insight.tests.reports import as_officer, begun

pytestmark = pytest.mark.django_db


def titles(cast, report):
    with cast.wall_of(cast.board_officer):
        return [one.title for one in reads.parts_of(report)]


def part_called(cast, report, title):
    with cast.wall_of(cast.board_officer):
        return ReportPart.objects.select_related("report").get(report=report, title=title)


def test_a_section_is_added_where_it_is_wanted_and_the_same_form_twice_is_one(cast):
    report = begun(cast)
    before = titles(cast, report)
    first = part_called(cast, report, before[0])
    given = {"report": report, "title": "Our libraries", "taken": ["plan"], "form_key": uuid.uuid4()}
    as_officer(cast, add_part, after=first, **given)
    as_officer(cast, add_part, after=first, **given)
    as_officer(cast, add_part, report=report, title="In short")
    assert titles(cast, report) == ["In short", before[0], "Our libraries", *before[1:]]


def test_buttons_without_javascript_move_a_section_and_a_page_asks_before_it_goes(cast):
    report = begun(cast)
    before = titles(cast, report)
    officer = cast.client_for(cast.board_officer)
    where = [report.key, part_called(cast, report, before[1]).key]
    assert officer.post(reverse("insight:report-part-move", args=where), {"act": "up"}).status_code == 302
    assert titles(cast, report)[:2] == [before[1], before[0]]
    officer.post(reverse("insight:report-part-move", args=where), {"act": "up"})
    assert titles(cast, report)[:2] == [before[1], before[0]]
    officer.post(reverse("insight:report-part-move", args=where), {"act": "down"})
    assert titles(cast, report) == before
    asked = officer.get(reverse("insight:report-part-remove", args=where)).content.decode()
    assert f"Take “{before[1]}” out?" in asked
    officer.post(reverse("insight:report-part-remove", args=where), {"edition": "1"})
    assert titles(cast, report) == [before[0], *before[2:]]


def test_what_somebody_else_changed_meanwhile_is_not_taken_out(cast):
    report = begun(cast)
    part = part_called(cast, report, "From the chair")
    as_officer(cast, change_part, part=part, edition=1, given={"text": "A good year."})
    with pytest.raises(ChangedMeanwhile):
        as_officer(cast, remove_part, part=part, edition=1)
    assert titles(cast, report)[0] == "From the chair"


def test_frozen_figures_are_the_only_ones_of_a_new_section_and_nothing_moves_while_it_is_read(cast):
    report = begun(cast)
    part = part_called(cast, report, "From the chair")
    as_officer(cast, steps.freeze_figures, report=report)
    with pytest.raises(Refused, match="frozen"):
        as_officer(cast, add_part, report=report, title="New", taken=["never-counted"])
    issue = as_officer(cast, steps.consult_on_report, report=report, closes_on=timezone.localdate())
    for call, given in ((add_part, {"report": report, "title": "New"}), (move_part, {"part": part, "down": True})):
        with pytest.raises(Refused, match="stay as they are"):
            as_officer(cast, call, **given)
    where = reverse("insight:report-comment", args=[issue.key, part.key])
    cast.client_for(cast.lead).post(where, {"text": "Thank the libraries."})
    as_officer(cast, steps.close_comments, report=report)
    as_officer(cast, remove_part, part=part, edition=1)
    said = cast.client_for(cast.board_officer).get(reverse("insight:report-comments", args=[report.key]))
    assert "From the chair" in said.content.decode()
