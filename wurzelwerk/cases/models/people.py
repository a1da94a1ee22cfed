"""People and the households they live in. Each belongs to exactly one controller's Akte."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.formats import day
from wurzelwerk.linkage.keys import keys_of
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedModel
from wurzelwerk.trust.models import Consent
from wurzelwerk.trust.scopes import Scope

from ..enums import BirthKnown, ContactRule, Presence, ResidenceBasis
from .keys import KeysField


class Person(GuardedModel):
    """A human being as one controller knows them. One name is enough.

    `other_names`: further full names (before a marriage, as in another document), parted by commas. Of a birth known
    by its year `birth_date` is the 1 January. `phone` may hold several numbers, parted by commas. `unsaid`: codes of
    `unsaid_topics` about which the person does not want to say anything; what is empty and not among them is not asked.
    """

    given_name = models.CharField(_("Vorname"), max_length=120, blank=True)
    family_name = models.CharField(_("Familienname"), max_length=120, blank=True)
    birth_date = models.DateField(_("Geburtsdatum"), null=True, blank=True)
    birth_known = models.CharField(
        _("Geburtsdatum bekannt"), max_length=8, choices=BirthKnown.choices, default=BirthKnown.DAY
    )
    original_name = models.CharField(_("Name in eigener Schrift"), max_length=200, blank=True)
    other_names = models.CharField(_("Weitere Namen"), max_length=300, blank=True)
    phone = models.CharField(_("Telefon"), max_length=120, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    contact_rule = models.CharField(_("Sichere Erreichbarkeit"), max_length=12, choices=ContactRule.choices, blank=True)
    contact_hint = models.CharField(_("Hinweis zur Erreichbarkeit"), max_length=200, blank=True)
    unsaid = models.JSONField(_("Möchte nichts sagen zu"), default=list, blank=True)

    class Guard:
        scope = Scope.CONTACT
        joins = ("akte",)

        @staticmethod
        def released_to(actor: Actor) -> tuple[str, QuerySet]:
            """Where only releases open the Akte, somebody who came later is open with a release of their own."""
            return "id", Consent.released_to(actor)

    class Meta:
        verbose_name = _("Person")
        constraints = [
            models.CheckConstraint(condition=~Q(given_name="", family_name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_date__gte=date(1900, 1, 1)),
                name="person_birth_plausible",
            ),
            models.CheckConstraint(
                condition=Q(birth_known=BirthKnown.DAY) | Q(birth_date__isnull=False), name="person_birth_known_of_date"
            ),
            models.CheckConstraint(
                condition=Q(contact_hint="") | ~Q(contact_rule=""), name="person_contact_hint_has_rule"
            ),
        ]
        indexes = [
            models.Index(fields=["circle", "family_name", "given_name"], name="person_circle_name"),
            models.Index(fields=["akte"], name="person_akte"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the person, and under which keys they are found."""
        is_new = self._state.adding
        super().save(*args, **kwargs)
        row = PersonKeys.of_person(self)
        if is_new:
            row.save()
        else:
            PersonKeys.objects.for_system(reason="follows the person").filter(person=self).update(keys=row.keys)

    @property
    def name(self) -> str:
        """Given and family name, as far as there are any."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def birth_text(self) -> str:
        """The birth date as far as it is known: `24.12.1985`, `1985`, or a 1 January that stands for no known day."""
        if not self.birth_date:
            return ""
        if self.birth_known == BirthKnown.YEAR:
            return str(self.birth_date.year)
        return day(self.birth_date) + (gettext(" (Tag unbekannt)") if self.birth_known == BirthKnown.ASSIGNED else "")

    @property
    def phones(self) -> list[str]:
        """Each telephone number for itself."""
        return [number.strip() for number in self.phone.split(",") if number.strip()]

    @property
    def contact_warning(self) -> str:
        """What to mind before getting in touch, in one line; empty where nothing was asked for."""
        return ": ".join(filter(None, (str(self.get_contact_rule_display()), self.contact_hint)))

    @property
    def all_names(self) -> list[str]:
        """Every full name by which the person is known: as recorded, in the own script, others."""
        others = [name.strip() for name in (self.original_name, *self.other_names.split(","))]
        return [name for name in (self.name, *others) if name]

    def age(self, *, on: date) -> int | None:
        """Completed years on a day; None where the birth date is not known."""
        return relativedelta(on, self.birth_date).years if self.birth_date else None

    def is_adult(self, *, on: date) -> bool:
        """Whether the person is of age (§ 2 BGB: 18); without a birth date taken as of age."""
        age = self.age(on=on)
        return age is None or age >= 18

    def __str__(self) -> str:
        return self.name


class PersonKeys(GuardedModel):
    """The keys of a person's names, birth and telephone; written with the person, in the same Akte."""

    id = models.BigAutoField(primary_key=True)  # the number by which SQLite's index of words names the row
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="found_by")
    keys = KeysField(editable=False)

    class Guard:
        scope = Scope.CONTACT

        @staticmethod
        def released_to(actor: Actor) -> tuple[str, QuerySet]:
            """Where only releases open the Akte, somebody who came later is open with a release of their own."""
            return "person_id", Consent.released_to(actor)

    @classmethod
    def of_person(cls, person: Person) -> "PersonKeys":
        """Return the keys of a person, not yet written."""
        return cls(
            akte_id=person.akte_id,
            circle_id=person.circle_id,
            person=person,
            keys=cls.text_of(person),
        )

    @staticmethod
    def text_of(person: Person) -> str:
        """Return the keys of a person as they are written."""
        return keys_of(
            person.all_names,
            birth=None if person.birth_known == BirthKnown.YEAR else person.birth_date,
            year=person.birth_date.year if person.birth_date else None,
            phones=[person.phone] if person.phone else [],
        )

    def __str__(self) -> str:
        return f"PersonKeys {self.pk}"


