"""The components that stand on a page by the dozen, written in Python: a tenth of what a template each costs.

They are used like all others (`<c-badge label="offen" kind="info" />`); `templatetags/components.py` hands
their tags over to the functions here, the rest stays with django-cotton. Each function takes a `Use` and, by
name, the attributes it knows; everything else that was written on the tag arrives in `Use.rest`.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils import timezone
from django.utils.translation import gettext as _

from wurzelwerk.base import formats
from wurzelwerk.base.markup import text
from wurzelwerk.base.templatetags.formats import or_dash
from wurzelwerk.base.templatetags.icons import icon as drawing


@dataclass
class Use:
    """One use of a component: the page's context, the content (safe HTML), named slots, attributes to pass on."""

    context: Context
    slot: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""


@dataclass(frozen=True)
class Component:
    """A component written in Python: how to write it, and which attributes it knows."""

    write: Callable[..., str]
    known: frozenset[str]


COMPONENTS: dict[str, Component] = {}


def component(write: Callable[..., str]) -> Callable[..., str]:
    """Make a function a component: `<c-its-name>`, its keyword-only arguments the attributes."""
    known = [one.name for one in inspect.signature(write).parameters.values() if one.kind is one.KEYWORD_ONLY]
    COMPONENTS[write.__name__.replace("_", "-")] = Component(write, frozenset(known))
    return write


def _drawn(name: Any, size: str = "") -> str:
    return drawing(str(name), size) if name else ""


def _when(wanted: Any, markup: str) -> str:
    return markup if wanted else ""


def _in(before: str, value: Any, after: str) -> str:
    """A value between two pieces of markup; nothing where there is no value."""
    return f"{before}{text(value)}{after}" if value else ""


# -- words and buttons -----------------------------------------------------------------------------------------------


@component
def badge(use: Use, *, label: Any = "", kind: Any = "", icon: Any = "") -> str:
    """`<c-badge label="offen" kind="info|success|warning|danger|(neutral)" icon="…" />`: status in words.

    The sign is never colour alone: a kind brings its own drawing.
    """
    css = _in(" ww-badge--", kind, "")
    return f'<span class="ww-badge{css}">{_drawn(icon or kind, "small")}<span>{text(label)}{use.slot}</span></span>'


@component
def button(
    use: Use, *, label: Any = "", href: Any = "", kind: Any = "primary", icon: Any = "", type: Any = "submit",  # noqa: A002
    name: Any = "", value: Any = "", opens: Any = "",
) -> str:  # fmt: skip
    """`<c-button label="Speichern" />`: a submit button; kind: primary, secondary, tertiary, danger.

    `<c-button label="Öffnen" href="/…" icon="home" />`: the same look as a link. type, name, value: as on
    `<button>`. `opens="id"` opens a `<c-dialog>`; with href the link leads to the same question without scripts.
    Further attributes are passed on.
    """
    inside = f'{_drawn(icon)}<span class="kern-label">{text(label)}{use.slot}</span>'
    dialog = _in(' data-opens="', opens, '"')
    css = f'class="kern-btn kern-btn--{text(kind)}"'
    if href:
        return f'<a href="{text(href)}" {css}{dialog} {use.rest}>{inside}</a>'
    named = _in(' name="', name, '"') + _in(' value="', value, '"')
    haspopup = _when(opens, ' aria-haspopup="dialog"')
    shape = "button" if opens else text(type)
    return f'<button type="{shape}" {css}{named}{dialog}{haspopup} {use.rest}>{inside}</button>'


@component
def post(
    use: Use, *, url: Any = "", label: Any = "", of: Any = "", icon: Any = "", kind: Any = "tertiary", back: Any = ""
) -> str:
    """`<c-post url="/…/erledigt/" label="Erledigt" of="Anmeldung" icon="check" back="/heute/" />`: one posting button.

    `of` names for screen readers what it is about, `back` the page to return to.
    """
    named = _in('<span class="kern-sr-only">: ', of, "</span>")
    inside = button(Use(use.context, named), label=label, kind=kind, icon=icon)
    kept = _in('<input type="hidden" name="zurueck" value="', back, '">')
    token = CsrfTokenNode().render(use.context)
    return f'<form method="post" action="{text(url)}" class="ww-post" data-once>{token}{kept}{inside}</form>'


