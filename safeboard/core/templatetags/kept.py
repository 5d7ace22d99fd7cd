"""The hidden fields that a form needs: ``{% load kept %}{% form_token %}`` in place of ``{% csrf_token %}``."""

from django import template
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from safeboard.core import kept

register = template.Library()


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> SafeString:
    """The token against forged posts, and the mark by which what was typed finds its writer again (see core.kept)."""
    request = context["request"]
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="{}" value="{}">',
        get_token(request),
        kept.FIELD,
        kept.mark(getattr(request, "access", None)),
    )
