"""Writing a report: a few short pages, saved at each, looked over, sent; then what happens next."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core import because
from safeboard.core.access import Access
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.library import queries as library
from safeboard.partnership import queries as partnership

from .. import operations, queries
from ..errors import Refused
from ..forms.answers import PERSON, Answers
from ..forms.report import DoneForm, KindForm, PersonForm, ReportForm, SortForm, WhatForm, WhereForm
from ..models import Draft
from ..queries.allegation import rung_where_nobody_is_left

BOTH = ("GET", "POST")
SALT = "safeboard.incidents.report"
FORMS: dict[str, type[ReportForm]] = {
    "kind": KindForm,
    "what": WhatForm,
    "where": WhereForm,
    "done": DoneForm,
    "sort": SortForm,
}
NEXT = {"kind": "what", "what": "where", "where": "who", "who": "done", "done": "check", "sort": "check"}
BACK = {"what": "kind", "where": "what", "who": "where", "done": "who", "sort": "check", "check": "done"}


# The address of a page, the draft behind it -----------------------------------------------------------------


def _to(request: HttpRequest, key: UUID, name: str) -> str:
    """The address of a page of the report; whoever came from the check goes back there."""
    checking = request.GET.get("from") == "check"
    name = "check" if checking and name in NEXT.values() else name
    address = reverse(f"incidents:report-{name}", kwargs={"key": key})
    return f"{address}?from=check" if checking and name not in ("check", "sent") else address


def _back(request: HttpRequest, key: UUID, step: str) -> str:
    name = "check" if request.GET.get("from") == "check" else BACK.get(step)
    return reverse(f"incidents:report-{name}", kwargs={"key": key}) if name else reverse("incidents:drafts")


def of_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the answers of the person's own draft: 404 where it is not theirs, on to the end where it was sent.

    What an operation refuses is said on the page where the answers are looked over.
    """

    @wraps(view)
    def found(request: HttpRequest, key: UUID, **more: Any) -> HttpResponse:
        try:
            draft = queries.find_draft(request.access, key)
        except Draft.DoesNotExist:
            raise Http404("no such draft") from None
        if draft.sent_id:
            return redirect("incidents:report-sent", key=key)
        try:
            return view(request, Answers(request.access, draft), **more)
        except Refused as why:
            messages.error(request, str(why))
            return redirect("incidents:report-check", key=key)

    return found


# The pages with questions ------------------------------------------------------------------------------------


@page("incidents.report", methods=BOTH)
def start(request: HttpRequest) -> HttpResponse:
    """The first page: about images of children, and what kind. It makes the draft; sent twice it makes one."""
    access, given = request.access, typed(request)
    key = _read_key(access, given.get("key", "")) if given else None
    answers = Answers(access, Draft(agency_id=access.agency_id, owner=access.person, answers={}))
    form = KindForm(given, answers)
    if request.method == "POST" and key is None:
        form.add_error(None, _("This page was not opened by you, or not here. Look it over, then send it again."))
    if request.method == "POST" and form.is_valid() and key:
        return _save_first(request, form, key)
    context = {"form": form, "key": _write_key(access, key or uuid4()), "drafts": queries.drafts_of(access).count()}
    context["came_from"] = because.reason(access, request.GET.get(because.FIELD, ""))
    return render(request, "incidents/report_kind.html", context)


def _save_first(request: HttpRequest, form: KindForm, key: UUID) -> HttpResponse:
    """Save the first page; a draft that went further in the meantime is not set back."""
    word = request.GET.get(because.FIELD, "")
    tied = {because.FIELD: word} if because.reason(request.access, word) else {}
    answers = form.answers() | tied
    try:
        draft = operations.save_draft(by=request.access, draft=None, step="kind", answers=answers, form_key=key)
    except Refused:
        return redirect("incidents:report-sent", key=key)
    return HttpResponseRedirect(_after_kind(request, Answers(request.access, draft)))


def _write_key(access: Access, key: UUID) -> str:
    person = access.person.pk if access.person else None
    return signing.dumps([person, access.agency_id, str(key)], salt=SALT)


