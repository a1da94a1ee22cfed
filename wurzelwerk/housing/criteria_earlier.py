"""A hard rule of rounds only: what owner or household has declined is not proposed again."""

from collections.abc import Mapping

import numpy as np

from wurzelwerk.matching.rules import NO, YES
from wurzelwerk.matching.words import translate as _

FAR = 10.0


class Earlier:
    """Pairs (household id, letting id) that were tried before, with the sentence that says so."""

    name, title, version = "earlier", "Frühere Vorschläge", "1"

    def __init__(self, pairs: Mapping[tuple[str, str], str]) -> None:
        self.pairs = pairs

    def answers(self, seekers, offers, who: np.ndarray, where: np.ndarray) -> np.ndarray:
        """No for pairs that were tried before."""
        if not self.pairs:
            return np.full(len(who), YES, dtype=np.int8)
        tried = self._codes(seekers, offers)
        return np.where(np.isin(who.astype(np.int64) * len(offers.ids) + where, tried), NO, YES).astype(np.int8)

    def _codes(self, seekers, offers) -> np.ndarray:
        row = {name: place for place, name in enumerate(seekers.ids)}
        column = {name: place for place, name in enumerate(offers.ids)}
        codes = [
            row[one] * len(offers.ids) + column[other] for one, other in self.pairs if one in row and other in column
        ]
        return np.array(sorted(codes), dtype=np.int64)

    def distance(self, seekers, offers, who: np.ndarray, where: np.ndarray) -> np.ndarray:
        """Further away than anything that can be changed."""
        return np.full(len(who), FAR)

    def sentence(self, seekers, offers, one: int, other: int, answer: int) -> str:
        """Say how it ended."""
        return self.pairs.get((seekers.ids[one], offers.ids[other]), _("Noch nicht vorgeschlagen."))

    def change(self, seekers, offers, one: int, other: int, answer: int) -> str:
        """Nothing of dwelling or proof would change it."""
        return _("Nur wenn sich die Entscheidung ändert.")

    def quick(self, seekers, offers) -> None:
        """No quick test."""
        return
