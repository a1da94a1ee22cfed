"""Forms of tasks: change one, and do something with many."""

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.forms import Combobox, DayField, Form, Section, WholeNumberField
from wurzelwerk.network.models import User

MOVE, REST, GIVE = "verschieben", "zurueckstellen", "geben"


class TaskEditForm(Form):
    """What is to be done, until when, by whom, and when it rings again."""

    once = True
    title = forms.CharField(label=lazy("Aufgabe"), max_length=200)
    due_on = DayField(label=lazy("Fällig am"))
    assignee = forms.ModelChoiceField(User.objects.none(), label=lazy("Wer"), empty_label=None)
    snoozed_until = DayField(
        label=lazy("Zurückgestellt bis"),
        required=False,
        help_text=lazy("Bis dahin erinnert „Heute“ nicht daran. Fällig bleibt sie wie oben."),
    )

    def __init__(self, *args, team: QuerySet[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = team
        self.fields["assignee"].label_from_instance = lambda user: user.display_name


class TaskBulkForm(Form):
    """One of three things for all chosen tasks."""

    once = True
    marks_optional = False
    sections = (Section(lazy("Mit den ausgewählten Aufgaben"), ["everything", "act", ("days", "until", "to")]),)
    everything = forms.BooleanField(label=lazy("Alle auf dieser Seite auswählen"), required=False)
    act = forms.ChoiceField(
        label=lazy("Was soll geschehen?"), widget=forms.RadioSelect,
        choices=[(MOVE, lazy("verschieben")), (REST, lazy("zurückstellen")), (GIVE, lazy("weitergeben"))],
    )  # fmt: skip
    days = WholeNumberField(label=lazy("Verschieben um Tage"), required=False, minimum=1, maximum=366)
    until = DayField(label=lazy("Zurückstellen bis"), required=False, help_text="")
    to = forms.ChoiceField(label=lazy("Weitergeben an"), required=False, widget=Combobox)

    def __init__(self, *args, team: list[User], today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in team}
        self.fields["to"].choices = [
            ("", _("Bitte auswählen")),
            *((pk, one.display_name) for pk, one in self.people.items()),
        ]

    def clean(self) -> dict:
        """What was chosen needs its own field."""
        data = super().clean()
        needed = {MOVE: ("days", _("Um wie viele Tage?")), REST: ("until", _("Bis wann?")), GIVE: ("to", _("An wen?"))}
        name, question = needed.get(data.get("act"), ("", ""))
        if name and not data.get(name) and name not in self.errors:
            self.add_error(name, question)
        return data
