"""Forms of text blocks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.forms import Form
from wurzelwerk.cases.models.texts import BLOCK_LENGTH, NAME_LENGTH


class TextBlockForm(Form):
    """A text block: its name and what it says."""

    once = True
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    text = forms.CharField(
        label=_("Text"),
        max_length=BLOCK_LENGTH,
        widget=forms.Textarea({"rows": 8}),
        help_text=_(
            "Ausgefüllt werden {haushalt}, {person}, {datum}, {uhrzeit}, {ich} und {stelle}. „…“ ist eine Lücke, "
            "die Sie beim Einfügen füllen."
        ),
    )


class NewTextBlockForm(TextBlockForm):
    """A new one, for oneself or for the team."""

    whose = forms.ChoiceField(
        label=_("Für wen"),
        choices=[("mine", _("nur für mich")), ("team", _("für mein Team"))],
        initial="mine",
        widget=forms.RadioSelect,
    )
