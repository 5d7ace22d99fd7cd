"""An agency's returns: what is asked of it, a section at a time, checked, sent, read again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.partnership.models import Agency

from .. import asking, operations
from ..choices import Stand
from ..errors import Refused
from ..forms.returns import SectionForm
from ..models import Return
from ..queries import reading
from ..queries import returns as queries
from .papers import pdf_of

BOTH = ("GET", "POST")
SENT = (Stand.SUBMITTED, Stand.RETURNED, Stand.ACCEPTED)


def return_or_404(request: HttpRequest, key: UUID) -> Return:
    """One return of the agency acted for."""
    found = queries.return_of(request.access, key)
    if found is None:
        raise Http404
    return found


@page("standards.see_returns")
def returns(request: HttpRequest) -> HttpResponse:
    """What the agency is asked, and what it sent."""
    rows = list(queries.returns_here(request.access))
    owed = [row for row in rows if row.can_be_filled and row.round.is_open]
    context = {
        "owed": sorted(owed, key=lambda row: row.round.due_on),
        "sent": [row for row in rows if row not in owed],
        "gaps": queries.open_gaps(request.access.own_agency).count(),
    }
    return render(request, "standards/returns.html", context)


@page("standards.see_returns")
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One return: who asks, how far each section is, what the board said to it."""
    row = return_or_404(request, key)
    review, places, drafts = queries.review_in(row), queries.places_of(row), queries.drafts_of(row)
    fillable = queries.can_be_filled(places)
    context = {
        "row": row,
        "review": review,
        "places": places,
        "sections": queries.by_section(review, drafts),
        "whole": queries.whole(review, drafts),
        "fillable": fillable,
        "may_answer": fillable and request.access.can("standards.answer", row),
        "may_submit": request.access.can("standards.submit", row),
        "sent": any(place.submission_id for place in places),
        "more": _more(review, places),
    }
    return render(request, "standards/return.html", context)


def _more(review: Any, places: list[Any]) -> list[tuple[Any, list[Any]]]:
    """What boards still want: the place, and the questions that they named."""
    questions = asking.by_id(review)
    back = [place for place in places if place.stand == Stand.RETURNED]
    return [(place, [questions[name] for name in place.more if name in questions]) for place in back]


