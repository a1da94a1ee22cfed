"""A form's fields as KERN marks them up, in Python: a page has a dozen, and a template takes ten times as long."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wurzelwerk.base.editing import MINE, THEIRS
from wurzelwerk.base.markup import exact
from wurzelwerk.base.templatetags.icons import icon

SELECT = forms.Select.template_name
INPUTS = frozenset(
    one.template_name
    for one in (
        forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.PasswordInput, forms.HiddenInput,
        forms.CheckboxInput,
    )
)  # fmt: skip


def widget_html(widget: dict) -> SafeString:
    """Write a select or a plain input from the context of its template."""
    return _select(widget) if widget["template_name"] == SELECT else _input(widget)


def _input(widget: dict) -> SafeString:
    value = "" if widget["value"] is None else f' value="{exact(str(widget["value"]))}"'
    head = f'<input type="{exact(widget["type"])}" name="{exact(widget["name"])}"{value}'
    return mark_safe(f"{head}{flatatt(widget['attrs'])}>")  # noqa: S308 - each part is escaped


def _select(widget: dict) -> SafeString:
    groups = [
        f'<optgroup label="{exact(name)}">{_options(options)}</optgroup>' if name else _options(options)
        for name, options, _index in widget["optgroups"]
    ]
    head = f'<select name="{exact(widget["name"])}"{flatatt(widget["attrs"])}>'
    return mark_safe(f"{head}{''.join(groups)}</select>")  # noqa: S308 - each part is escaped


def _options(options: Iterable[dict]) -> str:
    return "".join(
        f'<option value="{exact(one["value"])}"{flatatt(one["attrs"]) if one["attrs"] else ""}>'
        f"{exact(one['label'])}</option>"
        for one in options
    )


def field_html(field: Any) -> SafeString:
    """Write a field (a `KernBoundField`) with label, hint and mistakes."""
    write = {"check": _check, "radios": _choices, "checks": _choices}.get(field.kind, _line)
    return mark_safe(write(field))  # noqa: S308 - each part is escaped


def _check(field: Any) -> str:
    css = "kern-form-check kern-form-check--error" if field.errors else "kern-form-check"
    return f'<div class="{css}">{field}{_label(field, exact(field.label))}{_hint(field)}{_below(field)}</div>'


def _choices(field: Any) -> str:
    css = "kern-fieldset kern-fieldset--error" if field.errors else "kern-fieldset"
    described = f' aria-describedby="{field.aria_describedby}"' if field.aria_describedby else ""
    shape = " kern-fieldset__body--horizontal" if field.kind == "radios" else ""
    if len(field.subwidgets) > 3:
        shape = " kern-fieldset__body--many"
    choices = "".join(
        f'<div class="kern-form-check">{one.tag()}<label class="kern-label" for="{exact(one.id_for_label)}">'
        f"{exact(one.choice_label)}</label></div>"
        for one in field.subwidgets
    )
    return (
        f'<fieldset class="{css}"{described}><legend class="kern-label">{exact(field.label)}{_optional(field)}</legend>'
        f'{_hint(field)}<div class="kern-fieldset__body{shape}">{choices}</div>{_below(field)}</fieldset>'
    )


def _line(field: Any) -> str:
    css = "kern-form-input kern-form-input--error" if field.errors else "kern-form-input"
    label = _label(field, exact(field.label) + _optional(field))
    return f'<div class="{css}">{label}{_hint(field)}{_wrapped(field)}{_below(field)}</div>'


def _wrapped(field: Any) -> str:
    """The input in what its script or its drawing needs around it."""
    selected = f'<div class="kern-form-input__select-wrapper">{field}</div>'
    match field.kind:
        case "unit":
            unit = exact(field.field.widget.unit)
            return f'<div class="ww-affix">{field}<span class="ww-affix__unit" aria-hidden="true">{unit}</span></div>'
        case "day":
            return f'<ww-date data-label="{exact(_("Kalender öffnen"))}">{field}</ww-date>'
        case "combobox":
            said = f'data-none="{exact(_("Nichts gefunden"))}" data-found="{exact(_("Treffer"))}"'
            return f"<ww-combobox {said}>{selected}</ww-combobox>"
        case "select":
            return selected
        case "upload":
            said = f'data-too-big="{exact(_("zu groß"))}" data-remove="{exact(_("Entfernen"))}"'
            return f"<ww-upload {said}>{field}{_camera(field)}</ww-upload>"
    return str(field)


def _camera(field: Any) -> str:
    """A second input of the same name that opens the camera of a telephone; fine pointers do not see it."""
    attrs = field.field.widget.attrs
    if not attrs.get("data-gathers"):
        return ""
    many = " multiple" if attrs.get("multiple") else ""
    return (
        f'<label class="ww-upload__camera kern-btn kern-btn--secondary"><span class="kern-label">'
        f'{exact(_("Foto aufnehmen"))}</span><input type="file" name="{exact(field.html_name)}" accept="image/*" '
        f'capture="environment"{many}></label>'
    )


def _label(field: Any, inside: str) -> str:
    return f'<label class="kern-label" for="{exact(field.id_for_label)}">{inside}</label>'


def _optional(field: Any) -> str:
    return f' <span class="kern-label__optional">– {exact(_("optional"))}</span>' if field.optional else ""


def _hint(field: Any) -> str:
    return f'<div class="kern-hint" id="{field.hint_id}">{exact(field.help_text)}</div>' if field.help_text else ""


def _below(field: Any) -> str:
    return _errors(field) + _both(field)


def _errors(field: Any) -> str:
    if not field.errors:
        return ""
    first = f' id="{field.error_id}"'
    return "".join(
        f'<p class="kern-error"{"" if place else first}>{icon("danger")}<span class="kern-body">{exact(one)}</span></p>'
        for place, one in enumerate(field.errors)
    )


def _both(field: Any) -> str:
    """Where two people changed a field: what is stored meanwhile beside what was typed, and what is to hold."""
    beside = field.beside
    if beside is None:
        return ""
    stored = f'{exact(_("Inzwischen steht dort:"))} <span class="ww-both__stored">{exact(beside.theirs)}</span>'
    theirs = _version(field, THEIRS, f"{stored} – {exact(_('übernehmen'))}")
    mine = _version(field, MINE, exact(_("Meine Angabe behalten, wie sie im Feld steht")))
    asked = exact(_("%(field)s: Welche Angabe soll gelten?") % {"field": field.label})
    return f'<fieldset class="ww-both"><legend class="kern-label">{asked}</legend>{theirs}{mine}</fieldset>'


def _version(field: Any, value: str, label: str) -> str:
    chosen = " checked" if field.beside.chosen == value else ""
    place = f"{field.auto_id}_{value}"
    return (
        f'<div class="kern-form-check"><input type="radio" class="kern-form-check__radio" id="{place}"'
        f' name="{exact(field.beside.name)}" value="{value}"{chosen}>'
        f'<label class="kern-label" for="{place}">{label}</label></div>'
    )
