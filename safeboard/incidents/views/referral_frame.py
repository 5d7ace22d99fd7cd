"""What the pages of one referral share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ..choices import WAITING, ReferralState
from ..forms.referrals import DetailsForm
from ..models import Incident, Referral
from ..queries.contacts import lines_for
from ..queries.passed_on import sharing_of
from ..queries.received import people_in_words
from ..queries.states import of_referral, passed, remedy
from .frame import find, frame, onwards, saved

ENDED = (ReferralState.ANSWERED, ReferralState.CLOSED, ReferralState.WITHDRAWN)


def found(request: HttpRequest, pk: int, referral: int, permission: str = "") -> tuple[Incident, Referral]:
    """The incident and its referral; 404 and 403 as ``frame.find`` has them."""
    incident = find(request, pk, permission)
    rows = Referral.objects.select_related("incident", "sent_by")
    return incident, get_object_or_404(rows, pk=referral, incident=incident)


def context_of(request: HttpRequest, incident: Incident, row: Referral) -> dict[str, Any]:
    """The context of a page of a referral."""
    now, waits = timezone.now(), passed(row)
    return frame(request, incident, "referrals") | {
        "referral": row,
        "state": of_referral(waits, now),
        "alarm": waits.alarm(now),
        "remedy": remedy(waits, now),
        "line": lines_for(request.access, incident).get(row.to),
        "details": DetailsForm(),
        "waiting": row.state in WAITING,
        "ended": row.state in ENDED,
        "shared": [one for one in sharing_of(request.access, incident) if one.referral_id == row.pk],
        "shown_people": people_in_words(row.packet),
    }


def form_page(
    request: HttpRequest, incident: Incident, row: Referral, form: BaseForm, words: tuple[Any, Any]
) -> dict[str, Any]:
    """The context of a page with one form of a referral: ``words`` are its heading and its button."""
    return context_of(request, incident, row) | {"form": form, "heading": words[0], "button": words[1]}


def recorded(
    request: HttpRequest,
    incident: Incident,
    row: Referral,
    form: BaseForm,
    call: Callable[[], Any],
    words: tuple[Any, Any],
) -> HttpResponse:
    """Show a form of a referral, or record what it says."""
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("It is recorded."))
        return onwards(request, incident, "referral", referral=row.pk)
    return render(request, "incidents/referral_form.html", form_page(request, incident, row, form, words))
