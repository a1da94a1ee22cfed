"""Pages of referrals to bodies without an account: release, send, give out the link, record what was said, reply."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.errors import BadInput, WrongState
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.enums import ReferralWay
from wurzelwerk.cases.models import ApprovedAct, Referral
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from ..actions import prepare_releases
from ..approving import ask_first
from ..forms.outside import BodyForm, HeardForm, LawForm, OutsideReleaseForm, ReplyForm, SendForm, bodies_outside
from ..outside import address_of, issue, mail_link, passed_on, picture_of
from ..queries import OpenHousehold, languages_of
from ..referrals import purpose_label
from ..sharing import boards
from .answering import act, ask, found_or_404, opened, opened_by_row, opened_case, posted, trail


def _releases(subject: OpenHousehold) -> str:
    return reverse("release_list", args=[subject.household.pk])


def _below_releases(subject: OpenHousehold) -> list[tuple[str, str]]:
    return [*trail(subject), (_("Freigaben"), _releases(subject))]


def _page_of(row: Referral) -> str:
    return reverse("referral", args=[row.pk])


def _outside(request: HttpRequest, pk: UUID) -> tuple[OpenHousehold, Referral]:
    row = found_or_404(Referral, request, pk)
    if row.way == ReferralWay.ACCOUNT or row.circle_id not in request.actor.circles:
        raise Http404
    return opened_by_row(request, row, write=Scope.REFERRAL), row


def _check_sends(request: HttpRequest) -> None:
    if not request.actor.may("referral.send"):
        raise Http404


def body_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Write a body without an account down; the next time it can be chosen."""
    subject = opened(request, household, write=Scope.REFERRAL)
    _check_sends(request)
    form = BodyForm(posted(request))
    return ask(
        request,
        subject,
        form,
        title=_("Stelle ohne Zugang eintragen"),
        do=lambda at: cases.keep_body(
            akte=subject.household.akte, name=form.cleaned_data["name"], phone=form.cleaned_data["phone"],
            email=form.cleaned_data["email"], replaces=form.cleaned_data["replaces"], by=request.actor, at=at,
        ),
        done=_("Die Stelle ist eingetragen und lässt sich jetzt auswählen."),
        to=_releases(subject),
        trail=_below_releases(subject),
        lead=_("Sie sieht nichts, bis Sie an sie überweisen. Nur Ihre eigene Stelle kennt diesen Eintrag."),
    )  # fmt: skip


def outside_release_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Prepare the sheets for passing on to a body without an account."""
    subject = opened(request, household, write=Scope.RELEASE)
    languages = languages_of(subject.members, actor=request.actor)
    form = OutsideReleaseForm(posted(request), subject=subject, languages=languages)
    return ask(
        request,
        subject,
        form,
        title=_("Freigabe für eine Stelle ohne Zugang"),
        do=lambda at: prepare_releases(household=subject.household, terms=form.to_terms(), by=request.actor, at=at),
        done=_("Die Blätter sind bereit. Bitte ausdrucken, besprechen und unterschreiben lassen."),
        to=_releases(subject),
        trail=_below_releases(subject),
        label=_("Blätter erstellen"),
        writing=Writing("release_outside", Scope.RELEASE, subject.household, subject.household.pk),
        links=[(_("Stelle eintragen"), reverse("body_new", args=[household]), "plus")],
    )


def outside_new(request: HttpRequest, household: UUID, body: UUID, aim: str) -> HttpResponse:
    """Refer to a body without an account, once every release stands."""
    subject = opened_case(request, household, write=Scope.REFERRAL)
    _check_sends(request)
    found = [b for b in boards(subject) if b.receiver.pk == body and b.purpose == aim]
    receiver = bodies_outside(subject.household.akte.controller_id).filter(pk=body).first()
    if not found or receiver is None:
        raise Http404
    what = f"{receiver.code}:{aim}"
    if asking := ask_first(request, subject, ApprovedAct.SEND_REFERRAL, what=what, to=_releases(subject)):
        return asking
    form = SendForm(posted(request))
    return ask(
        request,
        subject,
        form,
        title=_("An %(body)s überweisen") % {"body": receiver.short_name},
        do=lambda at: cases.send_outside(
            case=subject.case, household=subject.household, receiver=receiver, outside=form.to_outside(aim),
            by=request.actor, at=at,
        ),
        done=_("Die Überweisung ist angelegt. Geben Sie jetzt den Link aus, oder drucken Sie das Blatt."),
        to=reverse("referral_list"),
        cancel=_releases(subject),
        trail=_below_releases(subject),
        label=_("Überweisung anlegen"),
        writing=Writing(f"referral:{receiver.code}:{aim}", Scope.REFERRAL, subject.case, subject.case.pk),
        lead=_("Zweck: %(purpose)s. Weitergegeben wird genau, was alle freigegeben haben.")
        % {"purpose": purpose_label(aim)},
    )  # fmt: skip


def outside_law_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Refer to a body without an account because a law says so."""
    subject = opened_case(request, household, write=Scope.REFERRAL)
    _check_sends(request)
    form = LawForm(posted(request), controller=subject.household.akte.controller_id)
    return ask(
        request,
        subject,
        form,
        title=_("Auf gesetzlicher Grundlage weitergeben"),
        do=lambda at: cases.send_outside(
            case=subject.case, household=subject.household, receiver=form.cleaned_data["receiver"],
            outside=form.to_outside(), by=request.actor, at=at,
        ),
        done=_("Die Überweisung ist angelegt. Geben Sie jetzt den Link aus, oder drucken Sie das Blatt."),
        to=reverse("referral_list"),
        cancel=_releases(subject),
        trail=_below_releases(subject),
        label=_("Überweisung anlegen"),
        writing=Writing("referral_law", Scope.REFERRAL, subject.case, subject.case.pk),
        links=[(_("Stelle eintragen"), reverse("body_new", args=[household]), "plus")],
        lead=_("Nur wenn eine Vorschrift es erlaubt oder verlangt. An wen, was und warum bleibt in der Akte stehen."),
    )  # fmt: skip