@page("standards.answer", methods=("POST",))
def begin(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begin to fill it in: what is known already stands ready."""
    row = return_or_404(request, key)
    operations.begin_return(by=request.access, row=row)
    first = queries.by_section(queries.review_in(row), queries.drafts_of(row))
    return redirect("standards:return-section", key=key, section=first[0].section.id)


@page("standards.answer", methods=BOTH)
def section(request: HttpRequest, key: UUID, section: str) -> HttpResponse:
    """One section: saved as far as it is filled in; what follows from an answer is asked on the same page."""
    row = return_or_404(request, key)
    if row.begun_at is None:
        return redirect("standards:return", key=key)
    review, drafts = queries.review_in(row), queries.drafts_of(row)
    found = next((one for one in review.sections if one.id == section), None)
    if found is None:
        raise Http404
    places = queries.places_of(row)
    questions = asking.asked_in(review, found, queries.given_values(drafts))
    more = {name for place in places for name in place.more}
    form = SectionForm(
        typed(request), questions=questions, drafts=drafts, shelf=queries.shelf(row.agency_id), more=more
    )
    if request.method == "POST":
        answer = _saved(request, row, form, found, [question.id for question in questions])
        if answer is not None:
            return answer
    context = {"row": row, "review": review, "section": found, "form": form, "ways": _ways(row, review, found)}
    context["asks_nothing"] = not questions
    return render(request, "standards/return_section.html", context)


def _saved(request: HttpRequest, row: Return, form: SectionForm, section: Any, shown: list[str]) -> HttpResponse | None:
    """Save what can be; on to where the person wanted, or None where something has to be looked at."""
    sound = form.is_valid()
    try:
        theirs = operations.save_answers(by=request.access, row=row, given=form.given(), confirmed=form.confirmed())
    except Refused as why:
        form.add_error(None, str(why))
        return None
    if theirs:
        form.meet(theirs)
    if theirs or not sound:
        if not sound and not theirs:
            messages.info(request, _("The rest is saved. Look at what is marked."))
        return None
    review = queries.review_in(row)
    now = asking.asked_in(review, section, queries.given_values(queries.drafts_of(row)))
    new = [question.id for question in now if question.id not in shown]
    if new:
        said = ngettext("Saved. %(n)s more question follows.", "Saved. %(n)s more questions follow.", len(new))
        messages.info(request, said % {"n": len(new)})
        return redirect(reverse("standards:return-section", args=[row.key, section.id]) + f"#q-{new[0]}")
    return redirect(_onwards(request, row, review, section))


def _ways(row: Return, review: Any, section: Any) -> dict[str, Any]:
    """The section before and after, where there are any."""
    listed = [far.section for far in queries.by_section(review, queries.drafts_of(row))]
    ids = [one.id for one in listed]
    place = ids.index(section.id) if section.id in ids else 0
    return {
        "number": place + 1,
        "count": len(listed),
        "before": listed[place - 1] if place else None,
        "after": listed[place + 1] if place + 1 < len(listed) else None,
    }


def _onwards(request: HttpRequest, row: Return, review: Any, section: Any) -> str:
    after = _ways(row, review, section)["after"]
    if request.POST.get("then") == "stop":
        messages.success(request, _("Saved. You can go on at any time, and so can others."))
        return reverse("standards:return", args=[row.key])
    if after is None:
        return reverse("standards:return-check", args=[row.key])
    return reverse("standards:return-section", args=[row.key, after.id])


@page("standards.answer", methods=BOTH)
def check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything that was answered, before it is sent."""
    row = return_or_404(request, key)
    if row.begun_at is None:
        return redirect("standards:return", key=key)
    if request.method == "POST":
        try:
            operations.submit_return(by=request.access, row=row)
        except Refused as why:
            messages.warning(request, str(why))
            return redirect("standards:return-check", key=key)
        messages.success(request, _("Sent. You will see here what the board says to it."))
        return redirect("standards:return", key=key)
    review, drafts, places = queries.review_in(row), queries.drafts_of(row), queries.places_of(row)
    context = {
        "row": row,
        "review": review,
        "whole": queries.whole(review, drafts),
        "boards": [place.round.board for place in places if place.can_be_filled and place.round.is_open],
        "fillable": queries.can_be_filled(places),
        "may_submit": request.access.can("standards.submit", row),
        "parts": _checked_parts(review, drafts),
    }
    return render(request, "standards/return_check.html", context)


def _checked_parts(review: Any, drafts: Any) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The sections with what was answered in them, of the questions that are asked."""
    asked = {question.id for question in asking.asked(review, queries.given_values(drafts))}
    return [(part, [_checked(one, drafts) for one in part.questions if one.id in asked]) for part in review.sections]


def _checked(question: Any, drafts: Any) -> dict[str, Any]:
    draft = drafts.get(question.id)
    waits = draft is not None and draft.state == "to-confirm"
    answered = not waits and asking.is_answered(question, draft)
    return {
        "question": question,
        "draft": draft,
        "said": asking.in_words(question, draft),
        "waits": waits,
        "open": not answered and not waits and not question.optional,
        "gap": answered and asking.is_gap(question, draft.value),
    }


@page("standards.see_returns")
def sent(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was sent last, with what each board made of it and how the agency's kind scored."""
    row = return_or_404(request, key)
    places = [place for place in queries.places_of(row) if place.submission_id]
    if not places:
        raise Http404
    paper = reading.paper_of(request.access, places[-1])
    spreads = [(place, queries.spread_for(request.access, place)) for place in places]
    context = paper | {"row": row, "places": places, "spreads": [one for one in spreads if one[1].shown]}
    context["may_raise"] = request.access.can("standards.raise_from_gap")
    return render(request, "standards/return_sent.html", context)


@page("standards.see_returns")
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was sent last, as a PDF."""
    row = return_or_404(request, key)
    places = [place for place in queries.places_of(row) if place.submission_id]
    if not places:
        raise Http404
    return pdf_of(reading.paper_of(request.access, places[-1]))


@page("standards.see_returns")
def gaps(request: HttpRequest) -> HttpResponse:
    """What falls short in the agency and is not put right yet, with what is done about it."""
    rows = list(queries.open_gaps(request.access.own_agency))
    raised = reading.actions_by_gap(row.pk for row in rows)
    shown = [
        {"gap": row, "question": asking.by_id(queries.review_in(row.of)).get(row.question), "actions": raised[row.pk]}
        for row in rows
    ]
    may = request.access.can("standards.raise_from_gap")
    agency = Agency.objects.get(pk=request.access.own_agency)
    return render(request, "standards/gaps.html", {"rows": shown, "may_raise": may, "agency": agency})
