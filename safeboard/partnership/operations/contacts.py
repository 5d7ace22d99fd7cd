"""Writes about an agency's contacts (Toolkit Annex D parts 2 and 5)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from safeboard.core import history
from safeboard.core.access import Access, require

from ..models import Agency, Contact, Setting
from .common import Values, check_kind, check_known, check_unchanged, make, save_changes

CONTACT_FIELDS = ("kind", "name", "telephone", "email", "hours", "note")


@transaction.atomic
def add_contact(*, by: Access, agency: Agency, values: Values, setting: Setting | None = None) -> Contact:
    """Name somebody to ring in an agency, or at one of its settings alone."""
    require(by, "partnership.keep_agency", agency)
    _same_agency(agency, setting)
    check_known(values, CONTACT_FIELDS)
    check_kind(agency.home_board.pack, "contact-kinds", str(values.get("kind", "")))
    contact = Contact(agency=agency, setting=setting, **values)
    make(by=by, record=contact, verb="partnership.contact_made", facts={"kind": contact.kind})
    return contact


@transaction.atomic
def change_contact(*, by: Access, contact: Contact, values: Values, seen: datetime | None = None) -> list[str]:
    """Change a contact. ``setting`` may be among the values. Raises ChangedMeanwhile where saved after ``seen``."""
    require(by, "partnership.keep_agency", contact)
    check_known(values, (*CONTACT_FIELDS, "setting"))
    contact = Contact.objects.select_for_update(of=("self",)).select_related("setting").get(pk=contact.pk)
    _same_agency(contact.agency, values.get("setting"))
    check_unchanged(contact, seen)
    check_kind(contact.agency.home_board.pack, "contact-kinds", str(values.get("kind", contact.kind)))
    return save_changes(by=by, record=contact, values=values, verb="partnership.contact_changed")


@transaction.atomic
def remove_contact(*, by: Access, contact: Contact) -> None:
    """Remove a contact; the history keeps that there was one of this kind."""
    require(by, "partnership.keep_agency", contact)
    history.record(by=by, verb="partnership.contact_removed", obj=contact, facts={"kind": contact.kind})
    contact.delete()


def _same_agency(agency: Agency, setting: Setting | None) -> None:
    if setting is not None and setting.agency_id != agency.pk:
        raise PermissionDenied("the setting is another agency's")
