"""The form base: every form of the desk inherits `Form` or `ModelForm` from here.

They bring KERN's markup for every widget, sentences in plain German, sections and rows, the summary of mistakes, and
(on request) the hidden key that lets the server take a double click once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wurzelwerk.base import form_markup, idempotency
from wurzelwerk.base.fields import (
    AreaField,
    BirthDayField,
    BirthField,
    ClockField,
    Combobox,
    DayField,
    DayInput,
    MoneyField,
    NumberField,
    TextWithUnit,
    UploadField,
    UploadInput,
    WholeNumberField,
    joined,
)
from wurzelwerk.base.form_markup import field_html

__all__ = [
    "AreaField",
    "BirthDayField",
    "BirthField",
    "ClockField",
    "Combobox",
    "DayField",
    "DayInput",
    "Form",
    "KernRenderer",
    "ModelForm",
    "MoneyField",
    "NumberField",
    "Section",
    "UploadField",
    "UploadInput",
    "WholeNumberField",
    "add_action_error",
    "joined",
]


@dataclass(frozen=True)
class Section:
    """A part of a form: a legend and rows; a row is a field's name or a tuple of names that stand side by side."""

    legend: str
    rows: Sequence[str | tuple[str, ...]]
    hint: str = ""


@dataclass(frozen=True)
class Mistake:
    """One line of the summary.

    `target` is the id of the input, empty for mistakes of the whole form; `label` is empty where `message` names it.
    """

    target: str
    label: str
    message: str


@dataclass
class _BoundSection:
    legend: str
    hint: str
    rows: list[list["KernBoundField"]] = field(default_factory=list)


class KernBoundField(BoundField):
    """A field that knows how KERN marks it up."""

    @cached_property
    def kind(self) -> str:
        """The shape: input, unit, day, select, combobox, check, radios, checks, text, upload or hidden."""
        widget = self.field.widget
        shapes = (
            (forms.HiddenInput, "hidden"),
            (TextWithUnit, "unit"),
            (DayInput, "day"),
            (Combobox, "combobox"),
            (forms.CheckboxSelectMultiple, "checks"),
            (forms.RadioSelect, "radios"),
            (forms.CheckboxInput, "check"),
            (forms.FileInput, "upload"),
            (forms.Select, "select"),
            (forms.Textarea, "text"),
        )
        return next((shape for kind, shape in shapes if isinstance(widget, kind)), "input")

    @property
    def optional(self) -> bool:
        """Whether to say that the field may stay empty (filter bars do not)."""
        return not self.field.required and getattr(self.form, "marks_optional", True)

    @property
    def beside(self) -> Any:
        """The other version of this field, where two people changed it to different things (`base.editing`)."""
        opened = getattr(self.form, "opened", None)
        return opened.beside.get(self.name) if opened is not None else None

    @property
    def hint_id(self) -> str:
        """The id of the hint."""
        return f"{self.auto_id}_hinweis"

    @property
    def error_id(self) -> str:
        """The id of the mistake."""
        return f"{self.auto_id}_fehler"

    @property
    def aria_describedby(self) -> str | None:
        """What a screen reader reads after the label: mistake, then hint."""
        if not self.auto_id or self.is_hidden:
            return None
        ids = [self.error_id] * bool(self.errors) + [self.hint_id] * bool(self.help_text)
        return " ".join(ids) or None

    @property
    def focus_id(self) -> str:
        """The id of the first thing to type into."""
        return (
            self.subwidgets[0].id_for_label if self.kind in {"radios", "checks"} and self.subwidgets else self.auto_id
        )

    def as_field_group(self) -> SafeString:
        """The field with label, hint and mistakes."""
        return field_html(self) if self.field.template_name is None else super().as_field_group()

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        name = {
            "select": "kern-form-input__select",
            "combobox": "kern-form-input__select",
            "check": "kern-form-check__checkbox",
            "checks": "kern-form-check__checkbox",
            "radios": "kern-form-check__radio",
            "hidden": "",
        }.get(self.kind, "kern-form-input__input")
        given = self.field.widget.attrs.get("class", "")
        wrong = f"{name}--error" if name and self.errors else ""
        if css := " ".join(filter(None, [name, wrong, given])):
            attrs["class"] = css
        if self.kind in {"radios", "checks"} and (describedby := self.aria_describedby):
            attrs["aria-describedby"] = describedby
        return attrs


class KernRenderer(TemplatesSetting):
    """Django's form renderer with KERN's markup; set as FORM_RENDERER it serves foreign forms too."""

    form_template_name = "base/forms/form.html"
    bound_field_class = KernBoundField

    def render(self, template_name, context, request=None):
        """Render a template; selects and plain inputs are written without, for Django takes one an option."""
        if template_name == form_markup.SELECT or template_name in form_markup.INPUTS:
            return form_markup.widget_html(context["widget"])
        return super().render(template_name, context, request)


