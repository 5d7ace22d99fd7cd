"""Why a file is not taken, in words for the person who sent it."""

from __future__ import annotations


class Unfit(ValueError):
    """A file that is not taken. Its text is for the person who sent it; ``code`` says it in a word for the history."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
