"""Closed lists of housing that code depends on; lists of the field and of the law are data files."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepFree(models.TextChoices):
    """Whether a dwelling is reached and used without steps."""

    UNKNOWN = "unknown", _("nicht bekannt")
    NO = "no", _("nein")
    YES = "yes", _("ja, stufenlos")
    WHEELCHAIR = "wheelchair", _("ja, rollstuhlgerecht")


class WbsState(models.TextChoices):
    """What is known of a household's Wohnberechtigungsschein."""

    UNKNOWN = "unknown", _("nicht bekannt")
    NONE = "none", _("keiner")
    APPLIED = "applied", _("beantragt")
    HELD = "held", _("liegt vor")


class SearchState(models.TextChoices):
    """Where a household's search stands at the body that places."""

    SEARCHING = "searching", _("sucht")
    PAUSED = "paused", _("ruht")
    PLACED = "placed", _("hat eine Wohnung")
    ENDED = "ended", _("beendet")


class PlacementState(models.TextChoices):
    """Where the placing of one household in one letting stands; the table of moves is in `pathway.py`."""

    PROPOSED = "proposed", _("vorgeschlagen")
    VIEWING = "viewing", _("Besichtigung vereinbart")
    APPLIED = "applied", _("Zusage erbeten")
    PROMISED = "promised", _("zugesagt")
    CONTRACT = "contract", _("Vertrag unterschrieben")
    KEYS = "keys", _("Schlüssel übergeben")
    DECLINED = "declined", _("von Eigentümerseite abgelehnt")
    REFUSED = "refused", _("vom Haushalt abgelehnt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


OPEN_PLACEMENT = (PlacementState.PROPOSED, PlacementState.VIEWING, PlacementState.APPLIED)
BINDING_PLACEMENT = (PlacementState.PROMISED, PlacementState.CONTRACT)
TAKING_PLACEMENT = (*BINDING_PLACEMENT, PlacementState.KEYS)


class RoundState(models.TextChoices):
    """Where the running of a round stands."""

    WAITING = "waiting", _("wartet")
    RUNNING = "running", _("rechnet")
    DONE = "done", _("fertig")
    FAILED = "failed", _("abgebrochen")


class OutcomeKind(models.TextChoices):
    """What a round found for a household."""

    PLACED = "placed", _("vorgeschlagen")
    RESERVE = "reserve", _("auf der Nachrückliste")
    LEFT = "left", _("ohne Wohnung")
    UNCLEAR = "unclear", _("zu klären")


class AfterCareMark(models.TextChoices):
    """When after-care looks in after moving in."""

    FOUR_WEEKS = "4w", _("nach 4 Wochen")
    SIX_MONTHS = "6m", _("nach 6 Monaten")
    TWELVE_MONTHS = "12m", _("nach 12 Monaten")


class AfterCareResult(models.TextChoices):
    """What after-care found."""

    KEPT = "kept", _("Mietverhältnis besteht")
    AT_RISK = "at_risk", _("besteht, aber gefährdet")
    LOST = "lost", _("beendet")
    UNKNOWN = "unknown", _("nicht erreicht")
