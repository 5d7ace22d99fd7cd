"""What is written to the log: where something failed and of what kind, never what was being worked on."""

from __future__ import annotations

import logging
import traceback
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class QuietFormatter(logging.Formatter):
    """Writes the kind of an error and its way through the code, without its message, which may quote a record."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line, with the text of the error that goes with it taken out where it is repeated."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and str(error):
            record.message = record.message.replace(str(error), type(error).__qualname__)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:
        """File, line and function of each step, then the kind of each error in the chain."""
        lines: list[str] = []
        error, seen = ei[1], set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            lines.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nbefore that:\n".join(lines)


class NothingPersonal(SafeExceptionReporterFilter):
    """Reports of errors carry no posted data, no cookies and no variables."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always, also while developing."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Nothing of what was posted."""
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> list[Any]:
        """Nothing of what the code was working on."""
        return []

    def get_safe_cookies(self, request: HttpRequest | None) -> dict[str, Any]:
        """No cookies."""
        return {}

    def get_safe_request_meta(self, request: HttpRequest | None) -> dict[str, Any]:
        """The method and the path alone."""
        meta = super().get_safe_request_meta(request)
        return {name: meta[name] for name in ("REQUEST_METHOD", "PATH_INFO") if name in meta}