def _read_key(access: Access, text: str) -> UUID | None:
    """The draft's key of a form that was opened by this person in this agency, else None."""
    try:
        person, agency, key = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return UUID(key) if access.person and (person, agency) == (access.person.pk, access.agency_id) else None


def _after_kind(request: HttpRequest, answers: Answers) -> str:
    return _to(request, answers.draft.form_key, "images" if answers.about_images else "what")


def _step(request: HttpRequest, answers: Answers, step: str) -> HttpResponse:
    """A page with a form: shown, or saved and on to the next."""
    form = FORMS[step](typed(request), answers)
    key = answers.draft.form_key
    if request.method == "POST" and form.is_valid():
        draft = operations.save_draft(by=request.access, draft=answers.draft, step=step, answers=form.answers())
        on = _after_kind(request, Answers(request.access, draft)) if step == "kind" else _to(request, key, NEXT[step])
        return HttpResponseRedirect(on)
    context = {"form": form, "answers": answers, "draft": answers.draft, "back": _back(request, key, step)}
    return render(request, f"incidents/report_{step}.html", context)


@page("incidents.report", methods=BOTH)
@of_draft
def kind(request: HttpRequest, answers: Answers) -> HttpResponse:
    """The first page again."""
    return _step(request, answers, "kind")


@page("incidents.report")
@of_draft
def images(request: HttpRequest, answers: Answers) -> HttpResponse:
    """What to do, and not to do, where it may be about images of children (PCA 1978 s.1)."""
    key = answers.draft.form_key
    lines = partnership.contact_lines(request.access)
    context = {
        "answers": answers,
        "officer": lines.get("designated-officer"),
        "on": _to(request, key, "what"),
        "back": reverse("incidents:report-kind", kwargs={"key": key}),
    }
    return render(request, "incidents/report_images.html", context)


@page("incidents.report", methods=BOTH)
@of_draft
def what(request: HttpRequest, answers: Answers) -> HttpResponse:
    """What happened, and when."""
    return _step(request, answers, "what")


@page("incidents.report", methods=BOTH)
@of_draft
def where(request: HttpRequest, answers: Answers) -> HttpResponse:
    """Where it happened, and how it is known."""
    return _step(request, answers, "where")


@page("incidents.report", methods=BOTH)
@of_draft
def who(request: HttpRequest, answers: Answers) -> HttpResponse:
    """Who was involved: add one, add another, or go on with nobody."""
    key, given = answers.draft.form_key, typed(request)
    form = PersonForm(given, answers)
    if request.method == "POST":
        another = request.POST.get("go") == "another"
        nobody = form.is_empty() and not another
        if nobody or form.is_valid():
            operations.save_draft(
                by=request.access, draft=answers.draft, step="who", answers={} if nobody else form.answers()
            )
            return HttpResponseRedirect(_who(request, key, add=True) if another else _to(request, key, "done"))
    adding = given is not None or not answers.people or "add" in request.GET
    context = {"form": form, "answers": answers, "adding": adding, "back": _back(request, key, "who")}
    context |= {"add": _who(request, key, add=True), "checking": request.GET.get("from") == "check"}
    return render(request, "incidents/report_who.html", context)


def _who(request: HttpRequest, key: UUID, *, add: bool = False) -> str:
    """The list of people, with the form to add one; whoever came from the check still goes back there."""
    query = ["add=1"] * add + ["from=check"] * (request.GET.get("from") == "check")
    return reverse("incidents:report-who", kwargs={"key": key}) + ("?" + "&".join(query) if query else "")


@page("incidents.report", methods=BOTH)
@of_draft
def person(request: HttpRequest, answers: Answers, entry: UUID) -> HttpResponse:
    """Change what was said of somebody."""
    row = next((row for row in answers.people if row["entry"] == str(entry)), None)
    if row is None:
        raise Http404("nobody of that entry")
    form = PersonForm(typed(request), answers, row=row)
    back = _who(request, answers.draft.form_key)
    if request.method == "POST" and form.is_valid():
        changed = {**row, **form.answers().popitem()[1]}
        operations.save_draft(by=request.access, draft=answers.draft, step="who", answers={f"{PERSON}{entry}": changed})
        return HttpResponseRedirect(back)
    context = {"form": form, "answers": answers, "back": back, "checking": request.GET.get("from") == "check"}
    return render(request, "incidents/report_person.html", context)


