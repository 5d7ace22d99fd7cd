"""The guards' tables of the takeaway room."""

from tests.architecture.carriers import OFFICERS, Expect, kinds

ROUTES = {"takeaway:take": Expect(OFFICERS | kinds("board_manager"))}
