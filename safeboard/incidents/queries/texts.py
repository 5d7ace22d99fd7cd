"""What of an incident can be found by its words.

Whoever handles an incident reads all that is listed in SEARCHED; who reported it finds the words of their own part
alone. A model whose sealed texts lead to an incident stands in one of the two lists below: a guard asks for it. One
that fewer people read than handle the incident must never be searched.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.functions import Cast
from django.utils.text import capfirst

from safeboard.core.access import Access, job_access
from safeboard.core.built import built_once
from safeboard.core.sealed import SealedBytesField, SealedTextField

from ..models import Incident, Involved, Note, Referral

SEARCHED = frozenset(
    f"incidents.{name}"
    for name in (
        "Alert",
        "Attendee",
        "Discussion",
        "Duty",
        "EvidenceItem",
        "Handover",
        "Incident",
        "Involved",
        "Minute",
        "Note",
        "OnlineAllegation",
        "Referral",
        "RiskAssessment",
        "SharingDecision",
        "Support",
        "ThresholdDecision",
    )
)
# Sealed texts that lead to an incident and are not searched: a model or a field of it, and why.
NOT_SEARCHED = {
    "incidents.Debrief": "what people learned, for those who were there",
    "incidents.EvidenceFile": "the name of a file that is sealed away is shown to nobody",
    "incidents.EvidencePack": "why something left the service, no part of the case",
    "incidents.FileOpening": "why somebody looked, no part of the case",
    "incidents.Lesson": "the agency's, with a list of its own",
    "incidents.OnlineAllegation.answers": "answers of a fixed list",
    "incidents.Received": "what another agency shared; what is taken over of it becomes part of the incident",
    "incidents.RiskAssessment.answers": "answers of a fixed list",
    "incidents.SeriousReview": "with names replaced, for the subgroup",
    "incidents.Worry": "read by the designated officer alone",
    "incidents.WorryMessage": "read by the designated officer alone",
    "incidents.Involved.birth_date": "a day, written as the computer has it",
    "incidents.Referral.packet": "what the rest of the record says already, put together for another agency",
    "incidents.ThresholdDecision.level": "a word of a fixed list",
    "incidents.RiskAssessment.level": "a word of a fixed list",
    "incidents.OnlineAllegation.finding": "a word of a fixed list",
}
# Texts that are not sealed and help to find.
ALSO: dict[type[models.Model], tuple[str, ...]] = {Referral: ("to_name",)}
# Who wrote a row: whoever reported the incident reads what they wrote themselves.
WRITERS: dict[type[models.Model], str] = {Note: "by_id", Involved: "added_by_id"}
# What of the incident itself whoever reported it reads.
REPORTED = ("narrative", "where", "address", "actions", "evidence")
OF_A_PAGE, NONE = 20, 0  # incidents on a page whose texts are read; the id of no incident
DEEPEST = 3  # how many keys may lie between a row and its incident


@dataclass(frozen=True)
class Source:
    """A kind of row with texts: its fields, and the way from it to its incident ('' for the incident itself)."""

    model: type[models.Model]
    fields: tuple[str, ...]
    path: str

    @property
    def writer(self) -> str:
        return WRITERS.get(self.model, "")

    @property
    def key(self) -> str:
        """The way to the key of the incident."""
        return f"{self.path}_id" if self.path else "pk"

    def rows(self, number: int, incidents: Iterable[int], columns: Sequence[str]) -> models.QuerySet:
        """The rows of these incidents as tuples that those of other sources can stand beside.

        The number of the source, the incident, the writer (or None), the texts as they lie sealed in ``columns``, the
        text that is not sealed.
        """
        sealed = [name for name in self.fields if name not in ALSO.get(self.model, ())]
        texts = [models.ExpressionWrapper(models.F(name), output_field=models.BinaryField()) for name in sealed]
        nothing: Any = Cast(models.Value(None), models.BinaryField())
        plain: Any = next((models.F(name) for name in ALSO.get(self.model, ())), models.Value(""))
        given: dict[str, Any] = {
            "of_source": models.Value(number),
            "of_incident": models.F(self.key),
            "of_writer": models.F(self.writer) if self.writer else Cast(models.Value(None), models.BigIntegerField()),
            **dict(zip_longest(columns, texts, fillvalue=nothing)),
            "plain": Cast(plain, models.CharField()),
        }
        rows = self.model._default_manager.filter(**{f"{self.path or 'pk'}__in": list(incidents)}).order_by()
        return rows.annotate(**given).values_list(*given)

    def opened(self, texts: Sequence[Any]) -> Iterator[tuple[str, Any]]:
        """The texts of such a row by field, opened one after another."""
        *sealed, plain = texts
        also = ALSO.get(self.model, ())
        for name, value in zip([name for name in self.fields if name not in also], sealed, strict=False):
            field: Any = self.model._meta.get_field(name)
            yield name, field.from_db_value(value, None, connection)
        yield from ((name, plain) for name in also)


@dataclass(frozen=True)
class Text:
    """One text of an incident: where it stands, and whether who reported the incident may read it."""

    incident: int
    source: Source
    field: str
    text: str
    own: bool

    @property
    def label(self) -> str:
        """The name of the field as it is said."""
        return capfirst(str(self.source.model._meta.get_field(self.field).verbose_name))  # type: ignore[union-attr]


@cache
def sources() -> tuple[Source, ...]:
    """Every kind of row of this room whose words can be found."""
    return tuple(one for one in every_source() if one.model._meta.label in SEARCHED)


def every_source() -> list[Source]:
    """Every kind of row of this room with sealed texts that leads to an incident, searched or not."""
    found = []
    for model in apps.get_app_config(Incident._meta.app_label).get_models():
        path = "" if model is Incident else _path(model)
        fields = _fields(model)
        if fields and path is not None:
            found.append(Source(model, fields, path))
    return found


def _fields(model: type[models.Model]) -> tuple[str, ...]:
    sealed = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
        and not isinstance(field, SealedBytesField)
        and f"{model._meta.label}.{field.name}" not in NOT_SEARCHED
    ]
    return (*sealed, *ALSO.get(model, ())) if sealed else ()


def _path(model: type[models.Model], depth: int = 1) -> str | None:
    """The way from a row to its incident, such as ``item__incident``; None where there is none."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    if any(field.name == "incident" and field.related_model is Incident for field in keys):
        return "incident"
    if depth < DEEPEST:
        for field in keys:
            if field.related_model._meta.app_label == Incident._meta.app_label and field.related_model is not model:
                further = _path(field.related_model, depth + 1)
                if further:
                    return f"{field.name}__{further}"
    return None


