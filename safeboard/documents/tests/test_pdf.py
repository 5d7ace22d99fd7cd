import re
import socket
import zlib

import pytest

from safeboard.documents import pdf
from safeboard.documents.pdf import Refused, packaged, render_pdf, whole_page


def unpacked(data):
    """The file with its streams unpacked, to look for words in."""
    out = data
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            out += zlib.decompress(match.group(1))
        except zlib.error:
            continue
    return out


@pytest.fixture(scope="module")
def document():
    return render_pdf("<h1>Who to ring</h1><p>Ysgol Tŷ Gwyn: 01632 960001</p>", title="Poster <1>", lang="en-GB")


def test_a_tagged_document_with_name_and_language(document):
    text = unpacked(document)
    assert document.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in text
    assert b"/MarkInfo" in text
    assert b"(en-GB)" in text
    assert b"Poster &lt;1&gt;" in text or b"Poster <1>" in text


def test_nothing_about_who_made_it(document):
    assert b"/Author" not in unpacked(document)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x.png",
        "https://board.example/x.css",
        "ftp://a.example/x.png",
        "file:///etc/passwd",
        "file:///etc/ssl/x.png",
        "data:image/png;base64,AAAA",
        "packaged:///../settings.py",
        "packaged:///../../x.png",
        "packaged:///%2e%2e/%2e%2e/x.png",
        "packaged:///etc/passwd",
        "packaged:///nothing/here.png",
        "packaged:///x.png\x00.css",
        "packaged://host/x.png",
        "//host/x.png",
        "x.png",
    ],
)
def test_what_is_refused(url):
    with pytest.raises(Refused):
        packaged(url)


def test_a_document_reaches_nothing(monkeypatch):
    asked = []

    def note(url):
        asked.append(url)
        raise Refused("no")

    monkeypatch.setattr(pdf, "packaged", note)
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("a connection was opened"))
    html = """<style>@import url(http://a.example/x.css); p { background: url(file:///etc/passwd) }
        @font-face { font-family: x; src: url(http://a.example/f.woff2) }</style>
        <link rel=stylesheet href="http://a.example/y.css"><link rel=attachment href="file:///etc/passwd">
        <p style="font-family:x">text<img src="http://a.example/p.png" alt="p"><img src="relative.png" alt="r">
        <object data="file:///etc/hostname"></object>
        <svg width="9" height="9"><image href="http://a.example/s.png" width="9" height="9"/></svg></p>"""
    data = render_pdf(html, title="x")
    assert any("x.css" in url for url in asked)
    assert any("p.png" in url for url in asked)
    assert b"root:" not in unpacked(data)


def test_a_static_file_of_the_product(settings, tmp_path):
    (tmp_path / "mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "secret.txt").write_text("x")
    settings.STATICFILES_DIRS = [tmp_path]
    pdf.finders.get_finder.cache_clear()
    try:
        assert packaged("packaged:///mark.svg")[0] == "image/svg+xml"
        with pytest.raises(Refused):
            packaged("packaged:///secret.txt")
    finally:
        pdf.finders.get_finder.cache_clear()


@pytest.mark.parametrize("lang", ["", 'en"><script>', "x" * 20])
def test_a_language_is_a_language(lang):
    with pytest.raises(ValueError, match="language"):
        render_pdf("<p>x</p>", title="x", lang=lang)


def test_a_whole_page_gets_what_it_lacks():
    done = whole_page("<html><head></head><body>x</body></html>", title="A & B", lang="cy")
    assert '<html lang="cy">' in done
    assert "<title>A &amp; B</title>" in done
    kept = '<html lang="en"><head><title>Own</title></head><body>x</body></html>'
    assert whole_page(kept, title="Other", lang="cy") == kept
    assert "<title>T</title>" in whole_page("<html><body>x</body></html>", title="T", lang="en")


def test_faces_have_names_of_their_own():
    """Of two files under one family name the letters of the second are printed blank."""
    families = re.findall(r'@font-face \{\s*font-family: "([^"]+)"', pdf.stylesheet())
    assert len(families) == len(set(families)) == 2
