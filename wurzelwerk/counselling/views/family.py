"""Pages about a family: who is what to whom, custody of the children, a birth, an arrival."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base.editing import Editing
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.enums import Presence
from wurzelwerk.cases.models import HouseholdMember, Kinship, Person
from wurzelwerk.cases.separation_rules import may_separate
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from ..family import children_of, custodians_of, kin_of, persons_of, present, separations_of
from ..forms.family import ArrivalForm, BirthForm, CustodyForm, KinshipForm
from ..queries import OpenHousehold, is_minor
from .answering import act, ask, found_or_404, household_address, opened, opened_by_row, posted, trail


def _own(request: HttpRequest, pk: UUID, *, write: str = "") -> OpenHousehold:
    """Only the team that keeps the Akte reads what a family told of itself (or, `write`: a scope, writes it)."""
    subject = opened(request, pk)
    _check_keeps(request, subject, write=write)
    return subject


def _check_keeps(request: HttpRequest, subject: OpenHousehold, *, write: str = "") -> None:
    if not request.actor.keeps(subject.household.circle_id, write or Scope.JOURNAL, write=bool(write)):
        raise Http404


def _address(subject: OpenHousehold) -> str:
    return reverse("family", args=[subject.household.pk])


def _above(subject: OpenHousehold) -> list[tuple[str, str]]:
    return [*trail(subject), (_("Familie und Sorgerecht"), _address(subject))]


def family(request: HttpRequest, household: UUID) -> HttpResponse:
    """Show relations, custody and who is expected."""
    subject = _own(request, household)
    names = persons_of(subject)
    context = {
        "subject": subject,
        "trail": trail(subject),
        "kin": kin_of(subject, names),
        "children": children_of(subject, names),
        "unborn": [one for one in subject.expected if one.presence == Presence.UNBORN],
        "awaited": [one for one in subject.expected if one.presence == Presence.AWAITED],
        "separations": separations_of(subject),
        "may_separate": subject.case is not None and may_separate(request.actor, subject.household),
        "writes": subject.may_write(Scope.JOURNAL),
        "writes_custody": subject.may_write(Scope.RELEASE),
        "writes_members": subject.may_write(Scope.CONTACT),
    }
    return render(request, "counselling/family.html", context)


def kinship_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Write down what somebody is to another."""
    subject = _own(request, household, write=Scope.JOURNAL)
    names = persons_of(subject)
    form = KinshipForm(posted(request), names=names, today=subject.today)

    def save(at):
        data = form.cleaned_data
        people = {str(one.pk): one for one in Person.objects.visible_to(request.actor).among(id=list(names))}
        return cases.relate(
            person=people[data["person"]], kind=data["kind"], other=people.get(data["other"]),
            outside=data["outside"], since=data["since"], until=data["until"], by=request.actor, at=at,
        )  # fmt: skip

    return ask(
        request,
        subject,
        form,
        title=_("Beziehung eintragen"),
        do=save,
        done=_("Die Beziehung ist eingetragen."),
        undo=lambda made: reverse("kinship_remove", args=[made.pk]),
        to=_address(subject),
        trail=_above(subject),
        writing=Writing("kinship", Scope.JOURNAL, subject.household, subject.household.pk),
    )


@require_POST
def kinship_remove(request: HttpRequest, kinship: UUID) -> HttpResponse:
    """Take a relation away."""
    row = found_or_404(Kinship, request, kinship)
    subject = opened_by_row(request, row, write=Scope.JOURNAL)
    return act(
        request,
        do=lambda at: cases.remove_kinship(kinship=row, by=request.actor, at=at),
        done=_("Die Beziehung ist entfernt."),
        undo=reverse("kinship_restore", args=[row.pk]),
        to=_address(subject),
    )


@require_POST
def kinship_restore(request: HttpRequest, kinship: UUID) -> HttpResponse:
    """Bring a relation back."""
    row = found_or_404(Kinship, request, kinship)
    subject = opened_by_row(request, row, write=Scope.JOURNAL)
    return act(
        request,
        do=lambda at: cases.restore_kinship(kinship=row, by=request.actor, at=at),
        done=_("Die Beziehung steht wieder da."),
        to=_address(subject),
    )


def _member(request: HttpRequest, pk: UUID, *, write: str = Scope.CONTACT) -> tuple[OpenHousehold, HouseholdMember]:
    member = found_or_404(HouseholdMember, request, pk)
    subject = opened_by_row(request, member, write=write)
    if subject.household.pk != member.household_id:
        raise Http404
    return subject, member