class PersonLanguage(GuardedModel):
    """A language somebody speaks, and whether an interpreter is needed for lack of German."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(_("Sprache"), max_length=12)
    needs_interpreter = models.BooleanField(_("Sprachmittlung nötig"), default=False)

    class Guard:
        scope = Scope.CONTACT

        @staticmethod
        def released_to(actor: Actor) -> tuple[str, QuerySet]:
            """Where only releases open the Akte, somebody who came later is open with a release of their own."""
            return "person_id", Consent.released_to(actor)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "code"], name="person_language_once")]

    def __str__(self) -> str:
        return self.code


class Residence(GuardedModel):
    """The right of residence as stated; never a condition of being counselled (§ 87 AufenthG)."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="residence")
    basis = models.CharField(
        _("Aufenthalt"), max_length=12, choices=ResidenceBasis.choices, default=ResidenceBasis.NOT_ASKED
    )
    as_printed = models.CharField(_("Text im Dokument"), max_length=200, blank=True)
    code = models.CharField(_("Titel"), max_length=20, blank=True)
    valid_until = models.DateField(_("gültig bis"), null=True, blank=True)
    condition = models.CharField(_("Nebenbestimmung"), max_length=200, blank=True)

    class Guard:
        scope = Scope.RESIDENCE
        joins = ("person",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="residence_printed_text",
                condition=(Q(basis="as_printed") & ~Q(as_printed=""))
                | (~Q(basis="as_printed") & Q(as_printed="", code="", valid_until__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.get_basis_display()


class Household(GuardedModel):
    """People who keep house together; the unit that looks for a home."""

    name = models.CharField(_("Haushalt"), max_length=160)
    formed_at = models.DateTimeField()

    class Guard:
        scope = Scope.CONTACT
        joins = ("akte", "case_parties", "case_parties__case")

    class Meta:
        verbose_name = _("Haushalt")
        indexes = [
            models.Index(fields=["circle", "name", "id"], name="household_circle_name"),
            models.Index(fields=["name", "id"], name="household_name"),
            models.Index(fields=["name"], opclasses=["varchar_pattern_ops"], name="household_name_begins"),
            models.Index(fields=["akte"], name="household_akte"),
        ]

    def __str__(self) -> str:
        return self.name


class HouseholdMember(GuardedModel):
    """Somebody's belonging to a household from one day to another.

    `benefit_unit` numbers the Bedarfsgemeinschaft (§ 7 SGB II) the person belongs to;
    empty where they belong to none. Who is not born or not here yet has a `presence` that says so, and perhaps the
    month in which they are (or were) expected, as its first day.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    relation = models.CharField(_("Beziehung"), max_length=20)
    benefit_unit = models.PositiveSmallIntegerField(_("Bedarfsgemeinschaft"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    presence = models.CharField(_("Lebt im Haushalt"), max_length=8, choices=Presence.choices, default=Presence.PRESENT)
    expected_on = models.DateField(_("erwartet"), null=True, blank=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Guard:
        scope = Scope.CONTACT
        joins = ("person", "household")

        @staticmethod
        def released_to(actor: Actor) -> tuple[str, QuerySet]:
            """Where only releases open the Akte, somebody who came later is open with a release of their own."""
            return "person_id", Consent.released_to(actor)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(left_on__isnull=True), name="member_once"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="member_period"
            ),
        ]

    @property
    def is_here(self) -> bool:
        """Whether the member lives in the household already."""
        return self.presence == Presence.PRESENT

    def __str__(self) -> str:
        return f"{self.relation} {self.person_id}"