# -- facts -----------------------------------------------------------------------------------------------------------


@component
def facts(use: Use, *, items: Any = (), stacked: Any = "", columns: Any = "") -> str:
    """`<c-facts stacked columns>`: a definition list; holds `<c-fact>`. `:items` takes (label, value) pairs instead."""
    css = _when(stacked, " ww-facts--stacked") + _when(columns, " ww-facts--columns")
    pairs = "".join(f"<div><dt>{text(one)}</dt><dd>{text(or_dash(value))}</dd></div>" for one, value in items or ())
    return f'<dl class="ww-facts{css}">{pairs}{use.slot}</dl>'


@component
def fact(use: Use, *, label: Any = "", value: Any = "", note: Any = "") -> str:
    """`<c-fact label="Kaltmiete" :value="rent" note="Quelle …" />` or the value as content; nothing shows as a dash."""
    said = use.slot if use.slot.strip() else text(or_dash(value))
    return f"<div><dt>{text(label)}</dt><dd>{said}{_in('<small>', note, '</small>')}</dd></div>"


# -- parts of a page -------------------------------------------------------------------------------------------------


@component
def panel(
    use: Use, *, title: Any = "", icon: Any = "", level: Any = "2", flush: Any = "", accent: Any = "", quiet: Any = "",
    id: Any = "", empty: Any = "", empty_text: Any = "", actions: Any = "", foot: Any = "",  # noqa: A002
) -> str:  # fmt: skip
    """`<c-panel title="Plan" icon="plan" level="2" flush accent quiet id="plan"> … </c-panel>`.

    Slots: actions (buttons beside the title), foot. `flush` takes the inner margin away (for lists and tables).
    `empty="Noch kein Plan"` shows an empty state instead of the content.
    """
    css = _when(flush, " ww-panel--flush") + _when(accent, " ww-panel--accent") + _when(quiet, " ww-panel--quiet")
    body = _empty(title=empty, said=empty_text, icon=icon) if empty else use.slot
    head = ""
    if title:
        beside = _in('<div class="ww-actions">', use.slots.get("actions", actions), "</div>")
        head = f'<div class="ww-panel__head"><h{text(level)}>{_drawn(icon)}{text(title)}</h{text(level)}>{beside}</div>'
    below = _in('<div class="ww-panel__foot">', use.slots.get("foot", foot), "</div>")
    named = _in(' id="', id, '"')
    return (
        f'<section class="ww-panel{css}"{named} {use.rest}>\n{head}\n<div class="ww-panel__body">{body}</div>\n'
        f"{below}\n</section>"
    )


@component
def empty(use: Use, *, title: Any = "", text: Any = "", icon: Any = "root") -> str:
    """`<c-empty title="Noch keine Termine" text="…" icon="calendar">[buttons]</c-empty>`: what would be here."""
    return _empty(title=title, said=text, icon=icon, slot=use.slot)


def _empty(*, title: Any, said: Any, icon: Any, slot: str = "") -> str:
    inside = _in("<p>", said, "</p>") + _when(slot, f'<div class="ww-actions">{slot}</div>')
    return f'<div class="ww-empty">{_drawn(icon or "root")}<strong>{text(title)}</strong>{inside}</div>'


@component
def notice(use: Use, *, kind: Any = "info", title: Any = "", actions: Any = "", alert: Any = "") -> str:
    """`<c-notice kind="info|success|warning|danger" title="…">text</c-notice>`; slot actions.

    `alert` announces it at once.
    """
    said = {"danger": _("Fehler:"), "warning": _("Achtung:"), "success": _("Erfolg:")}.get(str(kind), _("Hinweis:"))
    head = _in('<p class="ww-notice__title">', title, "</p>")
    beside = _in('<div class="ww-actions">', use.slots.get("actions", actions), "</div>")
    role = _when(alert, ' role="alert"')
    return (
        f'<div class="ww-notice ww-notice--{text(kind)}"{role} {use.rest}>{_drawn(kind)}<div class="ww-notice__text">'
        f'<span class="kern-sr-only">{said} </span>{head}{use.slot}</div>{beside}</div>'
    )


