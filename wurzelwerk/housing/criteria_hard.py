"""Hard rules: what must hold before a dwelling can be proposed to a household.

Each answers yes, no or unknown for many pairs; the sentences speak of the dwelling and of papers, never of what the
household should be. Distances are shares of the limit, 0.1 for a missing paper or fact, 1 for a fixed property.
"""

import numpy as np

from wurzelwerk.housing.columns import NONE, UNKNOWN, Dwellings, Households
from wurzelwerk.housing.criteria_limits import NO_ROOM_LIMIT, HousingLimits
from wurzelwerk.matching import rules
from wurzelwerk.matching.rules import NO, YES, Ceiling, Sieve
from wurzelwerk.matching.words import euro, number, square_metres
from wurzelwerk.matching.words import translate as _

PROOF, FIXED = 0.1, 1.0
BAND = 500
FREE = 1 << 60


def rooms_text(tenths: int) -> str:
    """Return tenths of rooms as text: ``25`` is ``2,5``."""
    return number(tenths / 10, 0 if tenths % 10 == 0 else 1)


def persons_text(count: int) -> str:
    """Return a count of persons with its noun."""
    return _("1 Person") if count == 1 else _("{count} Personen").format(count=count)


def answer(yes: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """Return int8: unknown where nothing firm is known, else yes or no."""
    return np.where(unknown, rules.UNKNOWN, np.where(yes, YES, NO)).astype(np.int8)


class HardRule:
    """What most hard rules share: the limits, and a distance for yes/no properties."""

    version = "1"

    def __init__(self, limits: HousingLimits) -> None:
        self.limits = limits

    def quick(self, seekers: Households, offers: Dwellings):
        """No quick test."""
        return

    def distance(self, seekers, offers, who, where):
        """A missing fact is near, a fixed property far."""
        return np.where(self.answers(seekers, offers, who, where) == rules.UNKNOWN, PROOF, FIXED)


class WbsKind(HardRule):
    """The certificate held must open the kind the dwelling requires."""

    name, title = "wbs_kind", "Art des Wohnberechtigungsscheins"

    def _table(self) -> np.ndarray:
        """Answers by (held + 2, required + 2)."""
        kinds = len(self.limits.wbs_kinds)
        table = np.full((kinds + 2, kinds + 2), NO, dtype=np.int8)
        table[2:, 2:] = self.limits.wbs_opens
        table[1, 2:] = rules.UNKNOWN
        table[:, 1] = rules.UNKNOWN
        table[:, 0] = YES
        return table

    def answers(self, seekers, offers, who, where):
        """Unknown while the certificate or the requirement is not known."""
        return self._table()[seekers.wbs[who] + 2, offers.wbs[where] + 2]

    def distance(self, seekers, offers, who, where):
        """A certificate is a paper that can be brought; another kind of certificate is further away."""
        known = (seekers.wbs[who] >= 0) & (offers.wbs[where] >= 0)
        none = (seekers.wbs[who] == NONE) & (offers.wbs[where] >= 0)
        return np.where(known, 3 * PROOF, np.where(none, 2 * PROOF, PROOF))

    def quick(self, seekers, offers):
        """Kinds against kinds."""
        return Sieve(seekers.wbs + 2, offers.wbs + 2, self._table() != NO)

    def sentence(self, seekers, offers, one, other, answer):
        """Name the kind required and the kind held."""
        held, required = int(seekers.wbs[one]), int(offers.wbs[other])
        if required == NONE:
            return _("Für die Wohnung ist kein Wohnberechtigungsschein nötig.")
        if required == UNKNOWN:
            return _("Ob die Wohnung einen Wohnberechtigungsschein verlangt, ist nicht bekannt.")
        kind = self.limits.wbs_words[required]
        if held == UNKNOWN:
            return _("Die Wohnung verlangt einen WBS ({kind}); ob einer vorliegt, ist nicht bekannt.").format(kind=kind)
        if held == NONE:
            return _("Die Wohnung verlangt einen WBS ({kind}); es liegt keiner vor.").format(kind=kind)
        own = self.limits.wbs_words[held]
        fits = _("Der WBS ({own}) gilt für diese Wohnung ({kind}).")
        fails = _("Der WBS ({own}) gilt nicht für diese Wohnung, sie verlangt {kind}.")
        return (fits if answer == YES else fails).format(own=own, kind=kind)

    def change(self, seekers, offers, one, other, answer):
        """A certificate, or the owner's word on what is required."""
        required = int(offers.wbs[other])
        if required == UNKNOWN:
            return _("Bei der Eigentümerin oder dem Eigentümer erfragen, ob ein WBS verlangt wird.")
        return _("WBS der Art „{kind}“ vorlegen.").format(kind=self.limits.wbs_words[required])


class WbsSize(HardRule):
    """Rooms or area, one of the two suffices; only where a certificate is required."""

    name, title = "wbs_size", "Größe nach Wohnberechtigungsschein"

    def _measures(self, seekers, offers, who, where):
        if len(who) < len(seekers.ids):
            area = self.limits.area_for(seekers.persons[who], seekers.wbs_area[who])
            rooms = self.limits.rooms_for(seekers.persons[who], seekers.wbs_rooms[who])
        else:  # more pairs than households: once a household is cheaper than once a pair
            area = self.limits.area_for(seekers.persons, seekers.wbs_area)[who]
            rooms = self.limits.rooms_for(seekers.persons, seekers.wbs_rooms)[who]
        return area, rooms, offers.area[where], offers.rooms[where]

    def answers(self, seekers, offers, who, where):
        """Unknown only where what is missing decides."""
        most_area, most_rooms, area, rooms = self._measures(seekers, offers, who, where)
        by_area = (area >= 0) & (area <= most_area)
        by_rooms = (rooms >= 0) & (rooms <= most_rooms)
        applies = offers.wbs[where] != NONE
        missing = (area < 0) | ((rooms < 0) & (most_rooms != NO_ROOM_LIMIT))
        yes = by_area | by_rooms | ~applies
        return answer(yes, ~yes & missing)

    def distance(self, seekers, offers, who, where):
        """The smaller of the two excesses, as a share of its limit."""
        most_area, most_rooms, area, rooms = self._measures(seekers, offers, who, where)
        wide = np.where(area >= 0, (area - most_area) / np.maximum(most_area, 1), PROOF)
        many = np.where(rooms >= 0, (rooms - most_rooms) / np.maximum(most_rooms, 1), PROOF)
        return np.clip(np.where(most_rooms > 0, np.minimum(wide, many), wide), PROOF / 2, None)

    def quick(self, seekers, offers):
        """Sizes in bands: the least area of the band must keep the limit."""
        area = self.limits.area_for(seekers.persons, seekers.wbs_area)
        rooms = self.limits.rooms_for(seekers.persons, seekers.wbs_rooms)
        own, seeker = np.unique(np.column_stack([area, rooms]), axis=0, return_inverse=True)
        band = np.where(offers.area < 0, UNKNOWN, offers.area // BAND)
        other, offer = np.unique(np.column_stack([band, offers.rooms, offers.wbs != NONE]), axis=0, return_inverse=True)
        by_area = (other[:, 0] * BAND)[None, :] <= own[:, :1]
        by_rooms = other[:, 1][None, :] <= own[:, 1:]
        open_ = (other[:, 0] < 0) | (other[:, 2] == 0)
        return Sieve(seeker.reshape(-1), offer.reshape(-1), by_area | by_rooms | open_[None, :])

    def sentence(self, seekers, offers, one, other, answer):
        """Give both measures and both limits."""
        if offers.wbs[other] == NONE:
            return _("Ohne WBS-Bindung gilt keine Größengrenze.")
        pair = np.array([one]), np.array([other])
        most_area, most_rooms, area, rooms = (int(value[0]) for value in self._measures(seekers, offers, *pair))
        limit = _("bis {area}").format(area=square_metres(most_area))
        if most_rooms != NO_ROOM_LIMIT:
            limit += _(" oder {rooms} Räume").format(rooms=rooms_text(most_rooms))
        size = _("{area}, {rooms} Räume").format(
            area=square_metres(area) if area >= 0 else _("Fläche unbekannt"),
            rooms=rooms_text(rooms) if rooms >= 0 else _("unbekannt viele"),
        )
        texts = {
            YES: _("Die Größe passt: {size}; zulässig für {persons} {limit}."),
            NO: _("Die Wohnung ist zu groß: {size}; zulässig für {persons} {limit}."),
        }
        text = texts.get(answer, _("Ob die Größe passt, ist offen: {size}; zulässig für {persons} {limit}."))
        return text.format(size=size, limit=limit, persons=persons_text(int(seekers.persons[one])))

    def change(self, seekers, offers, one, other, answer):
        """So much smaller, or so many rooms fewer."""
        if answer == rules.UNKNOWN:
            return _("Wohnfläche und Zimmerzahl der Wohnung ergänzen.")
        pair = np.array([one]), np.array([other])
        most_area, most_rooms, area, rooms = (int(value[0]) for value in self._measures(seekers, offers, *pair))
        smaller = _("Wohnung {area} kleiner").format(area=square_metres(area - most_area))
        if most_rooms == NO_ROOM_LIMIT:
            return f"{smaller}."
        fewer = rooms_text(rooms - most_rooms)
        return _("{smaller} oder {fewer} Räume weniger.").format(smaller=smaller, fewer=fewer)


class _Rent(HardRule):
    """A monthly amount of the dwelling against a limit of the household."""

    limit_column = ""

    def _rent(self, offers: Dwellings) -> np.ndarray:
        return offers.gross_cold

    def answers(self, seekers, offers, who, where):
        """Yes where no limit applies; unknown while limit or rent is not known."""
        limit, rent = getattr(seekers, self.limit_column)[who], self._rent(offers)[where]
        return answer((limit == NONE) | (rent <= limit), (limit != NONE) & ((limit < 0) | (rent < 0)))

    def distance(self, seekers, offers, who, where):
        """The excess as a share of the limit."""
        limit, rent = getattr(seekers, self.limit_column)[who], self._rent(offers)[where]
        known = (limit >= 0) & (rent >= 0)
        return np.where(known, (rent - limit) / np.maximum(limit, 1), PROOF)

    def _ceiling(self, seekers, offers) -> Ceiling:
        limit = getattr(seekers, self.limit_column)
        return Ceiling(np.where(limit < 0, FREE, limit), self._rent(offers))

    def _compared(self, texts: dict, seekers, offers, one: int, other: int, answer: int) -> str:
        limit, rent = int(getattr(seekers, self.limit_column)[one]), int(self._rent(offers)[other])
        if limit == NONE:
            return texts["none"]
        if rent < 0 or limit < 0:
            return texts["no rent"] if rent < 0 else texts["no limit"]
        return texts[answer].format(
            rent=euro(rent), limit=euro(limit), over=euro(max(rent - limit, 0)),
            persons=persons_text(int(seekers.persons[one])),
        )  # fmt: skip


class GrossCold(_Rent):
    """The benefit office's limit on the gross-cold rent, only where benefits are drawn."""

    name, title = "gross_cold", "Mietgrenze des Jobcenters"
    limit_column = "gross_cold_limit"

    def quick(self, seekers, offers):
        """Gross-cold rent up to the limit."""
        return self._ceiling(seekers, offers)

    def sentence(self, seekers, offers, one, other, answer):
        """Give rent, limit and excess."""
        texts = {
            "none": _("Keine Leistungen für die Miete, daher gilt keine Mietgrenze des Jobcenters."),
            "no rent": _("Die Bruttokaltmiete der Wohnung ist nicht bekannt."),
            "no limit": _("Die Mietgrenze des Jobcenters für den Haushalt steht noch nicht fest."),
            YES: _("Die Bruttokaltmiete {rent} hält die Mietgrenze von {limit} für {persons} ein."),
            NO: _("{over} über der Mietgrenze für {persons} ({rent} statt höchstens {limit} bruttokalt)."),
        }
        return self._compared(texts, seekers, offers, one, other, answer)

    def change(self, seekers, offers, one, other, answer):
        """So much less rent; or the missing figure."""
        if answer == NO:
            over = int(offers.gross_cold[other]) - int(seekers.gross_cold_limit[one])
            return _("{over} weniger Bruttokaltmiete.").format(over=euro(over))
        if offers.gross_cold[other] < 0:
            return _("Kaltmiete und Betriebskosten der Wohnung erfragen.")
        return _("Bescheid oder Mietgrenze des Jobcenters vorlegen.")


class Affordable(_Rent):
    """The warm rent that own income bears."""

    name, title = "affordable", "Tragbare Miete aus eigenem Einkommen"
    limit_column = "affordable_rent"

    def _rent(self, offers):
        known = (offers.gross_cold >= 0) & (offers.heating >= 0)
        return np.where(known, offers.gross_cold + offers.heating, UNKNOWN)

    def sentence(self, seekers, offers, one, other, answer):
        """Give rent, limit and excess."""
        texts = {
            "none": _("Die Miete wird nicht aus eigenem Einkommen begrenzt."),
            "no rent": _("Die Warmmiete der Wohnung ist nicht bekannt."),
            "no limit": _("Welche Miete aus eigenem Einkommen tragbar ist, ist nicht bekannt."),
            YES: _("Die Warmmiete {rent} ist tragbar (bis {limit})."),
            NO: _("Die Warmmiete {rent} liegt {over} über der tragbaren Miete von {limit}."),
        }
        return self._compared(texts, seekers, offers, one, other, answer)

    def change(self, seekers, offers, one, other, answer):
        """So much less rent; or the missing figure."""
        if answer == NO:
            over = int(self._rent(offers)[other]) - int(seekers.affordable_rent[one])
            return _("{over} weniger Warmmiete.").format(over=euro(over))
        if self._rent(offers)[other] < 0:
            return _("Bruttokaltmiete und Heizkosten der Wohnung erfragen.")
        return _("Einkommensnachweis vorlegen.")


class MinimumArea(HardRule):
    """Each person needs a minimum of living space."""

    name, title = "minimum_area", "Mindestfläche je Person"

    def _needed(self, seekers: Households) -> np.ndarray:
        return seekers.persons * self.limits.area_per_person

    def answers(self, seekers, offers, who, where):
        """Unknown while the area is not known."""
        area = offers.area[where]
        return answer(area >= self._needed(seekers)[who], area < 0)

    def distance(self, seekers, offers, who, where):
        """The lack as a share of what is needed."""
        area, needed = offers.area[where], self._needed(seekers)[who]
        return np.where(area < 0, PROOF, (needed - area) / np.maximum(needed, 1))

    def quick(self, seekers, offers):
        """Persons against bands of area: the greatest area of the band must suffice."""
        own, seeker = np.unique(self._needed(seekers), return_inverse=True)
        band = np.where(offers.area < 0, UNKNOWN, offers.area // BAND)
        other, offer = np.unique(band, return_inverse=True)
        may = (other < 0)[None, :] | ((other + 1) * BAND > own[:, None])
        return Sieve(seeker, offer, may)

    def sentence(self, seekers, offers, one, other, answer):
        """Give area and need."""
        area, needed = int(offers.area[other]), int(self._needed(seekers)[one])
        persons = persons_text(int(seekers.persons[one]))
        if area < 0:
            return _("Die Wohnfläche ist nicht bekannt; {persons} brauchen mindestens {needed}.").format(
                persons=persons, needed=square_metres(needed)
            )
        text = _("{area} reichen für {persons} (mindestens {needed}).")
        if answer == NO:
            text = _("{area} sind für {persons} zu wenig (mindestens {needed}).")
        return text.format(area=square_metres(area), persons=persons, needed=square_metres(needed))

    def change(self, seekers, offers, one, other, answer):
        """So much more area."""
        if answer == rules.UNKNOWN:
            return _("Wohnfläche der Wohnung ergänzen.")
        lack = int(self._needed(seekers)[one]) - int(offers.area[other])
        return _("Wohnung {lack} größer.").format(lack=square_metres(lack))
