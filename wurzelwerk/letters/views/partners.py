"""Pages of letters to partners (owners of dwellings): the list, a new one, its text, its sheet, what became of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wurzelwerk.base import clock
from wurzelwerk.base.documents import TextNotPrintable
from wurzelwerk.base.editing import Editing
from wurzelwerk.base.rooms import LetterPartner, letter_partner
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.scopes import Scope

from .. import partner_actions as actions
from ..filling import gaps
from ..forms import SentForm
from ..forms_partners import PARTNER_FIELDS, PartnerBeginForm, PartnerLetterForm
from ..models import PartnerLetter
from ..sheet import letter_pdf
from ..wording import template_label
from .answering import act, ask, posted
from .writing import served

SHOWN = 100


def _partner(request: HttpRequest, akte: UUID) -> LetterPartner:
    """Return to whom letters of an Akte go; 404 where the actor sees nobody there, or writes no letters to them."""
    found = letter_partner(request.actor, akte)
    if found is None or not _may_write(request, found.akte):
        raise Http404
    return found


def _may_write(request: HttpRequest, akte: Any) -> bool:
    kept = request.actor.keeps(akte.circle_id, Scope.OWNER, write=True)
    return kept or request.actor.holds_grant(akte.pk, Scope.OWNER, write=True)


def _found(request: HttpRequest, pk: UUID) -> tuple[PartnerLetter, LetterPartner]:
    rows = PartnerLetter.objects.visible_to(request.actor).select_related("author", "akte__controller", "akte__site")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row, _partner(request, row.akte_id)


def _open(request: HttpRequest, pk: UUID) -> tuple[PartnerLetter, LetterPartner]:
    row, partner = _found(request, pk)
    if row.sent_on or row.discarded_at:
        raise Http404
    return row, partner


def _all(partner: LetterPartner) -> str:
    return reverse("partner_letters", args=[partner.akte.pk])


def _trail(partner: LetterPartner, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(partner.name, partner.address), *more]


def _below(partner: LetterPartner) -> list[tuple[str, str]]:
    return _trail(partner, (_("Briefe"), _all(partner)))


def partner_letters(request: HttpRequest, partner: UUID) -> HttpResponse:
    """Show the letters to somebody, the latest first."""
    found = _partner(request, partner)
    rows = PartnerLetter.objects.visible_to(request.actor).filter(akte_id=partner, discarded_at__isnull=True)
    lines = [(row, template_label(row.template)) for row in rows.select_related("author").defer("content")[:SHOWN]]
    return render(request, "letters/partner_letters.html", {"partner": found, "lines": lines, "trail": _trail(found)})


def partner_letter_new(request: HttpRequest, partner: UUID) -> HttpResponse:
    """Begin a letter: which one."""
    found = _partner(request, partner)
    form = PartnerBeginForm(posted(request), kind=found.kind, today=clock.today())
    return ask(
        request,
        form,
        title=_("Brief schreiben"),
        do=lambda at: actions.begin_partner_letter(
            partner=found, template=form.cleaned_data["template"], by=request.actor, at=at
        ),
        done=_("Der Brief ist begonnen. Bitte prüfen und ergänzen."),
        undo=lambda row: reverse("partner_letter_discard", args=[row.pk]),
        to=lambda row: reverse("partner_letter_edit", args=[row.pk]) if row else _all(found),
        cancel=_all(found),
        label=_("Weiter zum Text"),
        lead=_("Der Brief liegt bei %(name)s, nicht in der Akte eines Haushalts.") % {"name": found.name},
        trail=_below(found),
    )


def partner_letter_edit(request: HttpRequest, partner_letter: UUID) -> HttpResponse:
    """Write what stands on a letter."""
    row, found = _open(request, partner_letter)
    editing = Editing(row, lambda: {name: getattr(row, name) for name in PARTNER_FIELDS})
    form = PartnerLetterForm(posted(request), initial=editing.initial)
    here = reverse("partner_letter", args=[row.pk])
    return ask(
        request,
        form,
        title=_("Brief bearbeiten"),
        do=lambda at: actions.change_partner_letter(letter=row, text=form.to_text(), by=request.actor, at=at),
        done=_("Der Brief ist gespeichert."),
        to=here,
        cancel=here,
        label=_("Speichern und ansehen"),
        editing=editing,
        writing=Writing("partner_letter", Scope.OWNER, row, row.pk, editing.initial),
        lead=_("Namen und Angaben von Haushalten gehören nicht in diesen Brief."),
        trail=_below(found),
    )


def partner_letter(request: HttpRequest, partner_letter: UUID) -> HttpResponse:
    """Show a letter, with what is still to do."""
    row, found = _found(request, partner_letter)
    context = {
        "letter": row,
        "partner": found,
        "template": template_label(row.template),
        "gaps": gaps(row.subject, row.salutation, row.text),
        "trail": _below(found),
    }
    return render(request, "letters/partner_letter.html", context)


@require_GET
def partner_letter_pdf(request: HttpRequest, partner_letter: UUID) -> HttpResponse:
    """Serve a letter as PDF, a sent one as it left the house; its name and title name nobody."""
    row, _partner_of = _found(request, partner_letter)
    try:
        content = row.content or letter_pdf([row], authors={row.author_id: row.author}, at=clock.now())
    except TextNotPrintable as error:
        raise Http404(error.message) from None
    return served(bytes(content), "application/pdf", f'inline; filename="brief-{row.dated_on:%Y-%m-%d}.pdf"')


def partner_letter_sent(request: HttpRequest, partner_letter: UUID) -> HttpResponse:
    """Mark a letter as sent."""
    row, found = _open(request, partner_letter)
    form = SentForm(posted(request), initial={"sent_on": clock.today()})
    here = reverse("partner_letter", args=[row.pk])

    def send(at: Any) -> PartnerLetter:
        data = form.cleaned_data
        actions.send_partner_letter(letter=row, way=data["way"], sent_on=data["sent_on"], by=request.actor, at=at)
        return row

    return ask(
        request,
        form,
        title=_("Versand vermerken"),
        do=send,
        done=_("Der Versand ist vermerkt; der Brief bleibt, wie er verschickt wurde."),
        undo=lambda _row: reverse("partner_letter_take_back", args=[row.pk]),
        to=here,
        cancel=here,
        label=_("Versand vermerken"),
        lead=row.subject,
        trail=_below(found),
    )


@require_POST
def partner_letter_take_back(request: HttpRequest, partner_letter: UUID) -> HttpResponse:
    """Take back that a letter is sent."""
    row, _partner_of = _found(request, partner_letter)
    return act(
        request,
        do=lambda at: actions.take_back_partner_letter(letter=row, by=request.actor, at=at),
        done=_("Der Brief ist wieder ein Entwurf."),
        to=reverse("partner_letter", args=[row.pk]),
    )


@require_POST
def partner_letter_discard(request: HttpRequest, partner_letter: UUID) -> HttpResponse:
    """Put a letter aside."""
    row, found = _found(request, partner_letter)
    return act(
        request,
        do=lambda at: actions.discard_partner_letter(letter=row, by=request.actor, at=at),
        done=_("Der Brief ist verworfen."),
        undo=reverse("partner_letter_restore", args=[row.pk]),
        to=_all(found),
    )


@require_POST
def partner_letter_restore(request: HttpRequest, partner_letter: UUID) -> HttpResponse:
    """Bring a discarded letter back."""
    row, _partner_of = _found(request, partner_letter)
    return act(
        request,
        do=lambda at: actions.restore_partner_letter(letter=row, by=request.actor, at=at),
        done=_("Der Brief ist wieder da."),
        to=reverse("partner_letter", args=[row.pk]),
    )
