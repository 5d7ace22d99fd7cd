"""Shapes of what later rooms need of a pack, a module a subject; importing this registers their kinds."""

from . import indicators, meetings, plans, reports, standards, strategy, surveys  # noqa: F401
