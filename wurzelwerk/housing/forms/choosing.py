"""Choices that the forms of the portfolio share; lists of the law are read for the day of the form."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.forms import Combobox
from wurzelwerk.network.models import District, Organisation
from wurzelwerk.trust.guard import GuardedQuerySet

from .. import law

YES_NO = [("", _("nicht bekannt")), ("ja", _("ja")), ("nein", _("nein"))]
_MEANING = {"ja": True, "nein": False, "True": True, "False": False, True: True, False: False}


class YesNoField(forms.TypedChoiceField):
    """Yes, no or not known; cleans to True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO, coerce=lambda value: _MEANING[value], empty_value=None, required=False, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "ja", False: "nein"}.get(value, value) if isinstance(value, bool) else value


class LawField(forms.ChoiceField):
    """A code of one of the lists in `housing/data`; `empty` names the choice of none."""

    def __init__(self, name: str, *, empty: Any, **kwargs: Any) -> None:
        self.name, self.empty = name, empty
        super().__init__(required=False, **kwargs)

    def read(self, on: date) -> None:
        """Take the entries that hold on a day."""
        self.choices = [("", self.empty), *law.choices(self.name, on=on)]


class RowField(forms.ModelChoiceField):
    """A guarded row to choose; the form gives it the rows that the actor may see."""

    widget = Combobox

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, required=False, **kwargs)

    def offer(self, rows: QuerySet | GuardedQuerySet) -> None:
        """Take the rows to choose from."""
        self.queryset = rows

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError:  # also for what is no key at all
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class DistrictField(forms.ModelChoiceField):
    """A district of the city."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            District.objects.all(), empty_label=_("nicht bekannt"), required=False, widget=Combobox, **kwargs
        )

    def label_from_instance(self, district: District) -> str:
        return district.name


class HolderField(RowField):
    """Who holds a right: a body of the network."""

    widget = forms.Select

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(empty_label=_("bitte auswählen"), **kwargs)
        self.queryset = Organisation.objects.all()

    def label_from_instance(self, organisation: Organisation) -> str:
        return organisation.short_name


def read_lists(form: forms.Form, *, on: date) -> None:
    """Fill every list of the law in a form for a day."""
    for field in form.fields.values():
        if isinstance(field, LawField):
            field.read(on)
