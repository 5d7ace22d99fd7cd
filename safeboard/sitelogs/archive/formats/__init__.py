"""The forms that filters write their logs in, each one regular expression that both readers use.

The quick reader takes a whole batch at once; the patient one takes single lines that the quick one left, says why a
line cannot be read, and tries the other forms: files in which two forms are mixed are read whole.
"""

from .base import Clock, Form, UnknownForm, WrongColumns
from .csvs import Columns, guessed_columns
from .detect import Found, detect, form_named, names

__all__ = [
    "Clock",
    "Columns",
    "Form",
    "Found",
    "UnknownForm",
    "WrongColumns",
    "detect",
    "form_named",
    "guessed_columns",
    "names",
]
