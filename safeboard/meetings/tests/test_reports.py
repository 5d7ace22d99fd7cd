"""Reports of other subgroups on the agenda, and this one's to the board: the same words and shape in both ways."""

from __future__ import annotations

import io
from datetime import date

import docx
import pikepdf
import pytest
from django.urls import reverse

from safeboard.documents.files import Found
from safeboard.meetings import operations
from safeboard.meetings.choices import Purpose
from safeboard.meetings.errors import Refused
from safeboard.meetings.models import AgendaItem, Meeting, Paper, SubgroupReport
from safeboard.meetings.paper import minutes_word
from safeboard.meetings.queries.pack import contents_of, packed
from safeboard.meetings.queries.record import record_of
from safeboard.meetings.queries.report import given_reports, report_of, with_words
from safeboard.meetings.queries.sheet import sheet_of
from safeboard.meetings.tests.factories import held, pdf

pytestmark = pytest.mark.django_db
DAYS = {"since": date(2026, 3, 1), "until": date(2026, 5, 31)}
GIVEN = {"subgroup": "Training subgroup", "given_by": "Tara Trainer", "text": "Two courses were held.", **DAYS}
ASKED = "Send two people to the course in June."


def receive(by, meeting, **more):
    return operations.receive_report(by=by, meeting=meeting, given={**GIVEN, "asked": ASKED, **more})


