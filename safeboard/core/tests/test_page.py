"""What the page decorator answers before a view is asked."""

import pytest

pytestmark = pytest.mark.django_db


def test_an_address_that_takes_only_forms_says_so_to_who_opens_it(cast):
    client = cast.client_for(cast.staff)
    shown = client.get("/incidents/search/")
    assert (shown.status_code, shown["Allow"]) == (405, "POST")
    assert "Nothing was changed" in shown.content.decode()
    assert client.put("/incidents/search/").content == b""
