"""Forms of a merge: which household is the double, who is the same, which values stay."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.forms import Form, Section

from ..merging import PersonPreview, Preview, person_choices

KEPT, DROPPED = "hier", "dort"
PAIR = "p-"


class DoubleForm(Form):
    """Look for the other household; what is looked for stands in no address, so it is posted."""

    text = forms.CharField(
        label=lazy("Name, Telefon, Geburtsdatum oder Aktenzeichen"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class PairForm(Form):
    """Who of the Akte that is given up is whom in the one that is kept. Asked by GET: ids only."""

    marks_optional = False

    def __init__(self, *args: Any, kept: Any, dropped: Any, pairs: dict[UUID, UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("niemand: kommt dazu")), *person_choices(kept)]
        for pk, name in person_choices(dropped):
            self.fields[PAIR + pk] = forms.ChoiceField(
                label=_("%(name)s ist") % {"name": name},
                choices=choices,
                required=False,
                initial=str(pairs.get(UUID(pk), "")),
            )

    def clean(self) -> dict:
        data = super().clean()
        chosen = [value for value in data.values() if value]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(
                _("Eine Person kann nur einer anderen entsprechen. Bitte prüfen Sie die Auswahl.")
            )
        return data

    def pairs(self) -> dict[UUID, UUID]:
        """Return what was chosen: person there -> person here."""
        chosen = {name.removeprefix(PAIR): value for name, value in self.cleaned_data.items() if value}
        return {UUID(former): UUID(now) for former, now in chosen.items()}


class TwiceForm(Form):
    """Which two entries of one household are the same person. Asked by GET: ids only."""

    marks_optional = False
    person = forms.ChoiceField(label=lazy("Diese Person soll bleiben"))
    double = forms.ChoiceField(label=lazy("Das ist dieselbe Person noch einmal"))

    def __init__(self, *args: Any, side: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", lazy("Bitte auswählen")), *person_choices(side)]
        self.fields["person"].choices = self.fields["double"].choices = choices

    def clean(self) -> dict:
        data = super().clean()
        if data.get("person") and data.get("person") == data.get("double"):
            self.add_error("double", _("Bitte wählen Sie zwei verschiedene Einträge."))
        return data


class MergeForm(Form):
    """For each thing that both Akten say differently: which value stays."""

    once = True

    def __init__(self, *args: Any, preview: Preview | PersonPreview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: dict[str, list[str]] = {}
        for one in preview.differences:
            self.fields[one.key] = forms.ChoiceField(
                label=one.label,
                choices=[(KEPT, one.kept or _("keine Angabe")), (DROPPED, one.dropped or _("keine Angabe"))],
                initial=DROPPED if one.takes else KEPT,
                widget=forms.RadioSelect,
            )
            rows.setdefault(one.of, []).append(one.key)
        self.sections = tuple(Section(of or _("Haushalt"), names) for of, names in rows.items())

    def taken(self) -> frozenset[str]:
        """Return the keys of what is taken from the Akte that is given up."""
        return frozenset(name for name, value in self.cleaned_data.items() if value == DROPPED)
