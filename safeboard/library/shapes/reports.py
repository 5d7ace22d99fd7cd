"""The shape of an annual report: its sections, what belongs in each, and the figures that each can take."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator

from ..schemas import Id, Item, Shape, Source, Text


class Figure(StrEnum):
    """A figure with its picture and table that the product makes for a report."""

    INCIDENTS = "incidents"
    CONCERNS = "concerns"
    REPORTERS = "reporters"
    REGISTER = "register"
    STANDING = "standing"
    POLICIES = "policies"
    INFRASTRUCTURE = "infrastructure"
    EDUCATION = "education"
    STANDARDS = "standards"
    PLAN = "plan"
    RETURNS = "returns"
    MEETINGS = "meetings"
    LESSONS = "lessons"
    SURVEYS = "surveys"


class ReportSection(Shape):
    """A section: what belongs in it, words to begin with, and the figures that it can take."""

    id: Id
    title: Text
    belongs: tuple[Text, ...] = Field(min_length=1)
    text: Text | None = None
    figures: tuple[Figure, ...] = ()
    source: Source | None = None


class ReportTerm(Shape):
    """A word of the report's glossary."""

    title: Text
    text: Text


class Report(Item, kind="reports"):
    """What a board's annual report is begun from."""

    sections: tuple[ReportSection, ...] = Field(min_length=1, max_length=40)
    terms: tuple[ReportTerm, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Report:
        ids = [section.id for section in self.sections]
        if len(set(ids)) < len(ids):
            raise ValueError("two sections have the same id")
        figures = [one for section in self.sections for one in section.figures]
        if len(set(figures)) < len(figures):
            raise ValueError("a figure stands in two sections")
        return self
