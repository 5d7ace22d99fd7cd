import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from docx import Document as WordFile
from openpyxl import load_workbook
from pikepdf import Pdf

from safeboard.insight.errors import ChangedMeanwhile, Refused
from safeboard.insight.models import Frozen, Report, ReportComment, ReportIssue, ReportPart
from safeboard.insight.operations import report_steps as steps
from safeboard.insight.operations.reports import change_part
from safeboard.insight.queries import reports as reads
from safeboard.insight.queries.report_figures import figures_of
from safeboard.insight.report_files import as_html, as_pdf, as_sheets, as_word, edition_of
from safeboard.insight.tests.reports import YEAR, as_officer, begun, ready_to_sign, released
from safeboard.insight.tests.test_indicators import counted_now

pytestmark = pytest.mark.django_db


def chair_signs(cast, report):
    """The chair is the agency's lead, with a seat as subgroup member of the board."""
    with cast.wall_of(cast.chair):
        return steps.sign_report(by=cast.access_for(cast.chair), report=report)


@pytest.fixture
def chaired(cast):
    """The subgroup's chair is somebody who runs the board."""
    from safeboard.meetings.choices import Part
    from safeboard.meetings.tests.factories import seat

    cast.chair = cast.people["board_manager"]
    seat(cast, Part.CHAIR, cast.chair.name, person=cast.chair)
    return cast


def part_of(cast, report, section):
    with cast.wall_of(cast.board_officer):
        return ReportPart.objects.select_related("report").get(report=report, section=section)


def test_a_report_is_begun_with_its_sections_once_a_year(cast):
    report = begun(cast)
    assert begun(cast).pk == report.pk
    with cast.wall_of(cast.board_officer):
        titles = [one.title for one in reads.parts_of(report)]
    assert titles[0] == "From the chair"
    assert titles[-1] == "What comes next"
    with pytest.raises(Refused, match="has not begun"):
        begun(cast, YEAR + 1)


def test_the_second_of_two_who_change_a_section_is_told_and_nothing_is_lost(cast):
    report = begun(cast)
    part = part_of(cast, report, "foreword")
    as_officer(cast, change_part, part=part, edition=1, given={"text": "A good year."})
    with pytest.raises(ChangedMeanwhile) as why:
        as_officer(cast, change_part, part=part, edition=1, given={"text": "A hard year."})
    assert why.value.there.text == "A good year."
    page = cast.client_for(cast.board_officer).post(
        reverse("insight:report-part", args=[report.key, part.key]),
        {"edition": "1", "title": "From the chair", "text": "A hard year."},
    )
    words = page.content.decode()
    assert "A hard year." in words
    assert "A good year." in words
    assert "changed this section while you wrote" in words


def test_frozen_figures_never_move_and_suppressed_ones_stay_so(cast):
    released(cast.board, 1)
    report = begun(cast)
    with cast.wall_of(cast.board_officer):
        access = cast.access_for(cast.board_officer)
        live = reads.figures_now(access, report, reads.parts_of(report))
    rows = live["incidents"]["table"]["rows"]
    assert [row[1] for row in rows] == [30, "c", 40]
    as_officer(cast, steps.freeze_figures, report=report)
    released(cast.board, 2, total=99)
    with cast.wall_of(cast.board_officer):
        row = Report.objects.select_related("board").get(pk=report.pk)
        frozen = reads.figures_now(access, row, reads.parts_of(row))
        moved = figures_of(access, cast.board, YEAR, ["incidents"])
    assert frozen["incidents"] == live["incidents"]
    assert moved["incidents"] != live["incidents"]
    with pytest.raises(Refused, match="frozen before"):
        as_officer(cast, steps.freeze_figures, report=report)


