"""Forms about a family: relations, custody, a birth, an arrival."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock
from wurzelwerk.base.forms import DayField, Form, Section
from wurzelwerk.cases.actions import CustodyData

from ..family import Custodians
from .choosing import ListField, fill_lists


class KinshipForm(Form):
    """Who is what to whom."""

    once = True
    sections = (
        Section("", [("person", "kind"), ("other", "outside"), ("since", "until")]),
    )  # fmt: skip
    person = forms.ChoiceField(label=lazy("Wer"))
    kind = ListField("kinship_kinds", label=lazy("ist"))
    other = forms.ChoiceField(label=lazy("Von wem"), required=False)
    outside = forms.CharField(
        label=lazy("Oder jemand außerhalb des Haushalts"),
        max_length=160,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=lazy("Zum Beispiel: Großmutter Halima in Essen"),
    )
    since = DayField(label=lazy("Seit"), required=False)
    until = DayField(label=lazy("Bis"), required=False)

    def __init__(self, *args, names: Mapping[UUID, str], today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fill_lists(self, on=today)
        known = [(str(pk), name) for pk, name in names.items()]
        self.fields["person"].choices = [("", _("Bitte auswählen")), *known]
        self.fields["other"].choices = [("", _("niemand aus dem Haushalt")), *known]

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("other") and not data.get("outside") and "outside" not in self.errors:
            self.add_error("other", _("Bitte wählen Sie eine Person aus, oder schreiben Sie daneben, wer es ist."))
        if data.get("other") and data.get("outside"):
            self.add_error("outside", _("Bitte nur eines von beiden ausfüllen."))
        if data.get("other") and data.get("other") == data.get("person"):
            self.add_error("other", _("Bitte wählen Sie zwei verschiedene Personen."))
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("Das Ende liegt vor dem Beginn."))
        return data


class CustodyForm(Form):
    """Who has custody of a child, as stated."""

    once = True
    sections = (Section("", ["kind", "holders", "outside", ("since", "document")]),)
    kind = ListField("custody_kinds", label=lazy("Sorgerecht"))
    holders = forms.MultipleChoiceField(
        label=lazy("Wer aus dem Haushalt"), required=False, widget=forms.CheckboxSelectMultiple
    )
    outside = forms.CharField(
        label=lazy("Wer außerhalb des Haushalts"),
        max_length=160,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=lazy("Der andere Elternteil, ein Vormund, das Jugendamt"),
    )
    since = DayField(
        label=lazy("Seit"),
        required=False,
        latest=clock.today,
        help_text=lazy("Ein neuer Beginn beendet die bisherige Angabe; sie bleibt sichtbar"),
    )
    document = forms.CharField(
        label=lazy("Nachweis"), max_length=160, required=False, help_text=lazy("Zum Beispiel: Beschluss vom 05.03.2026")
    )

    def __init__(self, *args, adults: Mapping[UUID, str], today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fill_lists(self, on=today)
        self.fields["holders"].choices = [(str(pk), name) for pk, name in adults.items()]

    def to_custody(self) -> CustodyData:
        """Return what was typed."""
        data = self.cleaned_data
        return CustodyData(
            kind=data["kind"],
            holders=tuple(UUID(one) for one in data["holders"]),
            outside=data["outside"],
            document=data["document"],
            since=data["since"],
        )

    @staticmethod
    def initial_of(custody: Custodians | None) -> dict:
        """Return what the form shows of what is stored."""
        if custody is None:
            return {}
        names = ("kind", "outside", "document", "since")
        return {
            **{name: getattr(custody, name) for name in names},
            "holders": sorted(str(pk) for pk in custody.holders),
        }


class BirthForm(Form):
    """A child was born."""

    once = True
    sections = (Section("", ["born_on", ("given_name", "family_name")]),)
    born_on = DayField(label=lazy("Geboren am"), latest=clock.today)
    given_name = forms.CharField(
        label=lazy("Vorname"), max_length=120, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    family_name = forms.CharField(
        label=lazy("Familienname"), max_length=120, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("given_name") and not data.get("family_name"):
            self.add_error("given_name", _("Bitte geben Sie mindestens einen Namen an."))
        return data

    def said(self) -> dict[str, Any]:
        """Return what was typed, by the names of the action's arguments."""
        return {name: self.cleaned_data[name] for name in ("born_on", "given_name", "family_name")}


class ArrivalForm(Form):
    """Somebody who was awaited has come."""

    once = True
    arrived_on = DayField(label=lazy("Angekommen am"), latest=clock.today)
