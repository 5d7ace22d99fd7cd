"""Word files and workbooks that were damaged on the way: read, or refused in words, and never anything else."""

import io
import random
import zipfile

import openpyxl
import pytest
from docx import Document

from safeboard.documents.files.unfit import Unfit
from safeboard.documents.files.word import check_docx
from safeboard.documents.reading_docx import read_tables
from safeboard.documents.reading_xlsx import xlsx_records
from safeboard.documents.refusals import Limits, UnreadableSheet

TIMES = 150


def word_file() -> bytes:
    document = Document()
    for row in document.add_table(3, 3).rows:
        for cell in row.cells:
            cell.text = "words and more words"
    document.save(box := io.BytesIO())
    return box.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["name", "town"])
    book.save(box := io.BytesIO())
    return box.getvalue()


def packed_otherwise(content: bytes, how: int) -> bytes:
    """The same parts, packed in another way of ZIP."""
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(box := io.BytesIO(), "w", how) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return box.getvalue()


def locked(content: bytes) -> bytes:
    """The file with the mark of a password on every part."""
    changed = bytearray(content)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + place] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


def damage(content: bytes, chance: random.Random) -> bytes:
    """A few bytes altered, a run of them cut out, or a run of zeros."""
    changed, at = bytearray(content), chance.randrange(len(content))
    how = chance.randrange(3)
    if how == 0:
        for _ in range(chance.choice([1, 2, 5])):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    elif how == 1:
        del changed[at : at + chance.randrange(1, 200)]
    else:
        changed[at : at + 40] = bytes(len(changed[at : at + 40]))
    return bytes(changed)


READERS = {
    "checked": (check_docx, word_file, Unfit),
    "tables": (lambda content: read_tables(io.BytesIO(content)), word_file, UnreadableSheet),
    "sheet": (lambda content: list(xlsx_records(content, Limits())), workbook, UnreadableSheet),
}


@pytest.mark.parametrize("how", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("name", READERS)
def test_what_is_damaged_is_read_or_refused(name, how):
    read, make, refusal = READERS[name]
    content, chance, said = packed_otherwise(make(), how), random.Random(2026), []
    read(content)
    for _ in range(TIMES):
        try:
            read(damage(content, chance))
        except refusal as why:
            said.append(str(why))
    assert len(said) > TIMES // 2
    assert "" not in said


@pytest.mark.parametrize("name", READERS)
def test_what_is_locked_is_refused(name):
    read, make, refusal = READERS[name]
    with pytest.raises(refusal):
        read(locked(make()))
