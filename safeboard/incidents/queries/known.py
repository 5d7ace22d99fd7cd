"""What is known of an incident that must not leave the agency: names of people and places, dates of birth, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from safeboard.accounts.models import Person
from safeboard.library import queries as library
from safeboard.partnership.models import Agency, Contact, Membership, Setting

from .. import letters, nameless
from ..choices import Kin, Status
from ..models import Attendee, Handover, Incident, Involved, NearMiss, Referral, SeriousReview
from ..nameless import Hit, Known, Role

ROLES = {Kin.CHILD: Role.CHILD, Kin.STAFF: Role.STAFF, Kin.OTHER: Role.ADULT}
CLOSE = 40  # letters shown on either side of a name that still stands


def label_words() -> dict[Role, str]:
    """The word before a letter, by role."""
    return {
        Role.CHILD: _("Child"),
        Role.STAFF: _("Staff"),
        Role.ADULT: _("Adult"),
        Role.SCHOOL: _("School"),
        Role.SETTING: _("Setting"),
        Role.AGENCY: _("Agency"),
        Role.REFERENCE: _("Reference"),
    }


def shape_words() -> dict[str, str]:
    """What stands in the place of a date of birth, an address or a number."""
    return {
        "born": _("[date of birth]"),
        "email": _("[e-mail address]"),
        "web": _("[web address]"),
        "handle": _("[name online]"),
        "postcode": _("[postcode]"),
        "number": _("[number]"),
    }


def known_of(agency_id: int, incident: Incident | None = None, more: str = "") -> list[Known]:
    """Everything known, each once: who is involved first, then others named, staff, places, references.

    ``more`` are further names, one a line. The wall is open for the agency.
    """
    found: dict[tuple[str, ...], Known] = {}
    for one in (*(_involved(incident, more) if incident else ()), *_staff(agency_id), *_places(agency_id)):
        key = tuple(word for name in one.names for word in nameless.words_of(name))
        if key and (key not in found or (one.born and not found[key].born)):
            found[key] = one
    return list(found.values())


def _involved(incident: Incident, more: str) -> Iterator[Known]:
    for row in Involved.objects.filter(incident=incident).select_related("person"):
        names = tuple(name for name in (row.name, row.person.name if row.person else "") if name.strip())
        born = date.fromisoformat(row.birth_date) if row.birth_date else None
        if names or born:
            yield Known(ROLES[Kin(row.kin)], names or (_("nobody named"),), born)
    others = [*Attendee.objects.filter(discussion__incident=incident).values_list("name", flat=True)]
    for pair in Handover.objects.filter(item__incident=incident).values_list("from_name", "to_name"):
        others.extend(pair)
    yield from (Known(Role.ADULT, (name,)) for name in (*others, *more.splitlines()) if name.strip())
    numbers = [incident.reference, *Referral.objects.filter(incident=incident).values_list("reference", flat=True)]
    yield from (Known(Role.REFERENCE, (number,)) for number in numbers if number)


def known_in_log(agency_id: int, since: date) -> list[Known]:
    """The children and others involved in incidents that were reported since a day, or are not concluded."""
    recent = Incident.objects.filter(Q(reported_at__date__gte=since) | ~Q(status=Status.CONCLUDED), agency_id=agency_id)
    rows = Involved.objects.filter(incident__in=recent.values("pk")).exclude(kin=Kin.STAFF)
    return [Known(ROLES[Kin(row.kin)], (row.name,)) for row in rows if row.name.strip()]


def _staff(agency_id: int) -> Iterator[Known]:
    """Everybody who ever held a role here, and the contacts of the agency."""
    held = Membership.objects.filter(agency_id=agency_id).values("person_id")
    names = Person.objects.filter(pk__in=held).order_by("pk").values_list("name", flat=True)
    contacts = Contact.objects.filter(agency_id=agency_id).values_list("name", flat=True)
    yield from (Known(Role.STAFF, (name,)) for name in (*names, *contacts) if name)


def _places(agency_id: int) -> Iterator[Known]:
    pack = Agency.objects.filter(pk=agency_id).values_list("home_board__pack", flat=True).first() or ""
    for row in Setting.objects.filter(agency_id=agency_id):
        kind = library.label(pack, "setting-kinds", row.kind)
        role = Role.SCHOOL if "school" in f"{kind} {row.name}".casefold() else Role.SETTING
        yield Known(role, tuple(name for name in (row.name, row.street, row.town) if name))
        if row.urn:
            yield Known(Role.REFERENCE, (row.urn,))
    for name in Agency.objects.filter(pk=agency_id).values_list("name", flat=True):
        yield Known(Role.AGENCY, (name,))


def lettered(known: list[Known], texts: Iterable[str], before: dict[str, str]) -> tuple[list[Known], dict[str, str]]:
    """The known with their labels, and whose label is which: those kept from ``before``, then by first appearance."""
    whole = "\n".join(texts)
    hits = [hit.known for hit in nameless.find(whole, known) if hit.known]
    order = list(dict.fromkeys([*hits, *known]))
    taken = {label.rpartition(" ")[2] for label in before.values()}
    free = (letter for letter in letters.letters() if letter not in taken)
    words, labels = label_words(), dict(before)
    for one in order:
        if one.names[0] not in labels:
            labels[one.names[0]] = f"{words[one.role]} {next(free)}"
    shown = {one.names[0]: labels[one.names[0]] for one in order if one in hits or one.names[0] in before}
    return [replace(one, label=labels[one.names[0]]) for one in known], shown


def standing(texts: dict[str, str], known: list[Known]) -> dict[str, list[tuple[str, str, str]]]:
    """Where something known still stands, by field: what is before it, the words themselves, what is after."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for name, text in texts.items():
        for hit in nameless.find(text, known):
            found.setdefault(name, []).append(_around(text, hit))
    return found


def _around(text: str, hit: Hit) -> tuple[str, str, str]:
    return text[max(0, hit.start - CLOSE) : hit.start], text[hit.start : hit.end], text[hit.end : hit.end + CLOSE]


def source_of(incident: Incident) -> str:
    """All that the record says, as one text to be written anew; days counted from the day it happened."""
    parts = [incident.narrative, incident.actions, incident.evidence]
    for note in incident.notes.order_by("at", "pk"):
        parts.append(f"{_after(incident, note.at.date())}: {note.text}")
    for one in incident.referrals.order_by("pk"):
        parts.append(_("Referred to %(who)s. %(what)s") % {"who": one.to_name, "what": one.what})
        parts.append(one.outcome)
    parts.append(incident.conclusion)
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _after(incident: Incident, day: date) -> str:
    days = (day - incident.happened_on).days
    if days < 1:
        return _("On the day")
    return _("%(days)s days later") % {"days": days} if days > 1 else _("The day after")


def letters_of(review: SeriousReview) -> list[tuple[str, str]]:
    """Whose label is which, for those who prepare it: label and name, by letter."""
    pairs = [(label, name) for name, label in review.letters.items()]
    return sorted(pairs, key=lambda pair: (len(pair[0].rpartition(" ")[2]), pair[0].rpartition(" ")[2]))


def near_miss_source(near_miss: NearMiss) -> str:
    """A near miss as the beginning of a report."""
    parts = [near_miss.what, near_miss.stopped]
    return "\n\n".join(part for part in parts if part)
