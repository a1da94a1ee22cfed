"""Forms with which people arrange their lists: which columns in which order, a filter under a name."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.forms import Form, Section, WholeNumberField
from wurzelwerk.base.tables import Column


class ColumnsForm(Form):
    """Which columns a list shows, and at which place; the first is the one that names the line."""

    once = True
    marks_optional = False

    def __init__(self, *args: Any, columns: Sequence[Column], chosen: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [column.key for column in columns]
        places = {key: place for place, key in enumerate(chosen, 1)}
        for number, column in enumerate(columns, 1):
            only = {"file": _(" (nur in Dateien)"), "page": _(" (nur auf der Seite)")}.get(column.only, "")
            shown = column.key in places
            self.fields[f"zeigen_{column.key}"] = forms.BooleanField(
                label=f"{column.label}{only}", required=False, initial=shown
            )
            self.fields[f"platz_{column.key}"] = WholeNumberField(
                label=_("Platz von „%(column)s“") % {"column": column.label},
                required=False,
                minimum=1,
                maximum=99,
                initial=places.get(column.key, len(places) + number),
            )
        self.sections = (Section("", [(f"zeigen_{key}", f"platz_{key}") for key in self.keys]),)

    def clean(self) -> dict:
        data = super().clean()
        if not any(data.get(f"zeigen_{key}") for key in self.keys):
            self.add_error(None, _("Bitte lassen Sie mindestens eine Spalte stehen."))
        return data

    def columns(self) -> list[str]:
        """Return the keys of what is shown, in order; equal places keep the order of the list."""
        data = self.cleaned_data
        shown = [key for key in self.keys if data[f"zeigen_{key}"]]
        return sorted(shown, key=lambda key: data[f"platz_{key}"] or 99)


class KeptFilterForm(Form):
    """The name of a filter, and whether the list begins with it."""

    once = True
    name = forms.CharField(
        label=lazy("Name des Filters"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=lazy("Zum Beispiel „Meine offenen“. Bitte ohne Namen von Menschen."),
    )
    is_first = forms.BooleanField(label=lazy("Die Liste beginnt mit diesem Filter"), required=False)
