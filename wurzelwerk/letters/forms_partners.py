"""Forms of letters to partners (owners of dwellings): begin one, write it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.forms import DayField, Form, Section

from .models import ADDRESS_LINES, LINE_LENGTH, SUBJECT_LENGTH, TEXT_LENGTH
from .partner_actions import PartnerText
from .wording import partner_choices

PARTNER_FIELDS = ("address", "dated_on", "subject", "salutation", "text", "enclosures")


class PartnerBeginForm(Form):
    """Which letter."""

    once = True
    template = forms.ChoiceField(label=lazy("Vorlage"), widget=forms.RadioSelect({"class": "ww-one-column"}))

    def __init__(self, *args: Any, kind: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = partner_choices(kind, on=today)


class PartnerLetterForm(Form):
    """What stands on a letter."""

    once = True
    sections = (
        Section(lazy("Kopf"), ["address", "dated_on"]),
        Section(lazy("Brief"), ["subject", "salutation", "text", "enclosures"]),
    )
    address = forms.CharField(
        label=lazy("Anschrift im Fenster"),
        max_length=ADDRESS_LINES * (LINE_LENGTH + 2),
        required=False,
        widget=forms.Textarea({"rows": ADDRESS_LINES}),
        help_text=lazy("Höchstens sechs Zeilen: Name, Straße und Hausnummer, Postleitzahl und Ort."),
    )
    dated_on = DayField(label=lazy("Datum"))
    subject = forms.CharField(label=lazy("Betreff"), max_length=SUBJECT_LENGTH)
    salutation = forms.CharField(label=lazy("Anrede"), max_length=160, required=False)
    text = forms.CharField(
        label=lazy("Text"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 16}),
        help_text=lazy(
            "Absätze trennt eine leere Zeile, Aufzählungen beginnen mit „- “. "
            "Was in [Klammern] steht, ergänzen Sie bitte."
        ),
    )
    enclosures = forms.CharField(label=lazy("Anlagen"), max_length=300, required=False)

    def to_text(self) -> PartnerText:
        """Return what was typed."""
        return PartnerText(**{name: self.cleaned_data[name] for name in PARTNER_FIELDS})