def test_only_the_chair_signs_and_then_it_never_changes(chaired):
    cast = chaired
    report = ready_to_sign(cast, begun(cast))
    with pytest.raises(PermissionDenied):
        as_officer(cast, steps.sign_report, report=report)
    issue = chair_signs(cast, report)
    part = part_of(cast, report, "foreword")
    with pytest.raises(Refused, match="stay as they are"):
        as_officer(cast, change_part, part=part, edition=1, given={"text": "More."})
    with cast.wall_of(cast.board_officer):
        issue.title = "Another"
        with pytest.raises(Frozen):
            issue.save()
        with pytest.raises(Frozen):
            ReportIssue.objects.filter(pk=issue.pk).update(body={})
        with pytest.raises(Frozen):
            ReportIssue.objects.filter(pk=issue.pk).delete()
        assert reads.digest_of(ReportIssue.objects.get(pk=issue.pk).body) == issue.sha256
    with pytest.raises(Refused):
        chair_signs(cast, report)


def test_the_chair_signs_nothing_while_something_is_owed(chaired):
    cast = chaired
    report = begun(cast)
    with pytest.raises(Refused, match="Freeze them first"):
        chair_signs(cast, report)
    as_officer(cast, steps.freeze_figures, report=report)
    with pytest.raises(Refused, match="not asked yet"):
        chair_signs(cast, report)


def test_agencies_and_members_comment_while_it_is_open_and_read_the_answer(cast):
    report = begun(cast)
    as_officer(cast, steps.freeze_figures, report=report)
    issue = as_officer(cast, steps.consult_on_report, report=report, closes_on=timezone.localdate())
    part = issue.body["parts"][0]["key"]
    where = reverse("insight:report-comment", args=[issue.key, part])
    assert cast.client_for(cast.lead).post(where, {"text": "Thank the libraries."}).status_code == 302
    assert cast.client_for(cast.people["subgroup_member"]).post(where, {"text": "Too long."}).status_code == 302
    with cast.wall_of(cast.board_officer):
        first = ReportComment.objects.get(agency=cast.agency)
        assert reads.waiting(report) == 2
    as_officer(cast, steps.answer_report_comment, comment=first, taken="yes", answer="We do now.")
    assert "We do now." in cast.client_for(cast.lead).get(issue.url).content.decode()
    other = cast.client_for(cast.far_lead)
    assert other.get(issue.url).status_code == 404
    as_officer(cast, steps.close_comments, report=report)
    late = cast.client_for(cast.lead).post(where, {"text": "One more thing."}).content.decode()
    assert "Comments are closed by now" in late
    assert "One more thing." in late


def test_the_files_open_cleanly_with_pictures_tables_contents_and_no_author(chaired):
    cast = chaired
    counted_now(cast)
    released(cast.board, 1)
    report = begun(cast)
    part = part_of(cast, report, "foreword")
    as_officer(cast, change_part, part=part, edition=1, given={"text": '=HYPERLINK("x")\nA good year.'})
    ready_to_sign(cast, report)
    issue = chair_signs(cast, report)
    with cast.wall_of(cast.board_officer):
        edition = edition_of(ReportIssue.objects.select_related("board").get(pk=issue.pk))
    charts = [one for part in edition.body["parts"] for one in part["figures"] if one["svg"]]
    word = WordFile(io.BytesIO(as_word(edition)))
    assert len(word.inline_shapes) == len(charts) >= 5
    assert len(word.tables) >= len(charts)
    heads = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert {"1. From the chair", "10. What comes next", "Words and meanings"} <= set(heads)
    assert (word.core_properties.author, word.core_properties.title) == ("", edition.title)
    assert all(shape._inline.docPr.get("descr") for shape in word.inline_shapes)
    with Pdf.open(io.BytesIO(as_pdf(edition))) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo["/Title"]) == edition.title
        with pdf.open_outline() as outline:
            top = outline.root[0].children or outline.root
            assert "1. From the chair" in [one.title for one in top]
    assert f"Signed by {cast.chair.name}" in as_html(edition)
    book = load_workbook(io.BytesIO(as_sheets(edition)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
