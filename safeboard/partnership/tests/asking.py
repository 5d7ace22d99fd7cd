"""Asking for the pages of the room."""

from django.urls import reverse


def get(cast, person, name, *args, place="", status=200, **query):
    answer = cast.client_for(person, place=place).get(reverse(f"partnership:{name}", args=args), query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer


def post(cast, person, page, *args, query="", **data):
    return cast.client_for(person).post(reverse(f"partnership:{page}", args=args) + query, data)
