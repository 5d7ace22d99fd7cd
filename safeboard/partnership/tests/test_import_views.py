"""The pages of an import: from the upload to the register."""

import io

import openpyxl
from django.urls import reverse

from safeboard.partnership.models import ImportRun

from .sheets_for_import import gias, school


def test_an_import_from_upload_to_register(cast):
    file = gias(school("910001", "Imported School"))
    file.name = "edubase.csv"
    client = cast.client_for(cast.board_officer)
    answer = client.post(reverse("partnership:imports"), {"file": file})
    run = ImportRun._base_manager.get()
    assert answer.url == reverse("partnership:import", args=[run.pk])
    page = client.get(answer.url).content.decode()
    assert "Import now" in page
    assert "Imported School" in page
    client.post(reverse("partnership:import-run", args=[run.pk]))
    assert "Imported School" in client.get(reverse("partnership:agencies")).content.decode()
    assert "Import now" not in client.get(answer.url).content.decode()
    for person in (cast.lead, cast.other_board_officer):
        assert cast.client_for(person).get(answer.url).status_code in (403, 404)


def test_a_file_that_is_refused_says_why_and_changes_nothing(cast):
    bad = io.BytesIO(b"%PDF-1.7")
    bad.name = "list.pdf"
    page = cast.client_for(cast.board_officer).post(reverse("partnership:imports"), {"file": bad}).content.decode()
    assert "is not a spreadsheet" in page
    refused = gias(school("", "No number"))
    refused.name = "a.csv"
    client = cast.client_for(cast.board_officer)
    answer = client.post(reverse("partnership:imports"), {"file": refused}, follow=True)
    assert "The URN is missing" in answer.content.decode()
    assert "Import now" not in answer.content.decode()


def test_template_and_guide(cast):
    client = cast.client_for(cast.board_officer)
    template = client.get(reverse("partnership:import-template", args=["xlsx"]))
    sheet = openpyxl.load_workbook(io.BytesIO(template.content)).active
    assert [cell.value for cell in sheet[1]][:2] == ["Agency", "Agency reference"]
    guide = openpyxl.load_workbook(io.BytesIO(client.get(reverse("partnership:import-guide")).content))
    assert len(guide.worksheets) == 4
    sheet.append(["A", "", "other-member", "", "", "S", "library"])
    file = io.BytesIO()
    sheet.parent.save(file)
    file.seek(0)
    file.name = "filled.xlsx"
    answer = client.post(reverse("partnership:imports"), {"file": file}, follow=True)
    assert "Import now" in answer.content.decode()
