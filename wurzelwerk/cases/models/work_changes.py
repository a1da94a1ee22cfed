"""Work that changed hands or days in one act, so that the act can be taken back as one."""

from django.db import models

from wurzelwerk.base.models import BaseModel
from wurzelwerk.network.models import User


class WorkChange(BaseModel):
    """One act on many rows: tasks postponed, work given to colleagues."""

    unguarded = "who did it and when; the rows are read through their own guard"

    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.made_by_id} {self.made_at:%d.%m.%Y}"


class WorkChangeLine(models.Model):
    """A column of one row, before and after: an id or a day as text, empty for nothing."""

    unguarded = "ids and days only; the rows are read through their own guard"

    change = models.ForeignKey(WorkChange, on_delete=models.CASCADE, related_name="lines")
    model = models.CharField(max_length=20)
    row = models.UUIDField()
    column = models.CharField(max_length=20)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "row", "column"], name="work_change_column_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.row}: {self.column}"
