"""Tell the person in charge of a case that something happened, as a consequence of an action.

The notice lies in the case's Akte and says nothing about people; the mail says even less.
"""

from datetime import datetime

from django.db import transaction

from .models import Case, Notice


def tell(*, case: Case, text: str, at: datetime) -> Notice | None:
    """Leave a notice for the person in charge, and send them a mail after commit.

    Returns None where nobody is in charge. `text`: German, at most 200 characters, no names.
    """
    if case.lead_id is None:
        return None
    notice = Notice.objects.create(akte=case.akte, case=case, recipient_id=case.lead_id, text=text, made_at=at)
    if case.lead.email:
        transaction.on_commit(lambda: _enqueue(str(case.lead_id)))
    return notice


def _enqueue(user_id: str) -> None:
    from .tasks import mail_please_look_in

    mail_please_look_in.enqueue(user_id=user_id)
