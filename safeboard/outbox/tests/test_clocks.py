"""Clocks run when they are due, once, and a failing one stops no other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from safeboard.outbox import clocks, housekeeping, queries
from safeboard.outbox.models import ClockState

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(monkeypatch):
    """An empty registry."""
    monkeypatch.setattr(clocks, "REGISTRY", {})
    monkeypatch.setattr(queries, "REGISTRY", clocks.REGISTRY)
    return clocks.REGISTRY


def test_a_clock_runs_at_its_interval(registry):
    ran = []
    clocks.clock(every=timedelta(minutes=10), name="a")(lambda: ran.append(1))
    assert clocks.tick() == ["a"]
    assert clocks.tick() == []
    ClockState.objects.update(next_at=timezone.now())
    assert clocks.tick() == ["a"]
    state = ClockState.objects.get()
    assert len(ran) == 2
    assert state.held_until is None
    assert state.last_ok >= state.last_ran
    assert timedelta(minutes=9) < state.next_at - timezone.now() <= timedelta(minutes=10)


def test_a_failing_clock_is_noted_tried_again_and_stops_no_other(registry, caplog):
    ran = []

    def fails():
        raise ValueError("Zaunkönig-7731")

    clocks.clock(every=timedelta(hours=1), name="bad")(fails)
    clocks.clock(every=timedelta(hours=1), name="good")(lambda: ran.append(1))
    assert clocks.tick() == ["bad", "good"]
    state = ClockState.objects.get(name="bad")
    assert ran == [1]
    assert state.failures == 1
    assert state.last_ok is None
    assert state.last_error.startswith("ValueError (test_clocks.py:")
    assert state.next_at - timezone.now() <= timedelta(minutes=5)
    assert "The clock bad failed: ValueError" in caplog.text
    assert "7731" not in caplog.text
    assert queries.clock_faces()[0].is_failing
    clocks.clock(every=timedelta(hours=1), name="better")(lambda: None)
    ClockState.objects.update(next_at=timezone.now())
    registry["bad"] = clocks.Clock("bad", timedelta(hours=1), timedelta(minutes=15), lambda: None)
    clocks.tick()
    state.refresh_from_db()
    assert (state.failures, state.last_error) == (0, "")


def test_a_clock_that_another_worker_holds_does_not_run(registry):
    seen = []
    clocks.clock(every=timedelta(0), name="slow")(lambda: seen.append(clocks.tick()))
    assert clocks.tick() == ["slow"]
    assert seen == [[]]


def test_two_workers_that_look_at_once_run_it_once(registry):
    clocks.clock(every=timedelta(minutes=1), name="a")(lambda: None)
    clocks._know_all()
    assert clocks._claim(registry["a"]) is True
    assert clocks._claim(registry["a"]) is False


def test_a_clock_that_a_killed_worker_held_runs_again_after_its_longest_time(registry):
    clocks.clock(every=timedelta(minutes=1), name="a")(lambda: None)
    clocks._know_all()
    ClockState.objects.update(held_until=timezone.now() - timedelta(seconds=1), next_at=timezone.now())
    assert clocks.tick() == ["a"]


def test_a_worker_that_is_stopped_begins_no_further_clock(registry):
    clocks.clock(every=timedelta(minutes=1), name="a")(lambda: None)
    assert clocks.tick(going=lambda: False) == []


def test_a_name_is_given_once(registry):
    clocks.clock(every=timedelta(minutes=1), name="a")(test_a_clock_runs_at_its_interval)
    clocks.clock(every=timedelta(minutes=1), name="a")(test_a_clock_runs_at_its_interval)
    with pytest.raises(ValueError, match="two clocks"):
        clocks.clock(every=timedelta(minutes=1), name="a")(test_a_name_is_given_once)


def test_the_outbox_keeps_its_own_clocks():
    ran = clocks.tick()
    assert {"worker", "outbox.post", "outbox.digest", "outbox.clear", "core.checkpoint", "core.sessions"} <= set(ran)
    assert not ClockState.objects.filter(name__regex=r"^(outbox|core|worker)", failures__gt=0).exists()
    assert not queries.worker_is_silent()
    assert not any(face.is_late for face in queries.clock_faces())


def test_a_worker_that_was_seen_long_ago_is_silent():
    assert queries.worker_is_silent()
    housekeeping.worker()
    ClockState.objects.create(name="worker", last_ok=timezone.now() - timedelta(minutes=6))
    assert queries.worker_is_silent()
