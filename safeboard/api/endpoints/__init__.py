"""The endpoints, a router a subject."""

from .alerts import ALERTS
from .incidents import INCIDENTS
from .logs import LOGS
from .picture import PICTURE

ROUTERS = (INCIDENTS, ALERTS, LOGS, PICTURE)

__all__ = ["ROUTERS"]