@page("incidents.report", methods=("POST",))
@of_draft
def person_remove(request: HttpRequest, answers: Answers, entry: UUID) -> HttpResponse:
    """Take somebody out of the draft."""
    if any(row["entry"] == str(entry) for row in answers.people):
        operations.save_draft(by=request.access, draft=answers.draft, step="who", answers={f"{PERSON}{entry}": None})
    return HttpResponseRedirect(_who(request, answers.draft.form_key))


@page("incidents.report", methods=BOTH)
@of_draft
def done(request: HttpRequest, answers: Answers) -> HttpResponse:
    """What was done so far, and where the device is."""
    return _step(request, answers, "done")


@page("incidents.report", methods=BOTH)
@of_draft
def sort(request: HttpRequest, answers: Answers) -> HttpResponse:
    """How it is counted; suggested by the kind, so that nobody has to come here."""
    return _step(request, answers, "sort")


# Sending -----------------------------------------------------------------------------------------------------


@page("incidents.report", methods=BOTH)
@of_draft
def check(request: HttpRequest, answers: Answers) -> HttpResponse:
    """All answers; send. What is missing is named, and leads to its page."""
    missing = answers.missing()
    key = answers.draft.form_key
    if request.method == "POST" and not missing:
        operations.report(by=request.access, fields=answers.fields(), people=answers.involved(), draft=answers.draft)
        return redirect("incidents:report-sent", key=key)
    faults = [
        {"text": words, "href": reverse(f"incidents:report-{name}", kwargs={"key": key}) + "?from=check"}
        for name, words in missing
    ]
    tried = request.method == "POST"
    context = {"answers": answers, "faults": faults, "tried": tried, "back": _back(request, key, "check")}
    context |= {"draft": answers.draft, "titles": answers.titles()}
    return render(request, "incidents/report_check.html", context)


@page("incidents.report")
def sent(request: HttpRequest, key: UUID) -> HttpResponse:
    """The reference, who is told, and the way on: the chart. Its subject, were it the writer, sees the number alone."""
    try:
        draft = queries.find_draft(request.access, key)
    except Draft.DoesNotExist:
        raise Http404("no such draft") from None
    if draft.sent is None:
        return redirect("incidents:report-check", key=key)
    visible = queries.visible_to(request.access).filter(pk=draft.sent_id).exists()
    told = operations.told_of_report(draft.sent) if visible else []
    ring = rung_where_nobody_is_left(request.access, draft.sent) if visible else []
    context = {"incident": draft.sent, "visible": visible, "told": told, "ring": ring}
    return render(request, "incidents/report_sent.html", context)


# Drafts ------------------------------------------------------------------------------------------------------


@page("incidents.report")
def drafts(request: HttpRequest) -> HttpResponse:
    """The person's own reports that are not sent yet."""
    pack = partnership.pack_of(request.access)
    rows = [
        {
            "draft": draft,
            "title": library.label(pack, "incident-kinds", draft.answers.get("scenario", "")),
            "address": reverse(f"incidents:report-{NEXT.get(draft.step, 'kind')}", kwargs={"key": draft.form_key}),
        }
        for draft in queries.drafts_of(request.access)
    ]
    return render(request, "incidents/report_drafts.html", {"rows": rows, "new_url": reverse("incidents:report")})


@page("incidents.report", methods=BOTH)
@of_draft
def discard(request: HttpRequest, answers: Answers) -> HttpResponse:
    """Throw a draft away, after asking."""
    if request.method == "POST":
        operations.discard_draft(by=request.access, draft=answers.draft)
        messages.success(request, _("The draft was thrown away."))
        return redirect("incidents:drafts")
    title = answers.title("incident-kinds", "scenario")
    context = {
        "question": _("Throw this report away?"),
        "lines": [
            *([f"“{title}”."] if title else []),
            _("It was not sent, and nobody else has read it. What you wrote cannot be brought back."),
            _("If you are unsure whether it matters, send it: somebody who knows will look."),
        ],
        "button": _("Throw it away"),
        "back": reverse("incidents:drafts"),
    }
    return render(request, "web/ask.html", context)
