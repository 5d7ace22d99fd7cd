"""The checked client looks at headers as well as at markup."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from safeboard.core.page import open_page
from tests.support.pages import CheckedClient, check_page
from tests.toolchain.test_pages import GOOD


@open_page(reason="only for this test")
def good(request: HttpRequest) -> HttpResponse:
    return HttpResponse(GOOD)


@open_page(reason="only for this test")
def unlabelled(request: HttpRequest) -> HttpResponse:
    return HttpResponse(GOOD.replace('for="what"', ""))


urlpatterns = [path("good/", good), path("unlabelled/", unlabelled)]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_good_page_passes_and_an_unlabelled_field_does_not(checked_client: CheckedClient):
    assert checked_client.get("/good/").status_code == 200
    with pytest.raises(AssertionError, match=r"/unlabelled/ \(200\) .*\n.*the field 'what' has no label"):
        checked_client.get("/unlabelled/")


def test_a_page_without_its_headers_fails():
    with pytest.raises(AssertionError) as failed:
        check_page(HttpResponse(GOOD))
    for fault in ("Content-Security-Policy", "nosniff", "Referrer-Policy"):
        assert fault in str(failed.value)


def test_unsafe_words_in_the_policy_fail():
    response = HttpResponse(GOOD, headers={"Content-Security-Policy": "default-src 'self' 'unsafe-inline'"})
    with pytest.raises(AssertionError, match="allows something unsafe"):
        check_page(response)


def test_what_is_no_page_is_left_alone():
    check_page(HttpResponse("a,b", content_type="text/csv"))
