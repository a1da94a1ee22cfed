"""The form of somebody's last day."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.forms import Combobox, DayField, Form
from wurzelwerk.network.models import User


class LeavingForm(Form):
    """Who leaves the house, and from which day on nothing is open to them any more."""

    once = True
    user = forms.ChoiceField(
        label=_("Wer verlässt das Haus?"),
        widget=Combobox,
        error_messages={"invalid_choice": _("Diese Person steht hier nicht (mehr) zur Wahl.")},
    )
    leaves_on = DayField(
        label=_("Verlässt das Haus am"), help_text=_("Ab diesem Tag, 0 Uhr, öffnet der Zugang nichts mehr.")
    )

    def __init__(self, *args, people: Sequence[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        self.fields["user"].choices = [("", ""), *((pk, user.display_name) for pk, user in self.people.items())]

    def person(self) -> User:
        """Return who was chosen."""
        return self.people[self.cleaned_data["user"]]
