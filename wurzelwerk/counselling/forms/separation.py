"""The form of a separation: who stays, who goes, whose children live in both homes."""

import hashlib
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import clock
from wurzelwerk.base.errors import WrongState
from wurzelwerk.base.forms import DayField, Form, Section
from wurzelwerk.cases.actions import SeparationPlan
from wurzelwerk.cases.enums import Presence
from wurzelwerk.cases.models import HouseholdMember
from wurzelwerk.cases.outside_rules import check_nothing_told_outside

from ..queries import OpenHousehold, is_minor

STAYS, GOES, BOTH = "bleibt", "geht", "beide"
SEEN = "gesehen"
AGAIN = "aendern"


class SeparationForm(Form):
    """One household becomes two; the answer is shown before anything is done."""

    once = True
    on = DayField(label=lazy("Getrennt seit"), latest=clock.today)

    def __init__(self, *args, subject: OpenHousehold, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.household = subject.household
        self.people = {_field(one): one for one in (*subject.members, *subject.expected)}
        for name, one in self.people.items():
            choices = [(STAYS, _("bleibt in diesem Haushalt")), (GOES, _("geht in den neuen Haushalt"))]
            if is_minor(one, on=subject.today) and one.presence == Presence.PRESENT:
                choices.append((BOTH, _("lebt in beiden Haushalten")))
            self.fields[name] = forms.ChoiceField(
                label=one.person.name, choices=choices, initial=STAYS, widget=forms.RadioSelect
            )
        self.sections = (
            Section("", ["on"]),
            Section(_("Wer geht wohin?"), list(self.people)),
        )

    def clean(self) -> dict:
        data = super().clean()
        try:
            check_nothing_told_outside(self.household)
        except WrongState as error:
            self.add_error(None, error.message)
        here = [data.get(name) for name, one in self.people.items() if one.is_here]
        if None not in here and (GOES not in here or STAYS not in here):
            self.add_error(None, _("In beiden Haushalten muss jemand leben, der nicht zu beiden gehört."))
        return data

    @property
    def mark(self) -> str:
        """What tells this answer from another, so that nothing is done that was not shown."""
        said = [(name, str(self.cleaned_data.get(name))) for name in ("on", *self.people)]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]

    @property
    def is_seen(self) -> bool:
        """Whether the preview of just this answer was on the page that is sent."""
        return self.data.get(SEEN) == self.mark

    def living(self, *answers: str) -> list[HouseholdMember]:
        """Return the members with one of these answers, in order."""
        return [one for name, one in self.people.items() if self.cleaned_data.get(name) in answers]

    def to_plan(self) -> SeparationPlan:
        """Return what was chosen."""
        going: set[UUID] = {one.person_id for one in self.living(GOES)}
        both: set[UUID] = {one.person_id for one in self.living(BOTH)}
        return SeparationPlan(on=self.cleaned_data["on"], going=frozenset(going), both=frozenset(both))


def _field(member: HouseholdMember) -> str:
    return f"wohin_{member.person_id.hex}"