def words(content: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


def test_a_report_stands_as_an_item_and_says_who_when_and_what_is_asked(cast, by, opened, meeting):
    row = receive(by, meeting)
    item = row.item
    assert (item.title, item.led_by, item.purpose) == ("Report: Training subgroup", "Tara Trainer", Purpose.DISCUSS)
    for person in (cast.board_officer, cast.subgroup_member):
        page = cast.client_for(person).get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
        for said in ("Report: Training subgroup", "Reported by Tara Trainer, 1 March 2026 to 31 May 2026", ASKED):
            assert said in page
    assert ASKED in words(minutes_word(by, meeting, "Minutes"))
    assert receive(by, meeting, subgroup="Finance", asked="").item.purpose == Purpose.NOTE


def test_a_report_as_a_file_goes_into_the_pack_below_its_item(cast, by, opened, meeting):
    given, file = {**GIVEN, "text": ""}, ("training.pdf", pdf(2))
    for _again in range(2):
        row = operations.receive_report(by=by, meeting=meeting, given=given, file=file, form_key=meeting.key)
    paper = Paper.objects.get()
    assert (paper.item_id, paper.kind, paper.source, paper.pages) == (row.item_id, "received", "Training subgroup", 2)
    with pikepdf.open(io.BytesIO(packed(by, meeting).content)) as found, found.open_outline() as outline:
        assert [one.title for one in outline.root] == [meeting.title, "Report: Training subgroup"]


@pytest.mark.parametrize(
    ("given", "file", "why"),
    [
        ({"text": " "}, None, "Write what the report says"),
        ({"until": date(2026, 2, 1)}, None, "last day"),
        ({}, ("training.xlsx", b"PK\x03\x04more"), "Office files"),
        ({}, ("training.pdf", b"%PDF-1.4 cut off"), "broken"),
        ({"text": ""}, ("training.pdf", pdf(30)), "30 pages"),
    ],
)
def test_a_report_that_is_not_taken_leaves_nothing_behind(cast, by, opened, meeting, given, file, why):
    with pytest.raises(Refused, match=why):
        operations.receive_report(by=by, meeting=meeting, given={**GIVEN, **given}, file=file)
    assert (SubgroupReport.objects.count(), AgendaItem.objects.count()) == (0, 0)


def test_a_report_that_the_scanner_refuses_leaves_nothing_behind(cast, by, opened, meeting):
    file = ("training.pdf", pdf())
    with pytest.raises(Refused, match="harmful"):
        operations.receive_report(by=by, meeting=meeting, given=GIVEN, file=file, scanner=lambda _: Found.MALWARE)
    assert AgendaItem.objects.count() == 0


def test_a_confidential_report_is_for_the_few_everywhere(cast, by, opened, meeting):
    receive(by, meeting, confidential=True)
    page = cast.client_for(cast.board_inspector).get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
    assert "A confidential item" in page
    assert [said for said in ("Training subgroup", "Tara", ASKED) if said in page] == []


def test_a_change_reaches_the_item_and_makes_the_pack_stale_until_the_minutes_are_approved(cast, by, opened, meeting):
    row = receive(by, meeting)
    before = contents_of(by, meeting)
    operations.change_report(by=by, report=row, given={**GIVEN, "subgroup": "Training and events", "asked": "Nothing"})
    row.refresh_from_db()
    assert (row.asked, AgendaItem.objects.get(report=row).title) == ("Nothing", "Report: Training and events")
    assert contents_of(by, meeting) != before
    Meeting.objects.filter(pk=meeting.pk).update(approved_on=meeting.day)
    with pytest.raises(Refused, match="approved"):
        operations.change_report(by=by, report=row, given=GIVEN)


def test_approved_minutes_hold_what_was_reported(cast, by, opened, meeting):
    row = receive(by, meeting)
    before = record_of(sheet_of(meeting))
    SubgroupReport.objects.filter(pk=row.pk).update(subgroup="Another")
    assert record_of(sheet_of(meeting)) != before


def test_the_report_to_the_board_has_the_same_shape_and_names_what_was_received(cast, by, opened):
    meeting = held(cast, {})
    days = {"since": meeting.day, "until": meeting.day}
    for secret in (False, True):
        receive(by, meeting, subgroup="Health" if secret else "Training", confidential=secret)
    given = {"given_by": "Clara Chair", "text": "A quiet quarter.", "asked": "Fund the survey.", **days}
    row = operations.give_report(by=by, given=given, form_key=meeting.key)
    assert operations.give_report(by=by, given=given, form_key=meeting.key) == row
    assert [one.pk for one in given_reports(by)] == [row.pk]
    found = with_words(by, cast.board, row)
    assert [one.subgroup for one in found.received] == ["Training"]
    assert report_of(by, cast.board, meeting.day, meeting.day).words is None
    client = cast.client_for(cast.subgroup_member)
    page = client.get(reverse("meetings:report-given", args=[row.pk])).content.decode()
    file = words(client.get(reverse("meetings:report-given-paper", args=[row.pk, "docx"])).content)
    for text in (page, file):
        assert [
            said for said in ("Reported by Clara Chair", "A quiet quarter.", "Fund the survey.") if said not in text
        ] == []
        assert "Health" not in text
    assert "Asked of the board:" in page


def test_another_boards_reports_are_not_there(cast, by, opened, meeting):
    row = operations.give_report(by=by, given={"given_by": "Clara Chair", "text": "Ours", **DAYS})
    told = receive(by, meeting)
    client = cast.client_for(cast.other_board_officer)
    for name, args in (("report-given", [row.pk]), ("report-change", [meeting.pk, told.item_id])):
        assert client.get(reverse(f"meetings:{name}", args=args)).status_code == 404


def test_the_forms_put_it_on_the_agenda_and_keep_it_for_the_board(cast, meeting):
    client = cast.client_for(cast.board_officer)
    typed = {"subgroup": "Training", "given_by": "Tara", "text": "Said", "asked": "Come"}
    typed |= {f"{name}_{part}": value for name, day in DAYS.items() for part, value in _parts(day)}
    posted = client.post(reverse("meetings:report-receive", args=[meeting.pk]), typed)
    assert posted.status_code == 302, posted.context["form"].errors
    with cast.wall_of(cast.board_officer):
        told = SubgroupReport.objects.get(subgroup="Training")
    changed = client.post(reverse("meetings:report-change", args=[meeting.pk, told.item_id]), typed | {"text": "Anew"})
    assert changed["Location"].endswith(f"#item-{told.item_id}")
    assert client.post(reverse("meetings:report-give"), typed).status_code == 302
    with cast.wall_of(cast.board_officer):
        assert sorted(SubgroupReport.objects.values_list("subgroup", flat=True)) == ["", "Training"]


def _parts(day: date) -> list[tuple[str, int]]:
    return [("day", day.day), ("month", day.month), ("year", day.year)]
