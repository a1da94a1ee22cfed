"""What the browser does with a form: open its page, fill it in, send it."""

from typing import Any

from django.test import Client


def fill_in(client: Client, address: str, fields: dict[str, Any], **options: Any) -> Any:
    """Open the page of a form and send it with these fields and what the page itself carries; return the answer."""
    opened = client.get(address).context["form"].opened
    return client.post(address, {**fields, "stand": opened.signed}, **options)


def as_shown(page: Any) -> dict[str, Any]:
    """Return what the browser would send of a page's form if nobody typed anything."""
    form = page.context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    sent = {name: "on" if value is True else value for name, value in values.items() if value not in (None, False)}
    return sent | ({"stand": form.opened.signed} if form.opened else {})
