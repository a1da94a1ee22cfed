"""The files that every page loads, written once: `{% load frame %}{% frame_files %}`."""

from functools import lru_cache

from django import template
from django.core.signals import setting_changed
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

STYLES = (
    "kern/kern.min.css", "kern/fonts/fira-sans.css", "kern/fonts/noto-sans.css", "wurzelwerk/base.css",
    "wurzelwerk/search.css", "wurzelwerk/components.css", "wurzelwerk/forms.css", "wurzelwerk/tables.css",
    "wurzelwerk/portal.css", "wurzelwerk/print.css",
)  # fmt: skip
SCRIPTS = (
    "wurzelwerk/menu.js", "wurzelwerk/search.js", "wurzelwerk/combobox.js", "wurzelwerk/date.js",
    "wurzelwerk/upload.js", "wurzelwerk/forms.js", "wurzelwerk/draft.js", "wurzelwerk/dialog.js",
    "wurzelwerk/keys.js",
)  # fmt: skip

PLACE_OF_TOKEN = "the-token-of-the-form"  # noqa: S105 - replaced by each page's own

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=1)
def frame_files() -> SafeString:
    """Write the links to the mark, the styles and the scripts of the frame."""
    mark = format_html('<link rel="icon" href="{}" type="image/svg+xml">', static("wurzelwerk/mark.svg"))
    styles = format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(name),) for name in STYLES))
    scripts = format_html_join("\n", '<script type="module" src="{}"></script>', ((static(name),) for name in SCRIPTS))
    return mark_safe("\n".join((mark, styles, scripts)))  # noqa: S308 - all three are safe already


@register.simple_tag(takes_context=True)
def search_box(context: template.Context) -> SafeString:
    """Write the search of the header: the same on every page but for the form's token."""
    found, suggests = str(context.get("search_url") or ""), str(context.get("search_suggest_url") or "")
    if not found:
        return SafeString("")
    box = _search_box(get_language() or "", found, suggests)
    return mark_safe(box.replace(PLACE_OF_TOKEN, str(context.get("csrf_token", ""))))  # noqa: S308 - a template, and letters


@lru_cache(maxsize=16)
def _search_box(_language: str, found: str, suggests: str) -> str:
    values = {"search_url": found, "search_suggest_url": suggests, "csrf_token": PLACE_OF_TOKEN}
    return get_template("base/search.html").template.render(template.Context(values))


@setting_changed.connect
def _forget(**_signal: object) -> None:
    """Write them anew where the address of static files may have changed."""
    frame_files.cache_clear()
    _search_box.cache_clear()
