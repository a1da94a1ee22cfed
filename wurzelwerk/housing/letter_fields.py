"""What a letter can say of a household's search and of the dwelling that is offered to it."""

from datetime import date, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base import formats
from wurzelwerk.base.rooms import LetterField, once

from .enums import PlacementState
from .models import Placement, SearchProfile
from .queries.households import profile_of

GONE = (PlacementState.DECLINED, PlacementState.REFUSED, PlacementState.WITHDRAWN)


def _profile(subject: Any) -> SearchProfile | None:
    return once(subject, "housing.profile", lambda: profile_of(subject.household.pk, actor=subject.actor))


def _placement(subject: Any) -> Placement | None:
    """The latest placement that goes on, as far as the author may see it."""
    rows = Placement.objects.visible_to(subject.actor).of(household_ref=subject.household.pk).exclude(state__in=GONE)
    found = rows.select_related("letting__dwelling__building").order_by("-proposed_at", "-pk")
    return once(subject, "housing.placement", found.first)


def _address(subject: Any) -> str:
    placement = _placement(subject)
    if placement is None:
        return ""
    house = placement.letting.dwelling.building
    return f"{house.address}, {house.postcode} {house.city}".replace("  ", " ").strip(", ")


def _viewing_day(subject: Any) -> date | None:
    placement = _placement(subject)
    return formats.local(placement.viewing_at).date() if placement and placement.viewing_at else None


def _viewing_time(subject: Any) -> time | None:
    placement = _placement(subject)
    return formats.local(placement.viewing_at).time() if placement and placement.viewing_at else None


def _of_profile(read: Any) -> Any:
    return lambda subject: read(profile) if (profile := _profile(subject)) else None


LETTER_FIELDS = (
    LetterField("suche.personen", _("Wohnung gesucht für (Personen)"), "3", _of_profile(lambda row: str(row.persons))),
    LetterField(
        "suche.seit", _("Wohnung gesucht seit"), "3. Februar 2026", _of_profile(lambda row: row.waiting_since), "day"
    ),
    LetterField(
        "suche.mietgrenze",
        _("Mietgrenze laut Bescheid, bruttokalt"),
        "640,00 €",
        _of_profile(lambda row: formats.euro(row.most_gross_cold)),
    ),
    LetterField(
        "suche.wbs_bis",
        _("Wohnberechtigungsschein gültig bis"),
        "31. Dezember 2026",
        _of_profile(lambda row: row.wbs_valid_until),
        "day",
    ),
    LetterField("wohnung.anschrift", _("Anschrift der angebotenen Wohnung"), "Testweg 1, 44135 Dortmund", _address),
    LetterField("wohnung.besichtigung", _("Tag der Besichtigung"), "Freitag, 13. März 2026", _viewing_day, "weekday"),
    LetterField("wohnung.uhrzeit", _("Uhrzeit der Besichtigung"), "14:00", _viewing_time, "time"),
    LetterField(
        "wohnung.treffpunkt",
        _("Treffpunkt der Besichtigung"),
        "vor dem Haus",
        lambda one: (found := _placement(one)) and found.viewing_place,
    ),
)
