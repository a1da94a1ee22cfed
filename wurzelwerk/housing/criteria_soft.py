"""Soft rules: what makes an allowed dwelling a better one, 0..1."""

import numpy as np

from wurzelwerk.housing.columns import NONE
from wurzelwerk.housing.criteria_hard import rooms_text
from wurzelwerk.matching.words import day, euro, number
from wurzelwerk.matching.words import translate as _


class SoftRule:
    """What all soft rules share: a weight, and for some a parameter, both part of the version."""

    usual_weight = 1
    usual_parameter = 0.0

    def __init__(self, weight: int, parameter: float) -> None:
        self.weight, self.parameter = weight, parameter
        self.version = f"1, {parameter:g}" if self.usual_parameter else "1"


class RoomsFit(SoftRule):
    """A room a person is best (one person: one room); every room more or fewer costs."""

    name, title = "rooms_fit", "Passende Zimmerzahl"
    usual_weight = 4

    def scores(self, seekers, offers, who, where):
        """1 for one room a person, a third less for every room more or fewer; 0.5 where the rooms are not known."""
        rooms = offers.rooms[where]
        away = np.abs(rooms - 10 * seekers.persons[who]) / 30
        return np.where(rooms < 0, 0.5, np.clip(1 - away, 0, 1))

    def sentence(self, seekers, offers, one, other, score):
        """Give rooms and persons."""
        rooms = int(offers.rooms[other])
        if rooms < 0:
            return _("Die Zimmerzahl ist nicht bekannt.")
        return _("{rooms} Zimmer, Personen: {persons}.").format(
            rooms=rooms_text(rooms), persons=number(int(seekers.persons[one]))
        )


class WishedQuarter(SoftRule):
    """A quarter the household wishes for."""

    name, title = "wished_quarter", "Gewünschtes Quartier"
    usual_weight = 3

    def scores(self, seekers, offers, who, where):
        """1 in a wished quarter, 0 elsewhere; 0.5 where nothing is wished."""
        wished, quarter = seekers.quarters_wished[who], offers.quarter[where]
        hit = ((wished >> np.maximum(quarter, 0)) & 1) * (quarter >= 0)
        return np.where(wished == 0, 0.5, hit)

    def sentence(self, seekers, offers, one, other, score):
        """Say whether it is wished."""
        if seekers.quarters_wished[one] == 0:
            return _("Kein Quartier gewünscht.")
        return _("Liegt in einem gewünschten Quartier.") if score == 1 else _("Liegt in keinem gewünschten Quartier.")


class RentSlack(SoftRule):
    """Room between the rent and its limit."""

    name, title = "rent_slack", "Abstand zur Mietgrenze"
    usual_weight = 2
    usual_parameter = 0.2

    def _share(self, seekers, offers, who, where):
        cold, warm = offers.gross_cold[where], offers.gross_cold[where] + offers.heating[where]
        office, own = seekers.gross_cold_limit[who], seekers.affordable_rent[who]
        by_office = np.where(office > 0, (office - cold) / np.maximum(office, 1), 1.0)
        by_own = np.where(own > 0, (own - warm) / np.maximum(own, 1), 1.0)
        return np.minimum(by_office, by_own), (office > 0) | (own > 0)

    def scores(self, seekers, offers, who, where):
        """0 at the limit, 1 from the parameter's share below it; 0.5 where no limit applies."""
        share, limited = self._share(seekers, offers, who, where)
        return np.where(limited, np.clip(share / self.parameter, 0, 1), 0.5)

    def sentence(self, seekers, offers, one, other, score):
        """Give the distance in euro."""
        limits = []
        for limit, rent in (
            (int(seekers.gross_cold_limit[one]), int(offers.gross_cold[other])),
            (int(seekers.affordable_rent[one]), int(offers.gross_cold[other] + offers.heating[other])),
        ):
            if limit > 0:
                limits.append(limit - rent)
        if not limits:
            return _("Keine Mietgrenze.")
        return _("{slack} unter der Mietgrenze.").format(slack=euro(max(0, min(limits))))


class Date(SoftRule):
    """Free near the date by which the present place must be left, and not long after."""

    name, title = "date", "Passender Einzugstermin"
    usual_weight = 1
    usual_parameter = 90.0

    def scores(self, seekers, offers, who, where):
        """1 on the day, less for every day earlier (0 from the parameter's days on); 0.5 where no date presses."""
        by, free = seekers.move_by[who], offers.available_from[where]
        early = np.where(free >= 0, by - free, 0)
        return np.where(by < 0, 0.5, np.clip(1 - np.maximum(early, 0) / self.parameter, 0, 1))

    def sentence(self, seekers, offers, one, other, score):
        """Give the date."""
        free = int(offers.available_from[other])
        if free == NONE:
            return _("Sofort frei.")
        return _("Frei ab {free}.").format(free=day(free)) if free >= 0 else _("Bezugstermin nicht bekannt.")
