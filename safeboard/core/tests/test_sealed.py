"""Sealed text: readable through the model, and nowhere else."""

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection

from safeboard.core import keys
from safeboard.core.sealed import CannotOpen, blind_index, seal, sealed_with, unseal
from safeboard.incidents.models import Note

LABEL = "incidents.note.text"


def test_what_was_sealed_opens_again():
    assert unseal(seal("Ünïcode ✓", LABEL), LABEL) == "Ünïcode ✓"


def test_equal_texts_are_sealed_differently():
    assert seal("same", LABEL) != seal("same", LABEL)


@pytest.mark.parametrize("harm", [lambda v: v[:-1], lambda v: v[:-1] + b"\0", lambda v: b"", lambda v: b"plain text"])
def test_a_value_that_was_altered_does_not_open(harm):
    with pytest.raises(CannotOpen):
        unseal(harm(seal("words", LABEL)), LABEL)


def test_a_value_moved_to_another_field_does_not_open():
    with pytest.raises(CannotOpen):
        unseal(seal("words", LABEL), "incidents.incident.narrative")


def test_a_name_is_found_again_however_it_was_written():
    assert blind_index("  José  O'Neill ") == blind_index("jose o neill")
    assert blind_index("Jane Roe") != blind_index("Jane Doe")


def test_sealed_text_cannot_be_searched():
    with pytest.raises(FieldError):
        Note._base_manager.filter(text="words")


def test_rotation_seals_every_row_with_the_new_key(cast, settings, tmp_path):
    settings.SAFEBOARD_KEYS = tmp_path
    keys.forget()
    try:
        from safeboard.incidents.tests.test_story import made

        with cast.wall_of(cast.staff):
            incident = made(cast)
        call_command("keys", "rotate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT narrative FROM incidents_incident")
            assert sealed_with(cursor.fetchone()[0]) == 2
        with cast.wall_of(cast.staff):
            incident.refresh_from_db()
        assert incident.narrative == "CANARY words about a child"
    finally:
        keys.forget()
