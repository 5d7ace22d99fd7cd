"""Every request gets its access and the wall opened for it, and for nothing else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from safeboard.accounts.queries import has_second_factor
from safeboard.core import wall
from safeboard.core.access import Access

from . import queries


class AccessMiddleware:
    """Sets ``request.access`` from the memberships that hold now, and opens the wall while the view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            access = queries.access_of(request.user, chosen=request.session.get("place", ""))
            access.extras["second_factor"] = has_second_factor(request)
        else:
            access = Access(person=None, place=None)
        request.access = access
        with wall.open_as(access, queries.scopes):
            return self.get_response(request)
