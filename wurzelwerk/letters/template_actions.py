"""Writes on an office's own Word templates: keep one, add a version, retire it and bring it back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import Frame
from wurzelwerk.network import remembered
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.rules import check_permission

from . import facts
from .models import OfficeTemplate, OfficeTemplateVersion
from .word import known_fields
from .word_files import read_template

PERMISSION = "letter.template"


@transaction.atomic
def keep_template(*, name: str, content: bytes, by: Actor, at: datetime) -> OfficeTemplate:
    """Keep a Word file as a template of the actor's office.

    Raises NotAllowed, BadInput (a name that is taken, a file that cannot be taken, a field that does not exist).
    """
    check_permission(by, PERMISSION)
    if by.home is None:
        raise NotAllowed(_("Ihr Zugang gehört zu keiner Stelle. Bitte wenden Sie sich an die Verwaltung der Zugänge."))
    template = OfficeTemplate(organisation_id=by.home.organisation_id, name=" ".join(name.split()), made_at=at)
    _check_name(template)
    template.save()
    _add(template, content, by, at)
    _record(template, "kept", at)
    return template


def _check_name(template: OfficeTemplate) -> None:
    if not template.name:
        raise BadInput(_("Bitte geben Sie der Vorlage einen Namen."), field="name")
    same = OfficeTemplate.objects.filter(
        organisation_id=template.organisation_id, name=template.name, retired_at__isnull=True
    )
    if same.exclude(pk=template.pk).exists():
        raise BadInput(_("Eine Vorlage mit diesem Namen gibt es schon. Geben Sie ihr eine neue Fassung."), field="name")


def _add(template: OfficeTemplate, content: bytes, by: Actor, at: datetime) -> None:
    found = read_template(content, known_fields())
    if found.problems:
        raise BadInput(" ".join(found.problems), field="file")
    OfficeTemplate.objects.select_for_update().get(pk=template.pk)  # numbers are given in turn
    number = (template.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    OfficeTemplateVersion.objects.create(
        template=template,
        number=number,
        content=content,
        fields=list(found.fields),
        added_at=at,
        added_by_id=by.user_id,
    )


@transaction.atomic
def add_template_version(*, template: OfficeTemplate, content: bytes, by: Actor, at: datetime) -> None:
    """Let a newer Word file take the place of a template's former one. Raises NotAllowed, WrongState, BadInput."""
    _check_may(by, template)
    if template.retired_at:
        raise WrongState(_("Diese Vorlage wird nicht mehr angeboten. Bitte holen Sie sie erst zurück."))
    _add(template, content, by, at)
    _record(template, "kept", at)


@transaction.atomic
def retire_template(*, template: OfficeTemplate, by: Actor, at: datetime) -> None:
    """Offer a template no more; letters begun with it stay as they are. Raises NotAllowed, WrongState."""
    _check_may(by, template)
    if template.retired_at:
        raise WrongState(_("Diese Vorlage wird schon nicht mehr angeboten."))
    template.retired_at = at
    template.save(update_fields=["retired_at"])
    _record(template, "retired", at)


@transaction.atomic
def restore_template(*, template: OfficeTemplate, by: Actor, at: datetime) -> None:
    """Offer a retired template again. Raises NotAllowed, WrongState, BadInput (its name is taken by now)."""
    _check_may(by, template)
    if template.retired_at is None:
        raise WrongState(_("Diese Vorlage wird angeboten."))
    _check_name(template)
    template.retired_at = None
    template.save(update_fields=["retired_at"])
    _record(template, "restored", at)


def _check_may(by: Actor, template: OfficeTemplate) -> None:
    check_permission(by, PERMISSION)
    if not by.works_for([template.organisation_id]):
        raise NotAllowed(_("Diese Vorlage gehört zu einer anderen Stelle."))


def _record(template: OfficeTemplate, state: str, at: datetime) -> None:
    frame = Frame(controller=remembered.organisation_codes.name(template.organisation_id))
    record(facts.TEMPLATE_KEPT, about=[], frame=frame, at=at, dimensions={"state": state})
