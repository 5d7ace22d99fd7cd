"""Three worries as children and a parent send them in: one not read yet, one answered, one that became an incident."""

from __future__ import annotations

from django.utils import timezone

from safeboard.core import wall
from safeboard.core.access import Access, Place
from safeboard.core.roles import PlaceKind, Role
from safeboard.incidents import operations
from safeboard.incidents.models import Worry
from safeboard.incidents.operations.voice import NOBODY, Said

from .county import County

# Anybody may read these words: they open only what is made up.
NEW = ["apple", "badger", "canoe", "daisy", "eagle", "falcon", "garden"]
ANSWERED = ["honey", "island", "jigsaw", "kitten", "lemon", "mango", "noodle"]
BECAME = ["ocean", "penguin", "quilt", "rabbit", "saddle", "tiger", "umbrella"]


def make_worries(county: County) -> int:
    """Name the duty point and send in three worries to one agency; gives how many."""
    agency = next(one for one in county.agencies if county.people.get(one.pk, {}).get(Role.DESIGNATED_OFFICER))
    board, place = county.board, county.settings[agency.pk][0]
    officer = county.people[agency.pk][Role.DESIGNATED_OFFICER][0]
    by = Access(
        person=officer,
        place=Place(PlaceKind.AGENCY, agency.pk, agency.name),
        roles=frozenset({Role.DESIGNATED_OFFICER}),
    )
    board.duty_point_id = agency.pk
    board.save(update_fields=["duty_point"])

    def send(words: list[str], text: str, **more: str) -> Worry:
        sender = more.pop("sender", "child")
        said = Said(text=text, place=place, about_adult="no", wish="inside", **more)
        return operations.send_worry(by=NOBODY, board=board, sender=sender, said=said, words=words)

    send(NEW, "A girl in my class made a chat about me. Everyone is in it but me. They say horrid things.", danger="no")
    night = "My son gets messages at night from somebody in a game. He will not say who."
    answered = send(ANSWERED, night, sender="parent")
    became = send(BECAME, "Someone I met in a game wants me to send pictures. I said no but he keeps on.", name="Robin")
    with wall.open_for(agencies=[agency.pk], casework=[agency.pk]):
        operations.read_worry(by=by, worry=answered)
        operations.answer_worry(by=by, worry=answered, text=THANKS)
        operations.read_worry(by=by, worry=became)
        operations.worry_to_incident(by=by, worry=became, fields=_fields(became))
        operations.answer_worry(by=by, worry=became, text=HELPED)
    return 3


THANKS = (
    "Thank you for telling us. It was right to ask.\n"
    "Please leave his tablet as it is. Which game is it, and since when?\n"
    "I am at school until five and look here again tomorrow at nine."
)
HELPED = (
    "Thank you for telling us, Robin. It is not your fault, and you are not in trouble.\n"
    "Please do not answer him, and do not delete anything. I am telling people whose job it is to stop this.\n"
    "I look here again this afternoon. If you are scared now, ring Childline on 0800 1111."
)


def _fields(worry: Worry) -> dict[str, object]:
    text = worry.messages.earliest("pk").text
    return {
        "scenario": "sexual-exploitation",
        "classification": "contact",
        "images": "maybe",
        "how_found": "told-by-child",
        "happened_on": timezone.localdate(),
        "narrative": text,
        "setting": worry.setting,
    }
