"""Forms of the plan: need, goal, step, and tasks."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.forms import DayField, Form
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import Urgency
from wurzelwerk.network.models import User

from ..caseload import Load
from .choosing import ListField, fill_lists

CLIENT = "client"


OWN_WORDS = lazy("In der Sprache der Person")
OWN_WORDS_HELP = lazy("Wie es die Sprachmittlung sagt; steht auf dem zweisprachigen Plan daneben.")


def own_words_field() -> forms.CharField:
    """What an interpreter wrote beside the German words."""
    return forms.CharField(label=OWN_WORDS, max_length=300, required=False, help_text=OWN_WORDS_HELP)


class NeedForm(Form):
    """What is missing, and how urgent it is."""

    once = True
    kind = ListField("need_kinds", label=lazy("Anliegen"), searching=True)
    urgency = forms.TypedChoiceField(
        label=lazy("Dringlichkeit"), choices=Urgency.choices, coerce=int, initial=Urgency.SOON, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=lazy("Beschreibung"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )
    own_words = own_words_field()

    def __init__(self, *args, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fill_lists(self, on=today)


class GoalForm(Form):
    """What the person wants to reach, in their own words."""

    once = True
    text = forms.CharField(
        label=lazy("Ziel"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=lazy(
            "In den Worten der Person, zum Beispiel: „Jedes Kind soll einen Platz für die Hausaufgaben haben.“"
        ),
    )
    own_words = own_words_field()


class StepForm(Form):
    """The next step: what, who, until when."""

    once = True
    text = forms.CharField(label=lazy("Was ist zu tun?"), max_length=300)
    who = forms.ChoiceField(label=lazy("Wer macht das?"))
    due_on = DayField(label=lazy("Bis wann?"), required=False)
    own_words = own_words_field()

    def __init__(self, *args, team: QuerySet[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.team = {str(user.pk): user for user in team}
        self.fields["who"].choices = [
            (CLIENT, lazy("der Haushalt selbst")),
            *((pk, user.display_name) for pk, user in self.team.items()),
        ]

    def add_person(self, user: User) -> None:
        """Offer somebody who is charged already, though no longer of the team."""
        self.team[str(user.pk)] = user
        self.fields["who"].choices += [(str(user.pk), user.display_name)]

    def to_step(self) -> dict:
        """Return what was typed, as arguments of `plan_step`."""
        data = self.cleaned_data
        return {
            "text": data["text"],
            "by_client": data["who"] == CLIENT,
            "assignee": self.team.get(data["who"]),
            "due_on": data["due_on"],
            "own_words": data["own_words"],
        }


class TaskForm(Form):
    """Something somebody of the team has to do."""

    once = True
    title = forms.CharField(label=lazy("Aufgabe"), max_length=200)
    due_on = DayField(label=lazy("Fällig am"))
    assignee = forms.ModelChoiceField(User.objects.none(), label=lazy("Wer"), empty_label=None)

    def __init__(self, *args, team: QuerySet[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = team
        self.fields["assignee"].label_from_instance = lambda user: user.display_name


class OutcomeForm(Form):
    """What came of a task."""

    once = True
    outcome = forms.CharField(
        label=lazy("Ergebnis"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )


class AssignForm(Form):
    """Who is in charge of a case."""

    once = True
    lead = forms.ModelChoiceField(User.objects.none(), label=lazy("Zuständig"), empty_label=None)

    def __init__(self, *args, team: QuerySet[User], loads: Mapping[UUID, Load], **kwargs) -> None:
        """`loads`: who has how much to do already; it stands behind each name."""
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = team
        self.fields["lead"].label_from_instance = lambda user: (
            f"{user.display_name} – {loads[user.pk].in_words}" if user.pk in loads else user.display_name
        )


class WeightForm(Form):
    """How much work a case is; the first choice leaves it to the proposal."""

    once = True
    weight = forms.ChoiceField(label=lazy("Aufwand"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args, today: date, proposed: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offered = lists.choices("case_weights", on=today)
        said = _("wie vorgeschlagen: %(weight)s") % {"weight": lists.label("case_weights", proposed)}
        self.fields["weight"].choices = [("", said), *offered]


class PlanPrintForm(Form):
    """In which language the plan is printed beside German, and for whom."""

    language = forms.ChoiceField(label=lazy("Zweite Sprache"), required=False)

    def __init__(self, *args, languages: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", lazy("nur Deutsch")), *languages]
