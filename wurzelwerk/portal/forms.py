"""The office's forms: let somebody choose a time by a link, and say who is reminded of an appointment."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurzelwerk.appointments.kinds import kinds
from wurzelwerk.appointments.models import Place
from wurzelwerk.base.forms import DayField, Form
from wurzelwerk.network.models import User

from .models import Reminding

NOBODY, ALSO_NEXT = "nobody", "also_next"

LASTS = timedelta(days=28)


class InvitationForm(Form):
    """Which kind, with whom, in which room, until when; and to whom the link is sent, if to anybody."""

    once = True

    kind = forms.ChoiceField(label=gettext_lazy("Art des Termins"))
    host = forms.ModelChoiceField(label=gettext_lazy("mit"), queryset=User.objects.none())
    room = forms.ModelChoiceField(label=gettext_lazy("Raum"), queryset=Place.objects.none(), required=False)
    until = DayField(label=gettext_lazy("wählbar bis"))
    to = forms.ChoiceField(label=gettext_lazy("Link senden an"), required=False)

    def __init__(
        self, *args: Any, team: Any, rooms: Any, reminded: Iterable[Reminding], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.code, kind.label) for kind in kinds(on=today, outside=True)]
        self.fields["host"].queryset = team
        self.fields["room"].queryset = rooms
        people = [(str(row.pk), f"{row.person.name} ({row.get_channel_display()})") for row in reminded]
        self.fields["to"].choices = [("", _("niemanden, nur anzeigen")), *people]
        self.fields["until"].initial = today + LASTS


class RemindedForm(Form):
    """Who is reminded of an appointment, of those who agreed."""

    once = True

    who = forms.MultipleChoiceField(
        label=gettext_lazy("Wer wird erinnert?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    nobody = forms.BooleanField(label=gettext_lazy("Niemanden erinnern"), required=False)
    also_next = forms.BooleanField(
        label=gettext_lazy("Auch für die weiteren Termine, bei denen noch niemand gewählt ist"), required=False
    )

    def __init__(self, *args: Any, agreed: Iterable[Reminding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [
            (str(row.person_id), f"{row.person.name} ({row.get_channel_display()})") for row in agreed
        ]

    def clean(self) -> dict[str, Any]:
        """One of both: somebody, or nobody on purpose."""
        data = super().clean()
        if bool(data.get("who")) == bool(data.get(NOBODY)):
            self.add_error("who", _("Bitte wählen Sie jemanden, oder kreuzen Sie „Niemanden erinnern“ an."))
        return data
