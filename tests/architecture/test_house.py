"""Small rules of the house: short files and views, nothing swallowed, no markup past the escaping, words translated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ROOT / "safeboard"
MOST_LINES = 400
MOST_OF_A_VIEW = 25

# Where text goes past the escaping, and why that is right: file, and what stands behind it.
MARKED_SAFE = {
    "core/times.py": "one element of ours; the words in it are escaped",
    "documents/charts.py": "rows of the figures below a picture; every value in them is escaped",
    "documents/svg.py": "made of allowed elements and attributes alone",
    "strategy/gantt.py": "a picture of our own, in which every text is escaped",
    "strategy/money_picture.py": "a picture of our own, in which every text is escaped",
    "library/drawing.py": "a drawing of ours; every text in it is escaped as it is written",
    "library/poster.py": "the same drawings, given a size in millimetres",
    "insight/report_files.py": "drawn by documents.svg, which keeps allowed elements alone",
    "insight/queries/standings.py": "cells of a map: letters of ours, and their meanings escaped",
    "insight/templatetags/dashboards.py": "rows of long tables; every value in them is escaped",
    "insight/svg.py": "a picture of our own, in which every text is escaped",
    "insight/views/picture.py": "rendered by a template of ours, which escapes",
    "outbox/templatetags/outbox.py": "paragraphs put together of escaped parts",
    "incidents/templatetags/incidents_record.py": "rows of long tables and stories; every value in them is escaped",
    "meetings/templatetags/meetings.py": "rows of long tables; every value in them is escaped",
    "standards/templatetags/rounds.py": "rows of long tables; every value in them is escaped",
    "strategy/templatetags/plan.py": "rows of long tables; every value in them is escaped",
    "web/components.py": "rendered by the front end's own macros, which escape",
    "web/fields.py": "rendered by widgets, which escape; a line break, fixed in the code",
}
# Longer than the rest, with the reason.
LONG_FILES: dict[str, str] = {}
LONG_VIEWS: dict[str, str] = {}
# Words on screen outside of translation tags that are the same in every language.
SAME_EVERYWHERE = frozenset(
    {"Safeboard", "– Safeboard", "Cymraeg", "English", "CSV", "PDF", "A4", "A3", "TOTP", "GOV.UK", "MIT"}
)


def python_files() -> list[Path]:
    """Our own modules, without migrations."""
    return [path for path in sorted(ROOMS.rglob("*.py")) if "migrations" not in path.parts]


def templates() -> list[Path]:
    """Our own templates."""
    return sorted(ROOMS.rglob("templates/**/*.html"))


def name_of(path: Path) -> str:
    """The path as it is written in a table."""
    return path.relative_to(ROOMS).as_posix()


def nodes(path: Path, word: str) -> Iterator[ast.AST]:
    """Everything in a module; nothing where the word, without which nothing would be found there, stands nowhere."""
    text = path.read_text("utf-8")
    if word in text:
        yield from ast.walk(ast.parse(text))


def test_no_file_is_too_long():
    long = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in python_files()}
    assert {name: count for name, count in long.items() if count > MOST_LINES and name not in LONG_FILES} == {}


def long_views(path: Path) -> Iterator[str]:
    """The views of a module whose body is longer than a view is meant to be."""
    for node in nodes(path, "page("):
        if not isinstance(node, ast.FunctionDef):
            continue
        marks = {ast.unparse(one).partition("(")[0] for one in node.decorator_list}
        body = node.body[1:] if ast.get_docstring(node) else node.body
        length = body[-1].end_lineno - body[0].lineno + 1 if body else 0
        if marks & {"page", "open_page"} and length > MOST_OF_A_VIEW:
            yield f"{name_of(path)}:{node.name} has {length} lines"


def test_no_view_is_too_long():
    found = [one for path in python_files() for one in long_views(path)]
    assert [one for one in found if one.partition(" ")[0] not in LONG_VIEWS] == [], "move what is not a view out of it"


def test_nothing_is_swallowed():
    bare = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        for node in nodes(path, "except")
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (ast.unparse(node.type) in ("Exception", "BaseException") and _does_nothing(node)))
    ]
    assert bare == [], "name what is caught, and do something with it"


def _does_nothing(node: ast.ExceptHandler) -> bool:
    return all(isinstance(one, ast.Pass) for one in node.body)


def test_nothing_is_printed():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        if "management" not in path.parts and "tests" not in path.parts
        for node in nodes(path, "print(")
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    ]
    assert found == [], "use the log, or self.stdout in a command"


def marked_safe() -> set[str]:
    """The files in which text goes past the escaping."""
    code = [path for path in python_files() if "tests" not in path.parts]
    found = {name_of(path) for path in code if re.search(r"\bmark_safe\(|\bSafeString\(", path.read_text("utf-8"))}
    tags = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|\{%\s*autoescape\s+off")
    return found | {name_of(path) for path in templates() if tags.search(path.read_text("utf-8"))}


def test_text_goes_past_the_escaping_only_where_it_is_listed():
    assert sorted(marked_safe() - set(MARKED_SAFE)) == [], "let the template escape it, or give the reason"
    assert sorted(set(MARKED_SAFE) - marked_safe()) == [], "it is not needed any more: take it out of MARKED_SAFE"


def test_no_script_and_no_style_stands_in_a_page():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=\"|\son[a-z]+=\"|href=\"javascript:", re.IGNORECASE
    )
    printed = ("poster", "print", "paper", "summary", "document")
    found = [
        f"{name_of(path)}: {match.group(0).strip()}"
        for path in templates()
        if not any(word in path.name for word in printed)
        for match in inline.finditer(path.read_text("utf-8"))
    ]
    assert found == [], "the policy for contents refuses it: use the stylesheet, or a script of its own"


def test_what_pages_use_of_moj_is_in_the_stylesheet():
    sheet = (ROOMS / "web" / "assets" / "safeboard.scss").read_text("utf-8")
    brought_in = "|".join(re.findall(r"/moj/components/([a-z-]+)/", sheet))
    unknown = re.compile(rf"\bmoj-(?!{brought_in})[a-z-]+")
    pages = [*templates(), *python_files()]
    found = [f"{name_of(path)}: {name}" for path in pages for name in unknown.findall(path.read_text("utf-8"))]
    assert found == [], "bring the component in: web/assets/safeboard.scss"


TRANSLATED = re.compile(r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
CLASSES = re.compile(r"{%\s*block (?:wide|body_class)\s*%}.*?{%\s*endblock\b.*?%}", re.DOTALL)
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
MARKUP = re.compile(r"<!--.*?-->|<(script|svg|style)\b.*?</\1>|<[^>]*>|&\w+;", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}", re.DOTALL)


def untranslated(text: str) -> list[str]:
    """Words of a template that stand outside of translation tags."""
    for quiet in (COMMENT, CLASSES, TRANSLATED, TAGS, MARKUP):
        text = quiet.sub("\n", text)
    words = [line.strip() for line in text.splitlines()]
    return [line for line in words if re.search(r"[A-Za-z]{2,}", line) and line not in SAME_EVERYWHERE]


def test_every_word_on_screen_can_be_translated():
    found = [f"{name_of(path)}: {line}" for path in templates() for line in untranslated(path.read_text("utf-8"))]
    assert found == [], "put it in {% translate %} or {% blocktranslate trimmed %}"


def test_the_search_for_words_bites():
    assert untranslated("<p>Hello there</p>") == ["Hello there"]
    assert untranslated('<p title="x">{% translate "Hello" %} {{ name }}</p>') == []


def test_words_are_marked_by_names_that_gettext_collects():
    """``makemessages`` knows gettext's own names and ``_``: words under another name would never be translated."""
    alias = re.compile(r"\b[a-z]*gettext[a-z_]* as (?!_\b)")
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "safeboard").rglob("*.py"))
        if alias.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
