"""Following a chart: one step a page, stale pages, older versions, and the outcome with whom to ring."""

import re

import pytest

from safeboard.incidents.choices import DutyKind
from safeboard.incidents.models import Duty, Incident, Walk, WalkStep
from safeboard.library import queries as library
from safeboard.library.operations import publish_packs
from safeboard.library.schemas import Text
from safeboard.partnership.tests.factories import BoardContactFactory, ContactFactory

from .factories import reported
from .helpers import client_of, walked

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(cast):
    return reported(cast)


def start(client, incident, chart="child-tells"):
    answer = client.post(f"/incidents/{incident.pk}/walk/", {"chart": chart})
    assert answer.status_code == 302
    return answer.url


def answered(client, path, answer, **more):
    page = client.get(path).content.decode()
    hidden = dict(re.findall(r'name="(step|order)" value="([^"]+)"', page))
    return client.post(path, {**hidden, "answer": answer, **more}, follow=True)


def test_the_chart_of_this_kind_stands_first(cast, checked_client, incident):
    client = client_of(checked_client, cast, cast.staff)
    page = client.get(f"/incidents/{incident.pk}/walk/").content.decode()
    charts = re.findall(r'name="chart" value="([^"]+)"', page)
    assert charts[0] == "becta-incident"
    assert len(charts) == len(library.items("england-2026", "charts"))
    page = client.post(f"/incidents/{incident.pk}/walk/", {"chart": "nothing"}).content.decode()
    assert "Choose one of the charts" in page


def test_a_step_shows_question_tasks_numbers_and_not_sure_last(cast, checked_client, incident):
    BoardContactFactory(
        board=cast.board, kind="social-care-duty-team", name="Eastmarch front door", telephone="01632 960555"
    )
    ContactFactory(agency=cast.agency, kind="designated-officer", name="Dora Designated", telephone="01632 960444")
    client = client_of(checked_client, cast, cast.staff)
    path = start(client, incident)
    page = client.get(path).content.decode()
    assert "Is the child in danger right now?" in page
    assert "Do not promise to keep it secret." in page
    assert 'href="tel:01632960444"' in page
    radios = re.findall(r'type="radio" name="answer" id="answer-\d" value="([^"]+)"', page)
    assert radios == ["yes", "no", "not-sure"]
    assert "You are here" in page
    page = answered(client, path, "no").content.decode()
    assert 'href="tel:01632960555"' in page
    assert "Your way so far" in page


def test_no_answer_is_said_beside_the_question(cast, checked_client, incident):
    client = client_of(checked_client, cast, cast.staff)
    path = start(client, incident)
    page = client.post(path, {"step": "listen", "order": "1"}, follow=True).content.decode()
    assert "Choose an answer to go on" in page


def test_the_same_answer_twice_counts_once_and_a_stale_page_is_told(cast, checked_client, incident):
    client = client_of(checked_client, cast, cast.staff)
    path = start(client, incident)
    for _again in range(2):
        page = client.post(path, {"step": "listen", "order": "1", "answer": "no"}, follow=True).content.decode()
        assert "answered meanwhile" not in page
    other = cast.client_for(cast.designated_officer)
    page = other.post(path, {"step": "listen", "order": "1", "answer": "yes"}, follow=True).content.decode()
    assert "This step was answered meanwhile." in page
    assert "Did the child speak of somebody" in page
    for order, step, answer in (
        ("2", "nothing", "no"),
        ("x", "tell", "no"),
        ("2", "tell", "nothing"),
        ("9", "tell", "no"),
    ):
        page = other.post(path, {"step": step, "order": order, "answer": answer}, follow=True)
        assert page.status_code == 200
    with cast.wall_of(cast.staff):
        assert WalkStep.objects.count() == 1


def test_back_one_step_keeps_what_was_answered(cast, checked_client, incident):
    client = client_of(checked_client, cast, cast.staff)
    path = start(client, incident)
    answered(client, path, "no")
    page = client.post(f"{path}back/", {"order": "2"}, follow=True).content.decode()
    assert "Is the child in danger right now?" in page
    page = client.post(f"{path}back/", {"order": "2"}, follow=True).content.decode()
    assert "moved on meanwhile" in page
    with cast.wall_of(cast.staff):
        assert WalkStep.objects.get().taken_back_at is not None
    assert "taken back" in client.get(f"/incidents/{incident.pk}/").content.decode()


def test_a_chart_edited_while_somebody_walks_it(cast, checked_client, incident, monkeypatch):
    publish_packs()
    client = client_of(checked_client, cast, cast.staff)
    path = start(client, incident)
    answered(client, path, "no")
    pack = library.pack("england-2026")
    old = pack.items["charts"]["child-tells"]
    steps = tuple(
        step.model_copy(update={"question": Text({"en": f"NEW {step.question}"}), "id": f"new-{step.id}"})
        for step in old.steps[:1]
    )
    newer = old.model_copy(update={"version": old.version + 1, "steps": (*steps, *old.steps[1:]), "start": steps[0].id})
    monkeypatch.setitem(pack.items["charts"], "child-tells", newer)
    page = answered(client, path, "no").content.decode()
    assert "NEW" not in page
    with cast.wall_of(cast.staff):
        assert list(WalkStep.objects.values_list("step", "answer")) == [("listen", "no"), ("tell", "no")]
        walk = Walk.objects.get()
        assert walk.version == old.version
    assert client.get(f"{path}chart/").status_code == 200
    assert "Go on with the chart" in client.get(f"/incidents/{incident.pk}/").content.decode()


def test_words_that_are_gone_are_said_and_the_answers_stay(cast, checked_client, incident):
    walk = walked(cast, incident, "no")
    with cast.wall_of(cast.staff):
        Walk.objects.update(version=77)
    client = client_of(checked_client, cast, cast.staff)
    page = client.get(f"/incidents/{incident.pk}/walk/{walk.pk}/", follow=True).content.decode()
    assert "no longer here" in page
    assert "Is the child in danger right now?" in page
    assert client.post(f"/incidents/{incident.pk}/walk/{walk.pk}/", {"answer": "no", "step": "x"}).status_code == 302
    assert client.get(f"/incidents/{incident.pk}/walk/{walk.pk}/chart/").status_code == 302


def test_the_outcome_says_what_to_do_whom_to_ring_and_what_is_owed(cast, checked_client, incident):
    walk = walked(cast, incident, "yes", "done", "no")
    client = client_of(checked_client, cast, cast.staff)
    path = f"/incidents/{incident.pk}/walk/{walk.pk}/"
    for _step in range(12):
        with cast.wall_of(cast.staff):
            walk.refresh_from_db()
        if walk.ended_at:
            break
        page = client.get(path).content.decode()
        answered(client, path, re.findall(r'name="answer" id="answer-1" value="([^"]+)"', page)[0])
    page = client.get(path).content.decode()
    assert "What to do now, in this order" in page
    assert "What is owed now" in page
    assert "What is recorded already" in page
    with cast.wall_of(cast.staff):
        refer = Duty.objects.filter(incident=incident, kind=DutyKind.REFER, done_at=None).first()
    assert f"/incidents/{incident.pk}/referrals/new/?duty={refer.pk}" in page
    assert "Refer to" in page


def test_a_walk_that_comes_upon_images_seals_the_record(cast, checked_client, incident):
    client = client_of(checked_client, cast, cast.staff)
    path = start(client, incident, "becta-incident")
    for answer in ("unlawful", "no", "child-at-risk", "yes"):
        answered(client, path, answer)
    with cast.wall_of(cast.staff):
        assert Incident.objects.get().refuses_files
