"""Hard rules about access, place, time and allocation rights. See `criteria_hard` for what all of them keep to."""

import numpy as np

from wurzelwerk.housing.columns import NONE, UNKNOWN
from wurzelwerk.housing.criteria_hard import PROOF, HardRule, answer, persons_text
from wurzelwerk.matching import rules
from wurzelwerk.matching.rules import NO, YES, Sieve
from wurzelwerk.matching.words import day, number
from wurzelwerk.matching.words import translate as _


class MaxPersons(HardRule):
    """The most persons the owner accepts."""

    name, title = "max_persons", "Höchstzahl der Personen"

    def answers(self, seekers, offers, who, where):
        """Yes where the owner names no number."""
        most = offers.max_persons[where]
        return answer((most < 0) | (seekers.persons[who] <= most), most == UNKNOWN)

    def sentence(self, seekers, offers, one, other, answer):
        """Give the number."""
        most = int(offers.max_persons[other])
        if most < 0:
            return _("Die Vermieterseite nennt keine Höchstzahl an Personen.")
        text = _("Die Vermieterseite nimmt bis zu {most} auf.")
        return text.format(most=persons_text(most))

    def change(self, seekers, offers, one, other, answer):
        """The owner's consent."""
        text = _("Zustimmung der Vermieterseite zu {persons}.")
        return text.format(persons=persons_text(int(seekers.persons[one])))


class StepFree(HardRule):
    """Step-free access where it is needed."""

    name, title = "step_free", "Stufenloser Zugang"

    def _table(self) -> np.ndarray:
        """Answers by (need + 1, dwelling + 1): unknown, no, yes."""
        unknown = rules.UNKNOWN
        return np.array([[unknown, unknown, YES], [YES, YES, YES], [unknown, NO, YES]], dtype=np.int8)

    def answers(self, seekers, offers, who, where):
        """Unknown while need or access is not known."""
        return self._table()[seekers.step_free[who] + 1, offers.step_free[where] + 1]

    def quick(self, seekers, offers):
        """Need against access."""
        return Sieve(seekers.step_free + 1, offers.step_free + 1, self._table() != NO)

    def sentence(self, seekers, offers, one, other, answer):
        """Say need and access."""
        if seekers.step_free[one] == 0:
            return _("Stufenloser Zugang ist nicht nötig.")
        if answer == YES:
            return _("Die Wohnung ist stufenlos erreichbar.")
        if seekers.step_free[one] == UNKNOWN:
            return _("Ob stufenloser Zugang nötig ist, ist nicht bekannt.")
        if answer == NO:
            return _("Stufenloser Zugang ist nötig, die Wohnung hat keinen.")
        return _("Stufenloser Zugang ist nötig; ob die Wohnung ihn hat, ist nicht bekannt.")

    def change(self, seekers, offers, one, other, answer):
        """A ramp or lift; or the missing fact."""
        if answer == NO:
            return _("Stufenlosen Zugang schaffen (Rampe, Aufzug).")
        if seekers.step_free[one] == UNKNOWN:
            return _("Angabe zum Bedarf an stufenlosem Zugang ergänzen.")
        return _("Zugang zur Wohnung prüfen.")


class Quarter(HardRule):
    """Quarters the household cannot or will not move to."""

    name, title = "quarter", "Ausgeschlossene Quartiere"

    def answers(self, seekers, offers, who, where):
        """Unknown only where something is excluded and the quarter is not known."""
        excluded, quarter = seekers.quarters_excluded[who], offers.quarter[where]
        hit = (excluded >> np.maximum(quarter, 0)) & 1
        return answer(hit == 0, (quarter < 0) & (excluded != 0))

    def quick(self, seekers, offers):
        """Sets of excluded quarters against quarters."""
        masks, seeker = np.unique(seekers.quarters_excluded, return_inverse=True)
        quarters, offer = np.unique(offers.quarter, return_inverse=True)
        hit = (masks[:, None] >> np.maximum(quarters, 0)[None, :]) & 1
        return Sieve(seeker, offer, (hit == 0) | (quarters < 0)[None, :])

    def sentence(self, seekers, offers, one, other, answer):
        """Name the quarter."""
        quarter = int(offers.quarter[other])
        if quarter < 0:
            return _("In welchem Quartier die Wohnung liegt, ist nicht bekannt.")
        text = _("Das Quartier {name} ist ausgeschlossen.") if answer == NO else _("Das Quartier {name} kommt infrage.")
        return text.format(name=offers.names.quarters[quarter])

    def change(self, seekers, offers, one, other, answer):
        """The same dwelling elsewhere; or the missing fact."""
        if answer == NO:
            return _("Eine gleiche Wohnung in einem anderen Quartier.")
        return _("Lage der Wohnung ergänzen.")


