"""The guards' tables of the takeaway room."""

from tests.architecture.carriers import NOBODY, OFFICERS, Expect, kinds

ROUTES = {"takeaway:take": Expect(OFFICERS | kinds("board_manager"))}
RIGHTS = {"takeaway.bring": NOBODY}
JOBS = frozenset(RIGHTS)
