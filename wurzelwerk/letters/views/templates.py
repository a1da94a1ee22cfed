"""Pages of an office's own Word templates."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import template_actions as actions
from ..forms import TemplateForm
from ..models import OfficeTemplate
from ..queries import office_templates
from ..word import WORD, known_fields
from .answering import act, ask, posted
from .writing import served


def _check_may(request: HttpRequest) -> None:
    if not request.actor.may(actions.PERMISSION):
        raise Http404


def _found(request: HttpRequest, pk: UUID) -> OfficeTemplate:
    _check_may(request)
    row = office_templates(request.actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def office_template_list(request: HttpRequest) -> HttpResponse:
    """Show the templates of the office, and every field that they may name."""
    _check_may(request)
    rows = list(office_templates(request.actor).prefetch_related("versions__added_by"))
    context = {
        "offered": [row for row in rows if not row.retired_at],
        "retired": [row for row in rows if row.retired_at],
        "fields": known_fields().values(),
    }
    return render(request, "letters/templates.html", context)


def office_template_new(request: HttpRequest) -> HttpResponse:
    """Take in a Word file as a template."""
    _check_may(request)
    form = TemplateForm(posted(request), request.FILES or None)
    return ask(
        request,
        form,
        title=_("Word-Vorlage aufnehmen"),
        do=lambda at: actions.keep_template(
            name=form.cleaned_data["name"], content=form.cleaned_data["file"], by=request.actor, at=at
        ),
        done=_("Die Vorlage ist aufgenommen. Sie steht jetzt beim Schreiben eines Briefs zur Wahl."),
        undo=lambda row: reverse("office_template_retire", args=[row.pk]),
        to=reverse("office_template_list"),
        cancel=reverse("office_template_list"),
        label=_("Prüfen und aufnehmen"),
        trail=_trail(),
    )


def _trail() -> list[tuple[str, str]]:
    return [(_("Briefvorlagen"), reverse("office_template_list"))]


def office_template_change(request: HttpRequest, office_template: UUID) -> HttpResponse:
    """Take in a newer Word file of a template."""
    row = _found(request, office_template)
    form = TemplateForm(posted(request), request.FILES or None, asks_name=False)
    return ask(
        request,
        form,
        title=_("Neue Fassung von „%(name)s“") % {"name": row.name},
        do=lambda at: actions.add_template_version(
            template=row, content=form.cleaned_data["file"], by=request.actor, at=at
        ),
        done=_("Die neue Fassung gilt ab jetzt. Begonnene Briefe behalten ihre."),
        to=reverse("office_template_list"),
        cancel=reverse("office_template_list"),
        label=_("Prüfen und aufnehmen"),
        trail=_trail(),
    )


def office_template_file(request: HttpRequest, office_template: UUID) -> HttpResponse:
    """Serve the newest Word file of a template."""
    version = _found(request, office_template).versions.first()
    if version is None:
        raise Http404
    return served(bytes(version.content), WORD, 'attachment; filename="vorlage.docx"')


@require_POST
def office_template_retire(request: HttpRequest, office_template: UUID) -> HttpResponse:
    """Offer a template no more."""
    row = _found(request, office_template)
    return act(
        request,
        do=lambda at: actions.retire_template(template=row, by=request.actor, at=at),
        done=_("Die Vorlage wird nicht mehr angeboten."),
        undo=reverse("office_template_restore", args=[row.pk]),
        to=reverse("office_template_list"),
    )


@require_POST
def office_template_restore(request: HttpRequest, office_template: UUID) -> HttpResponse:
    """Offer a retired template again."""
    row = _found(request, office_template)
    return act(
        request,
        do=lambda at: actions.restore_template(template=row, by=request.actor, at=at),
        done=_("Die Vorlage wird wieder angeboten."),
        to=reverse("office_template_list"),
    )
