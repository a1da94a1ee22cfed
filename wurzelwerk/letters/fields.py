"""What a letter can say of the office that writes it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.rooms import LetterField

from .sheet import Sender

FIELDS = (
    LetterField("stelle.name", _("Name der Stelle"), "Stadt Dortmund", lambda one: _sender(one).name),
    LetterField(
        "stelle.anschrift",
        _("Anschrift der Stelle"),
        "Hörder Bahnhofstraße 16, 44263 Dortmund",
        lambda one: _sender(one).address,
    ),
    LetterField("stelle.telefon", _("Telefon der Stelle"), "0231 50-0", lambda one: _sender(one).phone),
    LetterField("stelle.email", _("E-Mail der Stelle"), "anlaufstelle@stadt.example", lambda one: _sender(one).mail),
    LetterField("verfasser.name", _("Wer schreibt"), "Amira Nasser", lambda one: one.actor.name),
    LetterField("heute", _("Heutiges Datum"), "10. März 2026", lambda one: one.today, kind="day"),
)


def _sender(subject: Any) -> Sender:
    return Sender.of(subject.case.akte)
