"""Which web addresses can hold some words: a small table of three and four letters in a row for each block of them.

A block is a row group of the ``urls`` file. For each gram (its hash) there is one bit a block, so that a question
reads a few hundred bytes a day. The table may say yes too often, never no too often: the words are looked for
afterwards in the addresses themselves. Capital letters count as small ones; digits all count as one sign, or the
identifiers that are in most addresses would fill the table.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

BLOCK = 2048
THREES, FOURS = 14, 16  # bits of the two hashes
ROWS = (1 << THREES) + (1 << FOURS)
SIGNS = b".-/_=&?+%:"
DIGIT, FIRST_SIGN, OTHER = 27, 28, 62
MIXER = np.uint32(0x9E3779B1)


def _codes() -> np.ndarray:
    codes = np.full(256, OTHER, dtype=np.uint8)
    for letter in range(26):
        codes[ord("a") + letter] = codes[ord("A") + letter] = letter + 1
    codes[ord("0") : ord("9") + 1] = DIGIT
    for at, sign in enumerate(SIGNS):
        codes[sign] = FIRST_SIGN + at
    return codes


CODES = _codes()


def hashes(text: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rows of the table for every three and four bytes in a row."""
    code = CODES[text].astype(np.uint32)
    two = (code[:-1] << np.uint32(6)) | code[1:]
    three = (two[:-1] << np.uint32(6)) | code[2:]
    four = (three[:-1] << np.uint32(6)) | code[3:]
    three = (three * MIXER) >> np.uint32(32 - THREES)
    four = ((four * MIXER) >> np.uint32(32 - FOURS)) + np.uint32(1 << THREES)
    return three, four


def table(text: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The table for addresses that lie one after the other in ``text``; ``ends`` is where each block ends."""
    flags = np.zeros((len(ends), ROWS), dtype=np.uint8)
    start = 0
    for at, end in enumerate(ends):
        if end - start >= 4:
            three, four = hashes(text[start:end])
            flags[at][three] = 1
            flags[at][four] = 1
        elif end - start == 3:
            flags[at][hashes(np.append(text[start:end], 0))[0][:1]] = 1
        start = end
    return np.ascontiguousarray(np.packbits(flags, axis=0).T)


def candidates(path: Path, words: str, blocks: int) -> list[int]:
    """The blocks that may hold the words, lowest first. Two letters or fewer say nothing: all blocks."""
    text = np.frombuffer(words.encode(), dtype=np.uint8)
    if len(text) < 3:
        return list(range(blocks))
    rows = hashes(text) if len(text) > 3 else (hashes(np.append(text, 0))[0][:1],)
    wanted = np.unique(np.concatenate(rows))
    bits = np.load(path, mmap_mode="r")
    held = np.bitwise_and.reduce(bits[wanted], axis=0)
    return np.flatnonzero(np.unpackbits(held)[:blocks]).tolist()
