"""What the report's templates need: ``{% load incidents_report %}``."""

from django import template

register = template.Library()


@register.filter
def from_check(address: str) -> str:
    """The address of a page, from which one comes back to where the answers are looked over."""
    return f"{address}?from=check"
