"""The forms of the editor, by subject; import them from here."""

from .base import DraftForm
from .nodes import ChartForm, OutcomeForm, PublishForm, StepForm
from .parts import PARTS, in_units, length

__all__ = ["PARTS", "ChartForm", "DraftForm", "OutcomeForm", "PublishForm", "StepForm", "in_units", "length"]
