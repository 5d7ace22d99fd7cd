"""The chain holds, and every way of tampering with it shows."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from safeboard.core import history
from safeboard.core.access import job_access
from safeboard.core.models import ChainHead, Checkpoint, DigestSalt, Entry
from safeboard.partnership.models import Board

pytestmark = pytest.mark.django_db
JOB = job_access("test")


@pytest.fixture
def chain(db):
    board = Board.objects.create(name="Northmere")
    with transaction.atomic():
        for number in range(5):
            history.record(by=JOB, verb="test.did", obj=board, facts={"n": number}, digests={"text": f"words {number}"})
    return board


def faults():
    return [(fault.number, fault.why) for fault in history.verify()]


def test_a_chain_that_nobody_touched_holds(chain):
    assert faults() == []
    assert [entry.facts["n"] for entry in history.of(chain)] == [4, 3, 2, 1, 0]


def test_a_changed_entry_shows(chain):
    Entry.objects.filter(number=3).update(facts={"n": 99})
    assert faults() == [(3, "what it says was changed")]


def test_a_removed_entry_shows(chain):
    DigestSalt.objects.filter(entry_id=3).delete()
    Entry.objects.filter(number=3).delete()
    assert [number for number, _ in faults()] == [4, 4]


def test_a_tail_that_was_cut_off_shows(chain):
    DigestSalt.objects.filter(entry_id=5).delete()
    Entry.objects.filter(number=5).delete()
    assert faults() == [(4, "the chain was cut: it should end with entry 5")]


def test_a_tail_forged_without_the_key_shows(chain):
    last = Entry.objects.get(number=5)
    last.verb = "test.forged"
    import hashlib

    last.hash = hashlib.sha256(history._canonical(last)).hexdigest()
    last.save()
    ChainHead.objects.update(hash=last.hash)
    assert faults() == [(5, "it was not written by this service")]


def test_a_chain_rolled_back_behind_an_exported_checkpoint_shows(chain, settings, tmp_path):
    settings.SAFEBOARD_CHECKPOINTS = tmp_path
    assert history.checkpoint().number == 5
    assert history.checkpoint() is None
    export = tmp_path / "checkpoints.jsonl"
    assert list(history.verify_export(export)) == []
    DigestSalt.objects.filter(entry_id=5).delete()
    Entry.objects.filter(number=5).delete()
    Checkpoint.objects.all().delete()
    ChainHead.objects.update(number=4, hash=Entry.objects.get(number=4).hash)
    assert faults() == []  # from the inside nothing shows
    assert [fault.number for fault in history.verify_export(export)] == [5]
    row = json.loads(export.read_text())
    export.write_text(json.dumps({**row, "number": 4}) + "\n")
    assert [fault.why for fault in history.verify_export(export)] == [
        "the exported checkpoint was not signed by this service"
    ]


def test_an_entry_outside_a_transaction_is_refused(chain, monkeypatch):
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(history.NotInTransaction):
        history.record(by=JOB, verb="test.did")


def test_no_text_is_kept_and_a_digest_proves_it_until_the_salt_is_gone(chain):
    entry = Entry.objects.select_related("salt").get(number=1)
    assert entry.facts["digests"]["text"] == history.digest("words 0", bytes(entry.salt.salt))
    assert "words 0" not in json.dumps(list(Entry.objects.values()), default=str)


def test_the_command_says_whether_it_holds(chain, capsys):
    call_command("history", "verify")
    assert capsys.readouterr().out == "The history holds: 5 entries.\n"
    Entry.objects.filter(number=2).update(verb="test.other")
    with pytest.raises(CommandError):
        call_command("history", "verify")
    assert capsys.readouterr().err == "Entry 2: what it says was changed.\n"
