"""Shapes of what later rooms need of a pack, a module a subject; importing this registers their kinds."""

from . import meetings, standards, strategy  # noqa: F401
