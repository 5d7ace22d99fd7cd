"""Word files for people to sign and to send: real headings, contents, page numbers, a language, and no author."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from .cells import CONTROLS

# The same content gives the same bytes: the file's own date is no news to anybody.
CREATED = datetime(2000, 1, 1)
ZIPPED = (2000, 1, 1, 0, 0, 0)


class Paper:
    """A Word file that is written from top to bottom; ``content()`` gives its bytes.

    ``lang`` is the language of the whole text, ``head`` stands at the top of every page. Nothing says who made it.
    """

    def __init__(self, title: str, *, lang: str = "en-GB", head: str = "") -> None:
        self.file = Document()
        self.headings: list[tuple[int, str]] = []
        self._contents: Any = None
        self._about(title)
        self._look(lang)
        self._edges(head or title)

    # What stands in it -------------------------------------------------------------------------------------

    def title(self, words: str, below: Iterable[str] = ()) -> None:
        """The name of the document, and lines below it."""
        self.file.add_paragraph(_plain(words), style="Title")
        for line in below:
            self.file.add_paragraph(_plain(line), style="Subtitle")

    def contents(self) -> None:
        """The table of contents: a field that Word fills with pages, with the headings in it meanwhile."""
        head = self.file.add_paragraph().add_run(_("Contents"))  # no heading: it would stand in its own list
        head.bold, head.font.size = True, Pt(16)
        self._contents = self.file.add_paragraph()

    def heading(self, words: str, level: int = 1) -> None:
        """A heading of level 1 to 4; those of 1 and 2 stand in the contents."""
        words = _plain(words)
        self.file.add_heading(words, level)
        self.headings.append((level, words))

    def text(self, words: str, *, style: str | None = None) -> None:
        """Text, a paragraph a line."""
        for line in _plain(words).split("\n"):
            if line.strip():
                self.file.add_paragraph(line.strip(), style=style)

    def named(self, name: str, words: str) -> None:
        """A paragraph that begins with a name in bold."""
        paragraph = self.file.add_paragraph()
        paragraph.add_run(_plain(f"{name}: " if words else name)).bold = True
        paragraph.add_run(_plain(words))

    def points(self, rows: Iterable[str]) -> None:
        """A bulleted list."""
        for row in rows:
            self.file.add_paragraph(_plain(row), style="List Bullet")

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[float] = ()) -> None:
        """A table whose head is repeated on every page. ``widths`` in centimetres."""
        made = self.file.add_table(rows=1, cols=len(heads), style="Table Grid")
        for cell, words in zip(made.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(_plain(words)).bold = True
        _repeat(made.rows[0])
        for row in rows:
            for cell, words in zip(made.add_row().cells, row, strict=True):
                cell.text = _plain(words)
        for width, column in zip(widths, made.columns, strict=False):
            for cell in column.cells:
                cell.width = Cm(width)
        self.file.add_paragraph()

    def picture(self, png: bytes, said: str, *, width: float = 15.5) -> None:
        """A picture, so many centimetres wide, and what is said of it to whoever cannot see it."""
        shape = self.file.add_picture(io.BytesIO(png), width=Cm(width))
        shape._inline.docPr.set("descr", _plain(said))

    def new_page(self) -> None:
        """What follows begins on a new page."""
        self.file.add_page_break()

    def content(self) -> bytes:
        """The file."""
        if self._contents is not None:
            self._fill_contents()
        made = io.BytesIO()
        self.file.save(made)
        return _same_bytes(made.getvalue())

    # How it is made ----------------------------------------------------------------------------------------

    def _about(self, title: str) -> None:
        about = self.file.core_properties
        about.title = _plain(title)
        about.author = about.last_modified_by = about.comments = about.keywords = ""
        about.created = about.modified = CREATED
        about.revision = 1

    def _look(self, lang: str) -> None:
        base: Any = self.file.styles["Normal"]
        base.font.name, base.font.size = "Arial", Pt(11)
        base.paragraph_format.space_after = Pt(8)
        for style in self.file.styles:
            if style.name.startswith(("Heading", "Title", "Subtitle", "TOC")) and hasattr(style, "font"):
                _face(style)
        defaults = self.file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        for part in (defaults, base.element.get_or_add_rPr()):
            said = OxmlElement("w:lang")
            for side in ("val", "eastAsia"):
                said.set(qn(f"w:{side}"), lang)
            part.append(said)
        for section in self.file.sections:
            section.page_width, section.page_height = Cm(21), Cm(29.7)
            section.left_margin = section.right_margin = Cm(2.2)

    def _edges(self, head: str) -> None:
        section = self.file.sections[0]
        section.header.paragraphs[0].text = _plain(head)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        before, _sep, after = _("Page {page} of {pages}").partition("{page}")
        foot.add_run(before)
        _field(foot, "PAGE", "1")
        middle, _sep, end = after.partition("{pages}")
        foot.add_run(middle)
        _field(foot, "NUMPAGES", "1")
        foot.add_run(end)

    def _fill_contents(self) -> None:
        listed = [words for level, words in self.headings if level <= 2]
        _field(self._contents, 'TOC \\o "1-2" \\h \\z \\u', "\n".join(listed), dirty=True)


def _plain(words: object) -> str:
    return CONTROLS.sub("", str(words).replace("\r\n", "\n"))


def _face(style: Any) -> None:
    """One typeface, in black: the file is printed and signed."""
    from docx.shared import RGBColor

    style.font.name = "Arial"
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _repeat(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _field(paragraph: Any, code: str, shown: str, *, dirty: bool = False) -> None:
    """A field of Word, with what it shows until Word works it out."""
    for sort in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run()
        if sort == "shown":
            for at, line in enumerate(shown.split("\n")):
                if at:
                    run.add_break()
                run.add_text(line)
            continue
        if sort == "code":
            said = OxmlElement("w:instrText")
            said.set(qn("xml:space"), "preserve")
            said.text = code
        else:
            said = OxmlElement("w:fldChar")
            said.set(qn("w:fldCharType"), sort)
            if dirty and sort == "begin":
                said.set(qn("w:dirty"), "true")
        run._r.append(said)


def _same_bytes(content: bytes) -> bytes:
    """The same file without the hour at which it was zipped, and without the template's picture of itself."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, ZIPPED)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return made.getvalue()
