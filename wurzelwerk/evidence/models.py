"""The ledger of facts. It answers funders; the state tables run the work."""

from django.db import models
from django.db.models import Q

from wurzelwerk.base.ids import new_id
from wurzelwerk.base.models import BaseModel


class Fact(BaseModel):
    """Something that happened, under pseudonyms. Rows are only ever added.

    A correction is a new fact whose `voids` names the one it takes back.
    """

    unguarded = "pseudonymous keys and coarse bands only; figures are opened through trust"

    event = models.UUIDField(default=new_id)
    """The same for all facts of one record: a consultation of five persons is five facts and one event."""
    type = models.CharField(max_length=60)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField()
    person_key = models.UUIDField(null=True)
    household_key = models.UUIDField(null=True)
    case_key = models.UUIDField(null=True)
    controller = models.CharField(max_length=40)
    programme = models.CharField(max_length=40, blank=True)
    site = models.CharField(max_length=40, blank=True)
    dimensions = models.JSONField(default=dict)
    voids = models.UUIDField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["type", "occurred_on"], name="fact_type_day"),
            models.Index(fields=["case_key", "type"], name="fact_case_type"),
            models.Index(fields=["household_key", "type"], name="fact_household_type"),
            models.Index(fields=["event"], name="fact_event"),
            models.Index(
                fields=["person_key"],
                condition=Q(person_key__isnull=False, household_key__isnull=True, case_key__isnull=True),
                name="fact_person_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.occurred_on:%Y-%m-%d}"
