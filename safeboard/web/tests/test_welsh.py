"""Welsh is added with a folder and a setting: no code is touched."""

import struct

import pytest
from django.urls import reverse
from django.utils.translation import trans_real

pytestmark = pytest.mark.django_db


def compiled(words):
    """What msgfmt writes: a catalogue of these words."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **words}.items())
    ids = [source.encode() for source, _ in pairs]
    said = [text.encode() for _, text in pairs]
    tables, at = [], 28 + 16 * len(pairs)
    for column in (ids, said):
        for text in column:
            tables.append(struct.pack("<II", len(text), at))
            at += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(tables) + b"".join(text + b"\0" for text in ids + said)


@pytest.fixture
def welsh(settings, tmp_path):
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(compiled({"Sign in": "Mewngofnodi"}))
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    yield
    forget()


def forget():
    trans_real._translations.clear()
    trans_real.get_languages.cache_clear()


def test_a_page_speaks_welsh_where_the_browser_asks_for_it(client, welsh):
    forget()
    page = client.get(reverse("account_login"), headers={"accept-language": "cy"}).content.decode()
    assert '<html lang="cy"' in page
    assert "Mewngofnodi" in page


def test_a_language_that_is_not_offered_is_not_claimed(client):
    page = client.get(reverse("account_login"), headers={"accept-language": "cy"}).content.decode()
    assert '<html lang="en-gb"' in page
    assert "Sign in" in page
