"""What a report is asked: a period, by what its columns go, a programme. All of it stands in the address."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurzelwerk.base.forms import DayField, Form
from wurzelwerk.evidence.indicators import Slice

from .figures import OUTSIDE, Choice, slice_params
from .periods import COLUMNS_AT_MOST, Grain, Preset, number_of_spans
from .queries import Reader

EARLIEST = date(2000, 1, 1)


class PeriodForm(Form):
    """A period and a programme, as the cases behind a figure need them."""

    marks_optional = False

    von = DayField(label=gettext_lazy("Von"), earliest=EARLIEST)
    bis = DayField(label=gettext_lazy("Bis"), earliest=EARLIEST)
    programm = forms.ChoiceField(label=gettext_lazy("Programm"), required=False)

    def __init__(self, data: Mapping[str, str], *, reader: Reader, preset: Preset) -> None:
        """Take what the address says; what it leaves out comes from the preset."""
        super().__init__(self._defaults(preset) | {name: data[name] for name in self.base_fields if name in data})
        known = [(one.code, one.name) for one in reader.programmes]
        self.fields["programm"].choices = [("", _("alle Programme")), *known, (OUTSIDE, _("ohne Programm"))]

    @staticmethod
    def _defaults(preset: Preset) -> dict[str, str]:
        return slice_params(preset.first, preset.last, None)

    def clean(self) -> dict:
        cleaned = super().clean()
        first, last = cleaned.get("von"), cleaned.get("bis")
        if first and last and last < first:
            self.add_error("bis", _("Das Ende liegt vor dem Beginn. Bitte ein späteres Datum angeben."))
        return cleaned

    @property
    def programme(self) -> str | None:
        """The programme as a slice names it: None for all, "" for work outside of programmes."""
        chosen = self.cleaned_data["programm"]
        return "" if chosen == OUTSIDE else chosen or None

    def slice(self, *, today: date) -> Slice | None:
        """Return the frame of a single figure; None where all of it lies in the future. After `is_valid`."""
        first, last = self.cleaned_data["von"], self.cleaned_data["bis"]
        return Slice("figure", first, min(last, today), self.programme) if first <= today else None


class ReportForm(PeriodForm):
    """The whole choice of a report."""

    nach = forms.ChoiceField(
        label=gettext_lazy("Spalten nach"),
        choices=[
            (Grain.MONTH, gettext_lazy("Monat")),
            (Grain.QUARTER, gettext_lazy("Quartal")),
            (Grain.YEAR, gettext_lazy("Jahr")),
            (Grain.PROGRAMME, gettext_lazy("Programm")),
        ],
    )
    field_order = ("von", "bis", "nach", "programm")

    @staticmethod
    def _defaults(preset: Preset) -> dict[str, str]:
        return slice_params(preset.first, preset.last, None) | {"nach": preset.grain.value}

    def clean(self) -> dict:
        cleaned = super().clean()
        first, last, grain = cleaned.get("von"), cleaned.get("bis"), cleaned.get("nach")
        if not (first and last and grain) or grain == Grain.PROGRAMME:
            return cleaned
        number = number_of_spans(first, last, Grain(grain))
        if number > COLUMNS_AT_MOST:
            sentence = _("Das wären %(number)d Spalten, höchstens %(most)d passen. Bitte gröber oder kürzer wählen.")
            self.add_error("nach", sentence % {"most": COLUMNS_AT_MOST, "number": number})
        return cleaned

    def choice(self) -> Choice:
        """Return what was asked. After `is_valid`."""
        cleaned = self.cleaned_data
        return Choice(cleaned["von"], cleaned["bis"], Grain(cleaned["nach"]), self.programme)
