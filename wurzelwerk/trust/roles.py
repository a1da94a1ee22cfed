"""Roles, as contracts: what somebody does, what they may read and write, what they may do.

A role works in the Akten whose home circle the person belongs to, and in what is granted to
one of their circles; never beyond the scopes named here (need to know, § 35 SGB I).
"""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from .scopes import Scope

COUNSELLING_SCOPES = frozenset(
    {
        Scope.REGISTER,
        Scope.CONTACT,
        Scope.RESIDENCE,
        Scope.ECONOMIC,
        Scope.SEARCH_PROFILE,
        Scope.PLAN,
        Scope.JOURNAL,
        Scope.SUPPORT,
        Scope.CALENDAR,
        Scope.DOCUMENTS,
        Scope.PATHWAY,
        Scope.RELEASE,
        Scope.REFERRAL,
        Scope.HANDOVER,
    }
)
HOUSING_SCOPES = frozenset({Scope.PLACEMENT, Scope.PORTFOLIO, Scope.OWNER, Scope.OFFER})


class Role:
    """Base of all roles."""

    code: ClassVar[str]
    name: ClassVar[str]
    description: ClassVar[str]
    reads: ClassVar[frozenset[str]] = frozenset()
    writes: ClassVar[frozenset[str]] = frozenset()
    permissions: ClassVar[frozenset[str]] = frozenset()


class Counsellor(Role):
    """Advises households at a site."""

    code = "counsellor"
    name = _("Beratung")
    description = _("Berät Haushalte, führt Plan und Journal und gibt mit Einwilligung Daten weiter.")
    reads = COUNSELLING_SCOPES | {Scope.PLACEMENT, Scope.OFFER, Scope.LISTS}
    writes = COUNSELLING_SCOPES | {Scope.LISTS}
    permissions = frozenset(
        {
            "case.open",
            "case.work",
            "contact.record",
            "release.record",
            "referral.send",
            "journey.advance",
            "figures.read",
            "lists.take_in",
        }
    )


class TeamLead(Counsellor):
    """Advises too, and answers for the team."""

    code = "team_lead"
    name = _("Teamleitung")
    description = _("Berät und verantwortet die Fälle des Teams.")
    permissions = Counsellor.permissions | {
        "case.assign",
        "exports.read",
        "letter.template",
        "outbox.watch",
        "place.keep",
    }


class FlatScout(Role):
    """Wins dwellings and brings households into them."""

    code = "flat_scout"
    name = _("Wohnungsakquise")
    description = _("Gewinnt Wohnungen, schlägt Haushalte vor und begleitet bis zur Schlüsselübergabe.")
    reads = HOUSING_SCOPES | {
        Scope.LISTS,
        Scope.REGISTER,
        Scope.CONTACT,
        Scope.SEARCH_PROFILE,
        Scope.ECONOMIC,
        Scope.DOCUMENTS,
        Scope.PATHWAY,
        Scope.REFERRAL,
        Scope.CALENDAR,
        Scope.PLAN,
        Scope.HANDOVER,
    }
    writes = HOUSING_SCOPES | {
        Scope.LISTS,
        Scope.REGISTER,
        Scope.CONTACT,
        Scope.PATHWAY,
        Scope.REFERRAL,
        Scope.CALENDAR,
        Scope.PLAN,
        Scope.HANDOVER,
    }
    permissions = frozenset(
        {
            "housing.portfolio",
            "housing.import",
            "housing.round",
            "housing.place",
            "lists.take_in",
            "referral.answer",
            "journey.advance",
            "case.work",
            "figures.read",
        }
    )


class HousingManager(FlatScout):
    """Leads the placing of households."""

    code = "housing_manager"
    name = _("Leitung Vermittlung")
    description = _("Verantwortet Bestand, Belegungsrechte und Vermittlungsrunden.")
    permissions = FlatScout.permissions | {"exports.read"}


class Coordinator(Role):
    """Coordinates the network; sees figures, and an Akte only by grant."""

    code = "coordinator"
    name = _("Koordination")
    description = _("Koordiniert das Netz und berichtet; sieht Zahlen, Akten nur mit Freigabe.")
    reads = frozenset({Scope.REGISTER, Scope.CONTACT, Scope.OFFER})
    permissions = frozenset({"figures.read", "figures.all_sites"})


class Administrator(Role):
    """Keeps accounts and lists; sees no Akte."""

    code = "administrator"
    name = _("Verwaltung der Zugänge")
    description = _("Pflegt Zugänge, Standorte und Listen; sieht keine Akte.")
    permissions = frozenset({"accounts.manage", "exports.read", "letter.template", "outbox.watch", "place.keep"})


ROLES: dict[str, type[Role]] = {
    role.code: role for role in (Counsellor, TeamLead, FlatScout, HousingManager, Coordinator, Administrator)
}
