"""Template tags for addresses: `{% load links %}`."""

from django import template
from django.http import QueryDict

from wurzelwerk.base.undo import undo_address

register = template.Library()
register.filter("undo_address", undo_address)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """Return the page's query string with `changes`; a value of None or "" takes the key away.

    `<a href="{% query sort='name' page=None %}">`. The answer starts with `?`, also when nothing is left, so that the
    link leads to the page itself.
    """
    request = context.get("request")
    return with_query(request.GET if request is not None else QueryDict(), **changes)


def with_query(params: QueryDict, **changes: object) -> str:
    """Return `params` with `changes` as a query string that starts with `?`."""
    changed = params.copy()
    for key, value in changes.items():
        if value is None or value == "":
            changed.pop(key, None)
        elif isinstance(value, list | tuple):
            changed.setlist(key, [str(one) for one in value])
        else:
            changed[key] = str(value)
    return f"?{changed.urlencode()}"
