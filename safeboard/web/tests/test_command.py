"""The command: how each process that it starts holds the filter logs."""

import os
import sys

import pytest

from safeboard.web import command


@pytest.mark.parametrize(
    ("words", "said", "apart"),
    [(["worker"], None, "yes"), (["worker", "--once"], "no", "no"), (["sitelogs"], None, None), ([], None, None)],
)
def test_the_worker_alone_asks_the_filter_logs_through_a_process_beside_it(monkeypatch, words, said, apart):
    monkeypatch.setattr(command, "execute_from_command_line", lambda _words: None)
    monkeypatch.setattr(sys, "argv", ["safeboard", *words])
    monkeypatch.setattr(os, "environ", {"SAFEBOARD_SITELOGS_APART": said} if said else {})
    command.main()
    assert os.environ.get("SAFEBOARD_SITELOGS_APART") == apart