def custody_edit(request: HttpRequest, child: UUID) -> HttpResponse:
    """Write down who has custody of a child."""
    subject, belonging = _member(request, child, write=Scope.RELEASE)
    _check_keeps(request, subject, write=Scope.RELEASE)
    if not is_minor(belonging, on=subject.today):
        raise Http404
    names = persons_of(subject)
    small = {one.person_id for one in (*subject.members, *subject.expected) if is_minor(one, on=subject.today)}
    adults = {pk: name for pk, name in names.items() if pk not in small}

    def stored():
        found = custodians_of(subject, names).get(belonging.person_id, [])
        return CustodyForm.initial_of(present(found, on=subject.today))

    editing = Editing(belonging.person, stored)
    form = CustodyForm(posted(request), adults=adults, today=subject.today, initial=editing.initial)
    return ask(
        request,
        subject,
        form,
        title=_("Sorgerecht für %(name)s") % {"name": belonging.person.name},
        tab=_("Sorgerecht"),
        do=lambda at: cases.set_custody(child=belonging.person, custody=form.to_custody(), by=request.actor, at=at),
        done=_("Das Sorgerecht ist festgehalten."),
        to=_address(subject),
        trail=_above(subject),
        writing=Writing("custody", Scope.RELEASE, belonging, belonging.pk, editing.initial),
        editing=editing,
        lead=_("Wie es Ihnen gesagt oder gezeigt wurde. „Nicht gefragt“ und „unklar“ sind auch Antworten."),
    )


def member_born(request: HttpRequest, unborn: UUID) -> HttpResponse:
    """Record that an expected child was born."""
    subject, belonging = _member(request, unborn)
    if belonging.presence != Presence.UNBORN:
        raise Http404
    contact = next((one.person.family_name for one in subject.members if one.person.family_name), "")
    form = BirthForm(posted(request), initial={"family_name": belonging.person.family_name or contact})
    return ask(
        request,
        subject,
        form,
        title=_("Ein Kind ist geboren"),
        do=lambda at: cases.bear_child(belonging=belonging, by=request.actor, at=at, **form.said()) or belonging,
        done=_("Das Kind gehört jetzt zum Haushalt."),
        undo=lambda _result: reverse("member_unborn", args=[belonging.pk]),
        to=household_address(subject, "personen"),
        label=_("Geburt eintragen"),
        lead=_("Der Eintrag „erwartetes Kind“ wird zum Kind; es zählt vom Tag der Geburt an zum Haushalt."),
    )


@require_POST
def member_unborn(request: HttpRequest, member: UUID) -> HttpResponse:
    """Take back that a child was born."""
    subject, belonging = _member(request, member)
    return act(
        request,
        do=lambda at: cases.take_back_birth(belonging=belonging, by=request.actor, at=at),
        done=_("Das Kind wird wieder erwartet."),
        to=household_address(subject, "personen"),
    )


def member_arrived(request: HttpRequest, awaited: UUID) -> HttpResponse:
    """Record that somebody who was awaited has come."""
    subject, belonging = _member(request, awaited)
    if belonging.presence != Presence.AWAITED:
        raise Http404
    form = ArrivalForm(posted(request), initial={"arrived_on": subject.today})
    return ask(
        request,
        subject,
        form,
        title=_("%(name)s ist angekommen") % {"name": belonging.person.name},
        tab=_("Ankunft"),
        do=lambda at: (
            cases.welcome_member(
                belonging=belonging, arrived_on=form.cleaned_data["arrived_on"], by=request.actor, at=at
            )
            or belonging
        ),
        done=_("Die Person lebt jetzt im Haushalt."),
        undo=lambda _result: reverse("member_awaited", args=[belonging.pk]),
        to=household_address(subject, "personen"),
        label=_("Ankunft eintragen"),
        lead=_("Von diesem Tag an zählt die Person zum Haushalt. Für eine Weitergabe braucht es auch ihre Freigabe."),
    )


@require_POST
def member_awaited(request: HttpRequest, member: UUID) -> HttpResponse:
    """Take back that somebody has come."""
    subject, belonging = _member(request, member)
    return act(
        request,
        do=lambda at: cases.take_back_arrival(belonging=belonging, by=request.actor, at=at),
        done=_("Die Person wird wieder erwartet."),
        to=household_address(subject, "personen"),
    )
