"""A link: a secret address that opens one page, about one row, for one purpose, to somebody without an account.

    issued = link_actions.issue_link(purpose="appointments.change", thing=appointment, valid_until=…, by=actor, at=at)
    issued.path                              "/l/…/": shown or sent once, kept nowhere
    standing_link(token, at=at)              what it opens, or None: unknown, run out, used up, revoked alike

Which purposes there are the rooms say in their manifests (`base.rooms.LinkPage`); the face `portal` shows the pages.
Only the SHA-256 of the secret is stored. Looking never uses a link up (programs that check mails open every address);
`link_actions.use_link` does, in the transaction of what was done by it.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import HouseError, WrongState
from wurzelwerk.network.models import User

from .actor import Actor
from .guard import GuardedModel
from .scopes import Scope

SECRET_BYTES = 16  # 128 bits; 22 letters in the address, short enough for an SMS and a QR code
SPACE = "/l/"

Row = TypeVar("Row", bound=GuardedModel)


class LinkGone(WrongState):
    """The link does not stand (any more); which of the reasons it was is told to nobody."""

    def __init__(self) -> None:
        super().__init__(_("Dieser Link gilt nicht mehr."))


class LinkBusy(HouseError):
    """More was done by the link within the hour than anybody does who means well."""

    def __init__(self) -> None:
        super().__init__(_("Über diesen Link wurde gerade sehr viel getan. Bitte später noch einmal."))


class Link(GuardedModel):
    """What a secret address opens: one row of an Akte for one purpose until a time, or until it is used once.

    `subject`: the row's id. `used_at`: when something was last done by it. `language`: in which it was given out.
    """

    purpose = models.CharField(max_length=60)
    subject = models.UUIDField()
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(max_length=8, default="de")
    once = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Guard:
        scope = Scope.REGISTER

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("issued_at")), name="link_period"),
            models.CheckConstraint(condition=Q(used_at__isnull=True) | Q(used_at__gte=F("issued_at")), name="link_use"),
        ]
        indexes = [
            models.Index(fields=["akte", "-issued_at"], name="link_akte"),
            models.Index(fields=["subject", "purpose"], name="link_subject"),
        ]

    @classmethod
    def stands(cls, *, at: datetime) -> Q:
        """Return the condition of the links that open something at a time."""
        return Q(revoked_at__isnull=True, valid_until__gt=at) & (Q(once=False) | Q(used_at__isnull=True))

    def is_standing(self, *, at: datetime) -> bool:
        """Say whether the link opens something at a time."""
        return not self.revoked_at and self.valid_until > at and not (self.once and self.used_at)

    def __str__(self) -> str:
        return f"Link {self.purpose}"


@dataclass(frozen=True)
class Issued:
    """A link just made, with its secret: to be shown or sent now, for it is stored nowhere."""

    link: Link
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        """The address without the host."""
        return f"{SPACE}{self.secret}/"


@dataclass(frozen=True)
class Visit:
    """Somebody has opened a link: what the room's page is called with.

    `actor` sees nothing by `visible_to` and may change the link's own row alone; `language`: the code in which the
    page speaks.
    """

    link: Link
    actor: Actor
    language: str

    def subject(self, model: type[Row]) -> Row:
        """Return the row that the link is about. Raises LinkGone where it is not there any more."""
        rows = model.objects.for_system(reason="a link opens this row")
        row: Any = rows.filter(pk=self.link.subject, akte_id=self.link.akte_id).first()
        if row is None:
            raise LinkGone
        return row


def new_secret() -> str:
    """Return a secret that nobody guesses, in letters that an address takes."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_of(secret: str) -> str:
    """Return what is stored of a secret: it has 128 random bits, so that no slow hash is needed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def standing_link(secret: str, *, at: datetime) -> Link | None:
    """Return what a secret opens at a time, with its Akte; None where it opens nothing, for whatever reason.

    One query in every case. The index is asked for the hash, of which nobody can choose the beginning; what it finds is
    compared in constant time.
    """
    digest = hash_of(secret)
    rows = Link.objects.for_system(reason="a secret address was opened").filter(secret_hash=digest)
    link: Link | None = rows.select_related("akte").first()
    if link is None or not hmac.compare_digest(link.secret_hash, digest):
        return None
    return link if link.is_standing(at=at) else None
