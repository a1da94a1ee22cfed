"""Pages of referrals: the list, how bodies answer, one with its course; remind, and say with what it is done."""

from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurzelwerk.base import clock
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.enums import ReferralState, ReferralWay
from wurzelwerk.cases.models import Household, Referral

from ..forms.contacts import PeriodForm
from ..forms.referrals import DoneForm
from ..referrals import (
    KINDS,
    FiguresTable,
    ReferralTable,
    course_of,
    figures_of,
    is_late,
    purpose_label,
    sent_by_teams,
    waited,
)
from .answering import act, ask, opened, posted

MONTHS = 12


def _check_sends(request: HttpRequest) -> None:
    if not request.actor.may("referral.send"):
        raise Http404


def _tabs(here: str) -> list[dict[str, object]]:
    pages = (("referral_list", _("Überweisungen")), ("referral_figures", _("Antworten in Zahlen")))
    return [{"label": label, "url": reverse(name), "active": name == here} for name, label in pages]


def referral_list(request: HttpRequest) -> HttpResponse:
    """Show what the actor's teams referred, to whom, and where it stands."""
    _check_sends(request)
    table = ReferralTable(actor=request.actor, request=request)
    page = {"table": table, "tabs": _tabs("referral_list")}
    return table.export() or render(request, "counselling/referrals/list.html", page)


def referral_figures(request: HttpRequest) -> HttpResponse:
    """Count how bodies answer: in time, late, refused and why, silent."""
    _check_sends(request)
    today = clock.today()
    form = PeriodForm(request.GET, period=(today - relativedelta(months=MONTHS), today))
    page = {"form": form, "tabs": _tabs("referral_figures")}
    if form.is_valid():
        rows = sent_by_teams(request.actor)
        found = figures_of(rows, form.cleaned_data["von"], form.cleaned_data["bis"], today=today)
        table = FiguresTable(rows=found, request=request, actor=request.actor)
        if (file := table.export()) is not None:
            return file
        page["table"] = table
        page["totals"] = {
            name: sum(getattr(one, name) for one in found) for name in ("sent", "in_time", "late", "waiting", "silent")
        }
    return render(request, "counselling/referrals/figures.html", page)


def _found(request: HttpRequest, pk: UUID) -> Referral:
    rows = Referral.objects.visible_to(request.actor).select_related("receiver", "akte__controller")
    return get_object_or_404(rows, pk=pk)


def _address(row: Referral) -> str:
    return reverse("referral", args=[row.pk])


def referral(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Show one referral with its course, to who sent it and to whom it was sent."""
    row = _found(request, referral)
    keeps = row.circle_id in request.actor.circles
    household = Household.objects.visible_to(request.actor).filter(pk=row.household_id).first()
    today = clock.today()
    context = {
        "referral": row,
        "household": household,
        "keeps": keeps,
        "purpose": purpose_label(row.purpose),
        "kind": KINDS[row.state],
        "course": course_of(row, actor=request.actor),
        "late": is_late(row, today=today),
        "waited": waited(row, today=today),
        "may_end": keeps and row.state in {ReferralState.SENT, ReferralState.ACCEPTED},
        "may_remind": keeps and row.state == ReferralState.SENT and request.actor.may("referral.send"),
        "may_complete": _may_complete(request, row),
        **_outside(row, keeps=keeps),
        "trail": _trail(request, household, keeps=keeps),
    }
    return render(request, "counselling/referrals/referral.html", context)


def _outside(row: Referral, *, keeps: bool) -> dict[str, bool]:
    """What can be done for a body without an account."""
    stands = keeps and row.way != ReferralWay.ACCOUNT and row.state in {ReferralState.SENT, ReferralState.ACCEPTED}
    return {"may_record": stands, "gives_link": stands and row.way == ReferralWay.LINK}


def _may_complete(request: HttpRequest, row: Referral) -> bool:
    answers = request.actor.may("referral.answer") and request.actor.works_for([row.receiver_id])
    return answers and row.state == ReferralState.ACCEPTED


def _trail(request: HttpRequest, household: Household | None, *, keeps: bool) -> list[tuple[str, str]]:
    if keeps and request.actor.may("referral.send"):
        return [(_("Überweisungen"), reverse("referral_list"))]
    return [(household.name, reverse("household", args=[household.pk]))] if household else []


@require_POST
def referral_remind(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Remind the receiver now."""
    row = _found(request, referral)
    if row.circle_id not in request.actor.circles:
        raise Http404
    _check_sends(request)
    return act(
        request,
        do=lambda at: cases.remind_receiver(referral=row, by=request.actor, at=at),
        done=_("%(body)s ist erinnert: per E-Mail ohne Inhalt, an alle, die dort antworten.")
        % {"body": row.receiver.short_name},
        to=_address(row),
    )


def referral_complete(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Say with what a referral is done; for the body that accepted it."""
    row = _found(request, referral)
    if not _may_complete(request, row):
        raise Http404
    form = DoneForm(posted(request))
    return ask(
        request,
        opened(request, row.household_id),
        form,
        title=_("Überweisung erledigt?"),
        do=lambda at: cases.complete_referral(
            referral=row, outcome=form.cleaned_data["outcome"], text=form.cleaned_data["text"], by=request.actor, at=at
        ),
        done=_("Die Überweisung ist erledigt; die überweisende Stelle sieht das Ergebnis."),
        to=reverse("today"),
        cancel=_address(row),
        trail=[(_("Überweisung"), _address(row))],
        points=[
            _("Der Zweck der Weitergabe ist damit erreicht: Sie sehen danach nichts mehr in dieser Akte."),
            _("Was Sie selbst aufgeschrieben haben, bleibt bei Ihnen, ebenso ein schon geschlossener Vertrag."),
            _("Das lässt sich nicht zurücknehmen. Die andere Stelle kann neu überweisen."),
        ],
        label=_("Erledigt"),
        danger=True,
    )
