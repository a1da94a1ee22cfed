"""A form sent twice is taken once."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import RequestFactory

from wurzelwerk.base import clock, idempotency
from wurzelwerk.base.models import SubmittedForm

pytestmark = pytest.mark.django_db


def sent(key: str, user: object = 1):
    """Return a request that carries a form's key."""
    request = RequestFactory().post("/", {idempotency.FIELD: key})
    request.user = SimpleNamespace(pk=user)
    return request


def test_second_of_two_is_refused():
    key = idempotency.new_key()
    assert [idempotency.once(sent(key)), idempotency.once(sent(key))] == [True, False]


def test_other_person_with_the_same_key_is_another_form():
    assert idempotency.once(sent("k", 1))
    assert idempotency.once(sent("k", 2))


def test_failed_write_frees_the_key():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        idempotency.once(sent("k"))
        raise ZeroDivisionError
    assert idempotency.once(sent("k"))


def test_form_without_key_is_always_taken():
    assert [idempotency.once(sent("")), idempotency.once(sent(""))] == [True, True]


def test_overlong_key_is_cut_not_refused_by_the_database():
    assert idempotency.once(sent("x" * 5000))
    assert SubmittedForm.objects.get().key == f"1:{'x' * 64}"


def test_old_keys_are_forgotten():
    idempotency.once(sent("k"))
    assert idempotency.forget(at=clock.now()) == 0
    assert idempotency.forget(at=clock.now() + timedelta(days=3)) == 1
