import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from safeboard.core import wall
from safeboard.core.models import Entry
from safeboard.insight.errors import Refused
from safeboard.insight.jobs import make_pack
from safeboard.insight.models import ReviewerPack
from safeboard.insight.operations import reviewers as writes
from safeboard.insight.tests.reports import as_officer
from safeboard.partnership.models import Membership

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def asked(cast, days=7):
    until = TODAY() + timedelta(days)
    return as_officer(cast, writes.ask_for_pack, board=cast.board, title="Peer review", until=until)


def made(cast, days=7):
    row = asked(cast, days)
    person = cast.board_officer
    make_pack.call(pack=row.pk, person=person.pk, board=row.board_id)
    with wall.open_for(boards=[cast.board.pk]):
        return ReviewerPack.objects.get(pk=row.pk)


def test_an_inspector_opens_the_pack_and_each_look_is_in_the_history(cast):
    pack = made(cast)
    client = cast.client_for(cast.board_inspector)
    where = reverse("insight:pack", args=[pack.key])
    assert where in client.get(reverse("insight:packs")).content.decode()
    answer = client.get(where)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert {"README.txt", "strategy/action-plan.xlsx", "standards/rounds.xlsx", "verify.py"} <= set(
            archive.namelist()
        )
    assert manifest["for"] == "Peer review"
    assert client.get(where).content == answer.content
    assert Entry.objects.filter(verb="insight.pack_opened").count() == 2
    assert cast.client_for(cast.subgroup_member).get(where).status_code == 403


def test_a_pack_is_closed_after_its_last_day_and_its_content_is_cleared(cast):
    pack = made(cast)
    where = reverse("insight:pack", args=[pack.key])
    as_officer(cast, writes.close_pack, pack=pack)
    assert cast.client_for(cast.board_inspector).get(where).status_code == 404
    with wall.open_for(boards=[cast.board.pk]):
        assert bytes(ReviewerPack.objects.get(pk=pack.pk).content) == b""
    with pytest.raises(Refused, match="last day has passed"):
        as_officer(cast, writes.open_pack, pack=pack)


def test_packs_past_their_day_are_cleared_by_the_clock(cast):
    pack = made(cast)
    with wall.open_for(boards=[cast.board.pk]):
        ReviewerPack.objects.filter(pk=pack.pk).update(until=TODAY() - timedelta(days=1))
    assert writes.clear_closed(by=writes.CLOCK) == 1
    assert writes.clear_closed(by=writes.CLOCK) == 0


def test_a_pack_is_not_opened_for_days_that_have_passed(cast):
    with pytest.raises(Refused, match="has not passed"):
        made(cast, days=-1)


@pytest.mark.parametrize(
    ("person", "there", "not_there"),
    [
        ("board_inspector", ("/strategy/plan/", "/picture/packs/"), ("/incidents/",)),
        ("inspector", ("/incidents/", "/standards/returns/"), ("/picture/packs/",)),
    ],
)
def test_the_guide_leads_an_inspector_to_what_they_may_open(cast, person, there, not_there):
    client = cast.client_for(cast.people[person])
    words = client.get(reverse("insight:guide")).content.decode()
    assert "Your access ends on" in words
    for path in there:
        assert f'href="{path}"' in words
        assert client.get(path).status_code == 200
    for path in not_there:
        assert f'<a class="govuk-link" href="{path}"' not in words


def test_a_pack_of_somebody_who_left_is_not_waited_for(cast):
    row = asked(cast)
    Membership.objects.filter(person=cast.board_officer).update(ended_at=timezone.now())
    make_pack.call(pack=row.pk, person=cast.board_officer.pk, board=cast.board.pk)
    with wall.open_for(boards=[cast.board.pk]):
        row.refresh_from_db()
    assert (row.failed_at is not None, row.made_at, row.size) == (True, None, 0)
