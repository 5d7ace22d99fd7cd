"""Processes of Safeboard's own that run beside the one that needs them, and end with it."""

import socket
import subprocess
import threading
from collections.abc import Sequence


def started(command: Sequence[str]) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start a command as a process of its own; gives it, and this end of the line to it.

    The line is its standard input. It is closed however this process ends, killed too: then that one sees it and ends.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.DEVNULL, start_new_session=True)
    threading.Thread(target=process.wait, daemon=True).start()  # nothing of it is left when it has ended
    return process, ours
