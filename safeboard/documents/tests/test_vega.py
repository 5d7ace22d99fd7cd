"""Drawing happens in a process of its own: whatever befalls that one, this one goes on."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from safeboard.documents.vega import NotDrawn, Vega

SPEC = {"data": {"values": [{"n": 1}]}, "mark": "bar", "encoding": {"x": {"field": "n", "type": "quantitative"}}}
NAMED = {"title": "How many?", "description": "One.", "prefix": "chart-x"}
ASKER = f"""
import sys
from safeboard.documents.vega import Vega
drawer = Vega()
print(drawer.svg({SPEC!r}, **{NAMED!r})[:4], drawer.process.pid, "vl_convert" in sys.modules, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def drawer():
    """One that draws."""
    made = Vega()
    yield made
    made.stop()


def test_it_draws_and_makes_a_file_of_the_drawing(drawer):
    svg = drawer.svg(SPEC, **NAMED)
    assert svg.startswith("<svg")
    assert drawer.png(svg, 2.0).startswith(b"\x89PNG")


def test_the_drawing_comes_tidied_and_named(drawer):
    svg = drawer.svg(SPEC, **NAMED)
    assert re.findall(r"<(title|desc) id=\"(.*?)\">(.*?)<", svg) == [
        ("title", "chart-x-title", "How many?"),
        ("desc", "chart-x-desc", "One."),
    ]
    assert "aria-roledescription" not in svg  # Vega writes it; shapes.tidy does not keep it


def test_the_process_that_draws_loads_nothing_of_django():
    code = "import safeboard.documents.vega, safeboard.documents.shapes, sys; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_what_cannot_be_drawn_is_told_and_the_next_is_drawn(drawer):
    with pytest.raises(NotDrawn):
        drawer.svg({"mark": "no mark"}, **NAMED)
    with pytest.raises(NotDrawn):
        drawer.png("no drawing", 1.0)
    assert drawer.svg(SPEC, **NAMED).startswith("<svg")


def test_a_killed_process_is_started_anew(drawer):
    before = drawer.svg(SPEC, **NAMED)
    drawer.process.kill()
    drawer.process.wait()
    assert drawer.svg(SPEC, **NAMED) == before


def test_a_drawing_that_ends_the_process_is_tried_twice_and_then_told(drawer, tmp_path):
    drawer.command = [sys.executable, "-c", f"open({str(tmp_path / 'tries')!r}, 'a').write('x')"]
    with pytest.raises(NotDrawn, match="twice"):
        drawer.svg(SPEC, **NAMED)
    drawer.stop()
    until = time.monotonic() + 10
    while time.monotonic() < until and (tmp_path / "tries").read_text() != "xx":
        time.sleep(0.05)
    assert (tmp_path / "tries").read_text() == "xx"


def test_nobody_waits_for_a_drawing_without_end(drawer):
    drawer.patience = 0.1
    drawer.command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(NotDrawn, match="too long"):
        drawer.svg(SPEC, **NAMED)


def test_it_ends_when_nothing_is_drawn_for_a_while(drawer):
    code = "import safeboard.documents.vega as it; it.IDLE = 0.1; it.main()"
    drawer.command = [sys.executable, "-c", code]
    first = drawer.svg(SPEC, **NAMED)
    assert drawer.process.wait(timeout=20) == 0
    assert drawer.svg(SPEC, **NAMED) == first


def test_it_ends_with_whoever_asked_and_that_one_has_not_loaded_it():
    asker = subprocess.Popen(
        [sys.executable, "-c", ASKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=os.getcwd()
    )
    begin, pid, loaded = asker.stdout.readline().split()
    asker.send_signal(signal.SIGKILL)
    asker.communicate()
    assert (begin, loaded) == ("<svg", "False")
    until = time.monotonic() + 20
    while time.monotonic() < until and running(int(pid)):
        time.sleep(0.05)
    assert not running(int(pid))


def running(pid):
    """Whether a process still does anything."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
