"""Messages for the person, and the state of the service for administrators."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core.page import page

from . import operations, posting, queries

ON_A_PAGE = 50


@page("outbox.read")
def messages(request: HttpRequest) -> HttpResponse:
    """Messages for me and those that I caused, newest first, without their text."""
    found = queries.visible_to(request.access).select_related("to").defer("body")
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown.object_list = list(shown.object_list)
    names = queries.names_of(request.access, shown.object_list)
    for one in shown.object_list:
        one.about = names.get(one.pk, "")
    return render(request, "outbox/messages.html", {"page": shown, "posts": posting.is_set()})


@page("outbox.read")
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message; its text for whom it is for, and for who hands it over where nothing is posted."""
    found = get_object_or_404(queries.visible_to(request.access).select_related("to", "caused_by").defer("body"), pk=pk)
    return render(
        request,
        "outbox/message.html",
        {
            "found": found,
            "about": queries.names_of(request.access, [found]).get(found.pk, ""),
            "readable": request.access.can("outbox.read_text", found),
            "is_mine": found.to_id == request.access.person.pk,
        },
    )


@page("outbox.watch")
def service(request: HttpRequest) -> HttpResponse:
    """Queue, messages that wait or failed (never what they say), clocks, and when a worker was last seen."""
    return render(
        request,
        "outbox/service.html",
        {
            "counts": queries.counts(),
            "tasks": queries.tasks(),
            "waiting": queries.watched()[:ON_A_PAGE],
            "clocks": queries.clock_faces(),
            "seen_at": queries.worker_seen_at(),
            "is_silent": queries.worker_is_silent(),
            "posts": posting.is_set(),
        },
    )


@page("outbox.watch", methods=("POST",))
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a failed message in the queue again."""
    found = get_object_or_404(queries.watched(), pk=pk)
    if operations.retry(by=request.access, message=found):
        notices.success(request, _("The message is in the queue again."))
    else:
        notices.error(request, _("The message was not put in the queue: its address or the mail server is missing."))
    return redirect("outbox:service")
