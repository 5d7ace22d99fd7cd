"""Saved views of the list: a person's own, and those that the lead gives to the agency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require

from ..errors import Refused
from ..models import SavedView
from ..queries.saved import PRIVATE, find_view, own_views, shared_views
from ..rules import words_only

MOST = 20


@transaction.atomic
def save_view(
    *, by: Access, name: str, chosen: Mapping[str, Any], shared: bool = False, default: bool = False
) -> SavedView:
    """Keep a filter by a name; one of the same name is replaced. ``chosen``: the filter's values, and the words.

    Raises Refused beyond MOST of them, and where words or a child would be shared with the whole agency.
    """
    require(by, "incidents.share_views" if shared else "incidents.list")
    words_only(name, *(value for value in chosen.values() if isinstance(value, str)))
    if shared and any(chosen.get(key) for key in PRIVATE):
        raise Refused(_("Words, and what is yours alone, cannot be shared. Take them out of the filter first."))
    views = list(shared_views(by) if shared else own_views(by))
    view = next((one for one in views if one.name.casefold() == name.casefold()), None)
    if view is None and len(views) >= MOST:
        raise Refused(_("There are %(most)s saved views already. Remove one first.") % {"most": MOST})
    view = view or SavedView(agency_id=by.own_agency, owner=None if shared else by.person)
    view.name, view.chosen = name, dict(chosen)
    view.save()
    history.record(by=by, verb="incidents.view_saved", obj=view, facts={"shared": shared})
    if default and not shared:
        set_default(by=by, view=view)
    return view


@transaction.atomic
def rename_view(*, by: Access, view: SavedView, name: str) -> SavedView:
    """Give a view another name."""
    view = _own(by, view)
    words_only(name)
    view.name = name
    view.save(update_fields=["name"])
    history.record(by=by, verb="incidents.view_renamed", obj=view)
    return view


@transaction.atomic
def set_default(*, by: Access, view: SavedView | None) -> None:
    """Open the list with this view of one's own, or (None) with all incidents again."""
    require(by, "incidents.list")
    own_views(by).filter(is_default=True).update(is_default=False)
    if view is not None:
        view = _own(by, view)
        if view.shared:
            raise Refused(_("Only a view of your own can be the one that the list opens with."))
        view.is_default = True
        view.save(update_fields=["is_default"])
    history.record(by=by, verb="incidents.view_default", obj=view)


@transaction.atomic
def remove_view(*, by: Access, view: SavedView) -> None:
    """Remove a view. The incidents are not touched."""
    view = _own(by, view)
    history.record(by=by, verb="incidents.view_removed", obj=view, facts={"shared": view.shared})
    view.delete()


def _own(by: Access, view: SavedView) -> SavedView:
    """The view as it is now, where it is the person's own, or shared and they may change what is shared."""
    held = find_view(by, view.pk)
    if held.shared:
        require(by, "incidents.share_views")
    return held
