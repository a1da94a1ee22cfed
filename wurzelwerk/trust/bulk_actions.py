"""Many Akten at once: what `open_akte` writes, for a list that is taken in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from wurzelwerk.base.bulk import insert
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.errors import NotAllowed, WrongState
from wurzelwerk.evidence.bulk import Entry, record_all
from wurzelwerk.evidence.types import Frame, Keys
from wurzelwerk.network import remembered
from wurzelwerk.network.models import Organisation, Site

from . import facts
from .actor import Actor
from .circles import team_circle
from .models import Akte, ReferenceCounter


@transaction.atomic
def open_akten(
    *, ids: Sequence[UUID], controller: Organisation, site: Site | None, subject: str, by: Actor, at: datetime
) -> tuple[list[Akte], UUID]:
    """Open an Akte under each of these ids, as `open_akte` does. Returns them, and the event of their facts.

    Raises NotAllowed for somebody who does not work for the controller, WrongState where it owns no Akten.
    """
    if not by.works_for([controller.pk]):
        raise NotAllowed(_("Sie können nur für die eigene Stelle Akten anlegen."))
    if not controller.is_controller:
        raise WrongState(_("Diese Stelle führt keine eigenen Akten."))
    circle = team_circle(organisation=controller, site=site)
    shared = {
        "controller_id": controller.pk, "site_id": site.pk if site else None, "circle_id": circle.pk,
        "subject": subject, "opened_at": at,
    }  # fmt: skip
    numbers = _next_references(controller, local_day(at).year, len(ids))
    rows = [{"id": pk, "reference": number, **shared} for pk, number in zip(ids, numbers, strict=True)]
    insert(Akte, rows)
    frame = Frame(
        controller=remembered.organisation_codes.name(controller.pk),
        site=remembered.site_codes.name(site.pk) if site else "",
    )
    [event] = record_all([Entry(facts.AKTE_OPENED, (Keys(),) * len(rows), frame, {})], at=at)
    return [Akte(**row) for row in rows], event


def _next_references(controller: Organisation, year: int, wanted: int) -> list[str]:
    counter, _created = ReferenceCounter.objects.select_for_update().get_or_create(controller=controller, year=year)
    ReferenceCounter.objects.filter(pk=counter.pk).update(last=F("last") + wanted)
    counter.refresh_from_db(fields=["last"])
    code = controller.code.upper()
    return [f"{code}-{year}-{number:05d}" for number in range(counter.last - wanted + 1, counter.last + 1)]
