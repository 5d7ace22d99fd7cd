"""Files are refused before they are read, unless the page that they are sent to takes them.

Making a copy of an indecent image of a child is a crime (Protection of Children Act 1978 s.1), and a temporary file
is a copy. So no page receives a file by default: one that does says so with ``@page(..., uploads=test)``, and its
test is asked before the first byte of a file is kept. Kept bytes stay in memory; nothing is written to disk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest

# Given the request and the view's keyword arguments: whether files may be received.
UploadTest = Callable[..., bool]


class GateUploadHandler(FileUploadHandler):
    """Stands before the handlers that keep files, and lets pass only what the page takes."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if not self._taken():
            self.request.refused_upload = True  # type: ignore[union-attr]
            raise SkipFile
        super().new_file(*args, **kwargs)

    def _taken(self) -> bool:
        request = self.request
        match = getattr(request, "resolver_match", None)
        access = getattr(request, "access", None)
        if request is None or match is None or access is None or access.person is None:
            return False
        if access.needs_second_factor and not access.extras.get("second_factor"):
            return False
        test: UploadTest | None = getattr(getattr(match.func, "page_mark", None), "uploads", None)
        return test is not None and test(request, **match.kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class MemoryOnlyUploadHandler(MemoryFileUploadHandler):
    """Keeps a file in memory up to ``FILE_UPLOAD_MAX_MEMORY_SIZE`` bytes, and drops what is larger unkept."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:
        super().handle_raw_input(input_data, META, content_length, *args, **kwargs)
        if not self.activated:
            self.request.too_large = True  # type: ignore[union-attr]


def refused(request: HttpRequest) -> bool:
    """Whether a file came with the request and was refused unread."""
    _ = request.POST  # the body is read here, if it was not yet
    return bool(getattr(request, "refused_upload", False))


def too_large(request: HttpRequest) -> bool:
    """Whether a file came with the request that was larger than what is kept in memory; nothing of it was kept."""
    _ = request.POST
    return bool(getattr(request, "too_large", False))
