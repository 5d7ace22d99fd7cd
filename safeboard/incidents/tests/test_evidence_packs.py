"""Evidence packs: asked for, made, taken, checked elsewhere; sealed files never in them."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeboard.core import keys
from safeboard.core.access import job_access
from safeboard.core.models import Entry
from safeboard.documents.pack import verify
from safeboard.incidents import operations
from safeboard.incidents.choices import Images
from safeboard.incidents.models import EvidencePack, Incident
from safeboard.incidents.operations.evidence_packs import make_pack_soon
from safeboard.incidents.queries.evidence import Party
from safeboard.partnership.models import Membership
from tests.support.hostile import png

from .evidence import file_on, handed, item_on
from .factories import reported

pytestmark = pytest.mark.django_db
POLICE = Party(name="PC Ann Example 1234, Eastmarch Police")
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture
def item(cast):
    """A telephone with two files, handed to the police."""
    found = item_on(cast, reported(cast), marks=FORMULA)
    file_on(cast, found, name="Ŵhat was said.txt")
    file_on(cast, found, name="screen.png", content=png())
    handed(cast, found, Party(cast.designated_officer), POLICE, receipt="EV/77")
    return found


def asked(cast, item, by="designated_officer"):
    person = cast.people[by]
    with cast.wall_of(person):
        return operations.ask_for_pack(by=cast.access_for(person), incident=item.incident, why="For the police")


def pack_of(cast, item, by="designated_officer"):
    """A pack as the worker makes it."""
    row = asked(cast, item, by)
    make_pack_soon.func(pk=row.pk, agency=item.agency_id)
    with cast.wall_of(cast.lead):
        return EvidencePack.objects.select_related("incident").get(pk=row.pk)


def taken(cast, row, by="designated_officer"):
    person = cast.people[by]
    with cast.wall_of(person):
        return operations.take_pack(by=cast.access_for(person), pack=row)


def unpacked(content, folder):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture
def folder(cast, item, tmp_path):
    """A real pack, unpacked."""
    return unpacked(taken(cast, pack_of(cast, item)), tmp_path / "pack")


def test_a_pack_holds_all_of_it_and_is_whole(cast, item, folder):
    assert verify.check(str(folder)) == []
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    papers = {"chronology.pdf", "register.pdf", "register.csv", "custody.csv", "README.txt", "verify.py"}
    marks = {"manifest.json", "manifest.sig", "public-key.txt"}
    assert names == {*papers, *marks, "files/E1-1-what-was-said.txt", "files/E1-2-screen.png"}
    assert (folder / "files/E1-2-screen.png").read_bytes() == png()
    assert keys.fingerprint() in (folder / "README.txt").read_text()
    assert "=cmd" not in {cell[:4] for row in csv.reader((folder / "register.csv").open()) for cell in row}
    custody = list(csv.DictReader((folder / "custody.csv").open(encoding="utf-8-sig")))
    assert [row["Receipt or reference"] for row in custody] == ["EV/77"]


def test_the_manifest_holds_the_history_and_a_signed_checkpoint(cast, item, folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    verbs = [entry["says"][6] for entry in manifest["history"]]
    assert "incidents.reported" in verbs
    assert "incidents.evidence_handed_over" in verbs
    assert manifest["checkpoint"]["number"] >= manifest["history"][-1]["says"][0]
    assert manifest["history"][0]["hash"] == Entry.objects.get(number=manifest["history"][0]["says"][0]).hash
    assert "CANARY" not in (folder / "manifest.json").read_text()


def test_a_byte_changed_anywhere_in_a_real_pack_names_its_file(folder):
    chance = random.Random(11)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, whole = path.relative_to(folder).as_posix(), path.read_bytes()
        for at in chance.sample(range(len(whole)), min(len(whole), 25)):
            changed = bytearray(whole)
            changed[at] ^= 1 << chance.randrange(8)
            path.write_bytes(bytes(changed))
            assert name in {found for found, _why in verify.check(str(folder))}, (name, at)
        path.write_bytes(whole)
    assert verify.check(str(folder)) == []


def test_an_entry_of_the_history_that_was_rewritten_by_who_has_the_key_shows(folder, tmp_path):
    """Also whoever could sign the manifest anew: the entry's digest does not fit."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["history"][0]["says"][6] = "incidents.saw"
    assert verify.history_faults(manifest)[0][1].startswith("entry")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["checkpoint"]["number"] += 1
    assert "checkpoint" in verify.history_faults(manifest)[0][1]


# About images, and rights ----------------------------------------------------------------------------------------


