from collections.abc import Iterator

import pytest

from safeboard.outbox import posting


@pytest.fixture(autouse=True)
def _mail_server_is_thought_to_be_there() -> Iterator[None]:
    posting.note_away(None)
    yield
    posting.note_away(None)
