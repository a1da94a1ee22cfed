"""Forms about the course of a referral."""

from django import forms
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock
from wurzelwerk.base.forms import Form

from .choosing import ListField, fill_lists


class DoneForm(Form):
    """With what a referral is done."""

    once = True
    outcome = ListField("referral_outcomes", label=lazy("Womit ist sie erledigt?"))
    text = forms.CharField(
        label=lazy("Ein Satz dazu"), max_length=300, required=False,
        help_text=lazy("Liest die Stelle, die überwiesen hat."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fill_lists(self, on=clock.today())
