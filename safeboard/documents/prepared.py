"""Documents that take longer than a person likes to wait: made by the worker, kept for a day, waited for on a page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_tasks import task
from django_tasks.base import Task

KEPT = 24 * 60 * 60  # seconds that a made document is kept
WAITED = 90  # seconds after which it is asked for again
REFRESH = 2  # seconds between looks of the waiting page


def key_of(kind: str, *parts: object) -> str:
    """A name for a document that is the same for the same parts, and says nothing of them."""
    return f"{kind}-{hashlib.sha256(repr(parts).encode()).hexdigest()}"


def keep(key: str, content: bytes) -> None:
    """Keep what a job made; called by the job."""
    cache.set(key, content, KEPT)


@contextmanager
def or_failed(fail: Callable[[], object], *, quiet: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Call ``fail`` where what is within does not end, whatever stopped it, so that nobody waits for it for ever.

    The error goes on to the queue's log, but for those of ``quiet``: who asked may not have it any more.
    """
    try:
        yield
    except Exception as why:
        fail()
        if not isinstance(why, quiet):
            raise


def prepared(key: str, job: Task, **arguments: Any) -> bytes | None:
    """The document of that name, or None while the worker makes it.

    ``job`` is enqueued once, with the key and the arguments (plain values, never case text: they lie in the queue).
    """
    content: bytes | None = cache.get(key)
    if content is None and cache.add(f"asked-{key}", 1, WAITED):
        job.enqueue(key=key, **arguments)
    return content


def pdf_or_wait(
    request: HttpRequest,
    content: bytes | None,
    *,
    filename: str,
    inline: bool = False,
    media_type: str = "application/pdf",
) -> HttpResponse:
    """The PDF (or a file of another type), or a page that says that it is being made and looks again by itself."""
    if content is None:
        response = render(request, "documents/being_made.html", status=202)
        response["Refresh"] = str(REFRESH)
        return response
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{filename}"'
    return response


@task()
def print_pdf(key: str, html: str, title: str, lang: str = "en") -> None:
    """Print a page as a PDF and keep it under ``key``. It lies in the queue meanwhile: never one with case text."""
    from .pdf import render_pdf  # heavy

    keep(key, render_pdf(html, title=title, lang=lang))
