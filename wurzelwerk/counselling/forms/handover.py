"""The form of a hand-over: one choice for each kind, for each language, and for each line."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _

from wurzelwerk.base.forms import Form
from wurzelwerk.network.models import User

from ..handover import KINDS, OpenWork


class HandoverForm(Form):
    """Who takes over what; an empty choice says nothing."""

    once = True
    marks_optional = False

    def __init__(self, *args, work: OpenWork, team: Sequence[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.work, self.people = work, {str(user.pk): user for user in team}
        named = [(pk, user.display_name) for pk, user in self.people.items()]
        for kind, label in KINDS.items():
            if number := len(work.of(kind)):
                self._add(f"alle_{kind}", _("Alle %(kind)s (%(number)d)") % {"kind": label, "number": number}, named)
        for code, label, number in work.languages:
            said = _("Fälle mit %(language)s (%(number)d)") % {"language": label, "number": number}
            self._add(f"sprache_{code}", said, named)
        self.together = list(self.fields)
        for line in work.lines:
            whom = line.about.name if line.about else line.text
            self._add(line.key, _("Wer übernimmt %(what)s?") % {"what": whom}, named)

    def _add(self, name: str, label: str, named: list[tuple[str, str]]) -> None:
        choices = [("", "–"), *named]
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields[name].error_messages["invalid_choice"] = _("Diese Person steht hier nicht (mehr) zur Wahl.")

    @property
    def wholes(self) -> list:
        """The fields that choose for many lines at once."""
        return [self[name] for name in self.together if name in self.fields and name != "einmal"]

    @property
    def parts(self) -> list[tuple[str, list]]:
        """Each kind with its lines and their fields."""
        return [
            (str(label), [(line, self[line.key]) for line in self.work.of(kind)])
            for kind, label in KINDS.items()
            if self.work.of(kind)
        ]

    def chosen(self) -> dict[str, User]:
        """Return the name of each field in which somebody was chosen."""
        return {name: self.people[pk] for name, pk in self.cleaned_data.items() if pk in self.people}