class MoveBy(HardRule):
    """The dwelling must be free before the present place has to be left."""

    name, title = "move_by", "Frei bis zum nötigen Auszug"

    def answers(self, seekers, offers, who, where):
        """Yes where no date presses or the dwelling is free at once."""
        by, free = seekers.move_by[who], offers.available_from[where]
        return answer((by < 0) | (free == NONE) | (free <= by), (by >= 0) & (free == UNKNOWN))

    def distance(self, seekers, offers, who, where):
        """Days late as a share of a quarter of a year."""
        by, free = seekers.move_by[who], offers.available_from[where]
        return np.where((by >= 0) & (free >= 0), np.maximum(free - by, 1) / 90, PROOF)

    def sentence(self, seekers, offers, one, other, answer):
        """Give both dates."""
        by, free = int(seekers.move_by[one]), int(offers.available_from[other])
        if by < 0:
            return _("Kein Auszugstermin drängt.")
        if free == UNKNOWN:
            return _("Ab wann die Wohnung frei ist, ist nicht bekannt; nötig bis {by}.").format(by=day(by))
        if free == NONE:
            return _("Die Wohnung ist sofort frei (nötig bis {by}).").format(by=day(by))
        text = _("Die Wohnung ist ab {free} frei (nötig bis {by}).")
        if answer == NO:
            text = _("Die Wohnung ist erst ab {free} frei, nötig ist sie bis {by}.")
        return text.format(free=day(free), by=day(by))

    def change(self, seekers, offers, one, other, answer):
        """So many days earlier; or the missing date."""
        if answer == rules.UNKNOWN:
            return _("Bezugstermin der Wohnung erfragen.")
        late = int(offers.available_from[other]) - int(seekers.move_by[one])
        return _("Einzug 1 Tag früher.") if late == 1 else _("Einzug {days} Tage früher.").format(days=number(late))


class Pets(HardRule):
    """Animals where the dwelling allows them."""

    name, title = "pets", "Tierhaltung"

    def _table(self) -> np.ndarray:
        """Answers by (animals + 1, dwelling + 1): unknown, no, yes."""
        unknown = rules.UNKNOWN
        return np.array([[unknown, unknown, YES], [YES, YES, YES], [unknown, NO, YES]], dtype=np.int8)

    def answers(self, seekers, offers, who, where):
        """Unknown while animals or permission are not known."""
        return self._table()[seekers.pets[who] + 1, offers.pets[where] + 1]

    def quick(self, seekers, offers):
        """Animals against permission."""
        return Sieve(seekers.pets + 1, offers.pets + 1, self._table() != NO)

    def sentence(self, seekers, offers, one, other, answer):
        """Say both."""
        if seekers.pets[one] == 0:
            return _("Keine Tiere im Haushalt.")
        if answer == YES:
            return _("Tierhaltung ist erlaubt.")
        if answer == NO:
            return _("Tierhaltung ist in dieser Wohnung nicht erlaubt.")
        return _("Ob Tiere einziehen und ob sie erlaubt sind, ist noch nicht bekannt.")

    def change(self, seekers, offers, one, other, answer):
        """The owner's permission."""
        return _("Erlaubnis der Vermieterseite zur Tierhaltung einholen.")


class WbsHolders(HardRule):
    """An allocation right that opens the dwelling to any holder of a certificate, and to nobody else."""

    name, title = "wbs_holders", "Belegungsrecht: nur mit Wohnberechtigungsschein"

    def answers(self, seekers, offers, who, where):
        """Unknown while the certificate is not known."""
        bound, held = offers.wbs_holders_only[where] > 0, seekers.wbs[who]
        return answer(~bound | (held >= 0), bound & (held == UNKNOWN))

    def distance(self, seekers, offers, who, where):
        """A certificate is a paper that can be brought."""
        return np.where(seekers.wbs[who] == NONE, 2 * PROOF, PROOF)

    def sentence(self, seekers, offers, one, other, answer):
        """Say whether the right applies and a certificate is held."""
        if offers.wbs_holders_only[other] <= 0:
            return _("Kein Belegungsrecht für Haushalte mit WBS.")
        texts = {
            YES: _("Das Belegungsrecht verlangt einen WBS; er liegt vor."),
            NO: _("Das Belegungsrecht verlangt einen WBS; es liegt keiner vor."),
        }
        return texts.get(answer, _("Das Belegungsrecht verlangt einen WBS; ob einer vorliegt, ist nicht bekannt."))

    def change(self, seekers, offers, one, other, answer):
        """Bring the certificate."""
        return _("Wohnberechtigungsschein vorlegen.")


class Circle(HardRule):
    """A nomination right: only households named in the circle."""

    name, title = "circle", "Benennungsrecht"

    def answers(self, seekers, offers, who, where):
        """Yes where the dwelling is not reserved."""
        circle = offers.circle[where]
        named = (seekers.circles[who] >> np.maximum(circle, 0)) & 1
        return answer((circle < 0) | (named == 1), circle == UNKNOWN)

    def distance(self, seekers, offers, who, where):
        """A nomination is a paper, but another office decides it."""
        return np.full(len(who), 5 * PROOF)

    def quick(self, seekers, offers):
        """Sets of circles against circles."""
        masks, seeker = np.unique(seekers.circles, return_inverse=True)
        circles, offer = np.unique(offers.circle, return_inverse=True)
        named = (masks[:, None] >> np.maximum(circles, 0)[None, :]) & 1
        return Sieve(seeker, offer, (named == 1) | (circles < 0)[None, :])

    def sentence(self, seekers, offers, one, other, answer):
        """Name the circle."""
        circle = int(offers.circle[other])
        if circle == NONE:
            return _("Die Wohnung ist keinem Personenkreis vorbehalten.")
        if circle == UNKNOWN:
            return _("Ob die Wohnung einem Personenkreis vorbehalten ist, ist nicht bekannt.")
        text = _("Die Wohnung ist dem Kreis „{name}“ vorbehalten; der Haushalt gehört dazu.")
        if answer == NO:
            text = _("Die Wohnung ist dem Kreis „{name}“ vorbehalten; eine Benennung fehlt.")
        return text.format(name=offers.names.circles[circle])

    def change(self, seekers, offers, one, other, answer):
        """A nomination by the office that holds the right."""
        if answer == rules.UNKNOWN:
            return _("Belegungsrecht der Wohnung klären.")
        name = offers.names.circles[int(offers.circle[other])]
        return _("Benennung für „{name}“ durch die zuständige Stelle.").format(name=name)