def turn_to_images(cast, item):
    by = cast.access_for(cast.designated_officer)
    with cast.wall_of(cast.designated_officer):
        held = Incident.objects.get(pk=item.incident_id)
        operations.change(by=by, incident=held, edition=held.edition, fields={"images": Images.MAYBE})


def test_sealed_files_are_never_in_a_pack(cast, item, tmp_path):
    turn_to_images(cast, item)
    content = taken(cast, pack_of(cast, item))
    folder = unpacked(content, tmp_path / "pack")
    assert not (folder / "files").exists()
    assert verify.check(str(folder)) == []
    register = (folder / "register.csv").read_text()
    assert "sealed" in register
    assert "screen.png" not in register
    assert png() not in content


def test_a_pack_with_files_is_sealed_with_them_and_emptied_on_police_instruction_alone(cast, item):
    row = pack_of(cast, item)
    turn_to_images(cast, item)
    assert taken(cast, row) == b""
    with cast.wall_of(cast.designated_officer):
        later = timezone.now() - timedelta(days=3)
        EvidencePack.objects.update(made_at=later)
        assert operations.clear_packs(by=job_access("test")) == 0
        assert EvidencePack.objects.get().content
        by = cast.access_for(cast.designated_officer)
        for file in list(item.files.all()):
            operations.remove_file(by=by, file=file, told_by="DC Bo Example", reference="EP/1")
        assert not EvidencePack.objects.get().content


def test_images_found_while_a_pack_is_made_keep_it_from_being_kept(cast, item):
    row = asked(cast, item)
    turn_to_images(cast, item)
    make_pack_soon.func(pk=row.pk, agency=item.agency_id)
    with cast.wall_of(cast.lead):
        assert not EvidencePack.objects.get().content


def test_who_lost_the_right_meanwhile_gets_no_pack(cast, item):
    row = asked(cast, item)
    Membership.objects.filter(person=cast.designated_officer).update(ended_at=timezone.now() - timedelta(days=1))
    make_pack_soon.func(pk=row.pk, agency=item.agency_id)
    with cast.wall_of(cast.lead):
        held = EvidencePack.objects.get()
        assert (held.made_at, bool(held.failed_at)) == (None, True)


def test_a_pack_is_for_who_asked_for_it(cast, item):
    row = pack_of(cast, item)
    with pytest.raises(PermissionDenied):
        taken(cast, row, by="lead")
    browser = cast.client_for(cast.lead)
    page = browser.get(f"/incidents/{item.incident_id}/evidence/packs/{row.pk}/").content.decode()
    assert "Only who asked for it can take it" in page


def test_a_pack_is_gone_after_a_day(cast, item):
    row = pack_of(cast, item)
    with cast.wall_of(cast.lead):
        EvidencePack.objects.update(made_at=timezone.now() - timedelta(days=1, minutes=1))
        assert operations.clear_packs(by=job_access("test")) == 1
    assert taken(cast, row) == b""
    page = cast.client_for(cast.designated_officer)
    assert "This one is gone" in page.get(f"/incidents/{item.incident_id}/evidence/packs/{row.pk}/").content.decode()


# In the browser ----------------------------------------------------------------------------------------------------


def test_a_pack_is_asked_for_waited_for_and_taken_with_a_reason(
    cast, item, django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr(type(make_pack_soon), "enqueue", lambda self, **given: None)
    officer = cast.client_for(cast.designated_officer)
    packs = f"/incidents/{item.incident_id}/evidence/packs/"
    assert "Say what the pack is for" in officer.post(packs, {"why": ""}).content.decode()
    response = officer.post(packs, {"why": "For PC Example"})
    waiting = officer.get(response["Location"])
    assert (waiting.status_code, waiting["Refresh"]) == (202, "2")
    with cast.wall_of(cast.lead):
        row = EvidencePack.objects.get()
    make_pack_soon.func(pk=row.pk, agency=item.agency_id)
    page = officer.get(response["Location"]).content.decode()
    assert keys.fingerprint() in page
    assert "with 2 files of evidence" in page
    answer = officer.post(f"{response['Location']}take/", {})
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer["Content-Disposition"]
    verbs = list(
        Entry.objects.filter(verb__startswith="incidents.pack").order_by("number").values_list("verb", flat=True)
    )
    assert verbs == ["incidents.pack_asked", "incidents.pack_made", "incidents.pack_taken"]
    with cast.wall_of(cast.lead):
        raw = EvidencePack.objects.get()
        assert raw.why == "For PC Example"


def test_the_fingerprint_stands_where_an_outsider_can_compare_it(client):
    assert keys.fingerprint() in client.get("/help/").content.decode()


def test_the_command_tells_the_fingerprint(capsys):
    from django.core.management import call_command

    call_command("keys", "show")
    assert keys.fingerprint() in capsys.readouterr().out