@require_POST
def outside_issue(request: HttpRequest, outside: UUID) -> HttpResponse:
    """Give out a link, shown this once."""
    _subject, row = _outside(request, outside)
    try:
        issued = issue(row, by=request.actor, at=clock.now())
    except (WrongState, BadInput) as error:
        raise Http404 from error
    link = address_of(issued, request.build_absolute_uri("/").rstrip("/"))
    context = {
        "referral": row,
        "link": link,
        "picture": mark_safe(picture_of(link)),  # noqa: S308 an own address, drawn by a library
        "trail": [(_("Überweisung"), _page_of(row))],
    }
    answer = render(request, "counselling/outside/issued.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def outside_mail(request: HttpRequest, outside: UUID) -> HttpResponse:
    """Send a new link to the body by mail."""
    _subject, row = _outside(request, outside)
    base = request.build_absolute_uri("/").rstrip("/")

    def send(at):
        if not row.receiver.email:
            raise WrongState(_("Zu dieser Stelle ist keine E-Mail-Adresse eingetragen."))
        mail_link(row, row.receiver.email, by=request.actor, at=at, base=base)

    return act(
        request,
        do=send,
        done=_(
            "Der Link geht per E-Mail an %(address)s, ohne ein Wort über den Haushalt. Frühere Links gelten nicht mehr."
        )
        % {"address": row.receiver.email},
        to=_page_of(row),
    )


def outside_sheet(request: HttpRequest, outside: UUID) -> HttpResponse:
    """Show on paper what is passed on at the present stage."""
    _subject, row = _outside(request, outside)
    controller = row.akte.controller
    context = {
        "referral": row,
        "passed": passed_on(row, on=clock.today()),
        "body": controller,
        "office": row.akte.site or controller,
        "purpose": purpose_label(row.purpose),
        "trail": [(_("Überweisung"), _page_of(row))],
    }
    return render(request, "counselling/outside/sheet.html", context)


def outside_record(request: HttpRequest, outside: UUID) -> HttpResponse:
    """Record what the body said on the telephone or on paper."""
    subject, row = _outside(request, outside)
    form = HeardForm(posted(request), referral=row)

    def keep(at):
        data = form.cleaned_data
        if data["answer"] == "accepted":
            return cases.accept_outside(referral=row, by=request.actor, at=at) or row
        if data["answer"] == "refused":
            return (
                cases.refuse_outside(
                    referral=row, because=data["because"], reason=data["text"], by=request.actor, at=at
                )
                or row
            )
        return (
            cases.complete_outside(referral=row, outcome=data["outcome"], text=data["text"], by=request.actor, at=at)
            or row
        )

    return ask(
        request,
        subject,
        form,
        title=_("Antwort vermerken"),
        do=keep,
        done=_("Die Antwort steht im Verlauf."),
        to=_page_of(row),
        trail=[*trail(subject), (_("Überweisung"), _page_of(row))],
        points=[_("Eine Ablehnung und „erledigt“ beenden die Überweisung. Das lässt sich nicht zurücknehmen.")],
        label=_("Vermerken"),
    )  # fmt: skip


def outside_reply(request: HttpRequest, outside: UUID) -> HttpResponse:
    """Reply to a question from outside."""
    subject, row = _outside(request, outside)
    form = ReplyForm(posted(request))
    return ask(
        request,
        subject,
        form,
        title=_("Rückfrage beantworten"),
        do=lambda at: cases.answer_outside(referral=row, text=form.cleaned_data["text"], by=request.actor, at=at),
        done=_("Die Antwort steht auf der Seite des Links."),
        to=_page_of(row),
        trail=[*trail(subject), (_("Überweisung"), _page_of(row))],
        writing=Writing("reply", Scope.REFERRAL, row, row.pk),
        lead=_("Schreiben Sie nur, was freigegeben ist. Am Telefon beantwortet? Dann genügt hier ein Satz."),
    )
