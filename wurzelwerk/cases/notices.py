"""Tell the person in charge of a case that something happened, as a consequence of an action.

The notice lies in the case's Akte and says nothing about people; the mail says even less.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wurzelwerk.network.models import Membership, User
from wurzelwerk.trust.roles import ROLES

from .models import Case, Notice


def tell(*, case: Case, text: str, at: datetime, to: User | None = None, once: bool = False) -> Notice | None:
    """Leave a notice for the person in charge (or for `to`), and send them a mail after commit.

    `once`: not where the same is there unread already. Returns None where nobody is told. `text`: German, at most 200
    characters, no names.
    """
    recipient = to or case.lead
    if recipient is None:
        return None
    rows = Notice.objects.for_system(reason="whether somebody has the same notice already")
    if once and rows.filter(case=case, recipient=recipient, text=text, read_at__isnull=True).exists():
        return None
    notice = Notice.objects.create(akte=case.akte, case=case, recipient=recipient, text=text, made_at=at)
    ask_to_look_in(recipient)
    return notice


def ask_to_look_in(user: User) -> None:
    """Ask somebody by mail after commit to look into Wurzelwerk; nobody without an address."""
    if user.email:
        transaction.on_commit(lambda: _enqueue(str(user.pk)))


def _enqueue(user_id: str) -> None:
    from .tasks import mail_please_look_in

    mail_please_look_in.enqueue(user_id=user_id)


def ask_body_to_look_in(organisation_id: UUID, *, permission: str, on: date) -> None:
    """Ask everybody who may do something at a body by mail after commit to look in; no word of whom or what."""
    able = [code for code, role in ROLES.items() if permission in role.permissions]
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    rows = Membership.objects.filter(valid, organisation_id=organisation_id, role__in=able, valid_from__lte=on)
    for user in User.objects.filter(pk__in=rows.values("user_id"), is_active=True):
        ask_to_look_in(user)