def source_of(model: type[models.Model]) -> Source | None:
    """The source that rows of this model are, or None where they hold no words."""
    return next((source for source in sources() if source.model is model), None)


def texts_of(
    incidents: Iterable[int], only: Iterable[Source] = (), *, access: Access | None = None, done: Container[int] = ()
) -> Iterator[Text]:
    """Every text of these incidents, read behind the wall as it stands open, by kind of row; two queries.

    ``access``: of the request, for the incidents of a page. ``done``: incidents of which no more needs to be opened; it
    may grow while the texts are read.
    """
    incidents, chosen, by = list(incidents), tuple(only) or sources(), access or job_access("incidents.texts")
    asked = padded(incidents) if access else incidents
    reported = dict(_reported(by, *asked))
    for number, incident, writer, *texts in sorted(_lying(by, chosen, *asked), key=itemgetter(0)):
        source = chosen[number]
        for field, value in source.opened(texts) if incident not in done else ():
            own = field in REPORTED if not source.path else writer is not None and writer == reported[incident]
            for text in _leaves(value):
                yield Text(incident, source, field, text, own)


def padded(incidents: Sequence[int]) -> list[int]:
    """The incidents of a page, with ids of none: always as many, so that the query is the same."""
    return [*incidents, *[NONE] * (OF_A_PAGE - len(incidents))]


@built_once
def _reported(_access: Access, *incidents: int) -> QuerySet[Incident, Any]:
    return Incident.objects.filter(pk__in=incidents).order_by().values_list("pk", "reported_by_id")


@built_once
def _lying(_access: Access, chosen: tuple[Source, ...], *incidents: int) -> QuerySet[Any, Any]:
    """The texts of these incidents as they lie, of all kinds of rows at once."""
    columns = [f"text_{number}" for number in range(max(len(one.fields) for one in chosen))]
    first, *rest = (source.rows(number, incidents, columns) for number, source in enumerate(chosen))
    return first.union(*rest, all=True)


def _leaves(value: Any) -> Iterator[str]:
    """The texts in a value: itself, or those in a list or a mapping."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
