"""The base of every model."""

from django.db import models

from .ids import new_id


class BaseModel(models.Model):
    """A row with a time-ordered UUID that can stand in an address without telling anything."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class SubmittedForm(models.Model):
    """A form's key that was taken; the primary key lets the same form through only once.

    Kept for two days (`base.idempotency.forget`), holds nothing but a random key and the account's number.
    """

    unguarded = "a random key and a number, nothing of the form's content"

    key = models.CharField(max_length=128, primary_key=True)
    taken_at = models.DateTimeField(db_index=True)


class Knock(models.Model):
    """How often one network address has asked in vain within a window of time; the address itself is not kept.

    Counted and forgotten by `base.knocking`.
    """

    unguarded = "a keyed hash and a number"

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField(db_index=True)
    times = models.PositiveIntegerField(default=0)
