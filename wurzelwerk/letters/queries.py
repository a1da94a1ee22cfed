"""Reads of letters; the first filter is visible_to."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from wurzelwerk.cases.enums import Presence
from wurzelwerk.cases.letters import LetterSubject
from wurzelwerk.cases.models import Case, CaseParty, DocumentVersion, Household, HouseholdMember, Person, PersonLanguage
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.scopes import Scope

from .enums import BINDING
from .models import Letter, Mailing, OfficeTemplate, OfficeTemplateVersion

SHOWN = (
    "case",
    "person",
    "body",
    "author",
    "document",
    "office_version__template",
    "akte",
    "akte__controller",
    "akte__site",
)


@dataclass
class Correspondence:
    """A household with whom the actor exchanges letters, in the case in which they work with it."""

    household: Household
    case: Case
    actor: Actor
    today: date

    @property
    def may_write(self) -> bool:
        """Whether the actor writes letters here: the case is open, and theirs to write in."""
        return not self.case.closed_on and writes_letters(self.actor, self.case)

    def subject(self, person: Person | None) -> LetterSubject:
        """Return about whom a letter speaks."""
        return LetterSubject(self.household, self.case, person, self.actor, self.today)


def writes_letters(actor: Actor, case: Case) -> bool:
    """Whether the actor may write letters in the Akte of a case."""
    return actor.keeps(case.circle_id, Scope.DOCUMENTS, write=True) or actor.holds_grant(
        case.akte_id, Scope.DOCUMENTS, write=True
    )


def correspondence(household: UUID, *, actor: Actor, today: date) -> Correspondence | None:
    """Return a household's letters' frame; None where the actor sees no household, or works in no case of it."""
    row = Household.objects.visible_to(actor).select_related("akte").filter(pk=household).first()
    case = row and worked_case(row, actor=actor)
    return Correspondence(row, case, actor, today) if row and case else None


def worked_case(household: Household, *, actor: Actor) -> Case | None:
    """Return the case of a household in whose Akte the actor reads letters: open before closed, the latest."""
    parties = CaseParty.objects.visible_to(actor).filter(household=household)
    cases = Case.objects.visible_to(actor).opened_in(Scope.DOCUMENTS, actor)
    cases = cases.filter(pk__in=parties.values("case_id"), circle_id__in=list(actor.circles))
    rows = cases.select_related("akte", "akte__controller", "akte__site")
    return rows.order_by(F("closed_on").desc(nulls_first=True), "-opened_on", "pk").first()


def letters_of(case: Case, *, actor: Actor) -> QuerySet[Letter]:
    """Return the letters of a case that were not discarded, the latest first."""
    rows = Letter.objects.visible_to(actor).filter(case=case, discarded_at__isnull=True)
    return rows.select_related("person", "body", "author", "office_version__template").defer("office_version__content")


def opened_letter(pk: UUID, *, actor: Actor) -> Letter | None:
    """Return a letter that the actor may see, with what its pages and its sheet show."""
    rows = Letter.objects.visible_to(actor).filter(pk=pk)
    return rows.select_related(*SHOWN).defer("office_version__content").first()


def household_of(letter: Letter, *, actor: Actor) -> Household | None:
    """Return the household that a letter is about."""
    parties = CaseParty.objects.visible_to(actor).filter(case_id=letter.case_id, household__isnull=False)
    rows = Household.objects.visible_to(actor).select_related("akte")
    return rows.filter(pk__in=parties.values("household_id")).order_by("formed_at").first()


def members(household: Household, *, actor: Actor) -> list[HouseholdMember]:
    """Return who lives in the household now, in order, with person."""
    rows = HouseholdMember.objects.visible_to(actor).filter(household=household, left_on__isnull=True)
    rows = rows.filter(presence=Presence.PRESENT)
    return list(rows.select_related("person"))


def bodies() -> QuerySet[Organisation]:
    """Return the offices of the directory."""
    return Organisation.objects.order_by("name", "pk")


def first_languages(persons: list[UUID], *, actor: Actor) -> dict[UUID, str]:
    """Return person -> the language beside German: one that needs interpreting before another."""
    rows = PersonLanguage.objects.visible_to(actor).among(person_id=persons).exclude(code=BINDING).order_by()
    found: dict[UUID, str] = {}
    for row in sorted(rows, key=lambda one: (not one.needs_interpreter, str(one.pk))):
        found.setdefault(row.person_id, row.code)
    return found


def filed_versions(letter: Letter, *, actor: Actor) -> list[DocumentVersion]:
    """Return what left the house of a letter and lies in the Akte, the latest first."""
    if letter.document_id is None:
        return []
    rows = DocumentVersion.objects.visible_to(actor).filter(document_id=letter.document_id, removed_at__isnull=True)
    return list(rows.filter(document__removed_at__isnull=True).order_by("-number"))


def filed_content(letter: Letter, *, actor: Actor) -> bytes | None:
    """Return a sent letter as it left the house; None for one that has not, or whose file is gone."""
    if not letter.sent_on:
        return None
    for version in filed_versions(letter, actor=actor)[:1]:
        with version.file.open("rb") as file:
            return file.read()
    return None


def office_templates(actor: Actor) -> QuerySet[OfficeTemplate]:
    """Return the Word templates of the actor's offices, retired ones last."""
    rows = OfficeTemplate.objects.filter(organisation_id__in=list(actor.organisation_ids))
    return rows.order_by(F("retired_at").asc(nulls_first=True), "name", "pk")


def offered_versions(actor: Actor) -> dict[str, OfficeTemplateVersion]:
    """Return the newest version of every Word template that is offered to the actor, by its id (one query)."""
    rows = OfficeTemplateVersion.objects.filter(
        template__organisation_id__in=list(actor.organisation_ids), template__retired_at__isnull=True
    )
    found: dict[Any, OfficeTemplateVersion] = {}
    for row in rows.select_related("template").defer("content").order_by("template__name", "template_id", "number"):
        found[row.template_id] = row
    return {str(row.pk): row for row in found.values()}


def mailings(actor: Actor) -> QuerySet[Mailing]:
    """Return the letters to many of the actor's teams, the latest first."""
    return Mailing.objects.visible_to(actor).select_related("author", "akte")


def letters_of_mailing(mailing: Mailing, *, actor: Actor) -> QuerySet[Letter]:
    """Return the letters of a mailing that stand, with what their sheets show, in the order of its list."""
    rows = Letter.objects.visible_to(actor).filter(mailing=mailing, sent_on__isnull=False)
    return rows.select_related(*SHOWN).defer("office_version__content").order_by("begun_at", "pk")
