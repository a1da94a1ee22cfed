"""Choices out of the lists of the house, and small fields that several forms share."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.forms import Combobox
from wurzelwerk.base.typed import ONE_NUMBER
from wurzelwerk.cases import lists

Choices = list[tuple[str, str]]
NOTHING: Sequence[tuple[str, str]] = (("", _("Bitte auswählen")),)


def from_list(name: str, *, on: date, kept: str = "", empty: bool = True) -> Choices:
    """Return the list's entries valid on a day; `kept` is a stored code that stays though it has run out."""
    found = lists.choices(name, on=on)
    if kept and kept not in dict(found) and kept in lists.table(name).keys:
        found = [*found, (kept, lists.label(name, kept))]
    return [*(NOTHING if empty else ()), *found]


def label_or_code(name: str, code: str) -> str:
    """Return the label of a stored code; the code itself where the list never had it (imported data)."""
    return lists.label(name, code) if code in lists.table(name).keys else code


class ListField(forms.ChoiceField):
    """A choice out of a data list; `fill` sets the entries valid on a day."""

    def __init__(self, name: str, *, searching: bool = False, **kwargs) -> None:
        self.list_name = name
        if searching:
            kwargs.setdefault("widget", Combobox)
        super().__init__(**kwargs)

    def fill(self, *, on: date, kept: str = "") -> None:
        """Offer what is valid on a day."""
        self.choices = from_list(self.list_name, on=on, kept=kept)


def fill_lists(form: forms.BaseForm, *, on: date) -> None:
    """Fill every `ListField` of a form; what is stored already stays choosable."""
    for name, shape in form.fields.items():
        if isinstance(shape, ListField):
            shape.fill(on=on, kept=str(form.initial.get(name) or ""))


class PhoneField(forms.CharField):
    """Telephone numbers as people write them, several parted by commas."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "tel", "autocomplete": "off"}))
        super().__init__(max_length=120, required=False, **kwargs)
        self.validators.append(
            RegexValidator(
                rf"^{ONE_NUMBER}(?:\s*,\s*{ONE_NUMBER})*$",
                _("Eine Telefonnummer besteht aus Ziffern, zum Beispiel 0231 123456 oder +49 231 123456."),
            )
        )


class PostcodeField(forms.CharField):
    """A German postcode."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "ww-short"})
        )
        super().__init__(required=False, **kwargs)
        self.validators.append(RegexValidator(r"^\d{5}$", _("Eine Postleitzahl hat fünf Ziffern.")))
