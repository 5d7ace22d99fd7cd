"""Steps that the tests of what is sent in without an account share."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from safeboard.core import wall
from safeboard.incidents import operations, receipt
from safeboard.incidents.forms.voice_public import SoFar
from safeboard.incidents.models import Worry
from safeboard.incidents.operations.voice import NOBODY, Said
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

WORDS = "CANARY words of a child"


def opened(cast: Any) -> Board:
    """The own board, with the other agency as its duty point."""
    Board.objects.filter(pk=cast.board.pk).update(duty_point=cast.other_agency)
    cast.board.refresh_from_db()
    return cast.board


def sent(cast: Any, **said: Any) -> tuple[Worry, list[str]]:
    """A worry that was sent in, and its seven words. Without more: about the own agency's school."""
    words = receipt.read(receipt.make())
    told = Said(**{"text": WORDS, "place": cast.setting, **said})
    worry = operations.send_worry(by=NOBODY, board=opened(cast), sender="child", said=told, words=words)
    return worry, words


def again(worry: Worry) -> Worry:
    """The worry as it stands now."""
    with wall.open_for(casework=partnership.every_agency(), agencies=partnership.every_agency()):
        return Worry.objects.select_related("setting", "incident", "board").get(pk=worry.pk)


def begun(**given: str) -> dict[str, str]:
    """What a page brings with it that was answered so far."""
    return {"so_far": SoFar(**{"words": receipt.make(), **given}).sealed()}


def carried(page: str) -> str:
    """The sealed answers in a page."""
    found = re.search(r'name="so_far" value="([^"]+)"', page)
    assert found, "the page carries no answers"
    return found.group(1)


class Sender:
    """Somebody at a telephone who goes from screen to screen."""

    def __init__(self, board: Board, who: str = "child", **headers: str) -> None:
        self.client, self.page = Client(), ""
        self.headers = headers
        self.address = f"/worry/{board.pk}/{who}/write/"
        self.answer: Any = None

    def open(self) -> str:
        """The first screen."""
        return self._take(self.client.get(self.address, **self.headers))

    def say(self, step: str, do: str = "on", **fields: str) -> str:
        """Answer a screen; gives the next."""
        data = {"so_far": carried(self.page), "step": step, "do": do, **fields}
        return self._take(self.client.post(self.address, data, **self.headers))

    def _take(self, answer: Any) -> str:
        self.answer, self.page = answer, answer.content.decode()
        return self.page

    @property
    def words(self) -> list[str]:
        """The seven words of the last screen."""
        return re.findall(r"<li>(\w+)</li>", self.page.split("sb-child__words")[1].split("</ol>")[0])
