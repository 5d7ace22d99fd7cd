"""What a draft holds, read as a report: what is still missing, and what the operation is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.library import queries as library
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Setting

from ..choices import Images, Kin, Part
from ..models import Draft
from ..queries import images_for

if TYPE_CHECKING:
    from safeboard.library.schemas import IncidentKind

PERSON = "person:"  # an answer for each person: "person:" and the entry's own word
TEXTS = ("narrative", "where", "address", "actions", "evidence")


@dataclass(frozen=True)
class Answers:
    """The answers of a draft, read for the place that it was begun in."""

    access: Access
    draft: Draft

    def said(self, name: str) -> Any:
        """The answer of that name, or an empty text."""
        return self.draft.answers.get(name, "")

    @property
    def given(self) -> Mapping[str, Any]:
        """All answers by name: what forms start from."""
        return self.draft.answers

    @cached_property
    def pack(self) -> str:
        """The content pack that holds here."""
        return partnership.pack_of(self.access)

    @cached_property
    def people(self) -> list[dict[str, str]]:
        """The people added so far, in order, each with its ``entry``."""
        found = self.given.items()
        rows = [{**row, "entry": name.removeprefix(PERSON)} for name, row in found if name.startswith(PERSON) and row]
        for row in rows:
            row["who"] = str(Kin(row["kin"]).label)
            row["what"] = str(Part(row["part"]).label)
        return rows

    @cached_property
    def kind(self) -> IncidentKind | None:
        """The kind of incident, where it was chosen and the pack still has it."""
        kinds = library.items(self.pack, "incident-kinds")
        return next((one for one in kinds if one.id == self.said("scenario")), None)

    @cached_property
    def setting(self) -> Setting | None:
        """The setting chosen, where it is one of the agency's that is open."""
        if not str(self.said("setting")).isdigit():
            return None
        return Setting.objects.filter(agency_id=self.access.agency_id, closed_on=None, pk=self.said("setting")).first()

    @property
    def happened_on(self) -> date | None:
        """The day it happened."""
        return date.fromisoformat(self.said("happened_on")) if self.said("happened_on") else None

    @property
    def images(self) -> str:
        """Whether it is taken to be about images of children: the answer, or what the kind says by itself."""
        return images_for(self.pack, self.said("scenario"), self.said("images") or Images.MAYBE)

    @property
    def about_images(self) -> bool:
        """Whether nothing may be attached."""
        return self.images != Images.NO

    @property
    def raised(self) -> bool:
        """Whether the kind of incident made the answer about images graver than what was said."""
        return self.said("images") == Images.NO and self.about_images

    @property
    def about_staff(self) -> bool:
        """Whether it is a concern about a member of staff or volunteer."""
        return any(row["kin"] == Kin.STAFF and row["part"] == Part.CONCERN for row in self.people)

    def title(self, kind: str, name: str) -> str:
        """The words of an answer that is an item of the pack."""
        return library.label(self.pack, kind, self.said(name)) if self.said(name) else ""

    def titles(self) -> dict[str, str]:
        """The words of the answers that are choices, by name."""
        return {
            "kind": self.title("incident-kinds", "scenario"),
            "found": self.title("how-found", "how_found"),
            "sort": self.title("classifications", "classification"),
            "strand": self.title("classifications", "strand"),
            "images": str(Images(self.said("images")).label) if self.said("images") else "",
        }

    def _known(self, kind: str, name: str) -> bool:
        return any(one.id == self.said(name) for one in library.items(self.pack, kind))

    def missing(self) -> list[tuple[str, str]]:
        """What has to be answered before the report can be sent: (page, words) each."""
        found = []
        if not self.said("images") or self.kind is None or not self._known("classifications", "classification"):
            found.append(("kind", _("Choose what kind of incident it is")))
        if not self.said("narrative") or not self.said("happened_on"):
            found.append(("what", _("Say what happened, and when")))
        if not self._known("how-found", "how_found") or (self.said("setting") != "elsewhere" and self.setting is None):
            found.append(("where", _("Say where it happened and how you know")))
        return found

    def fields(self) -> dict[str, Any]:
        """What ``operations.report`` takes, once nothing is missing."""
        choices = ("scenario", "classification", "strand", "images", "how_found")
        return {
            **{name: self.said(name) for name in (*TEXTS, *choices)},
            "happened_on": self.happened_on,
            "happened_at": time.fromisoformat(self.said("happened_at")) if self.said("happened_at") else None,
            "setting": self.setting,
        }

    def involved(self) -> list[dict[str, str]]:
        """The people as ``operations.report`` takes them."""
        return [{name: row.get(name, "") for name in ("kin", "part", "name", "birth_date")} for row in self.people]
