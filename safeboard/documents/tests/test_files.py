"""Files that are sent to be kept: what they are, and why one is not taken."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from safeboard.documents.files import LARGEST, CannotScan, Found, Unfit, judge, scan
from safeboard.documents.pdf import render_pdf
from tests.support.hostile import EICAR, hostile, jpeg, packed_objects, pdf, png, zipped


def drawn(how: str, **options: object) -> bytes:
    box = BytesIO()
    Image.effect_noise((120, 80), 60).save(box, how, **options)
    return box.getvalue()


def refused(name: str, content: bytes) -> str:
    with pytest.raises(Unfit) as why:
        judge(name, content)
    assert len(str(why.value)) > 20  # it says what to do
    return why.value.code


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", pdf(), "application/pdf"),
        ("a.PDF", pdf(packed_objects(b"<< /Font 1 >>")), "application/pdf"),
        ("a.png", png(), "image/png"),
        ("a.png", drawn("PNG"), "image/png"),
        ("a.jpg", jpeg(), "image/jpeg"),
        ("a.jpeg", drawn("JPEG", progressive=True), "image/jpeg"),
        ("a.jpg", jpeg(tail=b"\0\0"), "image/jpeg"),
        ("a.txt", "Words, also in Welsh: ŵ. 5 < 6.".encode(), "text/plain"),
        ("a.csv", b"\xef\xbb\xbfName,When\r\nA,2026\r\n", "text/plain"),
    ],
)
def test_honest_files_are_told_by_their_content(name: str, content: bytes, media_type: str):
    assert judge(name, content).media_type == media_type


def test_a_document_of_our_own_is_taken():
    assert judge("a.pdf", render_pdf("<h1>Words</h1>", title="Words")).ending == ".pdf"


def test_every_hostile_file_is_refused_in_words():
    for one in hostile(500):
        assert refused(one.name, one.content), one.name


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"x" * (LARGEST + 1), "large"),
        ("a.txt", EICAR, "malware"),
        ("a.png", jpeg(), "name"),
        ("a", png(), "name"),
        ("a.zip", zipped(("a.txt", b"words")), "archive"),
        ("a.docx", zipped(("word/document.xml", b"words")), "office"),
        ("a.png", png(30_000, 10), "pixels"),
        ("a.png", png(9_000, 9_000), "pixels"),
        ("a.jpg", jpeg(0, 8), "broken"),
        ("a.png", png()[:-4], "broken"),
        ("a.png", png(tail=b"\0" * 5000), "two_files"),
        ("a.gif", b"GIF89a" + bytes(20), "kind"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(20), "kind"),
        ("a.txt", "ŵ".encode("latin-1", "replace") + b"\xff", "kind"),
        ("a.txt", b"words\x07", "kind"),
        ("a.exe", b"words", "kind"),
    ],
)
def test_what_is_not_taken_says_why(name: str, content: bytes, code: str):
    assert refused(name, content) == code


@pytest.mark.parametrize("at", [8, 20, 40, 60])
def test_a_picture_of_which_a_byte_was_changed_is_broken(at: int):
    content = bytearray(png())
    content[at] ^= 1
    assert refused("a.png", bytes(content)) == "broken"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a/b\\c.txt", "a_b_c.txt"), ("..txt", "file.txt"), ("x" * 400 + ".txt", "x" * 116 + ".txt"), ("é.txt", "é.txt")],
)
def test_a_name_is_made_safe_to_save(name: str, shown: str):
    assert judge(name, b"words").name == shown


# The scanner ----------------------------------------------------------------------------------------------------


class Clamd(threading.Thread):
    """A scanner that speaks as ClamAV's daemon does, once."""

    def __init__(self, answer: bytes = b"") -> None:
        super().__init__(daemon=True)
        self.line = socket.create_server(("127.0.0.1", 0))
        self.answer, self.got = answer, b""
        self.start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.line.getsockname()[1]}"

    def run(self) -> None:
        talk, _who = self.line.accept()
        with talk, talk.makefile("rb") as words:
            assert words.read(10) == b"zINSTREAM\0"
            while length := struct.unpack(">I", words.read(4))[0]:
                self.got += words.read(length)
            found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in self.got else b"stream: OK\0"
            talk.sendall(self.answer or found)


@pytest.fixture
def clamd(settings) -> Iterator[Clamd]:
    found = Clamd()
    settings.SAFEBOARD_CLAMD = found.address
    yield found
    found.line.close()


def test_without_a_scanner_nothing_is_scanned(settings):
    settings.SAFEBOARD_CLAMD = ""
    assert scan(b"words") == Found.NO_SCANNER


def test_the_scanner_gets_all_of_it(clamd: Clamd):
    content = b"words " * 40_000
    assert scan(content) == Found.NOTHING
    assert clamd.got == content


def test_the_scanner_finds_something(clamd: Clamd):
    assert scan(b"x" * 70_000 + EICAR) == Found.MALWARE


def test_a_scanner_that_answers_otherwise_scans_nothing(settings):
    settings.SAFEBOARD_CLAMD = Clamd(b"INSTREAM size limit exceeded. ERROR\0").address
    with pytest.raises(CannotScan):
        scan(b"words")


@pytest.mark.parametrize("where", ["127.0.0.1:1", "unix:/nowhere/clamd.ctl", "nonsense"])
def test_a_scanner_that_is_not_there_scans_nothing(settings, where: str):
    settings.SAFEBOARD_CLAMD = where
    with pytest.raises(CannotScan):
        scan(b"words")