@component
def disclosure(use: Use, *, title: Any = "", icon: Any = "", open: Any = "") -> str:  # noqa: A002
    """`<c-disclosure title="…" icon="info" open>content</c-disclosure>`: folded away until asked for."""
    state = _when(open, " open")
    return (
        f'<details class="ww-disclosure"{state} {use.rest}><summary>{_drawn(icon)}<span>{text(title)}</span>'
        f'{_drawn("down", "small")}</summary><div class="ww-disclosure__body">{use.slot}</div></details>'
    )


# -- what happened and what comes ------------------------------------------------------------------------------------


@component
def stages(use: Use, *, label: Any = "", across: Any = "", items: Any = ()) -> str:
    """`<c-stages label="Weg zur Wohnung" across>`: ordered stages of a pathway, holds `<c-stage>`.

    `across` lays them side by side where there is room. `:items` takes mappings of name, state and note instead.
    """
    named = _in(' aria-label="', label, '"')
    said = _stage_words()
    shown = "".join(_stage(one["name"], one["state"], one["note"], said) for one in items or ())
    return f'<ol class="ww-stages{_when(across, " ww-stages--across")}"{named}>{shown}{use.slot}</ol>'


@component
def stage(use: Use, *, name: Any = "", state: Any = "open", note: Any = "") -> str:
    """`<c-stage name="Zusage" state="done|current|open|blocked" note="seit 05.03.2026">more</c-stage>`."""
    return _stage(name, state, note, _stage_words(), use.slot)


def _stage_words() -> dict[str, str]:
    """What a screen reader says of each state."""
    return {"done": _("erledigt"), "current": _("hier stehen Sie"), "blocked": _("gesperrt"), "open": _("offen")}


def _stage(name: Any, state: Any, note: Any, said: Mapping[str, str], more: str = "") -> str:
    dot = {"done": _drawn("check"), "blocked": _drawn("lock", "small")}.get(state, "")
    words = said.get(state, said["open"])
    step = _when(state == "current", ' aria-current="step"')
    below = _in('<div class="ww-stages__note">', note, "</div>")
    return (
        f'<li class="is-{text(state)}"{step}><span class="ww-stages__dot" aria-hidden="true">{dot}</span><div>'
        f'<div class="ww-stages__name">{text(name)}<span class="kern-sr-only"> – {words}</span></div>'
        f"{below}{more}</div></li>"
    )


@component
def tabs(use: Use, *, label: Any = "", items: Any = ()) -> str:
    """`<c-tabs label="Haushalt" :items="tabs" />`: links; each item is a mapping: label, url, maybe active, count."""
    links = []
    for one in items or ():
        present = _when(one.get("active"), ' aria-current="page"')
        count = _in('<span class="ww-count">', one.get("count"), "</span>")
        links.append(f'<li><a href="{text(one["url"])}"{present}>{text(one["label"])}{count}</a></li>')
    return f'<nav class="ww-tabs" aria-label="{text(label)}" tabindex="-1"><ul>{"".join(links)}</ul></nav>'


@component
def timeline(use: Use) -> str:
    """`<c-timeline>`: holds `<c-event>`; newest first."""
    return f'<ol class="ww-timeline">{use.slot}</ol>'


@component
def event(use: Use, *, title: Any = "", at: Any = None, by: Any = "", icon: Any = "check", href: Any = "") -> str:
    """`<c-event title="…" :at="datetime" by="Name" icon="note" href="…">text</c-event>`: one line of a timeline.

    `at` is a date or a time.
    """
    shown = f'<a href="{text(href)}">{text(title)}</a>' if href else text(title)
    return (
        f'<li><span class="ww-timeline__mark">{_drawn(icon)}</span><div class="ww-timeline__head">'
        f'<span class="ww-timeline__title">{shown}</span><span class="ww-timeline__meta">{_when_it_was(at)}'
        f"{_in(' · ', by, '')}</span></div>{use.slot}</li>"
    )


def _when_it_was(at: Any) -> str:
    if not at:
        return ""
    if not hasattr(at, "hour"):
        return f'<time datetime="{at:%Y-%m-%d}">{formats.day(at)}</time>'
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    return f'<time datetime="{local.isoformat()}">{formats.moment(at)}</time>'
