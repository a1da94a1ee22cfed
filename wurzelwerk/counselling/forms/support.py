"""Forms of the helper circle and of its conferences."""

from datetime import date, timedelta
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock, formats
from wurzelwerk.base.forms import ClockField, DayField, Form, Section, WholeNumberField, joined
from wurzelwerk.cases import lists
from wurzelwerk.cases.actions import Agreed, HelperData, Invitation
from wurzelwerk.cases.enums import HelperBasis
from wurzelwerk.cases.models import Conference, Goal, Helper, HouseholdMember, Participant
from wurzelwerk.cases.models.support import AGENDA_LENGTH, MINUTES_LENGTH
from wurzelwerk.network.models import User

from ..conferences import Invitable, chosen, invited_values, present_ids, template_of
from .choosing import ListField, PhoneField, fill_lists

LONGEST = 480
DECISIONS = 5
CLIENT = "client"


class HelperForm(Form):
    """Somebody who works with a household and has no account here."""

    once = True
    sections = (
        Section("", [("name", "role"), ("body", "person")]),
        Section(lazy("Erreichbarkeit"), [("phone", "email"), "reachable"]),
        Section(
            lazy("Dürfen wir miteinander sprechen?"),
            ["basis", "basis_text"],
            hint=lazy("Ohne Einwilligung oder Rechtsvorschrift fragen wir nichts und geben nichts weiter."),
        ),
        Section("", ["since", "is_main"]),
    )
    name = forms.CharField(label=lazy("Name"), max_length=120)
    role = ListField("helper_roles", label=lazy("Rolle"), searching=True)
    body = forms.CharField(label=lazy("Stelle"), max_length=160, required=False)
    person = forms.ChoiceField(label=lazy("Für wen"), required=False)
    phone = PhoneField(label=lazy("Telefon"))
    email = forms.EmailField(label=lazy("E-Mail"), required=False)
    reachable = forms.CharField(
        label=lazy("Am besten erreichbar"), max_length=200, required=False,
        help_text=lazy("Zum Beispiel: dienstags vormittags, nur über das Sekretariat"),
    )  # fmt: skip
    basis = forms.ChoiceField(
        label=lazy("Grundlage"), choices=HelperBasis.choices, initial=HelperBasis.NONE, widget=forms.RadioSelect
    )
    basis_text = forms.CharField(
        label=lazy("Genauer"), max_length=200, required=False,
        help_text=lazy("Zum Beispiel: Schweigepflichtentbindung vom 03.03.2026, in der Akte; § 4 KKG"),
    )  # fmt: skip
    since = DayField(label=lazy("Seit"), latest=clock.today)
    is_main = forms.BooleanField(
        label=lazy("Hauptansprechperson"), required=False,
        help_text=lazy("Bei ihr oder ihm läuft alles zusammen. Sonst ist es die zuständige Beratung."),
    )  # fmt: skip

    def __init__(self, *args, members: list[HouseholdMember], today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fill_lists(self, on=today)
        kept = str(self.initial.get("person") or "")
        offered = [(str(m.person_id), m.person.name) for m in members]
        if kept and kept not in dict(offered):
            offered.append((kept, _("frühere Person")))
        self.fields["person"].choices = [("", _("für alle")), *offered]

    @staticmethod
    def initial_of(helper: Helper) -> dict:
        """Return what is stored, as the form shows it."""
        names = ("name", "role", "body", "phone", "email", "reachable", "basis", "basis_text", "since")
        stored = {name: getattr(helper, name) for name in names}
        return stored | {"person": str(helper.person_id or ""), "is_main": helper.main_since is not None}

    def to_helper(self) -> HelperData:
        """Return what was typed."""
        data = {name: value for name, value in self.cleaned_data.items() if name in HelperData.__dataclass_fields__}
        return HelperData(**data | {"person": UUID(data["person"]) if data["person"] else None})


class HelperEndForm(Form):
    """Since when somebody no longer works with the household."""

    once = True
    until = DayField(label=lazy("Bis"), latest=clock.today)
    because = forms.CharField(label=lazy("Grund"), max_length=200, required=False)


class ConferenceForm(Form):
    """When, where, about what, and who is invited."""

    once = True
    sections = (
        Section("", ["kind", ("day", "time", "minutes"), "place"]),
        Section(lazy("Wer ist eingeladen?"), ["invited", "invites"]),
        Section(lazy("Worum soll es gehen?"), ["agenda"]),
    )
    kind = ListField("conference_kinds", label=lazy("Art"))
    day = DayField(label=lazy("Am"))
    time = ClockField(label=lazy("Beginn"))
    minutes = WholeNumberField(label=lazy("Dauer in Minuten"), minimum=15, maximum=LONGEST, initial=60)
    place = forms.CharField(
        label=lazy("Ort"), max_length=200, required=False,
        help_text=lazy("Steht in der Einladung. Bitte keine Anschrift des Haushalts."),
    )  # fmt: skip
    invited = forms.MultipleChoiceField(label=lazy("Eingeladen"), widget=forms.CheckboxSelectMultiple)
    invites = forms.BooleanField(
        label=lazy("Einladung verschicken"), required=False,
        help_text=lazy("Per E-Mail an alle mit einer Adresse: nur Zeit und Ort. Folgt jeder Änderung."),
    )  # fmt: skip
    agenda = forms.CharField(
        label=lazy("Tagesordnung"), max_length=AGENDA_LENGTH, required=False, widget=forms.Textarea({"rows": 5}),
        help_text=lazy("Liest nur Ihr Team. Die Einladung nennt nur Zeit und Ort."),
    )  # fmt: skip

    def __init__(self, *args, offered: Invitable, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fill_lists(self, on=today)
        self.offered = offered
        team = [(f"u:{user.pk}", user.display_name) for user in offered.team]
        others = [(f"u:{user.pk}", f"{user.display_name}, {body}") for user, body in offered.elsewhere]
        helpers = [(f"h:{one.pk}", _said(one)) for one in offered.helpers]
        self.fields["invited"].choices = [*team, *others, *helpers]

    @staticmethod
    def initial_of(conference: Conference, participants: list[Participant]) -> dict:
        """Return what is stored, as the form shows it."""
        starts_at = formats.local(conference.starts_at)
        return {
            "kind": conference.kind,
            "day": starts_at.date(),
            "time": starts_at.time(),
            "minutes": int((conference.ends_at - conference.starts_at).total_seconds() // 60),
            "place": conference.place,
            "invited": invited_values(participants),
            "agenda": conference.agenda,
        }

    def to_invitation(self) -> Invitation:
        """Return what was typed."""
        data = self.cleaned_data
        starts_at = joined(data["day"], data["time"])
        users, helpers = chosen(data["invited"], self.offered)
        return Invitation(
            kind=data["kind"],
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=data["minutes"]),
            place=data["place"],
            agenda=data["agenda"],
            users=users,
            helpers=helpers,
        )


def _said(helper: Helper) -> str:
    role = lists.label("helper_roles", helper.role) if helper.role in lists.table("helper_roles").keys else helper.role
    return ", ".join(filter(None, [helper.name, helper.body or role]))


class MinutesForm(Form):
    """What was said and decided; each decision becomes a task or a step of the plan."""

    once = True
    text = forms.CharField(
        label=lazy("Protokoll"), max_length=MINUTES_LENGTH, widget=forms.Textarea({"rows": 14}),
        help_text=lazy("Liest nur Ihr Team. Anschriften gehören nicht hinein."),
    )  # fmt: skip
    present = forms.MultipleChoiceField(label=lazy("Anwesend"), required=False, widget=forms.CheckboxSelectMultiple)
    next_on = DayField(label=lazy("Nächste Besprechung am"), required=False)

    def __init__(self, *args, participants: list[Participant], team: list[User], goals: list[Goal], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.team = {f"u:{user.pk}": user for user in team}
        self.goals = {str(goal.pk): goal for goal in goals}
        outside = {f"p:{row.pk}": row.name for row in participants if f"u:{row.user_id}" not in self.team}
        who = {CLIENT: _("der Haushalt"), **{key: user.display_name for key, user in self.team.items()}, **outside}
        self.who = who
        self.fields["present"].choices = [
            (str(row.pk), f"{row.name}, {row.body}" if row.body else row.name) for row in participants
        ]
        for number in range(1, DECISIONS + 1):
            self._add_decision(number, list(who.items()))
        rows = [(f"decision_{n}_text", [(f"decision_{n}_who", f"decision_{n}_due", f"decision_{n}_goal")]) for n in
                range(1, DECISIONS + 1)]  # fmt: skip
        self.sections = (
            Section("", ["present"]),
            Section(lazy("Was wurde besprochen?"), ["text"]),
            Section(
                lazy("Was wurde beschlossen?"),
                [row for text, others in rows for row in (text, *others)],
                hint=lazy(
                    "Jeder Beschluss wird zur Aufgabe, mit einem Ziel aus dem Plan zum Schritt. Macht es jemand ohne "
                    "Zugang, bekommen Sie die Aufgabe, dort nachzuhalten. Mehr Beschlüsse: nach dem Speichern noch "
                    "einmal öffnen."
                ),
            ),
            Section(lazy("Wie geht es weiter?"), ["next_on"]),
        )

    def _add_decision(self, number: int, who: list[tuple[str, str]]) -> None:
        name = f"decision_{number}"
        self.fields[f"{name}_text"] = forms.CharField(
            label=_("Beschluss %(number)d") % {"number": number}, max_length=160, required=False
        )
        self.fields[f"{name}_who"] = forms.ChoiceField(
            label=_("Wer"), required=False, choices=[("", _("Bitte auswählen")), *who]
        )
        self.fields[f"{name}_due"] = DayField(label=_("Bis"), required=False, help_text="")
        self.fields[f"{name}_goal"] = forms.ChoiceField(
            label=_("Ziel"), required=False,
            choices=[("", _("kein Ziel")), *((key, goal.text[:80]) for key, goal in self.goals.items())],
        )  # fmt: skip

    @staticmethod
    def initial_of(conference: Conference, participants: list[Participant]) -> dict:
        """Return what is stored; minutes that are not written yet begin with the template of their kind."""
        coming = [
            str(row.pk) for row in participants if row.present or (not conference.minutes and row.answer == "yes")
        ]
        return {
            "text": conference.minutes or template_of(conference.kind),
            "present": coming,
            "next_on": conference.next_on,
        }

    def clean(self) -> dict:
        """A decision is whole or not there at all; one mistake at each field that is missing."""
        data = super().clean()
        for number in range(1, DECISIONS + 1):
            text, who, due, goal = (data.get(f"decision_{number}_{part}") for part in ("text", "who", "due", "goal"))
            if not any((text, who, due, goal)):
                continue
            for part, value, sentence in (
                ("text", text, _("Bitte schreiben Sie den Beschluss auf.")),
                ("who", who, _("Bitte wählen Sie aus, wer das macht.")),
                ("due", due, _("Bitte geben Sie an, bis wann.")),
            ):
                if not value and f"decision_{number}_{part}" not in self.errors:
                    self.add_error(f"decision_{number}_{part}", sentence)
        return data

    def to_minutes(self) -> dict:
        """Return what was typed, as arguments of `write_minutes`."""
        data = self.cleaned_data
        return {
            "text": data["text"],
            "present": present_ids(data["present"]),
            "next_on": data["next_on"],
            "decisions": [self._agreed(n) for n in range(1, DECISIONS + 1) if data[f"decision_{n}_text"]],
        }

    def _agreed(self, number: int) -> Agreed:
        text, who, due, goal = (
            self.cleaned_data[f"decision_{number}_{part}"] for part in ("text", "who", "due", "goal")
        )
        return Agreed(
            text=text,
            due_on=due,
            who=self.who[who],
            assignee=self.team.get(who),
            by_client=who == CLIENT,
            goal=self.goals.get(goal),
        )
