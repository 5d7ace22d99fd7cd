"""The pages for a child, or a parent, who writes without an account."""

from __future__ import annotations

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from safeboard.core import wall
from safeboard.core.unseen import COUNTER
from safeboard.incidents import operations
from safeboard.incidents.models import Worry
from safeboard.incidents.tests.worries import WORDS, Sender, again, begun, opened, sent
from safeboard.incidents.views import voice_public
from safeboard.library import queries as library
from safeboard.partnership.tests.factories import SettingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_was_here():
    COUNTER.forget()


@pytest.fixture
def board(cast):
    return opened(cast)


def test_a_child_tells_and_is_given_seven_words(cast, board):
    child = Sender(board)
    assert "What is worrying you?" in child.open()
    assert "in danger right now" in child.say("write", text=WORDS)
    assert "Which school or club" in child.say("danger", danger="no")
    found = child.say("place", do="find", look=cast.setting.name[:5])
    assert cast.setting.name in found
    assert "grown-up who works" in child.say("place", look=cast.setting.name[:5], place=str(cast.setting.pk))
    assert "Who should read it?" in child.say("adult", about_adult="no")
    last = child.say("reader", wish="inside")
    assert "May we know your name?" in last
    assert f"A safe person for {cast.setting.name} will read this." in last
    assert "Thank you" in child.say("name", name="Alex")
    assert len(child.words) == 7
    talk = Client().post(f"/worry/{board.pk}/back/", {"words": ", ".join(child.words).upper()})
    assert WORDS in talk.content.decode()
    assert "No one has read this yet." in talk.content.decode()


def test_only_what_happened_is_needed_and_it_can_be_sent_at_once(board):
    child = Sender(board)
    child.open()
    assert "Write a few words about what is worrying you" in child.say("write", text="  ")
    child.say("write", text=WORDS)
    assert "Thank you" in child.say("danger", do="send")


def test_danger_shows_999_first_and_still_lets_them_send(board):
    child = Sender(board)
    child.open()
    child.say("write", text=WORDS)
    page = child.say("danger", danger="yes")
    assert "Ring 999 now" in page
    assert 'href="tel:999"' in page
    assert "Send it now" in page
    assert "We try to read it at once" in html.unescape(child.say("now", do="send"))


def test_going_back_keeps_what_was_typed(board):
    child = Sender(board)
    child.open()
    child.say("write", text=WORDS)
    assert WORDS in child.say("danger", do="back")


def test_sent_twice_is_one_with_the_same_words(board):
    child = Sender(board)
    child.open()
    page = child.say("write", text=WORDS)
    child.say("danger", do="send")
    first, child.page = child.words, page
    child.say("danger", do="send")
    assert child.words == first


def test_who_asks_for_somebody_outside_is_told_so(cast, board):
    child = Sender(board)
    child.page = f'name="so_far" value="{begun(text=WORDS, place=str(cast.setting.pk), wish="")["so_far"]}"'
    assert "Someone from outside your school or club will read this." in child.say("reader", wish="outside")


def test_a_place_where_children_live_is_not_found_by_anybody(cast, board):
    SettingFactory(agency=cast.agency, name="Bramble House", kind="childrens-home")
    SettingFactory(agency=cast.agency, name="Bramble Library", kind="library")
    child = Sender(board)
    child.page = f'name="so_far" value="{begun(text=WORDS)["so_far"]}"'
    page = child.say("place", do="find", look="bramble")
    assert "Bramble Library" in page
    assert "Bramble House" not in page


def test_a_place_that_is_not_found_is_kept_as_typed(board):
    child = Sender(board)
    child.page = f'name="so_far" value="{begun(text=WORDS)["so_far"]}"'
    assert "We did not find that name" in child.say("place", do="find", look="Nowhere Academy")
    child.say("place", look="Nowhere Academy")
    child.say("adult", do="send")
    with wall.open_for(casework=[board.duty_point_id]):
        assert Worry.objects.get().place == "Nowhere Academy"


