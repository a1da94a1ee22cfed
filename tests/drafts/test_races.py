"""Two windows of one person at the same moment: one draft, and no error."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from wurzelwerk.drafts import keeping
from wurzelwerk.drafts.models import Draft
from wurzelwerk.drafts.writing import Writing
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.scopes import Scope


@pytest.mark.django_db(transaction=True)
def test_two_first_drafts_at_the_same_moment_become_one(case, actor, now):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite in memory has one connection")
    start = Barrier(2)

    def write(text: str, by: Actor) -> None:
        start.wait()
        try:
            writing = Writing("note", Scope.JOURNAL, case, case.pk)
            keeping.keep(writing=writing, content={"text": [text]}, based_on="", by=by, at=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as windows:
        going = [windows.submit(write, text, actor("amira")) for text in ("eins", "zwei")]
    for one in going:
        one.result()
    kept = Draft.objects.for_system(reason="test").values_list("content", flat=True)
    assert len(kept) == 1
    assert kept[0]["text"][0] in {"eins", "zwei"}
