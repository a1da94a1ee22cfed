"""The one form that takes a dwelling in: owner, house, dwelling, rent, right, energy, photos."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurzelwerk.base.forms import Section
from wurzelwerk.trust.actor import Actor

from ..actions.taking_in import Intake
from ..queries.portfolio import building_choices, owner_choices
from .choosing import RowField, read_lists
from .portfolio import (
    BUILDING,
    DWELLING,
    ENERGY_SECTION,
    RENT,
    RENT_SECTION,
    RIGHT_SECTION,
    BuildingFields,
    DwellingFields,
    PhotoFields,
    RentFields,
    RightFields,
    values_of,
)

_l = gettext_lazy


class _HouseField(RowField):
    """A house with whom it belongs to."""

    def label_from_instance(self, building) -> str:
        return f"{building.address}, {building.owner.name}"


class NewDwellingForm(BuildingFields, DwellingFields, RentFields, RightFields, PhotoFields):
    """Everything about a new dwelling on one page."""

    once = True
    sections = (
        Section(
            _l("Eigentümer:in"),
            [("owner", "new_owner"), "new_owner_is_company"],
            hint=_l("Auswählen, oder einen neuen Namen eintragen. Bei einem bekannten Haus bleibt beides leer."),
        ),
        Section(
            _l("Haus"),
            ["building", ("street", "number"), ("postcode", "city", "district")],
            hint=_l("Bekanntes Haus auswählen, oder die Anschrift eintragen."),
        ),
        Section(
            _l("Wohnung"),
            [
                ("rooms", "area", "floor"), ("label", "max_persons"), ("step_free", "has_lift", "pets_allowed"),
                "wbs_kind",
            ],
        ),
        RENT_SECTION,
        RIGHT_SECTION,
        ENERGY_SECTION,
        Section(_l("Beschreibung und Fotos"), ["description", "photos"]),
    )  # fmt: skip
    owner = RowField(label=_l("Eigentümer:in"), empty_label=_l("Name suchen"))
    new_owner = forms.CharField(label=_l("oder neu: Name"), max_length=160, required=False)
    new_owner_is_company = forms.BooleanField(label=_l("Unternehmen oder Gemeinschaft"), required=False)
    building = _HouseField(label=_l("Bekanntes Haus"), empty_label=_l("Straße suchen"))

    def __init__(self, *args: Any, actor: Actor, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_lists(self, on=on)
        self.fields["owner"].offer(owner_choices(actor))
        self.fields["building"].offer(building_choices(actor))
        self.fields["right_holder"].initial = actor.home.organisation_id if actor.home else None
        for name in ("street", "city"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._check_owner(data)
        if data.get("building") and data.get("street"):
            self.add_error("street", _("Bitte entweder ein bekanntes Haus wählen oder eine Anschrift eintragen."))
        if not data.get("building") and not data.get("street") and "street" not in self.errors:
            self.add_error("street", _("Bitte geben Sie die Straße an, oder wählen Sie ein bekanntes Haus."))
        if self.errors and self.files and "photos" not in self.errors:
            self.add_error(
                "photos",
                _("Bitte wählen Sie die Fotos noch einmal aus. Ihr Browser schickt sie nicht von selbst erneut mit."),
            )
        return data

    def _check_owner(self, data: dict[str, Any]) -> None:
        owner, name, building = data.get("owner"), (data.get("new_owner") or "").strip(), data.get("building")
        if owner and name:
            self.add_error("new_owner", _("Bitte entweder auswählen oder einen neuen Namen eintragen, nicht beides."))
        elif building and name:
            self.add_error("new_owner", _("Dieses Haus gehört schon „%(owner)s“.") % {"owner": building.owner.name})
        elif building and owner and building.owner_id != owner.pk:
            self.add_error("building", _("Dieses Haus gehört „%(owner)s“.") % {"owner": building.owner.name})
        elif not owner and not name and not building and not {"owner", "new_owner", "building"} & set(self.errors):
            self.add_error(
                "owner", _("Bitte wählen Sie, wem die Wohnung gehört, oder tragen Sie einen neuen Namen ein.")
            )

    def to_intake(self) -> Intake:
        """Return what the valid form says, ready for the action."""
        data = self.cleaned_data
        building = data["building"]
        values = values_of(self, BUILDING) | {"city": data["city"] or "Dortmund"}
        if building:
            values = {name: data[name] for name in ("built_in", "has_lift") if data[name] is not None}
        return Intake(
            owner=building.owner if building else data["owner"],
            owner_values={"name": data["new_owner"].strip(), "is_company": data["new_owner_is_company"]},
            building=building,
            building_values=values,
            dwelling_values=values_of(self, DWELLING),
            letting_values=values_of(self, RENT),
            available_from=data["available_from"],
            right_values=self.right_values,
            pictures=data["photos"],
        )
