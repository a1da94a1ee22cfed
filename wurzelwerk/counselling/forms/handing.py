"""The form of a hand-over note."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.forms import Form
from wurzelwerk.cases.actions import HandoverText
from wurzelwerk.cases.models.handing import PART_LENGTH


def _part(label: str, hint: str, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=PART_LENGTH, help_text=hint, widget=forms.Textarea({"rows": rows})
    )


class HandoverNoteForm(Form):
    """What whoever takes the case over has to know; one of the three parts at least."""

    once = True
    stands = _part(_("Was steht"), _("Worum es geht und was bisher erreicht ist"), 6)
    ahead = _part(
        _("Was als Nächstes ansteht"),
        _("Vorausgefüllt mit offenen Aufgaben, Terminen und Fristen; streichen oder ergänzen Sie, was nötig ist"),
        8,
    )
    mind = _part(_("Worauf zu achten ist"), _("Absprachen, Erreichbarkeit, Sprachmittlung, was heikel ist"), 5)

    def to_text(self) -> HandoverText:
        """Return what was typed."""
        return HandoverText(**{name: self.cleaned_data[name] for name in ("stands", "ahead", "mind")})
