"""The search profile as a form: proposed from household and claims, corrected by people."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.forms import DayField, Form, MoneyField, Section, WholeNumberField
from wurzelwerk.network.models import District

from .. import law
from ..actions import ProfileData
from ..enums import StepFree, WbsState
from ..models import SearchProfile

DRAWS = (("yes", _("ja")), ("no", _("nein")), ("unknown", _("noch nicht geklärt")))
TRUTH = {"yes": True, "no": False, "unknown": None}
ORDINARY = "3"


class ProfileForm(Form):
    """What the household may claim and wishes; nothing about origin, religion or residence."""

    once = True
    sections = (
        Section(_("Haushalt"), (("persons", "needed_by"), "waiting_since", "pets")),
        Section(_("Miete"), ("draws_benefits", ("benefit_persons", "most_gross_cold"), "most_warm")),
        Section(_("Wohnberechtigungsschein (WBS)"), (("wbs_state", "wbs_kind"), ("wbs_persons", "wbs_valid_until"))),
        Section(_("Wohnung und Lage"), ("step_free", "wished", "excluded")),
        Section(
            _("Dringlichkeit"),
            ("priority", "grounds", "priority_note"),
            hint=_("Die Runde bedient zuerst die dringendste Klasse. Prüfhinweis, keine Rechtsberatung."),
        ),
    )

    persons = WholeNumberField(label=_("Personen"), minimum=1, maximum=30, help_text=_("mit erwarteten Kindern"))
    needed_by = DayField(label=_("spätestens zum"), required=False, help_text=_("Zum Beispiel 30.06.2026"))
    waiting_since = DayField(label=_("sucht seit"))
    pets = forms.BooleanField(label=_("Haustier"), required=False)
    draws_benefits = forms.ChoiceField(
        label=_("Zahlt Jobcenter oder Sozialamt die Unterkunft?"), choices=DRAWS, widget=forms.RadioSelect
    )
    benefit_persons = WholeNumberField(label=_("Personen in der Bedarfsgemeinschaft"), required=False, maximum=30)
    most_gross_cold = MoneyField(
        label=_("Mietgrenze laut Bescheid, bruttokalt"),
        required=False,
        maximum=20_000,
        help_text=_("Leer: nach der Tabelle des Jobcenters."),
    )
    most_warm = MoneyField(
        label=_("tragbare Warmmiete aus eigenem Einkommen"),
        required=False,
        maximum=20_000,
        help_text=_("Nur ohne Leistungen; leer heißt unbekannt."),
    )
    wbs_state = forms.ChoiceField(label=_("WBS"), choices=WbsState.choices)
    wbs_kind = forms.ChoiceField(label=_("Art des WBS"), required=False)
    wbs_persons = WholeNumberField(label=_("WBS für Personen"), required=False, minimum=1, maximum=30)
    wbs_valid_until = DayField(label=_("WBS gültig bis"), required=False)
    step_free = forms.ChoiceField(
        label=_("Stufenloser Zugang nötig"), choices=StepFree.choices, widget=forms.RadioSelect
    )
    wished = forms.ModelMultipleChoiceField(
        label=_("Gern in"), queryset=District.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    excluded = forms.ModelMultipleChoiceField(
        label=_("Nicht in"), queryset=District.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    priority = forms.ChoiceField(label=_("Dringlichkeitsklasse"))
    grounds = forms.MultipleChoiceField(
        label=_("Gründe nach § 17 WFNG NRW"), required=False, widget=forms.CheckboxSelectMultiple
    )
    priority_note = forms.CharField(label=_("anderer Grund"), required=False, max_length=120)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["wbs_kind"].choices = [("", _("– bitte wählen –")), *law.choices("wbs_kinds", on=today)]
        self.fields["priority"].choices = law.choices("priority_classes", on=today)
        self.fields["grounds"].choices = law.choices("urgency_grounds", on=today)
        for name in ("wished", "excluded"):
            self.fields[name].queryset = District.objects.order_by("order", "code")

    def clean(self) -> dict[str, Any]:
        """Ask for the WBS's kind where one is held, and for a ground where the class is not the usual one."""
        data = super().clean() or self.cleaned_data
        if data.get("wbs_state") == WbsState.HELD and not data.get("wbs_kind"):
            self.add_error("wbs_kind", _("Bitte die Art auswählen, die auf dem Schein steht."))
        if data.get("priority", ORDINARY) != ORDINARY and not (data.get("grounds") or data.get("priority_note")):
            self.add_error("grounds", _("Bitte nennen Sie den Grund der Dringlichkeit."))
        return data

    def profile(self) -> ProfileData:
        """Return what was typed."""
        data = self.cleaned_data
        labels = [law.label("urgency_grounds", code) for code in data["grounds"]]
        return ProfileData(
            persons=data["persons"],
            benefit_persons=data["benefit_persons"] or 0,
            draws_benefits=TRUTH[data["draws_benefits"]],
            most_gross_cold=data["most_gross_cold"],
            most_warm=data["most_warm"],
            step_free=data["step_free"],
            pets=data["pets"],
            wbs_state=data["wbs_state"],
            wbs_kind=data["wbs_kind"],
            wbs_persons=data["wbs_persons"],
            wbs_valid_until=data["wbs_valid_until"],
            wished=tuple(data["wished"]),
            excluded=tuple(data["excluded"]),
            needed_by=data["needed_by"],
            priority=int(data["priority"]),
            priority_ground="; ".join(filter(None, [*labels, data["priority_note"]]))[:200],
            waiting_since=data["waiting_since"],
        )


def initial_of(profile: SearchProfile, *, on: date) -> dict[str, Any]:
    """Return a kept profile as the form shows it."""
    names = (
        "persons", "benefit_persons", "most_gross_cold", "most_warm", "step_free", "pets", "wbs_state", "wbs_kind",
        "wbs_persons", "wbs_valid_until", "needed_by", "waiting_since",
    )  # fmt: skip
    grounds, note = split_ground(profile.priority_ground, on=on)
    return {name: getattr(profile, name) for name in names} | {
        "draws_benefits": {True: "yes", False: "no", None: "unknown"}[profile.draws_benefits],
        "wished": list(profile.wished.all()),
        "excluded": list(profile.excluded.all()),
        "priority": str(profile.priority),
        "grounds": grounds,
        "priority_note": note,
    }


def split_ground(text: str, *, on: date) -> tuple[list[str], str]:
    """Return the codes of the list's grounds named in a text, and what else it says."""
    codes = {label: code for code, label in law.choices("urgency_grounds", on=on)}
    parts = [part.strip() for part in text.split(";") if part.strip()]
    return [codes[part] for part in parts if part in codes], "; ".join(part for part in parts if part not in codes)
