"""Files that nobody should be able to leave here, by a generator: the same seed gives the same files.

No file is kept in the repository: a scanner would find them there. Each is made when it is asked for.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
ENDINGS = ("pdf", "png", "jpg", "txt", "csv", "log")
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "txt": "text/plain", "csv": "text/csv"}


@dataclass(frozen=True)
class Hostile:
    """A file, what it is sent as, and what is wrong with it."""

    sort: str
    name: str
    content: bytes
    declared: str = "application/octet-stream"


# Honest files, to be spoilt --------------------------------------------------------------------------------------


def png(width: int = 8, height: int = 8, *, chunks: bytes = b"", tail: bytes = b"", noise: bytes = b"\x80") -> bytes:
    """A small grey picture as PNG; ``width`` and ``height`` are what it says of itself."""
    rows = b"".join(b"\0" + noise * 8 for _row in range(8))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = png_part(b"IHDR", head) + chunks + png_part(b"IDAT", zlib.compress(rows)) + png_part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts + tail


def png_part(name: bytes, body: bytes) -> bytes:
    """A part of a PNG, with its length and sum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def jpeg(width: int = 8, height: int = 8, *, parts: bytes = b"", tail: bytes = b"") -> bytes:
    """A small grey picture as JPEG."""
    tables = _part(0xDB, b"\0" + b"\x10" * 64)
    frame = _part(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    codes = _part(0xC4, b"\0" + b"\0\1" + b"\0" * 14 + b"\0") + _part(0xC4, b"\x10" + b"\0\1" + b"\0" * 14 + b"\0")
    scan = _part(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x2a\xff\x00\x2a"
    jfif = _part(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    return b"\xff\xd8" + jfif + parts + tables + frame + codes + scan + b"\xff\xd9" + tail


def _part(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def pdf(*objects: bytes, tail: bytes = b"", root: bytes = b"") -> bytes:
    """A PDF of one empty page and these further objects."""
    whole = [
        b"<< /Type /Catalog /Pages 2 0 R " + root + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    text, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(whole, 1):
        places.append(len(text))
        text += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(whole) + 1, len(text))
    return text + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(whole) + 1, table) + end + tail


def packed_objects(body: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """An object stream with something in it that is not to be seen from outside."""
    text = zlib.compress(b"9 0 " + body)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter %s /Length %d >>" % (filters, len(text))
    return head + b"\nstream\n" + text + b"\nendstream"


def zipped(*members: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED, mode: int = 0) -> bytes:
    """A ZIP with these members; ``mode`` makes them links or programs."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", packing) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, packing
            archive.writestr(info, content)
    return box.getvalue()


def office(ending: str, *more: tuple[str, bytes]) -> bytes:
    """An office file as its format has it, with further members."""
    kind = {"d": "word/document.xml", "x": "xl/workbook.xml", "p": "ppt/presentation.xml"}[ending[0]]
    members = [("[Content_Types].xml", b"<Types/>"), (kind, b"<document/>"), *more]
    return zipped(*members)


# What is wrong with them ----------------------------------------------------------------------------------------


Making = Callable[[random.Random, int], tuple[str, bytes]]
SORTS: dict[str, Making] = {}


def sort(making: Making) -> Making:
    """One sort of hostile file; given chance and a number, gives its name and content."""
    SORTS[making.__name__] = making
    return making


@sort
def empty(chance: random.Random, number: int) -> tuple[str, bytes]:
    return f"empty-{number}.{ENDINGS[number % 6]}", b""


@sort
def eicar(chance: random.Random, number: int) -> tuple[str, bytes]:
    shapes = [
        lambda: EICAR,
        lambda: EICAR + b" " * (1 + number),
        lambda: b"\n" * number + EICAR,
        lambda: pdf(b"(" + EICAR + b")"),
        lambda: png(chunks=png_part(b"tEXt", b"Comment\0" + EICAR)),
        lambda: jpeg(parts=_part(0xFE, EICAR)),
        lambda: zipped((f"e{number}.com", EICAR)),
        lambda: EICAR.decode().encode("utf-16-le"),
    ]
    return f"eicar-{number}.{('txt', 'txt', 'csv', 'pdf', 'png', 'jpg', 'txt', 'txt')[number % 8]}", shapes[
        number % 8
    ]()


@sort
def two_in_one(chance: random.Random, number: int) -> tuple[str, bytes]:
    """Two kinds of file in one."""
    archive = zipped((f"inner-{number}.txt", b"hidden"))
    shapes = [
        (".pdf", lambda: pdf(tail=archive)),
        (".png", lambda: png(tail=archive)),
        (".jpg", lambda: jpeg(tail=archive)),
        (".png", lambda: png(tail=b"Rar!\x1a\x07" + bytes([number]))),
        (".jpg", lambda: jpeg(tail=jpeg())),
        (".gif", lambda: b"GIF89a/*" + bytes(8) + b"*/=1;alert(%d)//" % number),
        (".png", lambda: png(chunks=png_part(b"tEXt", b"x\0<script>alert(%d)</script>" % number))),
        (".jpg", lambda: jpeg(parts=_part(0xFE, b"<script>alert(%d)</script>" % number))),
        (".jpg", lambda: b"\xff\xd8\xff\xe0\x2f\x2aJFIF\0" + bytes(12) + b"*/=alert(%d)//" % number),
        (".pdf", lambda: pdf(b"(<html><body>%d)" % number)),
        (".png", lambda: png(chunks=png_part(b"zTXt", b"x\0\0" + archive))),
        (".pdf", lambda: b"MZ" + bytes([number]) + pdf()),
    ]
    ending, shape = shapes[number % len(shapes)]
    return f"two-{number}{ending}", shape()


@sort
def slipping(chance: random.Random, number: int) -> tuple[str, bytes]:
    """Archives whose members climb out."""
    names = [
        "../../etc/passwd",
        "/etc/cron.d/x",
        "..\\..\\x.bat",
        "C:\\x.bat",
        "a/../../b",
        "\\\\server\\share\\x",
        "~/x",
    ]
    ending = ("zip", "pdf", "png", "txt", "xlsx", "docx")[number % 6]
    return f"slip-{number}.{ending}", zipped((names[number % len(names)] + str(number), b"climbed"))


@sort
def link(chance: random.Random, number: int) -> tuple[str, bytes]:
    return f"link-{number}.zip", zipped((f"passwd-{number}", b"/etc/passwd"), mode=0o120777)


@sort
def bomb(chance: random.Random, number: int) -> tuple[str, bytes]:
    """Small here, large unpacked."""
    zeros = bytes(3_000_000 + number)
    shapes = [
        (".zip", lambda: zipped((f"zeros-{number}", zeros))),
        (".xlsx", lambda: zipped(("xl/worksheets/sheet1.xml", zeros), ("[Content_Types].xml", b"<Types/>"))),
        (".gz", lambda: zlib.compress(zeros)),
        (".pdf", lambda: pdf(packed_objects(zeros * 8))),
        (".docx", lambda: office("docx", ("word/media/x", zeros))),
        (".png", lambda: png(chunks=png_part(b"zTXt", b"x\0\0" + zlib.compress(zeros)), tail=b"x")),
    ]
    ending, shape = shapes[number % 6]
    return f"bomb-{number}{ending}", shape()


@sort
def flood(chance: random.Random, number: int) -> tuple[str, bytes]:
    """A picture that says it is vast."""
    if number % 2:
        return f"flood-{number}.png", png(20_001 + number, 65_000 * (1 + number % 7))
    return f"flood-{number}.jpg", jpeg(65_000 - number, 65_500)


@sort
def markup(chance: random.Random, number: int) -> tuple[str, bytes]:
    """Pages and drawings that run."""
    shapes = [
        (".svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(%d)"/>'),
        (".svg", b'<?xml version="1.0"?><svg><script>alert(%d)</script></svg>'),
        (".html", b"<!DOCTYPE html><script>alert(%d)</script>"),
        (".txt", b"<html><body onload=alert(%d)>"),
        (".txt", b"\xef\xbb\xbf<svg/onload=alert(%d)>"),
        (".csv", b"a,b\n1,<script>alert(%d)</script>\n"),
        (".log", b"words\n< ScRiPt >alert(%d)"),
        (".png", b"<svg>%d</svg>"),
        (".txt", b"#!/bin/sh\nrm -r %d\n"),
        (".txt", b"{\\rtf1 %d}"),
        (".xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;%d</x>'),
        (".txt", b"<?php system('%d');"),
    ]
    ending, text = shapes[number % len(shapes)]
    return f"markup-{number}{ending}", text % number


@sort
def cut_off(chance: random.Random, number: int) -> tuple[str, bytes]:
    """Honest files without their ends."""
    made = [pdf(b"(%d)" % number), png(noise=bytes([number % 256])), jpeg(parts=_part(0xFE, b"%d" % number))][
        number % 3
    ]
    return f"cut-{number}.{('pdf', 'png', 'jpg')[number % 3]}", made[: chance.randrange(9, len(made) - 12)]


@sort
def misnamed(chance: random.Random, number: int) -> tuple[str, bytes]:
    """A name that says something else than the content."""
    made = {"pdf": pdf(b"(%d)" % number), "png": png(noise=bytes([number % 256])), "jpg": jpeg(tail=bytes(number))}
    real, said = [("pdf", "png"), ("png", "jpg"), ("jpg", "pdf"), ("pdf", "exe"), ("png", "txt"), ("jpg", "html")][
        number % 6
    ]
    return f"other-{number}.{said}", made[real]


@sort
def program(chance: random.Random, number: int) -> tuple[str, bytes]:
    """Programs under the names of papers."""
    starts = [
        b"MZ\x90\0",
        b"\x7fELF\x02\x01",
        b"\xca\xfe\xba\xbe",
        b"\xcf\xfa\xed\xfe",
        b"dex\n035\0",
        b"\0asm\x01\0\0\0",
    ]
    return f"program-{number}.{ENDINGS[number % 6]}", starts[number % 6] + chance.randbytes(200)


@sort
def nested(chance: random.Random, number: int) -> tuple[str, bytes]:
    """Archives in archives."""
    inner = zipped((f"deep-{number}.txt", b"deep"))
    for level in range(2 + number % 4):
        inner = zipped((f"level-{level}.zip", inner))
    return f"nested-{number}.{('zip', 'txt', 'xlsx', 'pdf')[number % 4]}", inner


@sort
def macros(chance: random.Random, number: int) -> tuple[str, bytes]:
    """Office files that run."""
    ending = ("docm", "xlsm", "pptm", "docx", "xlsx")[number % 5]
    if number % 7 == 6:
        return f"old-{number}.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"VBA" + chance.randbytes(400)
    folder = {"d": "word", "x": "xl", "p": "ppt"}[ending[0]]
    return f"macros-{number}.{ending}", office(ending, (f"{folder}/vbaProject.bin", b"Attribute VB_Name %d" % number))


@sort
def running_pdf(chance: random.Random, number: int) -> tuple[str, bytes]:
    """PDFs that run, open or carry something."""
    script = b"<< /S /JavaScript /JS (app.alert(%d)) >>" % number
    shapes = [
        lambda: pdf(script, root=b"/OpenAction 4 0 R"),
        lambda: pdf(script.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4AS")),
        lambda: pdf(packed_objects(script)),
        lambda: pdf(packed_objects(script, b"[/ASCIIHexDecode /FlateDecode]")),
        lambda: pdf(b"<< /S /Launch /F (calc%d.exe) >>" % number),
        lambda: pdf(b"<< /Type /EmbeddedFile /Length 3 >>\nstream\nx%d\nendstream" % number),
        lambda: pdf(b"<< /Names [(a%d) 5 0 R] >>" % number, root=b"/Names << /EmbeddedFiles 4 0 R >>"),
        lambda: pdf(b"<< /S /SubmitForm /F (https://x.example/%d) >>" % number),
        lambda: pdf(b"<< /XFA 5 0 R /N %d >>" % number, root=b"/AcroForm 4 0 R"),
        lambda: pdf(b"<< /Subtype /RichMedia /N %d >>" % number),
        lambda: pdf(b"(%d)" % number).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 4 0 R"),
        lambda: pdf(packed_objects(script).replace(b"/ObjStm", b"/Obj#53tm")),
        lambda: pdf(packed_objects(script).replace(b"/Type /ObjStm", b"/Type 9 0 R")),
    ]
    return f"running-{number}.pdf", shapes[number % len(shapes)]()


@sort
def noise(chance: random.Random, number: int) -> tuple[str, bytes]:
    """Bytes at random, some behind an honest beginning."""
    start = [b"", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xff\xff"][number % 5]
    ending = ("txt", "pdf", "png", "jpg", "jpg")[number % 5]
    return f"noise-{number}.{ending}", start + b"\0" + chance.randbytes(1 + chance.randrange(20_000))


@sort
def oddly_named(chance: random.Random, number: int) -> tuple[str, bytes]:
    """Names that hide, climb, break or go on for ever; behind them a program."""
    names = [
        "invoice\u202efdp.exe",
        "nul\0.png.exe",
        "../../../x.exe",
        "a" * 4000 + ".exe",
        "x.png\r\nSet-Cookie: a=b.exe",
        "CON",
        ".htaccess",
        "\u200b.exe",
        "picture.png .exe",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") * 90 + ".scr",
        'a";b="c.exe',
        "",
    ]
    return names[number % len(names)], b"MZ\x90\0" + b"%d" % number


@sort
def large(chance: random.Random, number: int) -> tuple[str, bytes]:
    """Honest text, too much of it."""
    return f"large-{number}.txt", b"words and words. " * (300_000 + number)


MANY = {
    "large": 4,
    "bomb": 18,
    "link": 10,
    "empty": 12,
    "flood": 40,
    "oddly_named": 36,
    "markup": 48,
    "running_pdf": 52,
}


def hostile(count: int = 500, seed: int = 1) -> Iterator[Hostile]:
    """That many hostile files, all different, of every sort; with few, one after another of each sort.

    Of the costly sorts there are at most as many as MANY says.
    """
    chance, seen, made, number = random.Random(seed), set(), 0, 0
    while made < count:
        for name, making in SORTS.items():
            if made == count:
                return
            if number >= MANY.get(name, count):
                continue
            called, content = making(chance, number)
            mark = (called, hash(content))
            if mark in seen:
                continue
            seen.add(mark)
            made += 1
            lie = TYPES[("pdf", "png", "jpg", "txt", "csv")[number % 5]]
            yield Hostile(name, called, content, lie)
        number += 1


# Sent ----------------------------------------------------------------------------------------------------------------


def multipart(field: str, one: Hostile) -> tuple[bytes, str]:
    """The file as the body of a form, its name as nobody's browser would send it."""
    name = one.name.replace('"', "%22").encode("utf-8", "surrogatepass").replace(b"\r\n", b"%0D%0A")
    head = b'--edge\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n' % (field.encode(), name)
    body = head + b"Content-Type: " + one.declared.encode() + b"\r\n\r\n" + one.content + b"\r\n--edge--\r\n"
    return body, "multipart/form-data; boundary=edge"
