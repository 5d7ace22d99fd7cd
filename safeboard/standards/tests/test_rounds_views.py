"""Pages of rounds and returns: saved as they go, what cannot be understood is said, nothing unsent is shown, sheets."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from safeboard.core import wall
from safeboard.standards import operations
from safeboard.standards.models import DraftAnswer, RoundAgency
from safeboard.standards.operations import Told
from safeboard.standards.queries import returns as returning

from .rounds import filled_in, return_for, sent_round, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(cast):
    with cast.wall_of(cast.board_officer):
        agencies = [cast.agency.pk, cast.other_agency.pk]
        return sent_round(cast.access_for(cast.board_officer), agencies, review="bromley-audit")


@pytest.fixture
def row(cast, round_):
    with cast.wall_of(cast.lead):
        return operations.begin_return(by=cast.access_for(cast.lead), row=return_for(round_, cast.agency.pk))


def drafts(cast, row) -> dict[str, DraftAnswer]:
    with cast.wall_of(cast.lead):
        return returning.drafts_of(row)


def section(row, name: str) -> str:
    return reverse("standards:return-section", args=[row.key, name])


def test_a_section_is_saved_as_far_as_it_is_filled_in(cast, row):
    client = cast.client_for(cast.lead)
    posted = {"v-staff-training": "yes", "v-users-teaching": "no", "w-users-teaching": "From May", "then": "stop"}
    answer = client.post(section(row, "training"), posted)
    assert answer.url.startswith(section(row, "training")), "one more question follows"
    saved = drafts(cast, row)
    assert (saved["staff-training"].value, saved["users-teaching"].words) == ("yes", "From May")
    posted = {"v-staff-training": "yes", "v-staff-trained": "a few", "s-staff-training": "1", "v-materials": "yes"}
    page = client.post(section(row, "training"), posted)
    assert (page.status_code, "Write a number in figures" in page.content.decode()) == (200, True)
    assert drafts(cast, row)["materials"].value == "yes"


def test_who_writes_second_sees_what_the_first_wrote(cast, row):
    with cast.wall_of(cast.lead):
        head = cast.access_for(cast.responsible_person)
        operations.save_answers(by=head, row=row, given={"monitored": Told(value="no", seen=0)})
    client = cast.client_for(cast.lead)
    page = client.post(section(row, "monitoring"), {"v-monitored": "yes", "s-monitored": "0"}).content.decode()
    assert "Hugo Head answered this while you wrote: No" in page
    assert drafts(cast, row)["monitored"].value == "no"
    client.post(section(row, "monitoring"), {"v-monitored": "yes", "s-monitored": "1"})
    assert drafts(cast, row)["monitored"].value == "yes"


def test_what_stands_ready_is_confirmed_by_a_tick(cast, row):
    client = cast.client_for(cast.lead)
    page = client.get(section(row, "people")).content.decode()
    assert "Lena Lead" in page
    client.post(section(row, "people"), {"k-manager": "on"})
    saved = drafts(cast, row)
    assert (saved["manager"].state, saved["designated"].state) == ("given", "to-confirm")


def test_the_board_sees_how_far_it_is_and_nothing_more(cast, row, round_):
    with cast.wall_of(cast.lead):
        lead = cast.access_for(cast.lead)
        proof = operations.add_proof(by=lead, title="Hidden title", name="a.txt", content=b"hidden")
        filled_in(lead, row, policy="no")
    with wall.open_for(agencies=[cast.agency.pk]):
        place = RoundAgency.objects.get(of=row)
    client = cast.client_for(cast.board_officer)
    page = client.get(reverse("standards:place", args=[round_.pk, place.pk])).content.decode()
    assert ("What is being written stays with the agency" in page, "As it is" in page) == (True, False)
    for name in ("place-paper", "place-back"):
        assert client.get(reverse(f"standards:{name}", args=[round_.pk, place.pk])).status_code == 404
    proof_url = reverse("standards:place-proof", args=[round_.pk, place.pk, proof.number])
    assert client.get(proof_url).status_code == 404


def test_evidence_is_opened_by_the_board_once_an_answer_that_was_sent_names_it(cast, row, round_):
    with cast.wall_of(cast.lead):
        lead = cast.access_for(cast.lead)
        proof = operations.add_proof(by=lead, title="The policy", name="a.txt", content=b"all of it")
        filled_in(lead, row)
        told = Told(value="yes", evidence=[proof.number, 99], seen=1)
        operations.save_answers(by=lead, row=row, given={"policy": told})
        operations.submit_return(by=lead, row=row)
        place = RoundAgency.objects.get(of=row)
    url = reverse("standards:place-proof", args=[round_.pk, place.pk, proof.number])
    answer = cast.client_for(cast.board_officer).get(url)
    assert (answer.status_code, answer.content) == (200, b"all of it")
    assert cast.client_for(cast.other_board_officer).get(url).status_code == 404


def test_a_round_takes_as_many_queries_for_one_agency_as_for_two(cast, round_, django_assert_num_queries):
    client = cast.client_for(cast.board_officer)
    address = reverse("standards:round", args=[round_.pk])
    client.get(address)
    with wall.open_for(agencies=[cast.agency.pk, cast.other_agency.pk]):
        other = RoundAgency.objects.get(round_id=round_.pk, agency=cast.other_agency)
    with CaptureQueriesContext(connection) as two:
        client.get(address)
    with wall.open_for(agencies=[cast.other_agency.pk]):
        other.delete()
    with django_assert_num_queries(len(two)):
        client.get(address)


def test_the_sheet_of_a_round_holds_no_formula_and_nothing_unsent(cast, row, round_):
    with cast.wall_of(cast.lead):
        lead = cast.access_for(cast.lead)
        filled_in(lead, row)
        operations.save_answers(by=lead, row=row, given={"manager": Told(words="=cmd|' /C calc'!A0", seen=2)})
        operations.submit_return(by=lead, row=row)
    with cast.wall_of(cast.other_lead):
        other = return_for(round_, cast.other_agency.pk)
        filled_in(cast.access_for(cast.other_lead), other, manager="Unsent words")
    answer = cast.client_for(cast.board_inspector).get(reverse("standards:round-download", args=[round_.pk]))
    book = load_workbook(io.BytesIO(answer.content))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    texts = " ".join(str(cell.value) for cell in cells)
    assert ("cmd|" in texts, "Unsent words" in texts) == (True, False)


def test_a_return_prints_for_the_agency_and_for_the_board(cast, row, round_, monkeypatch):
    monkeypatch.setattr("safeboard.standards.views.papers.render_pdf", lambda html, title: html.encode())
    with cast.wall_of(cast.lead):
        submitted(cast.access_for(cast.lead), row, policy="no")
        place = RoundAgency.objects.get(of=row)
    own = cast.client_for(cast.lead).get(reverse("standards:return-paper", args=[row.key]))
    theirs = cast.client_for(cast.subgroup_member).get(reverse("standards:place-paper", args=[round_.pk, place.pk]))
    assert "Falls short" in own.content.decode()
    assert own.content == theirs.content
