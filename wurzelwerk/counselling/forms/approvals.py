"""Forms of four eyes."""

from django import forms
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.forms import Form
from wurzelwerk.cases.models import ApprovedAct

APPROVE, BACK = "freigeben", "zurueckgeben"


class AskingForm(Form):
    """Why somebody asks for an approval."""

    once = True
    why = forms.CharField(label=lazy("Begründung"), max_length=300, required=False)


class AnswerForm(Form):
    """Approve, or send back with a sentence."""

    once = True
    what = forms.ChoiceField(
        label=lazy("Ihre Antwort"), widget=forms.RadioSelect,
        choices=[(APPROVE, lazy("freigeben")), (BACK, lazy("zurückgeben"))],
    )  # fmt: skip
    answer = forms.CharField(
        label=lazy("Ein Satz dazu"),
        max_length=300,
        required=False,
        help_text=lazy("Beim Zurückgeben nötig: Was fehlt noch?"),
    )


class RulesForm(Form):
    """Which acts need four eyes."""

    once = True
    acts = forms.MultipleChoiceField(
        label=lazy("Das braucht die Freigabe einer zweiten Person"), choices=ApprovedAct.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
