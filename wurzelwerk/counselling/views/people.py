"""Pages about the members of a household."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base.editing import Editing
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import HouseholdMember, Residence
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from ..forms.people import LeavingForm, MemberForm, ResidenceForm
from ..queries import OpenHousehold, languages_of
from .alike import told_alike
from .answering import act, ask, found_or_404, household_address, opened, opened_by_row, posted


def _member(request: HttpRequest, pk: UUID, *, write: str = Scope.CONTACT) -> tuple[OpenHousehold, HouseholdMember]:
    member = found_or_404(HouseholdMember, request, pk)
    subject = opened_by_row(request, member, write=write)
    if subject.household.pk != member.household_id:
        raise Http404
    return subject, member


def member_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Add a person to a household."""
    subject = opened(request, household, write=Scope.CONTACT)
    if (told := told_alike(request, controller=subject.household.akte.controller_id)) is not None:
        return told
    form = MemberForm(posted(request), today=subject.today)
    return ask(
        request,
        subject,
        form,
        title=_("Person aufnehmen"),
        do=lambda at: cases.add_member(household=subject.household, member=form.to_member(), by=request.actor, at=at),
        done=_("Die Person gehört jetzt zum Haushalt."),
        to=household_address(subject, "personen"),
        template="counselling/member_new.html",
        writing=Writing("member", Scope.CONTACT, subject.household, subject.household.pk),
    )


def member_edit(request: HttpRequest, member: UUID) -> HttpResponse:
    """Correct what is known about a member."""
    subject, belonging = _member(request, member)

    def stored():
        languages = languages_of([belonging], actor=request.actor).get(belonging.person_id, [])
        return MemberForm.initial_of(belonging, languages)

    editing = Editing(belonging, stored, before=[belonging.person])
    form = MemberForm(posted(request), initial=editing.initial, today=subject.today)
    return ask(
        request,
        subject,
        form,
        title=belonging.person.name,
        tab=_("Angaben zur Person"),
        do=lambda at: cases.change_person(belonging=belonging, member=form.to_member(), by=request.actor, at=at),
        done=_("Die Angaben zur Person sind gespeichert."),
        to=household_address(subject, "personen"),
        writing=Writing("person", Scope.CONTACT, belonging, belonging.pk, editing.initial),
        editing=editing,
        links=[
            (_("Aufenthalt"), reverse("residence_edit", args=[belonging.pk]), "document"),
            (_("Ausgezogen"), reverse("member_leave", args=[belonging.pk]), "logout"),
        ],
    )


def residence_edit(request: HttpRequest, member: UUID) -> HttpResponse:
    """Record the right of residence as stated."""
    subject, belonging = _member(request, member, write=Scope.RESIDENCE)
    residences = Residence.objects.visible_to(request.actor).filter(person_id=belonging.person_id)
    editing = Editing(belonging.person, lambda: ResidenceForm.initial_of(residences.first()))
    form = ResidenceForm(posted(request), initial=editing.initial, today=subject.today)
    return ask(
        request,
        subject,
        form,
        title=_("Aufenthalt: %(name)s") % {"name": belonging.person.name},
        tab=_("Aufenthalt"),
        do=lambda at: cases.set_residence(
            person=belonging.person, residence=form.to_residence(), by=request.actor, at=at
        ),
        done=_("Der Aufenthalt ist festgehalten."),
        to=household_address(subject, "personen"),
        writing=Writing("residence", Scope.RESIDENCE, belonging, belonging.pk, editing.initial),
        editing=editing,
    )


def member_leave(request: HttpRequest, member: UUID) -> HttpResponse:
    """Record that somebody left the household."""
    subject, belonging = _member(request, member)
    form = LeavingForm(posted(request), initial={"left_on": subject.today})
    return ask(
        request,
        subject,
        form,
        title=_("%(name)s ist ausgezogen") % {"name": belonging.person.name},
        tab=_("Auszug"),
        do=lambda at: (
            cases.remove_member(belonging=belonging, left_on=form.cleaned_data["left_on"], by=request.actor, at=at)
            or belonging
        ),
        done=_("Der Auszug ist vermerkt."),
        undo=lambda _result: reverse("member_return", args=[belonging.pk]),
        to=household_address(subject, "personen"),
        label=_("Auszug vermerken"),
        lead=_("Die Person zählt danach nicht mehr zum Haushalt. Ihre Angaben und Freigaben bleiben in der Akte."),
        points=[
            _("Ihre Erinnerungen und die Links darin gelten nicht mehr."),
            _("Terminzettel nennen niemanden und gelten weiter; sperren lassen sie sich unter „Erinnerungen“."),
        ],
    )


@require_POST
def member_return(request: HttpRequest, member: UUID) -> HttpResponse:
    """Take back that somebody left."""
    subject, belonging = _member(request, member)
    return act(
        request,
        do=lambda at: cases.return_member(belonging=belonging, by=request.actor, at=at),
        done=_("Die Person gehört wieder zum Haushalt."),
        to=household_address(subject, "personen"),
    )
