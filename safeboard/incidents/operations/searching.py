"""The index of words, kept in the transaction of each write, and made anew by command.

Nobody has to remember it: whatever row with words is saved or removed in this room brings its words up to date. What
goes past ``save`` (``update`` or ``bulk_create`` on a text) calls ``index`` afterwards: a guard of the tests asks for
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models, transaction
from django.db.models.signals import post_delete, post_save, pre_save

from safeboard.core import wall, words
from safeboard.partnership import queries as partnership

from ..models import Incident, IncidentWord
from ..queries.texts import Source, Text, source_of, sources, texts_of

Found = dict[str, bool]  # a word, and whether who reported the incident may read it
BEFORE = "_said_before"  # on a row while it is saved: what it said until now
OF_INCIDENT = ("reported_by_id", "year", "serial")  # what of an incident, beside its texts, decides about its words
CHUNK = 500  # incidents whose words are held at once when the index is made anew
ROWS = 300  # rows of one statement


def watch_texts() -> None:
    """Keep the index with every write of this room; called once, from ``apps.ready``."""
    for source in sources():
        pre_save.connect(_saving, sender=source.model, dispatch_uid=f"words before {source.model._meta.label}")
        post_save.connect(_saved, sender=source.model, dispatch_uid=f"words {source.model._meta.label}")
        post_delete.connect(_deleted, sender=source.model, dispatch_uid=f"no words {source.model._meta.label}")


def _saving(sender: type[models.Model], instance: Any, update_fields: Any, **_more: Any) -> None:
    """Note what a row said until now, so that nothing is done where it says the same afterwards."""
    source = source_of(sender)
    instance.__dict__.pop(BEFORE, None)
    if source is None or instance._state.adding or not _concerns(source, update_fields):
        return
    with wall.open_for(casework=[instance.agency_id]):
        kept = sender._default_manager.filter(pk=instance.pk).values_list(source.key, *_deciding(source)).first()
        instance.__dict__[BEFORE] = kept


def _saved(sender: type[models.Model], instance: Any, created: bool, update_fields: Any, **more: Any) -> None:
    source = source_of(sender)
    before = instance.__dict__.pop(BEFORE, None)
    if source is None or more.get("raw") or not _concerns(source, update_fields):
        return
    with wall.open_for(casework=[instance.agency_id]):
        incident = _incident_of(source, instance)
        if created and incident is not None:
            numbers = {} if source.path else _numbers(instance)
            _add(instance.agency_id, incident, {**_found(texts_of([incident], [source])), **numbers})
        elif not created and before != (incident, *(getattr(instance, name) for name in _deciding(source))):
            for one in {incident, before[0] if before else None}:
                if one is not None:
                    _replace(instance.agency_id, one)


def _deleted(sender: type[models.Model], instance: Any, origin: Any = None, **_more: Any) -> None:
    """Take the words of a row away, where that row itself was removed: with an incident, its words go anyway."""
    source = source_of(sender)
    begun_with = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    if source is None or not source.path or begun_with is not sender:
        return
    with wall.open_for(casework=[instance.agency_id]):
        incident = _incident_of(source, instance)
        if incident is not None:
            _replace(instance.agency_id, incident)


def _concerns(source: Source, changed: Iterable[str] | None) -> bool:
    """Whether what is saved of a row (None: all of it) can change its words."""
    return changed is None or bool({*source.fields, source.path.partition("__")[0]} & set(changed))


def _deciding(source: Source) -> tuple[str, ...]:
    """The fields of a row that decide about the words of its incident: its texts, and whose they are."""
    return (*source.fields, *((source.writer,) if source.writer else ()), *(() if source.path else OF_INCIDENT))


def index(*, incident: Incident) -> None:
    """Bring the words of an incident up to date after rows of it were written past ``save``."""
    with wall.open_for(casework=[incident.agency_id]):
        _replace(incident.agency_id, incident.pk)


def _incident_of(source: Source, instance: Any) -> int | None:
    """The key of the incident that a row hangs on."""
    *way, last = source.key.split("__")
    for name in way:
        instance = getattr(instance, name, None)
    return getattr(instance, last, None) if instance is not None else None


def _found(texts: Iterable[Text]) -> Found:
    found: Found = {}
    for one in texts:
        for word in words.words_of([one.text]):
            found[word] = found.get(word, False) or one.own
    return found


def _numbers(incident: Incident) -> Found:
    """The reference of an incident, as a whole and its serial by itself: who may know of it knows its number."""
    return dict.fromkeys((*words.words_of([incident.reference]), str(incident.serial)), True)


def _rows(agency: int, incident: int, found: Found) -> list[IncidentWord]:
    blind = words.blinder(agency)
    return [
        IncidentWord(agency_id=agency, incident_id=incident, word=blind(word), own=own) for word, own in found.items()
    ]


def _add(agency: int, incident: int, found: Found) -> None:
    """Add words. What whoever reported it may read stays so."""
    rows = _rows(agency, incident, found)
    own, others = [row for row in rows if row.own], [row for row in rows if not row.own]
    IncidentWord.objects.bulk_create(others, ignore_conflicts=True, batch_size=ROWS)
    IncidentWord.objects.bulk_create(
        own,
        update_conflicts=True,
        unique_fields=["agency_id", "word", "incident_id"],
        update_fields=["own"],
        batch_size=ROWS,
    )


def _replace(agency: int, incident: int) -> None:
    """Bring the words of an incident to what its texts say now; what is right already is not written."""
    found = {**_found(texts_of([incident])), **_numbers(Incident.objects.only("year", "serial").get(pk=incident))}
    wanted = {row.word: row for row in _rows(agency, incident, found)}
    there = dict(IncidentWord.objects.filter(agency_id=agency, incident_id=incident).values_list("word", "own"))
    gone = [word for word, own in there.items() if word not in wanted or wanted[word].own != own]
    for start in range(0, len(gone), ROWS):
        old = IncidentWord.objects.filter(agency_id=agency, incident_id=incident, word__in=gone[start : start + ROWS])
        old.delete()
    new = [row for word, row in wanted.items() if there.get(word) is not row.own]
    IncidentWord.objects.bulk_create(new, batch_size=ROWS)


def rebuild() -> int:
    """Make the whole index anew, an agency at a time, each in one transaction; gives how many words stand in it.

    For the command, and after the sealing key was changed: the digests hang on it.
    """
    return sum(
        _rebuild(agency) for agency in sorted(set(partnership.every_agency().values_list("agency_id", flat=True)))
    )


@transaction.atomic
def _rebuild(agency: int) -> int:
    count, blind = 0, words.blinder(agency)
    with wall.open_for(casework=[agency]):
        IncidentWord.objects.filter(agency_id=agency).delete()
        for incidents in _chunks(agency):
            found: dict[int, Found] = {one.pk: _numbers(one) for one in incidents}
            for text in texts_of(list(found)):
                of_it = found[text.incident]
                for word in words.words_of([text.text]):
                    of_it[word] = of_it.get(word, False) or text.own
            rows = [(agency, blind(word), pk, own) for pk, of_it in found.items() for word, own in of_it.items()]
            _insert(sorted(rows))  # beside each other, as they lie in the index
            count += len(rows)
    return count


def _insert(rows: Sequence[tuple[int, int, int, bool]]) -> None:
    """Write rows (agency, word, incident, own) by one prepared statement: models would take ten times as long."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in ("agency_id", "word", "incident_id", "own"))
    sql = f"INSERT INTO {quote(IncidentWord._meta.db_table)} ({columns}) VALUES (%s, %s, %s, %s)"  # noqa: S608 - names
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def _chunks(agency: int) -> Iterator[list[Incident]]:
    last = 0
    while True:
        rows = Incident.objects.filter(agency_id=agency, pk__gt=last).order_by("pk").only("year", "serial")
        chunk = list(rows[:CHUNK])
        if not chunk:
            return
        yield chunk
        last = chunk[-1].pk
