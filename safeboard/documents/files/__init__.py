"""Files that somebody sends to be kept: told by their content, taken only where every part of them is understood.

Four kinds are taken: PDF, PNG, JPEG, plain text. Archives and office files are not: what lies in them could not be told
without unpacking it. Nothing is decoded, drawn, unpacked to disk or made smaller; what is kept is what came.
"""

from .judging import LARGEST, TAKEN, Judged, judge
from .scanning import CannotScan, Found, scan
from .unfit import Unfit

__all__ = ["LARGEST", "TAKEN", "CannotScan", "Found", "Judged", "Unfit", "judge", "scan"]
