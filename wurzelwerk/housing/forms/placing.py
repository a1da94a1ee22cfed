"""Forms of searches, placements, rounds and after-care."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base import clock
from wurzelwerk.base.forms import ClockField, Combobox, DayField, Form, joined
from wurzelwerk.base.tables import FilterForm
from wurzelwerk.cases import lists

from .. import law
from ..enums import AfterCareResult, PlacementState, SearchState


def _text(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea({"rows": "3"}), **options)


class ReasonForm(Form):
    """Why something is refused, withdrawn or taken back."""

    once = True
    reason = _text(_("Begründung"), help_text=_("Ohne Namen; die Begründung bleibt im Verlauf stehen."))


class ShortReasonForm(ReasonForm):
    """A reason that fits the sender's record."""

    reason = forms.CharField(label=_("Begründung"), max_length=300, widget=forms.Textarea({"rows": "3"}))


class RefusalForm(ShortReasonForm):
    """Why a referral is refused: a reason of the list, and a sentence."""

    field_order = ("because", "reason")
    because = forms.ChoiceField(label=_("Grund"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        found = lists.choices("refusal_reasons", on=clock.today())
        self.fields["because"].choices = [("", _("Bitte auswählen")), *found]


class ConfirmForm(Form):
    """A step that needs no input, only once."""

    once = True


class ProposeForm(Form):
    """Choose a household and a dwelling; a reason where the round says otherwise."""

    once = True
    search = forms.ChoiceField(label=_("Haushalt"), widget=Combobox)
    letting = forms.ChoiceField(label=_("Wohnung"), widget=Combobox)
    override_reason = _text(
        _("Begründung der Abweichung"),
        required=False,
        help_text=_("Nötig, wenn die letzte Runde diesen Vorschlag nicht macht. Sie bleibt sichtbar."),
    )

    def __init__(self, *args: Any, searches: list, lettings: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["search"].choices = [("", _("– bitte wählen –")), *searches]
        self.fields["letting"].choices = [("", _("– bitte wählen –")), *lettings]


class ViewingForm(Form):
    """When and where the dwelling is viewed."""

    once = True
    day = DayField(label=_("Tag"))
    time = ClockField(label=_("Uhrzeit"))
    place = forms.CharField(label=_("Treffpunkt"), max_length=200)

    def viewing_at(self):
        """Return the time."""
        return joined(self.cleaned_data["day"], self.cleaned_data["time"])


class DeclineForm(Form):
    """Why the owner declines."""

    once = True
    decline_reason = forms.ChoiceField(label=_("Grund"))
    decline_text = forms.CharField(
        label=_("Anmerkung"), max_length=300, required=False, widget=forms.Textarea({"rows": "3"})
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = law.choices("decline_reasons", on=today)
        self.fields["decline_reason"].choices = [("", _("– bitte wählen –")), *reasons]


class ContractForm(Form):
    """From when the tenancy runs."""

    once = True
    contract_from = DayField(label=_("Mietbeginn"))


class KeysForm(Form):
    """When the keys were handed over."""

    once = True
    keys_on = DayField(label=_("Schlüsselübergabe am"))


class AfterCareForm(Form):
    """What after-care found."""

    once = True
    result = forms.ChoiceField(
        label=_("Was hat die Nachbetreuung ergeben?"), choices=AfterCareResult.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Anmerkung"),
        required=False,
        max_length=240,
        widget=forms.Textarea({"rows": "3"}),
        help_text=_("Steht an der Aufgabe; Ausführliches gehört ins Journal."),
    )


class StageForm(Form):
    """Bring the journey to a following stage."""

    once = True
    to = forms.ChoiceField(label=_("Nächste Stufe"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, stages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = stages


class PairForm(FilterForm):
    """Which pair to explain."""

    suche = forms.ChoiceField(label=_("Haushalt"), widget=Combobox)
    vermietung = forms.ChoiceField(label=_("Wohnung"), widget=Combobox)

    def __init__(self, *args: Any, searches: list, lettings: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["suche"].choices = [("", _("– bitte wählen –")), *searches]
        self.fields["vermietung"].choices = [("", _("– bitte wählen –")), *lettings]


class SearchFilter(FilterForm):
    """Filters of the list of searches."""

    state = forms.ChoiceField(label=_("Stand"), choices=[("", _("alle")), *SearchState.choices])
    priority = forms.ChoiceField(label=_("Dringlichkeit"))
    name = forms.CharField(label=_("Haushalt"), max_length=80)
    lookups = {"name": "household_name__icontains"}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"].choices = [("", _("alle")), *law.choices("priority_classes", on=today)]


class PlacementFilter(FilterForm):
    """Filters of a list of placements."""

    state = forms.ChoiceField(label=_("Stand"), choices=[("", _("alle")), *PlacementState.choices])
