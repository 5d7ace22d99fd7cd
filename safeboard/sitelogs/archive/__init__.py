"""The archive of filter logs: the evidence, the index made from it, the question and the answer.

It knows nothing of people, places or permissions: whoever calls it has asked the room's rules first. Open it with
:func:`current` (the archive of the settings) or ``Archive(folder, keys)``. docs/sitelogs.md says how it is made.
"""

from .question import Question, Row, WrongQuestion

__all__ = ["Question", "Row", "WrongQuestion"]
