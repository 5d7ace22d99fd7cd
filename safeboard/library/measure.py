"""How wide words are, near enough to wrap them in a box without asking a font."""

from functools import lru_cache

# Widths in parts of the type size, a little wider than Inter or Arial so that nothing touches an edge.
NARROW = dict.fromkeys("iljI|!.,:;'`\u2019", 0.29) | dict.fromkeys('frt()[]-" /\\', 0.38)
WIDE = dict.fromkeys("mw%@", 0.9) | dict.fromkeys("MW", 0.93)
CAPITAL, FIGURE, SMALL, OTHER = 0.71, 0.62, 0.58, 1.0
BOLD = 1.06


def _width(letter: str) -> float:
    if letter in NARROW:
        return NARROW[letter]
    if letter in WIDE:
        return WIDE[letter]
    if letter.isdigit():
        return FIGURE
    if ord(letter) > 0x2E80:  # ideographs and the like fill the square
        return OTHER
    return CAPITAL if letter.isupper() else SMALL


class _Widths(dict[str, float]):
    """The widths of letters, each worked out once."""

    def __missing__(self, letter: str) -> float:
        found = self[letter] = _width(letter)
        return found


_WIDTHS = _Widths()


@lru_cache(maxsize=4096)
def width(text: str, size: float, bold: bool = False) -> float:
    """The width of a line of text at a type size, in the unit of that size."""
    return sum(map(_WIDTHS.__getitem__, text)) * size * (BOLD if bold else 1)


@lru_cache(maxsize=4096)
def wrap(text: str, room: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Breaks text into lines no wider than `room`; a word that is wider is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, room, size, bold):
            longer = f"{line} {piece}".strip()
            if line and width(longer, size, bold) > room:
                lines.append(line)
                line = piece
            else:
                line = longer
    return (*lines, line) if line or not lines else tuple(lines)


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    if width(word, size, bold) <= room:
        return [word]
    pieces, piece = [], ""
    for letter in word:
        if piece and width(piece + letter, size, bold) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