@pytest.mark.parametrize(
    "path", ["", "{board}/", "{board}/child/", "{board}/parent/", "{board}/child/write/", "{board}/back/"]
)
def test_every_page_shows_who_helps_and_the_way_out_and_sets_no_cookie(client, board, path):
    answer = client.get(f"/worry/{path}".format(board=board.pk), follow=True)
    page = html.unescape(answer.content.decode())
    assert 'href="tel:999"' in page
    assert "0800 1111" in page.replace("\xa0", " ")
    assert "www.ceop.police.uk" in page
    assert "Report Remove" in page
    assert "https://www.bbc.co.uk/weather" in page
    assert not answer.cookies
    assert 'type="file"' not in page
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_before_anything_is_written_it_is_said_who_reads_it_and_that_it_is_no_secret(client, board):
    page = html.unescape(client.get(f"/worry/{board.pk}/child/").content.decode())
    for words in (
        "Who will read it?",
        "We cannot keep it a secret",
        "What happens next?",
        "keep a list of the web pages",
    ):
        assert words in page


def test_a_board_that_names_nobody_says_kindly_that_nobody_reads_there(client, cast):
    page = client.get(f"/worry/{cast.board.pk}/child/write/").content.decode()
    assert "You cannot write to us here yet" in page
    assert "0800" in page
    assert "<textarea" not in page
    assert "You cannot write to us here yet" in client.get("/worry/").content.decode()
    answer = client.post(f"/worry/{cast.board.pk}/child/write/", {**begun(text=WORDS), "step": "danger", "do": "send"})
    assert "You cannot write to us here yet" in answer.content.decode()


def test_a_file_is_refused_unread_and_the_words_are_kept(board):
    picture = SimpleUploadedFile("picture.jpg", b"\xff\xd8\xff" + b"zqfileqz" * 99, "image/jpeg")
    data = {**begun(), "step": "write", "do": "on", "text": WORDS, "file": picture}
    page = Client().post(f"/worry/{board.pk}/child/write/", data).content.decode()
    assert "We did not keep it" in page
    assert "in danger right now" in page


def test_a_file_dressed_as_words_is_refused_in_simple_words(board):
    child = Sender(board)
    child.open()
    page = child.say("write", text="look data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==")
    assert "We can only take words here" in page
    assert "iVBOR" not in page


def test_over_the_limit_nothing_typed_is_lost(board, monkeypatch):
    monkeypatch.setattr(voice_public, "SENDS", {"each": 1, "in_all": 9})
    for expected in (200, 429):
        child = Sender(board, REMOTE_ADDR="192.0.2.7")
        child.open()
        child.say("write", text=WORDS)
        child.say("danger", do="send")
        assert child.answer.status_code == expected
    assert "Too many people" in child.page
    assert "0800" in child.page
    assert WORDS in child.say("danger", do="back")


def test_a_database_that_is_away_loses_nothing_typed(board, monkeypatch):
    def broken(**_):
        raise OperationalError("database is locked")

    child = Sender(board)
    child.open()
    child.say("write", text=WORDS)
    monkeypatch.setattr(operations, "send_worry", broken)
    page = child.say("danger", do="send")
    assert child.answer.status_code == 503
    assert "It is still here" in page
    monkeypatch.undo()
    assert "Thank you" in child.say("danger", do="send")


def test_wrong_words_open_nothing_and_a_slip_is_named(board):
    back = f"/worry/{board.pk}/back/"
    page = Client().post(back, {"words": "apple badger canoe daisy eagle falcon garlik"}).content.decode()
    assert "We did not find these words" in page
    assert "<strong>garlik</strong>" in page


def test_they_come_back_read_the_answer_and_write_more(cast, board):
    worry, words = sent(cast)
    with cast.wall_of(cast.designated_officer):
        access = cast.access_for(cast.designated_officer)
        operations.answer_worry(by=access, worry=worry, text="Thank you for telling us.")
    back, typed = f"/worry/{board.pk}/back/", {"words": " ".join(words)}
    page = Client().post(back, typed).content.decode()
    assert "Thank you for telling us." in page
    assert cast.designated_officer.name not in page
    more = {**begun(words=" ".join(words)), "text": "There is more", "key": "6f1c1f9e-4a43-4d4c-9a52-1d1a3c1b2a11"}
    for _ in range(2):
        page = Client().post(back, more).content.decode()
    assert page.count("There is more") == 1
    assert again(worry).state == "new"


def test_somebody_signed_in_is_not_known_here_either(cast, board):
    client = cast.client_for(cast.lead)
    answer = client.get(f"/worry/{board.pk}/child/")
    assert cast.lead.name not in answer.content.decode()
    assert not answer.cookies


def test_both_packs_have_every_word(cast):
    for pack in library.packs():
        assert {one.id for one in library.items(pack, "voice")} >= {"child", "parent"}
        assert len(library.item(pack, "guidance", "child-tells").points) == 11
