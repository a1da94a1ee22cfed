"""Forms of owners, houses, dwellings, rights and lettings, made of parts that the one form for a new dwelling joins."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurzelwerk.base.errors import BadInput
from wurzelwerk.base.forms import (
    AreaField,
    DayField,
    Form,
    MoneyField,
    NumberField,
    Section,
    UploadField,
    WholeNumberField,
)
from wurzelwerk.trust.actor import Actor

from ..enums import StepFree
from ..photo_files import ENDINGS, MEGABYTES, MOST, Picture, prepare
from .choosing import DistrictField, HolderField, LawField, YesNoField, read_lists

_l = gettext_lazy
BUILDING = ("street", "number", "postcode", "city", "district", "built_in", "has_lift")
DWELLING = (
    "label", "floor", "rooms", "area", "step_free", "pets_allowed", "max_persons", "wbs_kind", "energy_kind",
    "energy_value", "energy_carrier", "energy_class", "energy_valid_until", "description",
)  # fmt: skip
RENT = ("net_cold", "operating_costs", "heating_costs", "deposit")
OWNER = ("name", "is_company", "contact_person", "phone", "email", "street", "postcode", "city")
RIGHT = ("kind", "form", "law", "holder", "starts_on", "ends_on", "after_effect_until", "grant_document", "wbs_kind")


class BuildingFields(Form):
    """Where a house is."""

    street = forms.CharField(label=_l("Straße"), max_length=100)
    number = forms.CharField(label=_l("Hausnummer"), max_length=20, required=False)
    postcode = forms.RegexField(
        r"^\d{5}$", label=_l("Postleitzahl"), required=False,
        error_messages={"invalid": _l("Eine Postleitzahl hat fünf Ziffern.")},
    )  # fmt: skip
    city = forms.CharField(label=_l("Ort"), max_length=80, initial="Dortmund")
    district = DistrictField(label=_l("Stadtbezirk"))
    built_in = WholeNumberField(label=_l("Baujahr"), minimum=1000, maximum=2100, required=False)
    has_lift = YesNoField(label=_l("Aufzug"))

    def clean_postcode(self) -> str:
        return self.cleaned_data["postcode"] or ""


class DwellingFields(Form):
    """What a dwelling is."""

    label = forms.CharField(
        label=_l("Lage im Haus"), max_length=30, required=False, help_text=_l("Zum Beispiel „2. OG links“")
    )
    floor = WholeNumberField(label=_l("Etage"), minimum=-3, maximum=60, required=False, help_text=_l("0 = Erdgeschoss"))
    rooms = NumberField(label=_l("Zimmer"), minimum=1, maximum=30, places=1)
    area = AreaField(label=_l("Wohnfläche"), minimum=1, maximum=1000)
    step_free = forms.ChoiceField(label=_l("Stufenloser Zugang"), choices=StepFree.choices, initial=StepFree.UNKNOWN)
    pets_allowed = YesNoField(label=_l("Haustiere erlaubt"))
    max_persons = WholeNumberField(label=_l("Höchstens Personen"), minimum=1, maximum=50, required=False)
    wbs_kind = LawField("wbs_kinds", empty=_l("kein WBS nötig"), label=_l("Nötiger WBS"))
    energy_kind = LawField("energy_certificate_kinds", empty=_l("nicht angegeben"), label=_l("Energieausweis"))
    energy_value = NumberField(
        label=_l("Endenergie"),
        minimum=None,
        maximum=2000,
        places=1,
        required=False,
        help_text=_l("kWh je m² und Jahr"),
    )
    energy_carrier = LawField("energy_carriers", empty=_l("nicht angegeben"), label=_l("Energieträger"))
    energy_class = LawField("energy_classes", empty=_l("nicht angegeben"), label=_l("Effizienzklasse"))
    energy_valid_until = DayField(label=_l("Ausweis gültig bis"), required=False)
    description = forms.CharField(label=_l("Beschreibung"), max_length=4000, required=False, widget=forms.Textarea)

    def clean_energy_value(self):
        value = self.cleaned_data["energy_value"]
        if value is not None and value <= 0:
            raise forms.ValidationError(_("Der Energiewert muss größer als 0 sein."))
        return value

    def clean_description(self) -> str:
        return self.cleaned_data["description"].replace("\r\n", "\n")


class RentFields(Form):
    """What a dwelling costs."""

    net_cold = MoneyField(label=_l("Nettokaltmiete"), minimum=0, maximum=20_000)
    operating_costs = MoneyField(
        label=_l("Betriebskosten ohne Heizung"), maximum=5_000, required=False, help_text=_l("im Monat")
    )
    heating_costs = MoneyField(label=_l("Heizkosten"), maximum=5_000, required=False, help_text=_l("im Monat"))
    deposit = MoneyField(label=_l("Kaution"), maximum=100_000, required=False)
    available_from = DayField(
        label=_l("Frei ab"), required=False, help_text=_l("Leer: sofort. Zum Beispiel 05.03.2026")
    )

    def clean_net_cold(self):
        amount = self.cleaned_data["net_cold"]
        if amount is not None and amount <= 0:
            raise forms.ValidationError(_("Die Nettokaltmiete muss größer als 0 € sein."))
        return amount


class RightFields(Form):
    """An allocation right; empty where there is none."""

    right_kind = LawField("allocation_kinds", empty=_l("kein Belegungsrecht"), label=_l("Art"))
    right_form = LawField("allocation_forms", empty=_l("nicht angegeben"), label=_l("Form"))
    right_law = LawField("allocation_laws", empty=_l("bitte auswählen"), label=_l("Eingeräumt nach"))
    right_holder = HolderField(label=_l("Inhaber:in"))
    right_starts_on = DayField(label=_l("Beginn"), required=False)
    right_ends_on = DayField(label=_l("Ende"), required=False)
    right_after_effect_until = DayField(label=_l("Nachwirkung bis"), required=False)
    right_grant_document = forms.CharField(label=_l("Bescheid oder Vertrag"), max_length=160, required=False)
    right_wbs_kind = LawField("wbs_kinds", empty=_l("wie die Wohnung"), label=_l("Zugelassener WBS"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        given = [name for name in RIGHT if data.get(f"right_{name}") and name != "holder"]
        if given and not data.get("right_kind"):
            self.add_error("right_kind", _("Bitte wählen Sie die Art des Belegungsrechts."))
        if data.get("right_kind"):
            for name, text in (
                ("right_law", _("Bitte wählen Sie, nach welchem Gesetz oder Vertrag das Recht besteht.")),
                ("right_holder", _("Bitte wählen Sie, wem das Recht zusteht.")),
                ("right_starts_on", _("Bitte geben Sie den Beginn an.")),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, text)
            self._check_days(data)
        return data

    def _check_days(self, data: Mapping[str, Any]) -> None:
        start, end, after = (data.get(f"right_{name}") for name in ("starts_on", "ends_on", "after_effect_until"))
        if start and end and end < start:
            self.add_error("right_ends_on", _("Das Ende liegt vor dem Beginn."))
        if after and end and after < end:
            self.add_error("right_after_effect_until", _("Die Nachwirkung endet vor dem Recht selbst."))

    @property
    def right_values(self) -> dict[str, Any] | None:
        """The right's columns, None where there is no right."""
        if not self.cleaned_data.get("right_kind"):
            return None
        return {name: self.cleaned_data[f"right_{name}"] for name in RIGHT}


