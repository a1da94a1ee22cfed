"""Pages of passing data on: prepare, print, sign, withdraw, send, end."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.base import clock
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.enums import ReferralState
from wurzelwerk.cases.models import ApprovedAct, Referral
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.network.models import Organisation
from wurzelwerk.trust.models import Consent
from wurzelwerk.trust.queries import who_can_see
from wurzelwerk.trust.scopes import Scope

from ..actions import prepare_releases, record_signatures, withdraw_releases
from ..approving import ask_first
from ..family import ChildLine, children_of, persons_of
from ..forms.releases import EndingForm, ReferralForm, ReleaseForm, SignatureForm, WithdrawalForm
from ..queries import OpenHousehold, languages_of
from ..release_sheet import render_release_sheet
from ..sharing import boards, former_referrals, names_of, same_signer, sheet_of, withdrawn_releases
from .answering import ask, found_or_404, household_address, opened, opened_by_row, opened_case, posted, trail


def _list_address(subject: OpenHousehold) -> str:
    return reverse("release_list", args=[subject.household.pk])


def _ask(request: HttpRequest, subject: OpenHousehold, form: BaseForm, **options: Any) -> HttpResponse:
    """Ask on a page below the list of releases, and return there."""
    above = [*trail(subject), (_("Freigaben"), _list_address(subject))]
    return ask(request, subject, form, to=_list_address(subject), trail=above, **options)


def _own(request: HttpRequest, pk: UUID) -> OpenHousehold:
    """Only the team that keeps the Akte sees what it releases."""
    subject = opened(request, pk)
    if not request.actor.keeps(subject.household.circle_id, Scope.RELEASE):
        raise Http404
    return subject


def release_list(request: HttpRequest, household: UUID) -> HttpResponse:
    """Show what is released to whom, what is missing, what was sent and who sees what."""
    subject = _own(request, household)
    seen = [
        line for line in who_can_see(subject.household.akte, on=subject.today, reader=request.actor) if line.foreign
    ]
    context = {
        "subject": subject,
        "boards": boards(subject),
        "seen": [
            {
                "who": f"{line.organisation} – {line.who}",
                "what": ", ".join(line.scopes),
                "why": line.reason,
                "until": line.until,
            }
            for line in seen
        ],
        "former": former_referrals(subject),
        "withdrawn": withdrawn_releases(subject),
        "trail": trail(subject),
        "may_write": subject.may_write(Scope.RELEASE),
        "may_send": subject.may_write(Scope.REFERRAL)
        and request.actor.may("referral.send")
        and subject.case is not None,
    }
    return render(request, "counselling/release_list.html", context)


def release_new(request: HttpRequest, household: UUID) -> HttpResponse:
    """Prepare the sheets of a household for a receiver."""
    subject = opened(request, household, write=Scope.RELEASE)
    languages = languages_of(subject.members, actor=request.actor)
    initial = {"receiver": Organisation.objects.filter(code=request.GET.get("an", "").replace("\x00", "")[:40]).first()}
    custody = children_of(subject, persons_of(subject))
    form = ReleaseForm(posted(request), subject=subject, languages=languages, custody=custody, initial=initial)
    return _ask(
        request,
        subject,
        form,
        title=_("Freigabe vorbereiten"),
        do=lambda at: prepare_releases(household=subject.household, terms=form.to_terms(), by=request.actor, at=at),
        done=_("Die Blätter sind bereit. Bitte ausdrucken, besprechen und unterschreiben lassen."),
        label=_("Blätter erstellen"),
        links=[(_("Familie und Sorgerecht"), reverse("family", args=[subject.household.pk]), "people")],
        points=_not_clear(custody),
        writing=Writing("release", Scope.RELEASE, subject.household, subject.household.pk),
        lead=_(
            "Freigegeben wird nur unsere Weitergabe. Ablehnen ändert nichts an der Beratung; widerrufen geht jederzeit."
        ),
    )


def _not_clear(custody: list[ChildLine]) -> list[str]:
    names = [line.member.person.name for line in custody if line.is_open]
    if not names:
        return []
    sentence = _("Für %(names)s ist nicht geklärt, wer das Sorgerecht hat. Bitte fragen Sie vor der Unterschrift nach.")
    return [sentence % {"names": ", ".join(names)}]


def release_pdf(request: HttpRequest, consent: UUID) -> HttpResponse:
    """Serve the sheet of one person as PDF; its name and title name nobody."""
    row = get_object_or_404(
        Consent.objects.visible_to(request.actor).select_related("receiver", "akte__controller", "akte__site"),
        pk=consent,
    )
    if row.revoked_at:
        raise Http404
    sheet = sheet_of(row, actor=request.actor, at=clock.now())
    answer = HttpResponse(render_release_sheet(sheet, language=row.language), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{sheet.file_name}"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def release_sign(request: HttpRequest, consent: UUID) -> HttpResponse:
    """Record that the sheets of one adult came back signed."""
    row = found_or_404(Consent, request, consent)
    subject = opened_by_row(request, row, write=Scope.RELEASE)
    sheets = [one for one in same_signer(row, actor=request.actor) if not one.signed_on]
    form = SignatureForm(posted(request), initial={"signed_on": subject.today})
    return _ask(
        request,
        subject,
        form,
        title=_("Unterschrift vermerken"),
        do=lambda at: record_signatures(
            consents=sheets, signed_on=form.cleaned_data["signed_on"], by=request.actor, at=at
        ),
        done=_("Die Unterschrift ist vermerkt."),
        lead=_whose(request, row, sheets),
        label=_("Unterschrift vermerken"),
    )


def release_withdraw(request: HttpRequest, consent: UUID) -> HttpResponse:
    """Record that one adult withdrew; referrals that rest on it end at once."""
    row = found_or_404(Consent, request, consent)
    subject = opened_by_row(request, row, write=Scope.RELEASE)
    sheets = same_signer(row, actor=request.actor)
    form = WithdrawalForm(posted(request))
    return _ask(
        request,
        subject,
        form,
        title=_("Widerruf vermerken"),
        do=lambda at: withdraw_releases(consents=sheets, how=form.cleaned_data["how"], by=request.actor, at=at),
        done=_("Der Widerruf ist vermerkt. Die Weitergabe ist beendet."),
        lead=_whose(request, row, sheets),
        points=[
            _("Die Stelle sieht ab sofort nichts mehr in dieser Akte."),
            _("Was dort für einen Vertrag schon gebraucht wurde, bleibt dort nach deren eigenen Regeln."),
            _("An der Beratung ändert sich nichts."),
            _("Ein Widerruf lässt sich nicht zurücknehmen. Für eine neue Weitergabe braucht es neue Unterschriften."),
        ],
        label=_("Widerruf vermerken"),
        danger=True,
    )


def _whose(request: HttpRequest, row: Consent, sheets: list[Consent]) -> str:
    signer = row.by_custodian or row.subject
    names = names_of({signer, *(sheet.subject for sheet in sheets)}, actor=request.actor)
    own = names.pop(signer, _("Die sorgeberechtigte Person"))
    if not names:
        return _("%(name)s unterschreibt für sich.") % {"name": own}
    return _("%(name)s unterschreibt, auch für %(children)s.") % {"name": own, "children": ", ".join(names.values())}


def referral_new(request: HttpRequest, household: UUID, receiver: UUID, purpose: str) -> HttpResponse:
    """Send a household to another body, once every release stands."""
    subject = opened_case(request, household, write=Scope.REFERRAL)
    found = [b for b in boards(subject) if b.receiver.pk == receiver and b.purpose == purpose]
    if not found or not request.actor.may("referral.send"):
        raise Http404
    board = found[0]
    what = f"{board.receiver.code}:{purpose}"
    back = household_address(subject, "freigaben")
    if asking := ask_first(request, subject, ApprovedAct.SEND_REFERRAL, what=what, to=back):
        return asking
    form = ReferralForm(posted(request))
    return _ask(
        request,
        subject,
        form,
        title=_("An %(body)s überweisen") % {"body": board.receiver.short_name},
        do=lambda at: cases.send_referral(
            case=subject.case, household=subject.household, receiver=board.receiver, purpose=purpose,
            message=form.cleaned_data["message"], by=request.actor, at=at,
        ),
        done=_("Die Überweisung ist gesendet. Sie sehen die Antwort unter „Heute“."),
        label=_("Überweisung senden"),
        writing=Writing(f"referral:{board.receiver.code}:{purpose}", Scope.REFERRAL, subject.case, subject.case.pk),
        lead=_("Zweck: %(purpose)s. Erst mit der Annahme öffnet sich, was freigegeben ist.") % {"purpose": board.label},
    )  # fmt: skip


def referral_end(request: HttpRequest, referral: UUID) -> HttpResponse:
    """End passing on, or withdraw a referral that waits, after saying what ends and what stays."""
    row = get_object_or_404(Referral.objects.visible_to(request.actor).select_related("receiver"), pk=referral)
    subject = opened_by_row(request, row, write=Scope.REFERRAL)
    if row.circle_id not in request.actor.circles:
        raise Http404
    waits = row.state == ReferralState.SENT
    form = EndingForm(posted(request))
    return _ask(
        request,
        subject,
        form,
        title=_("Überweisung zurückziehen?") if waits else _("Weitergabe beenden?"),
        do=lambda at: cases.end_referral(referral=row, reason=form.cleaned_data["reason"], by=request.actor, at=at),
        done=_("Die Überweisung ist zurückgezogen.") if waits else _("Die Weitergabe ist beendet."),
        lead=_("An: %(body)s") % {"body": row.receiver.name},
        points=_what_ends(waits),
        label=_("Überweisung zurückziehen") if waits else _("Weitergabe beenden"),
        danger=True,
    )


def _what_ends(waits: bool) -> list[str]:
    if waits:
        return [
            _("Die Stelle sieht die Anfrage nicht mehr. Namen hat sie nie gesehen."),
            _("Das lässt sich nicht zurücknehmen. Die Freigaben bleiben gültig: Sie können später neu überweisen."),
        ]
    return [
        _("Die Stelle sieht ab sofort nichts mehr in dieser Akte; laufende Vorschläge dort werden zurückgezogen."),
        _("Was sie selbst aufgeschrieben hat, bleibt bei ihr, ebenso ein schon geschlossener Vertrag."),
        _("Die unterschriebenen Freigaben bleiben gültig, bis sie widerrufen werden oder ablaufen."),
        _("Das Ende lässt sich nicht zurücknehmen. Sie können neu überweisen; die Stelle entscheidet dann wieder."),
    ]
