"""What the incident room asks of the clock: warn before a duty is due, shout when it is late."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from safeboard.core import history, wall
from safeboard.core.access import job_access
from safeboard.outbox.operations import clock
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from .choices import Owner
from .models import Alert, Duty, Incident
from .operations.alarms import PASSED_UP, UP_AFTER, alarm_for, pass_up, shout, shout_received
from .operations.alerts import QUIET_FOR, tell_of_alerts
from .operations.duties import pass_on, tell_owners
from .operations.evidence_packs import clear_packs
from .operations.reminders import remind
from .operations.voice import worry_is_late
from .queries import open_duties
from .queries.alerts import waiting
from .queries.handling import ROLES as POSTS
from .queries.received import unseen
from .queries.voice import late_worries

WARN_BEFORE = timedelta(hours=2)
TELLING = ("agency_id", "severity", "images", "about_staff", "user_index", "told_at")


@clock(every=timedelta(minutes=1), name="incidents.duties")
def watch_duties() -> int:
    """Tell owners of duties that come due within two hours, and of those that are late; gives how many were told."""
    now = timezone.now()
    told = 0
    with wall.open_for(casework=partnership.every_agency()):
        soon = open_duties().filter(due_at__lte=now + WARN_BEFORE, due_at__gt=now, warned_at__isnull=True)
        late = open_duties().filter(due_at__lte=now, late_at__isnull=True)
        for duty in soon.select_related("incident__reported_by"):
            told += _tell(duty, "duty-due", "warned_at")
        for duty in late.select_related("incident__reported_by"):
            told += _shout(duty) if alarm_for(duty) else _tell(duty, "duty-late", "late_at")
        waited = open_duties().filter(late_at__lte=now - UP_AFTER, passed_up_at__isnull=True, kind__in=PASSED_UP)
        for duty in waited.select_related("incident__reported_by"):
            told += pass_up(by=job_access("incidents.duties"), duty=duty)
    return told


def _shout(duty: Duty) -> int:
    shout(by=job_access("incidents.duties"), duty=duty)
    return 1


@clock(every=timedelta(minutes=1), name="incidents.received")
def watch_received() -> int:
    """Tell those who may know of a referral to their agency that it waits, a day later the responsible person."""
    now, by = timezone.now(), job_access("incidents.received")
    with wall.open_for(casework=partnership.every_agency()):
        late = list(unseen(now).filter(late_at__isnull=True))
        waited = list(unseen(now).filter(late_at__lte=now - UP_AFTER, passed_up_at__isnull=True))
        for received in late:
            shout_received(by=by, received=received, up=False)
        for received in waited:
            shout_received(by=by, received=received, up=True)
    return len(late) + len(waited)


@transaction.atomic
def _tell(duty: Duty, kind: str, field: str) -> int:
    by = job_access("incidents.duties")
    setattr(duty, field, timezone.now())
    duty.save(update_fields=[field])
    history.record(by=by, verb=f"incidents.{kind.replace('-', '_')}", obj=duty.incident, facts={"duty": duty.pk})
    tell_owners(by=by, duty=duty, kind=kind, urgent=True)
    return 1


@clock(every=timedelta(minutes=1), name="incidents.alerts")
def watch_alerts() -> int:
    """Tell handlers that alerts wait, in one message for however many, then be quiet for a while; gives how many."""
    now = timezone.now()
    by = job_access("incidents.alerts")
    told = 0
    with wall.open_for(casework=partnership.every_agency(), agencies=partnership.every_agency()):
        sorts: dict[tuple[int, bool, bool], list[Alert]] = {}
        for alert in Alert.objects.filter(waiting(), told_at__isnull=True).only(*TELLING):
            sorts.setdefault((alert.agency_id, alert.urgent, alert.about_staff), []).append(alert)
        quiet = _told_lately(now)
        for sort, alerts in sorts.items():
            if sort not in quiet:
                tell_of_alerts(by=by, agency_id=sort[0], alerts=alerts)
                told += len(alerts)
    return told


@clock(every=timedelta(minutes=1), name="incidents.worries")
def watch_worries() -> int:
    """Tell the readers, and the substitutes too, of what was not read or answered in time; gives how many were told."""
    with wall.open_for(casework=partnership.every_agency()):
        late = list(late_worries(timezone.now()).select_related("board"))
        return sum(worry_is_late(by=job_access("incidents.worries"), worry=worry) for worry in late)


@clock(every=timedelta(minutes=10), name="incidents.posts")
def watch_posts() -> int:
    """Pass on what is owed by a post that nobody holds any more, so that no duty lies unseen; gives how many moved.

    Concerns about staff are all looked at: of two who hold a post, the one who left may have been the one free of it.
    """
    moved = 0
    with wall.open_for(casework=partnership.every_agency()):
        posts = open_duties().order_by().values_list("agency_id", "owner").distinct()
        empty = [(agency, owner) for agency, owner in posts if owner in POSTS and not _held(agency, owner)]
        lost = Q(incident__allegation=True)
        for agency, owner in empty:
            lost |= Q(agency_id=agency, owner=owner)
        found = Incident.objects.filter(pk__in=open_duties().filter(lost).values("incident_id"))
        for incident in found.select_related("reported_by"):
            moved += pass_on(by=job_access("incidents.posts"), incident=incident)
    return moved


def _held(agency_id: int, owner: str) -> bool:
    return partnership.holders(agency_id, POSTS[Owner(owner)]).exists()


def _told_lately(now: datetime) -> set[tuple[int, bool, bool]]:
    """The sorts of alerts whose handlers were told so lately that they are left in peace."""
    rows = Alert.objects.filter(told_at__gt=now - max(QUIET_FOR.values())).order_by()
    last = rows.values(*TELLING[:4]).annotate(last=Max("told_at"))
    found = [(Alert(**{name: row[name] for name in TELLING[:4]}), row["last"]) for row in last]
    return {(one.agency_id, one.urgent, one.about_staff) for one, told in found if told > now - QUIET_FOR[one.urgent]}


@clock(every=timedelta(hours=6), name="incidents.looking-back")
def watch_looking_back() -> int:
    """Tell those who see to lessons, and to the review of the log, that one is due soon or late; gives how many."""
    boards = Board.objects.values("pk")
    with wall.open_for(casework=partnership.every_agency(), boards=boards):
        return remind(by=job_access("incidents.looking-back"))


@clock(every=timedelta(hours=1), name="incidents.packs")
def empty_packs() -> int:
    """Empty evidence packs that were made over a day ago; gives how many."""
    with wall.open_for(casework=partnership.every_agency()):
        return clear_packs(by=job_access("incidents.packs"))
