"""Which web addresses can hold some words: a small table of four letters in a row for each block of them.

For each gram (its hash) there is one bit a block, so that a question reads some bytes a day. The table may say yes too
often, never no too often: the words are looked for afterwards in the addresses themselves. Capital letters count as
small ones; digits all count as one sign, or the identifiers that are in most addresses would fill the table.
"""

from __future__ import annotations

import numpy as np

BITS = 15  # of the hash
ROWS = 1 << BITS
SIGNS = b".-/_=&?+%:"
DIGIT, FIRST_SIGN, OTHER, CODED = 27, 28, 62, 64
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


def _hashes(code: np.ndarray) -> np.ndarray:
    """The rows of the table for every four codes in a row."""
    code = code.astype(np.uint32)
    two = (code[:-1] << np.uint32(6)) | code[1:]
    four = (two[:-2] << np.uint32(12)) | two[2:]
    four *= MIXER
    four >>= np.uint32(32 - BITS)
    return four.astype(np.intp)


def table(text: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The table for addresses that lie one after the other in ``text``; ``ends`` is where each block ends.

    A gram may run from one address into the next: the last three letters of an address begin one too.
    """
    code = np.frombuffer(text.tobytes().translate(CODES.tobytes()), dtype=np.uint8)
    begins = [0, *ends[:-1].tolist()]
    eights = np.empty((-(-len(ends) // 8), ROWS), dtype=np.uint8)
    for at in range(len(eights)):
        bits = np.zeros((8, ROWS), dtype=np.uint8)
        for bit, (start, end) in enumerate(zip(begins[8 * at : 8 * at + 8], ends[8 * at : 8 * at + 8], strict=True)):
            rows = _hashes(np.append(code[start:end], np.zeros(3, dtype=np.uint8)))
            bits[bit][rows] = np.full(len(rows), 128 >> bit, dtype=np.uint8)  # twice as quick as a single number
        np.bitwise_or.reduce(bits, axis=0, out=eights[at])
    return np.ascontiguousarray(eights.T)


def rows_of(words: str) -> list[np.ndarray]:
    """What a block that holds the words must have: of each set of rows, one at least. Empty: it can be any block."""
    code = CODES[np.frombuffer(words.encode(), dtype=np.uint8)]
    if len(code) < 3:
        return []
    if len(code) == 3:  # and whatever follows
        follows = np.arange(CODED, dtype=np.uint8)
        every = np.concatenate([np.tile(code, (CODED, 1)), follows[:, None]], axis=1)
        return [np.unique([_hashes(one)[0] for one in every])]
    return [np.array([row]) for row in np.unique(_hashes(code))]
