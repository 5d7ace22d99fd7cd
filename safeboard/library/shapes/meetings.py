"""The shapes of what a subgroup and its meetings are begun from."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ..schemas import Id, Item, Shape, Text

Percent = Annotated[int, Field(ge=0, le=100)]
Few = Annotated[int, Field(ge=1, le=60)]


class TermsSection(Shape):
    """A section of terms of reference: its heading, its words, and a hint at what belongs there."""

    id: Id
    title: Text
    text: Text
    hint: Text | None = None


class Quorum(Shape):
    """How many must be there: a share of the voting members in per cent, never fewer than least."""

    share: Percent
    least: Few
    chair: bool = True


class TermsTemplate(Item, kind="terms-of-reference"):
    """Terms of reference to begin from (Toolkit s2). ``page_limit``: a longer paper needs a summary."""

    sections: tuple[TermsSection, ...] = Field(min_length=3)
    quorum: Quorum
    papers_days: Few = 5
    page_limit: Few = 20

    @model_validator(mode="after")
    def _sections_once(self) -> TermsTemplate:
        ids = [one.id for one in self.sections]
        if len(ids) != len(set(ids)):
            raise ValueError("two sections have the same id")
        return self


class JobDescription(Item, kind="job-descriptions"):
    """What somebody in the subgroup does, gives and brings (Toolkit s2). ``part``: which members it is for."""

    part: Id
    duties: tuple[Text, ...] = Field(min_length=1)
    brings: tuple[Text, ...] = ()
    time: Text | None = None


class OfficerAspect(Item, kind="officer-aspects"):
    """One aspect of the e-safety officer's role (Checklists appendix A); the order of the file is that of the list."""

    examples: Text | None = None


class AgendaTemplate(Item, kind="agenda-items"):
    """An item that every agenda begins with; the standing items of the rooms come after ``last``, in their order."""

    slot: Id
    about: Text | None = None
    purpose: Id
    minutes: Few = 5
