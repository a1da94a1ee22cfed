"""The lists of the portfolio: dwellings, owners, and what the network offers."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base import clock
from wurzelwerk.base.forms import Combobox, MoneyField, NumberField
from wurzelwerk.base.tables import Column, FilterForm, Table, badge
from wurzelwerk.network.models import District
from wurzelwerk.offers.enums import OfferState

from . import law
from .enums import StepFree
from .models import AllocationRight, Dwelling
from .queries.portfolio import districts_within

STATE_KINDS = {"open": "success", "reserved": "info", "taken": "", "withdrawn": "warning", "draft": "warning"}
NO_OFFER, ARCHIVED, ALL = "none", "archived", "all"
STATES = [
    ("", _("im Bestand")),
    *OfferState.choices,
    (NO_OFFER, _("ohne Angebot")),
    (ARCHIVED, _("abgelegt")),
    (ALL, _("alle, auch abgelegte")),
]
RIGHTS = [("", _("alle")), ("yes", _("mit Belegungsrecht")), ("no", _("ohne Belegungsrecht"))]


class DistrictFilter(forms.ModelChoiceField):
    """A district and its parts."""

    def __init__(self) -> None:
        super().__init__(
            District.objects.all(), label=_("Stadtbezirk"), empty_label=_("alle"), to_field_name="code", widget=Combobox
        )


class _HomeFilter(FilterForm):
    """Filters that both lists of dwellings have."""

    district = DistrictFilter()
    rooms = NumberField(label=_("Zimmer mindestens"), minimum=1, maximum=30, places=1)
    rent = MoneyField(label=_("Bruttokalt bis"), maximum=30_000)
    wbs = forms.ChoiceField(label=_("WBS"))
    step_free = forms.ChoiceField(
        label=_("Stufenlos"), choices=[("", _("alle")), ("yes", _("stufenlos")), ("wheelchair", _("rollstuhlgerecht"))]
    )
    path = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = law.choices("wbs_kinds", on=clock.today())
        self.fields["wbs"].choices = [("", _("alle")), ("none", _("kein WBS nötig")), *kinds]

    def filter_rooms(self, rows: QuerySet, value: Decimal) -> QuerySet:
        """Keep dwellings with at least so many rooms."""
        return rows.filter(**{f"{self.path}rooms__gte": value})

    def filter_wbs(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep dwellings that need this certificate, or none."""
        return rows.filter(**{f"{self.path}wbs_kind": "" if value == "none" else value})

    def filter_step_free(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep dwellings reached without steps; those fit for a wheelchair are among them."""
        kinds = [StepFree.WHEELCHAIR] if value == "wheelchair" else [StepFree.YES, StepFree.WHEELCHAIR]
        return rows.filter(**{f"{self.path}step_free__in": kinds})


class DwellingFilter(_HomeFilter):
    """Filters of the own stock."""

    field_order = ("state", "district", "rooms", "rent", "wbs", "step_free", "right")
    state = forms.ChoiceField(label=_("Stand"), choices=STATES)
    right = forms.ChoiceField(label=_("Belegungsrecht"), choices=RIGHTS)
    lookups = {"rent": "gross_cold__lte"}

    def apply(self, rows: QuerySet) -> QuerySet:
        rows = super().apply(rows)
        chosen = self.cleaned_data.get("state")
        return rows if chosen in {ARCHIVED, ALL} else rows.filter(archived_at__isnull=True)

    def filter_state(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep dwellings whose latest letting stands so."""
        if value == ALL:
            return rows
        if value == ARCHIVED:
            return rows.filter(archived_at__isnull=False)
        return rows.filter(offer_state__isnull=True) if value == NO_OFFER else rows.filter(offer_state=value)

    def filter_district(self, rows: QuerySet, value: District) -> QuerySet:
        """Keep dwellings of a district and its parts."""
        return rows.filter(building__district__in=districts_within(value.pk))

    def filter_right(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep dwellings with (without) a right that holds today, its after-effect included."""
        today = clock.today()
        holds = Q(after_effect_until__gte=today) | Q(ends_on__gte=today) | Q(ends_on__isnull=True)
        rights = AllocationRight.objects.for_system(reason="filters dwellings that the actor sees").filter(
            holds, dwelling=OuterRef("pk"), starts_on__lte=today
        )
        return rows.filter(Exists(rights) if value == "yes" else ~Exists(rights))


def _state(row: Any) -> str:
    if row.archived_at:
        return str(_("abgelegt"))
    return str(OfferState(row.offer_state).label) if row.offer_state else str(_("ohne Angebot"))


def _wbs(row: Dwelling) -> str:
    return law.label("wbs_kinds", row.wbs_kind) if row.wbs_kind else ""


def _gross_cold(row: Any) -> Decimal | None:
    """The sum as the database made it, which SQLite gives without its two places."""
    return None if row.gross_cold is None else row.gross_cold.quantize(Decimal("0.01"))


class DwellingTable(Table):
    """The own stock."""

    name, title, one, many = "wohnungen", _("Wohnungen"), _("Wohnung"), _("Wohnungen")
    filter_class, default_sort = DwellingFilter, "-added"
    empty_title = _("Noch keine Wohnungen")
    empty_text = _("Nehmen Sie eine Wohnung von Hand auf, oder lesen Sie eine OpenImmo-Datei ein.")
    empty_icon = "home"
    columns = (
        Column(
            "address", _("Anschrift"), value=lambda row: row.building.address,
            sort=("building__street", "building__number"), url=lambda row: reverse("dwelling", args=[row.pk]),
            note=lambda row: row.label,
        ),
        Column("owner", _("Eigentümer:in"), value="building.owner.name", sort=("building__owner__name",)),
        Column("district", _("Stadtbezirk"), value="building.district.name", sort=("building__district__order",)),
        Column("rooms", _("Zimmer"), kind="number", sort=("rooms",)),
        Column("area", _("Fläche"), kind="area", sort=("area",)),
        Column("net_cold", _("Nettokalt"), kind="euro", sort=("net_cold",), only="file"),
        Column("gross_cold", _("Bruttokalt"), kind="euro", value=_gross_cold, sort=("gross_cold",)),
        Column("wbs", _("WBS"), value=_wbs, only="file"),
        Column("step_free", _("Stufenlos"), value=lambda row: row.get_step_free_display(), only="file"),
        Column("free_from", _("Frei ab"), kind="day", sort=("free_from",)),
        Column("added", _("Aufgenommen"), kind="day", value="added_at", sort=("added_at",), only="file"),
        Column(
            "state", _("Stand"), value=_state, sort=("offer_state",),
            cell=lambda row: badge(_state(row), "" if row.archived_at else STATE_KINDS.get(row.offer_state or "", "")),
        ),
    )  # fmt: skip

    @property
    def sorted_by(self) -> tuple[Column | None, bool]:
        """As asked for; without a wish the newest come first."""
        column, downwards = super().sorted_by
        if column is not None:
            return column, downwards
        return next(column for column in self.columns if column.key == "added"), True


class OwnerFilter(FilterForm):
    """Filters of the owners."""

    name = forms.CharField(label=_("Name oder Ansprechperson"), max_length=100)
    offers = forms.ChoiceField(label=_("Angebote"), choices=[("", _("alle")), ("yes", _("mit laufendem Angebot"))])

    def filter_name(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep owners whose name or contact holds the text."""
        return rows.filter(Q(name__icontains=value) | Q(contact_person__icontains=value))

    def filter_offers(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep owners with a dwelling on offer."""
        return rows.filter(open_dwellings__gt=0)


class OwnerTable(Table):
    """Who lets dwellings."""

    name, title, one, many = "eigentuemer", _("Eigentümerinnen und Eigentümer"), _("Eintrag"), _("Einträge")
    filter_class, default_sort = OwnerFilter, "name"
    empty_title = _("Noch niemand")
    empty_text = _("Eigentümerinnen und Eigentümer entstehen mit der ersten Wohnung.")
    empty_icon = "people"
    columns = (
        Column("name", _("Name"), sort=("name",), url=lambda row: reverse("owner", args=[row.pk])),
        Column("contact_person", _("Ansprechperson"), sort=("contact_person",)),
        Column("phone", _("Telefon")),
        Column("email", _("E-Mail")),
        Column("dwellings", _("Wohnungen"), kind="whole", sort=("dwellings",)),
        Column("open_dwellings", _("im Angebot"), kind="whole", sort=("open_dwellings",)),
        Column("won_on", _("Aufgenommen am"), kind="day", sort=("won_on",)),
    )


class OfferedFilter(_HomeFilter):
    """Filters of what the network offers."""

    field_order = ("district", "rooms", "rent", "wbs", "step_free")
    lookups = {"rent": "gross_cold_sum__lte"}
    path = "dwelling__"

    def filter_district(self, rows: QuerySet, value: District) -> QuerySet:
        """Keep dwellings of a district and its parts."""
        return rows.filter(offer__district__in=districts_within(value.pk))


class OfferedTable(Table):
    """Open lettings of the whole network: never an address, never an owner."""

    name, title, one, many = "angebote", _("Offene Wohnungen im Netz"), _("Wohnung"), _("Wohnungen")
    filter_class, default_sort = OfferedFilter, "free_from"
    empty_title = _("Zurzeit ist keine Wohnung offen")
    empty_icon = "home"
    columns = (
        Column("title", _("Wohnung"), value="offer.title", sort=("offer__title",)),
        Column("district", _("Stadtbezirk"), value="offer.district.name", sort=("offer__district__order",)),
        Column("rooms", _("Zimmer"), kind="number", value="dwelling.rooms", sort=("dwelling__rooms",)),
        Column("area", _("Fläche"), kind="area", value="dwelling.area", sort=("dwelling__area",)),
        Column("net_cold", _("Nettokalt"), kind="euro", sort=("net_cold",)),
        Column("gross_cold", _("Bruttokalt"), kind="euro", sort=("gross_cold_sum",)),
        Column("wbs", _("WBS"), value=lambda row: _wbs(row.dwelling)),
        Column("step_free", _("Stufenlos"), value=lambda row: row.dwelling.get_step_free_display()),
        Column("free_from", _("Frei ab"), kind="day", value="offer.available_from", sort=("offer__available_from",)),
        Column("body", _("Vermittlung durch"), value="akte.controller.short_name"),
    )
