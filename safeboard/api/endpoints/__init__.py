"""The endpoints, a router a subject."""

from .alerts import ALERTS
from .incidents import INCIDENTS
from .picture import PICTURE

ROUTERS = (INCIDENTS, ALERTS, PICTURE)

__all__ = ["ROUTERS"]
