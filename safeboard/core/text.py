"""Text that people type: what is taken out of it, what is put right, what is refused."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

# Overrides and embeddings turn the order of letters round and can disguise an address or a name; zero-width signs
# hide inside a word. The letters themselves, of whatever script, stay.
_HIDDEN = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]")
_JOINERS = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])")
_MARKS = re.compile("[\u061c\u200e\u200f]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def tidy(text: str, *, lines: bool = False) -> str:
    """The same text without what hides in it: direction overrides, zero-width signs, odd line ends; letters composed.

    With ``lines`` line ends are kept (as newlines), without they become spaces. Right-to-left text keeps its letters
    and its direction marks; joiners between letters that are not Latin stay, as Persian and emoji need them.
    """
    text = _LINE_ENDS.sub("\n", text)
    if not lines:
        text = re.sub("[\n\t]+", " ", text)
    text = _TAGS.sub("", _HIDDEN.sub("", text))
    text = _JOINERS.sub("", text)
    if not _RIGHT_TO_LEFT.search(text):
        text = _MARKS.sub("", text)
    return unicodedata.normalize("NFC", text)


def has_control_characters(text: str) -> bool:
    """Whether the text holds NUL or another control sign that no keyboard writes (line ends and tabs are fine)."""
    return bool(_CONTROL.search(_LINE_ENDS.sub("\n", text)))


def without_control(text: str) -> str:
    """The text without control signs: what a page can show of it."""
    return _CONTROL.sub("", _LINE_ENDS.sub("\n", text))


# A file dressed as text: a data address, or a long run of base 64 or figures, in one piece or in lines.
_DATA = re.compile(
    r"\bdata:(?:image|video|audio|application|text|font|message|model)/[\w.+-]{1,80}[;,]\S*"
    r"|\bdata:[^\s,]{0,120};\s{0,4}base64\s{0,4},\S*",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"(?:[A-Za-z0-9+/_-]{40,200}={0,2}[ \t]{0,4}\r?\n[ \t]{0,4}){5,}[A-Za-z0-9+/_-]{0,200}={0,2}"
    r"|[A-Za-z0-9+/_-]{400,}={0,2}"
)
_VARIED = 14  # different signs: a file has them, a key that was held down has not


def holds_file(text: str) -> bool:
    """Whether a file is dressed up in the text (a data address, base 64): a copy is a copy (PCA 1978 s.1)."""
    plain = _HIDDEN.sub("", text)
    return bool(_DATA.search(plain)) or any(len(set(run.group())) >= _VARIED for run in _RUNS.finditer(plain))


def without_files(text: str) -> str:
    """The text with each such file taken out and a few words in its place; all other words stay."""
    if not holds_file(text):
        return text
    words = _("[a file was here and was taken out]")
    plain = _DATA.sub(words, _HIDDEN.sub("", text))
    return _RUNS.sub(lambda run: words if len(set(run.group())) >= _VARIED else run.group(), plain)