def _sentence_for_missing(shape: forms.Field, label: str) -> str:
    if isinstance(shape, UploadField | forms.FileField):
        return _("Bitte „%(label)s“ als Datei auswählen.") % {"label": label}
    if isinstance(shape, forms.ChoiceField | forms.ModelChoiceField):
        return _("Bitte „%(label)s“ auswählen.") % {"label": label}
    if isinstance(shape, forms.BooleanField):
        return _("Bitte bestätigen Sie das.")
    return _("Bitte „%(label)s“ angeben.") % {"label": label}


class DeskForm:
    """What `Form` and `ModelForm` share.

    sections   Section objects in order; fields named in none of them follow at the end
    once       True: a hidden key goes along; `idempotency.once(request)` takes every key one time only
    draft      what `c-form` shows of an unsent draft; the drafts' room sets it on forms that keep one
    several    fields that take one choice each out of the same list, like three languages: compared as a whole
    fresh      names of hidden fields that are new with every showing, like the id of what will be made
    opened     what was stored when the form was opened; `editing.begun` sets it on forms that change what is stored
    """

    default_renderer = KernRenderer
    sections: Sequence[Section] = ()
    once = False
    several: Sequence[tuple[str, ...]] = ()
    fresh: Sequence[str] = ()
    draft: Any = None
    opened: Any = None
    use_required_attribute = False

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, shape in self.fields.items():
            label = shape.label or name.replace("_", " ").capitalize()
            shape.error_messages["required"] = _sentence_for_missing(shape, str(label))
            self._plain_sentences(shape)
            if isinstance(shape.widget, forms.Textarea) and shape.widget.attrs.get("rows") == "10":
                shape.widget.attrs["rows"] = "4"
        if self.once:
            self.fields[idempotency.FIELD] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=idempotency.new_key, max_length=64
            )

    def _plain_sentences(self, shape: forms.Field) -> None:
        if isinstance(shape, forms.ChoiceField | forms.ModelChoiceField):
            shape.error_messages["invalid_choice"] = _("Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen.")
        if isinstance(shape, forms.EmailField):
            shape.error_messages["invalid"] = _("Das ist keine gültige E-Mail-Adresse.")
        for validator in shape.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = _("Zu lang: höchstens %(limit_value)d Zeichen, es sind %(show_value)d.")
            elif isinstance(validator, ProhibitNullCharactersValidator):
                validator.message = _("Der Text enthält ein unsichtbares Zeichen, das nicht gespeichert werden kann.")

    def refill(self, data: QueryDict) -> None:
        """Show what was once typed, unchecked, as what the form begins with; files and the form's key stay new."""
        for name, shape in self.fields.items():
            key = self.add_prefix(name)
            if name == idempotency.FIELD or name in self.fresh or isinstance(shape, forms.FileField):
                continue
            if not shape.widget.value_omitted_from_data(data, {}, key):
                self.initial[name] = shape.widget.value_from_datadict(data, {}, key)

    @cached_property
    def bound_sections(self) -> list[_BoundSection]:
        """The sections with their fields, then what no section names."""
        left = {name: self[name] for name in self.fields if not self[name].is_hidden}
        found = []
        for section in self.sections:
            bound = _BoundSection(section.legend, section.hint)
            for row in section.rows:
                names = (row,) if isinstance(row, str) else row
                if fields := [left.pop(name) for name in names if name in left]:
                    bound.rows.append(fields)
            if bound.rows:
                found.append(bound)
        if left:
            found.append(_BoundSection("", "", [[bound] for bound in left.values()]))
        return found

    @property
    def mistakes(self) -> list[Mistake]:
        """Everything to mend, in the order of the fields; the whole form's mistakes first."""
        return list(self._mistakes())

    def _mistakes(self) -> Iterator[Mistake]:
        for message in self.non_field_errors():
            yield Mistake("", "", str(message))
        for name in self.fields:
            for message in self[name].errors:
                label = str(self[name].label).rstrip(".?!")
                named = label in str(message)
                yield Mistake(self[name].focus_id, "" if named else label, str(message))


class Form(DeskForm, forms.Form):
    """A form of the desk."""


class ModelForm(DeskForm, forms.ModelForm):
    """A form of the desk for a model's row."""


def add_action_error(form: forms.BaseForm, error: Exception) -> None:
    """Show an action's refusal (NotAllowed, WrongState, BadInput) at its field, or above the form."""
    name = getattr(error, "field", None)
    form.add_error(name if name in form.fields else None, str(getattr(error, "message", error)))
