"""The pages for a child, or a parent, who writes to us: without an account, a session, a cookie or a script.

They stand below ``/worry/``, where core.unseen takes away what could tell who asks. Each screen posts what was answered
so far, sealed, to the next; the words that open an answer are shown once, and are in no address.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt

from safeboard.core.page import open_page
from safeboard.core.times import said
from safeboard.core.unseen import COUNTER
from safeboard.core.uploads import refused
from safeboard.library import voices
from safeboard.library.spoken import Voice
from safeboard.partnership.models import Board

from .. import operations, receipt
from ..choices import Sender
from ..forms.voice_public import STEPS, BackForm, MoreForm, PlaceForm, SoFar, StepForm, so_far, way
from ..models import Worry
from ..operations.voice import NOBODY
from ..queries import voice as reads

BOTH = ("GET", "POST")
REASON = "a child or a parent writes to us without an account; shows nothing but what the seven words open"
# In an hour and in one process: from one place (a whole school may be one), and in all.
SENDS = {"each": 60, "in_all": 600}
TRIES = {"each": 120, "in_all": 3000}
PASSING = (OperationalError, InterfaceError)


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to anybody. No token against forged posts: without a session there is nothing that one could ride on."""
    return csrf_exempt(open_page(reason=REASON, methods=BOTH)(view))


