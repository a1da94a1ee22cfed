"""The house's own rules for who may be proposed which dwelling: data and vectorised answers, no decision.

Every amount that comes from law arrives as `HousingLimits` (a dated table with its source) and stands nowhere here.
The rules themselves live in `criteria_hard`, `criteria_access` and `criteria_soft`; this module puts them together
and lets them be switched off and weighted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from wurzelwerk.housing import criteria_access as access
from wurzelwerk.housing import criteria_hard as hard
from wurzelwerk.housing import criteria_soft as soft
from wurzelwerk.housing.criteria_limits import HousingLimits
from wurzelwerk.matching.errors import BadInput
from wurzelwerk.matching.rules import RuleSet
from wurzelwerk.matching.words import translate as _

HARD = {
    "wbs_kind": hard.WbsKind, "wbs_size": hard.WbsSize, "gross_cold": hard.GrossCold, "affordable": hard.Affordable,
    "minimum_area": hard.MinimumArea, "max_persons": access.MaxPersons, "step_free": access.StepFree,
    "quarter": access.Quarter, "move_by": access.MoveBy, "pets": access.Pets, "wbs_holders": access.WbsHolders,
    "circle": access.Circle,
}  # fmt: skip
SOFT = {
    "rooms_fit": soft.RoomsFit, "wished_quarter": soft.WishedQuarter, "rent_slack": soft.RentSlack, "date": soft.Date,
}  # fmt: skip

CHANGEABLE = ("wbs_area_more", "wbs_rooms_more", "wbs_area_tolerance", "area_per_person")
MOST_WEIGHT, MOST_PARAMETER, MOST_LIMIT = 1000, 10_000, 1_000_000


@dataclass(frozen=True)
class Settings:
    """What may be switched and weighted.

    Attributes:
        off: names of hard rules that are not applied.
        weights: name -> whole number from 0 to 1000, of soft rules.
        parameters: name of a soft rule -> its parameter (`rent_slack`: share of the limit; `date`: days).
        limits: name of a whole-number limit -> value, in place of the dated one.
    """

    off: frozenset[str] = frozenset()
    weights: Mapping[str, int] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)


def house_rules(limits: HousingLimits, settings: Settings | None = None) -> RuleSet:
    """Return the rules in the order they are shown.

    Args:
        limits: the amounts of a day, with their sources.
        settings: what is switched off or weighted otherwise.

    Raises:
        BadInput: a rule or limit that does not exist, a value out of its range.
    """
    settings = settings or Settings()
    _check_names(settings)
    for name, weight in settings.weights.items():
        if not _is_whole(weight) or not 0 <= weight <= MOST_WEIGHT:
            message = _("Das Gewicht von „{name}“ ist keine ganze Zahl von 0 bis {most}.")
            raise BadInput(message.format(name=name, most=MOST_WEIGHT))
    limits = _with_changes(limits, settings.limits)
    hard_rules = tuple(rule(limits) for name, rule in HARD.items() if name not in settings.off)
    soft_rules = tuple(
        rule(settings.weights.get(name, rule.usual_weight), settings.parameters.get(name, rule.usual_parameter))
        for name, rule in SOFT.items()
    )
    return RuleSet(hard_rules, soft_rules)


def _check_names(settings: Settings) -> None:
    tuned = {name for name, rule in SOFT.items() if rule.usual_parameter}
    unknown = [
        *sorted(settings.off - set(HARD)), *sorted(set(settings.weights) - set(SOFT)),
        *sorted(set(settings.parameters) - tuned), *sorted(set(settings.limits) - set(CHANGEABLE)),
    ]  # fmt: skip
    if unknown:
        raise BadInput(_("„{name}“ gibt es hier nicht.").format(name=unknown[0]))
    for name, value in settings.parameters.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MOST_PARAMETER:
            raise BadInput(_("Der Wert von „{name}“ ist keine Zahl über 0.").format(name=name))


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _with_changes(limits: HousingLimits, changes: Mapping[str, int]) -> HousingLimits:
    """Return the limits with single values replaced; the source says so."""
    for name, value in changes.items():
        if not _is_whole(value) or not 0 <= value <= MOST_LIMIT:
            raise BadInput(_("Der Wert von „{name}“ ist keine ganze Zahl ab 0.").format(name=name))
    if not changes:
        return limits
    said = _("geändert: {names}").format(names=", ".join(sorted(changes)))
    return replace(limits, **changes, source=f"{limits.source}; {said}")


def settings_from(document: object) -> Settings:
    """Read settings from JSON: ``{"off": ["pets"], "weights": {"rent_slack": 2}, "parameters": {}, "limits": {}}``.

    Raises:
        BadInput: another form.
    """
    parts = ("off", "weights", "parameters", "limits")
    if not isinstance(document, dict) or not set(document) <= set(parts):
        message = _("Die Regeldatei ist ein Objekt mit höchstens diesen Teilen: {parts}.")
        raise BadInput(message.format(parts=", ".join(parts)))
    off, objects = document.get("off", []), [document.get(part, {}) for part in parts[1:]]
    if not isinstance(off, list) or not all(isinstance(name, str) for name in off):
        raise BadInput(_("„off“ ist eine Liste von Regelnamen."))
    if not all(isinstance(one, dict) for one in objects):
        raise BadInput(_("„weights“, „parameters“ und „limits“ sind Objekte."))
    return Settings(frozenset(off), *objects)


def limits_on(day: date) -> HousingLimits:
    """Return the limits of a day from the house's dated tables."""
    from wurzelwerk.housing import law

    dated = law.load_limits(day)
    sizes, area = dated.wbs_sizes.value, dated.minimum_area.value
    kinds = law.table("wbs_kinds").all_on(day)
    codes = tuple(str(kind.key) for kind in kinds)
    opens = np.array([[code in kind.value["opens"] for code in codes] for kind in kinds], dtype=bool)
    sources = (dated.wbs_sizes.source, dated.minimum_area.source)
    return HousingLimits(
        wbs_area=tuple(100 * value for value in sizes.square_metres),
        wbs_rooms=tuple(-2 if value is None else 10 * value for value in sizes.rooms),
        wbs_area_more=100 * sizes.each_more_square_metres,
        wbs_rooms_more=10 * sizes.each_more_rooms,
        wbs_area_tolerance=100 * sizes.tolerance_square_metres,
        area_per_person=100 * area.square_metres_per_person,
        wbs_kinds=codes,
        wbs_words=tuple(kind.value["label"].removeprefix("WBS ").removeprefix("– ") for kind in kinds),
        wbs_opens=opens,
        source="; ".join(dict.fromkeys(sources)),
    )
