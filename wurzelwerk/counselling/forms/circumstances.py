"""Forms about how a household lives now, and on what."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock
from wurzelwerk.base.forms import DayField, Form, MoneyField, Section
from wurzelwerk.cases.models import Accommodation, EconomicSituation
from wurzelwerk.network.models import District

from .choosing import ListField, PostcodeField, fill_lists, from_list

HOME_NAMES = (
    "kind", "street", "postcode", "city", "care_of", "is_blocked", "blocked_until", "since", "must_leave_by", "reach",
    "shares_with",
)  # fmt: skip


class AccommodationFields(forms.Form):
    """The fields of an accommodation."""

    kind_required = True
    kind = ListField("dwelling_kinds", label=lazy("Art der Unterkunft"))
    street = forms.CharField(
        label=lazy("Straße und Hausnummer"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    postcode = PostcodeField(label=lazy("Postleitzahl"))
    city = forms.CharField(label=lazy("Ort"), max_length=80, required=False)
    care_of = forms.CharField(label=lazy("c/o"), max_length=120, required=False, help_text=lazy("Bei wem Post ankommt"))
    reach = forms.CharField(
        label=lazy("Wo anzutreffen"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=lazy("Ohne festen Wohnsitz: zum Beispiel dienstags im Tagestreff"),
    )
    shares_with = forms.CharField(
        label=lazy("Wohnt zusammen mit"),
        max_length=200,
        required=False,
        help_text=lazy("Wohngemeinschaft: wer dort auch wohnt und nicht zum Haushalt gehört"),
    )
    is_blocked = forms.BooleanField(label=lazy("Auskunftssperre im Melderegister (§ 51 BMG)"), required=False)
    blocked_until = DayField(
        label=lazy("Auskunftssperre bis"),
        required=False,
        help_text=lazy("Steht im Bescheid; sie endet, wenn sie nicht verlängert wird"),
    )
    district = forms.ModelChoiceField(
        District.objects.all(), label=lazy("Stadtbezirk"), required=False, empty_label=lazy("keine Angabe")
    )
    since = DayField(label=lazy("Wohnt dort seit"), required=False, latest=clock.today)
    must_leave_by = DayField(label=lazy("Muss verlassen werden bis"), required=False)

    def __init__(self, *args, today: date | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].required = self.kind_required
        fill_lists(self, on=today or clock.today())
        if "income_kinds" in self.fields:
            self.fields["income_kinds"].choices = from_list("income_kinds", on=today or clock.today(), empty=False)

    def clean(self) -> dict:
        data = super().clean()
        typed = any(data.get(name) for name in (*HOME_NAMES[1:], "district"))
        if typed and not data.get("kind") and "kind" not in self.errors:
            self.add_error("kind", _("Bitte wählen Sie die Art der Unterkunft zu Ihren Angaben aus."))
        since, leave = data.get("since"), data.get("must_leave_by")
        if data.get("blocked_until") and not data.get("is_blocked"):
            self.add_error("is_blocked", _("Bitte kreuzen Sie die Auskunftssperre an, wenn sie ein Ende hat."))
        if since and leave and leave < since:
            self.add_error("must_leave_by", _("Dieser Tag liegt vor dem Einzug."))
        return data

    def to_accommodation(self) -> dict[str, Any]:
        """Return what was typed, as fields of an accommodation."""
        data = self.cleaned_data
        district = data["district"]
        return {**{name: data[name] for name in HOME_NAMES}, "district_id": district.pk if district else None}


class EconomyFields(forms.Form):
    """The fields of an economic situation. Empty means not known, never zero."""

    income_kinds = forms.MultipleChoiceField(
        label=lazy("Wovon lebt der Haushalt?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    monthly_net = MoneyField(label=lazy("Nettoeinkommen im Monat"), required=False)
    yearly_chargeable = MoneyField(
        label=lazy("Anrechenbares Jahreseinkommen"),
        required=False,
        help_text=lazy("Nach Abzügen, wie für den WBS gerechnet"),
    )

    def to_economy(self) -> dict[str, Any]:
        """Return what was typed, as fields of an economic situation."""
        data = self.cleaned_data
        return {
            "income_kinds": tuple(data["income_kinds"]),
            "monthly_net": data["monthly_net"],
            "yearly_chargeable": data["yearly_chargeable"],
        }


class AccommodationForm(AccommodationFields, Form):
    """Where the household lives, corrected or for the first time."""

    once = True
    sections = (
        Section(
            "",
            [
                "kind",
                "street",
                ("postcode", "city"),
                ("care_of", "district"),
                ("since", "must_leave_by"),
                ("reach", "shares_with"),
            ],
        ),
        Section(
            lazy("Schutz der Anschrift"),
            ["is_blocked", "blocked_until"],
            hint=lazy(
                "Eine gesperrte Anschrift ist auf der Seite des Haushalts rot gekennzeichnet und wird nie ausgegeben."
            ),
        ),
    )

    @staticmethod
    def initial_of(home: Accommodation | None) -> dict:
        """Return what the form shows of a stored accommodation."""
        if home is None:
            return {}
        return {**{name: getattr(home, name) for name in HOME_NAMES}, "district": home.district_id}


class MoveForm(AccommodationForm):
    """A move: where the household lives from a day on; the former accommodation ends on it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].required = True
        self.fields["since"].label = _("Eingezogen am")
        self.fields["since"].error_messages["required"] = _("Bitte geben Sie den Tag des Einzugs an.")


class EconomyForm(EconomyFields, Form):
    """On what the household lives."""

    once = True
    sections = (
        Section(
            "",
            ["income_kinds", ("monthly_net", "yearly_chargeable")],
            hint=lazy("Was nicht bekannt ist, bleibt leer. Leer heißt unbekannt, nicht null."),
        ),
    )

    def __init__(self, *args, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["income_kinds"].choices = from_list("income_kinds", on=today, empty=False)

    @staticmethod
    def initial_of(economy: EconomicSituation | None) -> dict:
        """Return what the form shows of a stored economic situation."""
        if economy is None:
            return {}
        return {name: getattr(economy, name) for name in ("income_kinds", "monthly_net", "yearly_chargeable")}