class PhotoFields(Form):
    """Photos, checked by what is in them; cleans to Pictures."""

    photos = UploadField(
        label=_l("Fotos"), endings=ENDINGS, megabytes=MEGABYTES, most=MOST, required=False,
        help_text=_l("JPEG, PNG oder WebP, je bis 10 MB, höchstens 20. Ort und Aufnahmedaten werden entfernt."),
    )  # fmt: skip

    def clean_photos(self) -> list[Picture]:
        pictures = []
        for file in self.cleaned_data["photos"]:
            try:
                pictures.append(prepare(file.read(), name=file.name))
            except BadInput as error:
                raise forms.ValidationError(error.message) from error
        return pictures


RENT_SECTION = Section(
    _l("Miete im Monat"),
    [("net_cold", "operating_costs", "heating_costs"), ("deposit", "available_from")],
    hint=_l("Bruttokalt und warm werden zusammengezählt."),
)
RIGHT_SECTION = Section(
    _l("Belegungsrecht"),
    [
        ("right_kind", "right_form", "right_law"),
        ("right_holder", "right_grant_document", "right_wbs_kind"),
        ("right_starts_on", "right_ends_on", "right_after_effect_until"),
    ],
    hint=_l("Nur wenn eines besteht."),
)
ENERGY_SECTION = Section(
    _l("Energieausweis"),
    [("energy_kind", "energy_value", "energy_class"), ("energy_carrier", "energy_valid_until", "built_in")],
    hint=_l("In Anzeigen Pflicht, soweit ein Ausweis vorliegt (§ 87 GEG)."),
)


