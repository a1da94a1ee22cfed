"""Text blocks: write, change, remove, bring back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.evidence.ledger import record
from wurzelwerk.evidence.types import Frame
from wurzelwerk.network.models import Organisation, Site
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.circles import team_circle
from wurzelwerk.trust.models import Circle
from wurzelwerk.trust.rules import check_permission

from .. import facts
from ..models import TextBlock
from ..models.texts import BLOCK_LENGTH, NAME_LENGTH


@transaction.atomic
def write_text_block(*, name: str, text: str, for_team: bool, by: Actor, at: datetime) -> TextBlock:
    """Write a text block, for oneself or for the own team. Raises NotAllowed, WrongState (no team), BadInput."""
    check_permission(by, "case.work")
    block = TextBlock(changed_at=at)
    _say(block, name, text)
    if for_team:
        block.circle = _team(by)
    else:
        block.owner_id = by.user_id
    block.save()
    _record(by, at)
    return block


def _team(by: Actor) -> Circle:
    if by.home is None:
        raise WrongState(_("Ihr Zugang gehört zu keiner Stelle."))
    site = Site.objects.filter(pk=by.home.site_id).first() if by.home.site_id else None
    return team_circle(organisation=Organisation.objects.get(pk=by.home.organisation_id), site=site)


def _say(block: TextBlock, name: str, text: str) -> None:
    block.name, block.text = " ".join(name.split()), text.strip()
    if not block.name or len(block.name) > NAME_LENGTH:
        raise BadInput(_("Bitte geben Sie einen kurzen Namen."), field="name")
    if not block.text or len(block.text) > BLOCK_LENGTH:
        raise BadInput(_("Bitte schreiben Sie einen Text mit höchstens %(most)d Zeichen.") % {"most": BLOCK_LENGTH},
                       field="text")  # fmt: skip


def _check_own(by: Actor, block: TextBlock) -> None:
    check_permission(by, "case.work")
    if block.owner_id != by.user_id and block.circle_id not in by.circles:
        raise NotAllowed(_("Dieser Textbaustein gehört anderen."))


def _record(by: Actor, at: datetime) -> None:
    frame = Frame(
        controller=by.home.organisation_code if by.home else "", programme="", site=by.home.site_code if by.home else ""
    )
    record(facts.TEXT_BLOCK_CHANGED, about=[], frame=frame, at=at)


@transaction.atomic
def change_text_block(*, block: TextBlock, name: str, text: str, by: Actor, at: datetime) -> None:
    """Change a text block. Raises NotAllowed, WrongState, BadInput."""
    _check_own(by, block)
    if block.removed_at:
        raise WrongState(_("Dieser Textbaustein ist entfernt."))
    _say(block, name, text)
    block.changed_at = at
    block.save()
    _record(by, at)


@transaction.atomic
def remove_text_block(*, block: TextBlock, by: Actor, at: datetime) -> None:
    """Take a text block out of use. Raises NotAllowed, WrongState."""
    _check_own(by, block)
    if block.removed_at:
        raise WrongState(_("Dieser Textbaustein ist schon entfernt."))
    block.removed_at = at
    block.save(update_fields=["removed_at"])
    _record(by, at)


@transaction.atomic
def restore_text_block(*, block: TextBlock, by: Actor, at: datetime) -> None:
    """Bring back a removed text block. Raises NotAllowed, WrongState."""
    _check_own(by, block)
    if not block.removed_at:
        raise WrongState(_("Dieser Textbaustein ist nicht entfernt."))
    block.removed_at = None
    block.save(update_fields=["removed_at"])
    _record(by, at)
