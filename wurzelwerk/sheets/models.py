"""A list that was sent, its rows, and what is remembered of its columns."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.models import BaseModel
from wurzelwerk.network.models import Organisation, User
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.guard import GuardedManager, GuardedModel, GuardedQuerySet
from wurzelwerk.trust.scopes import Scope

from .enums import GOING, Choice, State, Verdict


class SheetQuerySet(GuardedQuerySet):
    """Like every guarded queryset, and of its author alone: a colleague of the same team finds nothing."""

    def _scoped(self, actor: Actor, *, write: bool) -> Self:
        rows = super()._scoped(actor, write=write)
        return rows.none() if actor.user_id is None else rows.of(author_id=actor.user_id)


class LineQuerySet(GuardedQuerySet):
    """The rows of the lists that somebody sent."""

    def _scoped(self, actor: Actor, *, write: bool) -> Self:
        rows = super()._scoped(actor, write=write)
        return rows.none() if actor.user_id is None else rows.filter(sheet__author_id=actor.user_id)


class Sheet(GuardedModel):
    """A list that somebody sent.

    `kind`: key of an importer. `outline`: the first rows of each table, to choose head and columns by. `table`: which
    of them; `head`: place of the row that names the columns, None where there is none; `heads`: its texts; `columns`:
    for each column the key of a field, or nothing; `option`: the importer's choice for the whole list. `events`: of
    facts that name nobody, for taking back. `attempt` tells a job that gave up from the one that followed it.
    """

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    name = models.CharField(_("Datei"), max_length=200, blank=True)
    form = models.CharField(max_length=8)
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    file = models.FileField(upload_to="sheets/%Y/%m", blank=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    outline = models.JSONField(default=list)
    table = models.PositiveSmallIntegerField(default=0)
    head = models.PositiveSmallIntegerField(null=True)
    heads = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    option = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=400, blank=True)
    events = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    alive_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    objects = GuardedManager.from_queryset(SheetQuerySet)()

    class Guard:
        scope = Scope.LISTS

    class Meta:
        verbose_name = _("Liste")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="sheet_period"),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "done", "undoing"]) | Q(taken_at__isnull=False),
                name="sheet_taken_has_time",
            ),
        ]
        indexes = [models.Index(fields=["author", "-sent_at"], name="sheet_author")]

    @property
    def is_going(self) -> bool:
        """Whether a job is at it."""
        return self.state in GOING

    @property
    def sign(self) -> str:
        """The sign by which a corrected file says to which list it belongs."""
        return self.pk.hex[-8:]

    def __str__(self) -> str:
        return f"Liste {self.pk}"


class SheetLine(GuardedModel):
    """A row of a list. `number`: its line as the spreadsheet shows it; `cells`: its texts in the order of the columns.

    `remarks`: [place of the column or None, text, whether it refuses]; `alike`: what may be the same (`Alike`). `key`
    and `place` are the ids of what is made of it, drawn before, so that it can be made only once; `joined`: the place
    was there before. `digest`: of what was read, under the house's own key. `before`: what the importer keeps of it,
    for taking back.
    """

    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    remarks = models.JSONField(default=list)
    alike = models.JSONField(default=list)
    same_as = models.PositiveIntegerField(default=0)
    choice = models.CharField(max_length=8, choices=Choice.choices)
    group = models.CharField(max_length=32, blank=True)
    key = models.UUIDField()
    place = models.UUIDField(null=True)
    joined = models.BooleanField(default=False)
    digest = models.CharField(max_length=32)
    is_taken = models.BooleanField(default=False)
    before = models.JSONField(null=True)

    objects = GuardedManager.from_queryset(LineQuerySet)()

    class Guard:
        scope = Scope.LISTS
        joins = ("sheet",)

    class Meta:
        verbose_name = _("Zeile einer Liste")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="line_once"),
            models.UniqueConstraint(fields=["circle", "digest"], condition=Q(is_taken=True), name="line_taken_once"),
            models.CheckConstraint(
                condition=Q(is_taken=False) | ~Q(choice="skip") & ~Q(verdict__in=["refused", "before"]),
                name="line_taken_is_chosen",
            ),
        ]
        indexes = [models.Index(fields=["sheet", "verdict", "number"], name="line_verdict")]

    def __str__(self) -> str:
        return f"Zeile {self.number}"


class SheetShape(BaseModel):
    """How a controller mapped the columns of lists with the same head: the next one needs no mapping."""

    unguarded = "keys of fields and a digest of column heads: nothing of any row"

    controller = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    shape = models.CharField(max_length=64)
    columns = models.JSONField()
    option = models.CharField(max_length=20, blank=True)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["controller", "kind", "shape"], name="shape_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.shape[:8]}"