def of_board(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the board, the words of the pack for this sort of sender, and what every screen shows."""

    @wraps(view)
    def found(request: HttpRequest, board: int, sender: str = Sender.CHILD) -> HttpResponse:
        if sender not in Sender.values:
            raise Http404("no such sender")
        one = get_object_or_404(Board, pk=board)
        voice = voices.voice(one.pack, sender)
        frame = {"board": one, "sender": sender, "voice": voice, "words": voice.words, "screens": voice.screens}
        frame |= {"helpers": voices.helpers(one.pack, voice), "exit_to": voice.exit_to}
        frame["file_refused"] = request.method == "POST" and refused(request)
        return view(request, frame)

    return found


@public
def start(request: HttpRequest) -> HttpResponse:
    """Whom to write to: on to the one board that reads what is sent in, or a choice of a few."""
    boards = reads.open_boards()
    if len(boards) == 1:
        return redirect("worry:board", board=boards[0].pk)
    voice = voices.voice(boards[0].pack if boards else voices.FALLBACK, Sender.CHILD)
    frame = {"voice": voice, "words": voice.words, "screens": voice.screens, "exit_to": voice.exit_to}
    frame["helpers"] = voices.helpers(boards[0].pack if boards else voices.FALLBACK, voice)
    return render(request, "worry/boards.html" if boards else "worry/closed.html", frame | {"boards": boards})


@public
@of_board
def board(request: HttpRequest, frame: dict[str, Any]) -> HttpResponse:
    """Who are you: a child, a parent, or somebody who comes back."""
    other = voices.voice(frame["board"].pack, Sender.PARENT)
    return _page(request, "who", frame | {"parent_words": other.words})


@public
@of_board
def before(request: HttpRequest, frame: dict[str, Any]) -> HttpResponse:
    """Before anything is written: who reads it, that it cannot be kept secret, what happens next, and when."""
    return _page(request, "before", frame | {"screen": frame["screens"]["before"]})


def _page(request: HttpRequest, name: str, frame: dict[str, Any], status: int = 200) -> HttpResponse:
    """A screen; where nobody reads what is sent in, kindly that, and who helps."""
    name = name if reads.is_open(frame["board"]) else "closed"
    return render(request, f"worry/{name}.html", frame, status=status)


@public
@of_board
def write(request: HttpRequest, frame: dict[str, Any]) -> HttpResponse:
    """The questions, one a screen; at the end the seven words. Only the first of them needs an answer."""
    given = so_far(request.POST.get("so_far", ""))
    step = request.POST.get("step", "write")
    if request.method != "POST" or step not in STEPS or not reads.is_open(frame["board"]):
        return _screen(request, frame, given, "write")
    form = STEPS[step](request.POST, given, frame["voice"], frame["board"])
    do = request.POST.get("do", "on")
    if not form.is_valid() and do != "back":
        return _screen(request, frame, given, step, form=form)
    given = given.with_answers(form.answers())
    if do == "back":
        return _screen(request, frame, given, _beside(given, step, -1))
    if isinstance(form, PlaceForm) and (do == "find" or form.only_looked) and do != "send":
        return _screen(request, frame, given, step)
    if do == "send" or step == "name":
        return _send(request, frame, given, step)
    return _screen(request, frame, given, _beside(given, step, 1))


def _beside(given: SoFar, step: str, by: int) -> str:
    """The screen after this one, or before it."""
    names = way(given)
    here = names.index(step) if step in names else 0
    return names[min(max(here + by, 0), len(names) - 1)]


def _screen(
    request: HttpRequest,
    frame: dict[str, Any],
    given: SoFar,
    step: str,
    *,
    form: StepForm | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """A screen with its form: what was answered before stands in it."""
    form = form or STEPS[step](None, given, frame["voice"], frame["board"])
    context = {
        "form": form,
        "step": step,
        "screen": frame["screens"][step],
        "so_far": given.sealed(),
        "first": step == "write",
        "notice": notice,
        "goes": _goes(given, frame) if step == "name" else "",
    }
    return _page(request, "step", frame | context, status)


def _goes(given: SoFar, frame: dict[str, Any]) -> str:
    """Who will read it, said before it is sent."""
    told, words = given.said(frame["board"]), frame["words"]
    named = reads.name_words(told.adult_name)
    wanted = {"place": told.place, "about_adult": told.about_adult, "wish": told.wish, "adult_words": named}
    if told.place and reads.goes_to(frame["board"], **wanted) == told.place.agency_id != frame["board"].duty_point_id:
        return str(words["goes-inside"]).replace("{place}", told.place.name)
    return str(words["goes-outside"])


def _send(request: HttpRequest, frame: dict[str, Any], given: SoFar, step: str) -> HttpResponse:
    """Send it and show the seven words; over the limit, or where it could not be saved, nothing typed is lost."""
    if not given.text:
        return _screen(request, frame, given, "write")
    if not COUNTER.take("send", request.bucket, **SENDS):  # type: ignore[attr-defined]
        return _screen(request, frame, given, step, notice="busy", status=429)
    words, told = receipt.read(given.words), given.said(frame["board"])
    try:
        worry = operations.send_worry(by=NOBODY, board=frame["board"], sender=frame["sender"], said=told, words=words)
    except PASSING:
        return _screen(request, frame, given, step, notice="try-again", status=503)
    shown = {"screen": frame["screens"]["sent"], "receipt": words, "when": _when(worry, frame["voice"])}
    return render(request, "worry/sent.html", frame | shown)


def _when(worry: Worry, voice: Voice) -> str:
    if worry.is_urgent or worry.due_at is None:
        return str(voice.words["read-at-once"])
    return str(voice.words["read-by"]).replace("{when}", said(worry.due_at))


@public
@of_board
def back(request: HttpRequest, frame: dict[str, Any]) -> HttpResponse:
    """Come back with the seven words: what was said on both sides, and a box to write more."""
    typed = so_far(request.POST.get("so_far", "")).words if "so_far" in request.POST else request.POST.get("words", "")
    words = receipt.read(typed)
    form = BackForm(request.POST or None, SoFar(words=""), frame["voice"], frame["board"])
    if request.method != "POST" or not words:
        return _ask_words(request, frame, form)
    if not COUNTER.take("back", request.bucket, **TRIES):  # type: ignore[attr-defined]
        return _ask_words(request, frame, form, busy=True)
    talk = reads.talk_of(words)
    if talk is None:
        return _ask_words(request, frame, form, wrong=receipt.unknown(words) or [""])
    return _talk(request, _frame_of(talk, frame), talk, words)


def _frame_of(talk: reads.Talk, frame: dict[str, Any]) -> dict[str, Any]:
    """What every screen shows, in the words of the board that it was sent to."""
    worry = talk.worry
    voice = voices.voice(worry.board.pack, worry.sender)
    words = {"voice": voice, "words": voice.words, "screens": voice.screens, "exit_to": voice.exit_to}
    return frame | words | {"board": worry.board, "sender": worry.sender}


def _ask_words(
    request: HttpRequest, frame: dict[str, Any], form: BackForm, *, wrong: list[str] | None = None, busy: bool = False
) -> HttpResponse:
    """Ask for the words; again where they open nothing, with those that are none of ours."""
    if wrong:
        form.add_error("words", str(frame["words"]["words-wrong"]))
    context = {"form": form, "unknown": [one for one in wrong or [] if one], "notice": "busy" if busy else ""}
    status = 429 if busy else 200
    return render(request, "worry/back.html", frame | {"screen": frame["screens"]["back"]} | context, status=status)


def _talk(request: HttpRequest, frame: dict[str, Any], talk: reads.Talk, words: list[str]) -> HttpResponse:
    """What was said on both sides; what they add is taken first."""
    adding, notice, status = "text" in request.POST, "", 200
    form = MoreForm(request.POST if adding else None, SoFar(words=""), frame["voice"], frame["board"])
    if adding and form.is_valid():
        if not COUNTER.take("send", request.bucket, **SENDS):  # type: ignore[attr-defined]
            notice, status = "busy", 429
        else:
            try:
                operations.write_more(
                    by=NOBODY, worry=talk.worry, text=form.cleaned_data["text"], form_key=_key(request)
                )
            except PASSING:
                notice, status = "try-again", 503
        if not notice:
            talk = reads.talk_of(words) or talk
            form = MoreForm(None, SoFar(words=""), frame["voice"], frame["board"])
    context = {"form": form, "talk": talk, "screen": frame["screens"]["talk"], "notice": notice, "key": uuid4()}
    context["so_far"] = SoFar(words=" ".join(words)).sealed()
    return render(request, "worry/talk.html", frame | context, status=status)


def _key(request: HttpRequest) -> UUID | None:
    """The key of the form, so that a message sent twice is one."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
