"""What a letter about a household can say of what lies in the case trunk, as far as its author may see it."""

from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base import clock, formats
from wurzelwerk.base.rooms import LetterField
from wurzelwerk.network.models import Organisation, User
from wurzelwerk.trust.actor import Actor

from .enums import AppointmentState
from .models import Accommodation, Appointment, Case, Household, HouseholdMember, Person
from .queries import home_of


@dataclass
class LetterSubject:
    """About whom a letter speaks: a household, the case in which its author works, and one of its members or nobody."""

    household: Household
    case: Case
    person: Person | None
    actor: Actor
    today: date
    body: Organisation | None = None
    """The office to which the letter goes; None where it goes to somebody else."""

    @cached_property
    def members(self) -> list[HouseholdMember]:
        """Who lives there today, with person."""
        rows = HouseholdMember.objects.visible_to(self.actor).filter(household=self.household, left_on__isnull=True)
        return list(rows.select_related("person"))

    @cached_property
    def home(self) -> Accommodation | None:
        """Where the household lives."""
        return home_of(self.household, actor=self.actor)

    @cached_property
    def appointment(self) -> Appointment | None:
        """The next appointment that stands."""
        rows = Appointment.objects.visible_to(self.actor).filter(case=self.case, state=AppointmentState.PLANNED)
        return rows.filter(starts_at__gte=clock.now()).select_related("host").order_by("starts_at", "pk").first()

    @cached_property
    def lead(self) -> User | None:
        """Who is in charge of the case."""
        return User.objects.filter(pk=self.case.lead_id).first()


def home_lines(home: Accommodation | None) -> list[str]:
    """Return an accommodation as the lines of an address; none where its place is not known."""
    if home is None or not (home.street or home.city):
        return []
    care_of = f"c/o {home.care_of}" if home.care_of else ""
    return [line for line in (care_of, home.street, f"{home.postcode} {home.city}".strip()) if line]


def body_lines(body: Organisation) -> list[str]:
    """Return an office's place as the lines of an address; none where it is not known."""
    return [line for line in (body.street, f"{body.postcode} {body.city}".strip()) if line]


def _address(subject: LetterSubject) -> str:
    """The household's address; a blocked one (§ 51 BMG) goes into no text."""
    if subject.home is None or subject.home.is_blocked:
        return ""
    return ", ".join(home_lines(subject.home))


def _day(subject: LetterSubject) -> date | None:
    return formats.local(subject.appointment.starts_at).date() if subject.appointment else None


def _time(subject: LetterSubject) -> time | None:
    return formats.local(subject.appointment.starts_at).time() if subject.appointment else None


FIELDS = (
    LetterField("haushalt.name", _("Name des Haushalts"), "Beispiel", lambda one: one.household.name),
    LetterField(
        "haushalt.mitglieder",
        _("Namen aller Mitglieder"),
        "Ada Beispiel, Lina Beispiel",
        lambda one: ", ".join(member.person.name for member in one.members),
    ),
    LetterField("haushalt.personen", _("Zahl der Personen"), "2", lambda one: str(len(one.members) or "")),
    LetterField("haushalt.anschrift", _("Anschrift des Haushalts"), "Beispielweg 3, 44145 Dortmund", _address),
    LetterField("person.name", _("Name der Person"), "Ada Beispiel", lambda one: one.person and one.person.name),
    LetterField(
        "person.geburtsdatum",
        _("Geburtsdatum der Person"),
        "04.05.1990",
        lambda one: one.person and one.person.birth_text,
    ),
    LetterField(
        "empfaenger.name",
        _("Stelle, an die der Brief geht"),
        "Jobcenter Dortmund",
        lambda one: one.body and one.body.name,
    ),
    LetterField(
        "empfaenger.anschrift",
        _("Anschrift der Stelle, an die der Brief geht"),
        "Südwall 5, 44137 Dortmund",
        lambda one: one.body and ", ".join(body_lines(one.body)),
    ),
    LetterField("termin.tag", _("Tag des nächsten Termins"), "Donnerstag, 12. März 2026", _day, kind="weekday"),
    LetterField("termin.uhrzeit", _("Uhrzeit des nächsten Termins"), "10:30", _time, kind="time"),
    LetterField(
        "termin.ort",
        _("Ort des nächsten Termins"),
        "Anlaufstelle Hörde",
        lambda one: one.appointment and one.appointment.place,
    ),
    LetterField(
        "termin.mit",
        _("Ansprechperson des nächsten Termins"),
        "Amira Nasser",
        lambda one: one.appointment and one.appointment.host.display_name,
    ),
    LetterField("fall.zeichen", _("Aktenzeichen"), "HOE-2026-0017", lambda one: one.case.akte.reference),
    LetterField("fall.beginn", _("Beginn der Beratung"), "3. Februar 2026", lambda one: one.case.opened_on, kind="day"),
    LetterField(
        "fall.kontakt", _("Letztes Gespräch"), "5. März 2026", lambda one: one.case.last_contact_on, kind="day"
    ),
    LetterField(
        "fall.zustaendig", _("Wer zuständig ist"), "Amira Nasser", lambda one: one.lead and one.lead.display_name
    ),
)