def values_of(form: Form, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the cleaned values of these fields by column."""
    return {name: form.cleaned_data[name] for name in names}


class DwellingForm(BuildingFields, DwellingFields):
    """Change a dwelling and its house."""

    once = True
    sections = (
        Section(
            _l("Haus"),
            [("street", "number"), ("postcode", "city", "district")],
            hint=_l("Gilt für alle Wohnungen des Hauses."),
        ),
        Section(
            _l("Wohnung"),
            [
                ("label", "floor"), ("rooms", "area", "max_persons"), ("step_free", "has_lift", "pets_allowed"),
                "wbs_kind", "description",
            ],
        ),
        ENERGY_SECTION,
    )  # fmt: skip

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_lists(self, on=on)


class LettingForm(RentFields):
    """Rent and terms of a letting."""

    once = True
    sections = (RENT_SECTION,)


class RightForm(RightFields):
    """One allocation right."""

    once = True
    sections = (RIGHT_SECTION,)

    def __init__(self, *args: Any, on: date, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_lists(self, on=on)
        self.fields["right_kind"].required = True
        self.fields["right_holder"].initial = actor.home.organisation_id if actor.home else None


class PhotosForm(PhotoFields):
    """More photos of a dwelling."""

    once = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].required = True


class CaptionForm(Form):
    """What a photo shows."""

    caption = forms.CharField(
        label=_l("Was zeigt das Foto?"), max_length=160, required=False,
        help_text=_l("Wird vorgelesen, wenn jemand das Foto nicht sehen kann."),
    )  # fmt: skip


class OwnerForm(Form):
    """Who lets dwellings, and how to reach them."""

    once = True
    sections = (
        Section(_l("Eigentümer:in"), [("name",), "is_company"]),
        Section(_l("Kontakt"), ["contact_person", ("phone", "email"), "street", ("postcode", "city")]),
    )
    name = forms.CharField(label=_l("Name"), max_length=160)
    is_company = forms.BooleanField(label=_l("Unternehmen oder Gemeinschaft"), required=False)
    contact_person = forms.CharField(label=_l("Ansprechperson"), max_length=120, required=False)
    phone = forms.RegexField(
        r"^[0-9+()/ \-]{3,40}$", label=_l("Telefon"), required=False,
        error_messages={"invalid": _l("Eine Telefonnummer besteht aus Ziffern, zum Beispiel 0231 123456.")},
    )  # fmt: skip
    email = forms.EmailField(label=_l("E-Mail"), required=False)
    street = forms.CharField(label=_l("Straße und Hausnummer"), max_length=120, required=False)
    postcode = forms.CharField(label=_l("Postleitzahl"), max_length=10, required=False)
    city = forms.CharField(label=_l("Ort"), max_length=80, required=False)
