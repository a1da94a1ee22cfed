"""Messages go out after their cause, at most once, only to whom wants them; what stands in the way is said."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from wurzelwerk.base.errors import BadInput, NotAllowed, WrongState
from wurzelwerk.cases.models import Person
from wurzelwerk.outbox import sending, sending_rules
from wurzelwerk.outbox.actions import Letter, cancel_message, queue_message, repeat_message
from wurzelwerk.outbox.backends import Away, Later, Refused, Unclear
from wurzelwerk.outbox.models import Beat, Message
from wurzelwerk.outbox.queries import trouble
from wurzelwerk.outbox.rules import address_for, why_not
from wurzelwerk.trust.models import Akte

from . import ways

MINUTE = timedelta(minutes=1)


def test_message_waits_and_goes_out_once_and_its_text_goes_with_it(queue, went_out, again, now):
    message = queue()
    later = queue(send_at=now + timedelta(hours=1))
    assert (went_out, message.state) == ([], "waiting")
    assert [sending.tick(at=now), sending.tick(at=now)] == [1, 0]
    assert [(one.address, one.title) for one in went_out] == [("samira@example.org", "Ihr Termin")]
    sent = again(message)
    assert (sent.state, sent.text, sent.ended_at, sent.tries) == ("sent", "", now, 1)
    assert again(later).state == "waiting"
    assert sending.tick(at=now + timedelta(hours=1)) == 1
    assert Beat.objects.get().at == now + timedelta(hours=1)


def test_message_of_a_cause_that_failed_never_was(queue, went_out, now):
    with pytest.raises(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError("the appointment could not be made")
    assert (sending.tick(at=now), went_out) == (0, [])


@pytest.mark.parametrize(("rule", "barred"), [
    ("no_messages", {"mail", "sms"}), ("only_via", {"mail", "sms"}), ("no_calls", {"sms"}), ("no_letters", set()),
    ("", set()),
])  # fmt: skip
def test_who_asked_for_no_message_gets_none_and_the_page_says_why(queue, person, went_out, now, rule, barred):
    Person.objects.for_system(reason="test").filter(pk=person.pk).update(contact_rule=rule)
    said = {channel: why_not(person.pk, channel) for channel in ("mail", "sms")}
    assert {channel for channel, reason in said.items() if reason} == barred
    for channel in said:
        if channel in barred:
            with pytest.raises(NotAllowed, match="um sichere Erreichbarkeit gebeten"):
                queue(channel)
        else:
            queue(channel)
    assert Message.objects.for_system(reason="test").count() == 2 - len(barred)


def test_who_asks_for_no_message_after_it_was_queued_gets_none(queue, person, went_out, again, now):
    message = queue()
    Person.objects.for_system(reason="test").filter(pk=person.pk).update(contact_rule="no_messages")
    assert (sending.tick(at=now), went_out) == (0, [])
    assert again(message).state == "failed"
    assert "keine Nachricht hinterlassen" in again(message).error


def test_message_is_not_queued_where_nothing_would_send_it(queue, settings, now):
    settings.OUTBOX_WAYS = {"mail": "", "sms": "http"}
    settings.SMS_URL = ""
    for channel in ("mail", "sms"):
        with pytest.raises(WrongState, match="nicht eingerichtet"):
            queue(channel)
    assert trouble("sms", at=now) == "SMS ist nicht eingerichtet; es geht nichts hinaus."


def test_message_that_cannot_be_is_refused(queue, actor, case, now):
    with pytest.raises(NotAllowed):
        queue(by=actor("carla"))
    with pytest.raises(WrongState):
        queue(until=now)
    with pytest.raises(BadInput):
        queue_message(akte=case.akte, letter=Letter("sms", "+49151", "  "), cause="x", until=now + MINUTE,
                      by=actor("amira"), at=now)  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        rows = Message.objects.for_system(reason="test")
        rows.filter(pk=queue().pk).update(state="sent")


def test_server_that_is_away_is_tried_again_and_the_queue_says_so(queue, went_out, again, now):
    first, second = queue(), queue()
    ways.answers[:] = [Away("Der Mailserver ist nicht erreichbar.") for _ in range(9)]
    assert sending.tick(at=now) == 0
    assert len(ways.answers) == 8  # the second is not tried while the server is away
    assert again(first).try_at == now + MINUTE
    assert sending.tick(at=now + 30 * timedelta(seconds=1)) == 0
    said = trouble("mail", at=now)
    assert said == "Der Mailserver ist nicht erreichbar. 2 Nachrichten warten und werden weiter versucht."
    pauses = [sending_rules.pause(tries, on=now.date()) // MINUTE for tries in range(1, 7)]
    assert pauses == [1, 5, 15, 60, 60, 60]
    ways.answers.clear()
    assert sending.tick(at=now + timedelta(hours=5)) == 2
    assert [again(one).state for one in (first, second)] == ["sent", "sent"]
    assert trouble("mail", at=now) == ""


def test_what_comes_too_late_does_not_go_out(queue, went_out, again, now):
    message = queue(until=now + MINUTE)
    assert (sending.tick(at=now + MINUTE), went_out) == (0, [])
    assert (again(message).state, again(message).error) == ("failed", "Die Nachricht wäre zu spät gekommen.")
    sending.forget(at=now + MINUTE)
    assert again(message).text == ""
    assert sending.forget(at=now + timedelta(days=91)) == 1


@pytest.mark.parametrize(("answer", "state"), [
    (Refused("Der Mailserver nimmt die Nachricht nicht an (Antwort 550)."), "failed"), (Unclear("Abgebrochen."), "unclear"),
    (Later("Der Mailserver vertröstet uns (Antwort 450)."), "waiting"), (ValueError("samira@example.org"), "unclear"),
])  # fmt: skip
def test_one_message_that_fails_stops_no_other(queue, went_out, again, now, answer, state, caplog):
    failing, other = queue(), queue()
    ways.answers[:] = [answer]
    assert sending.tick(at=now) == 1
    assert [again(one).state for one in (failing, other)] == [state, "sent"]
    assert "samira" not in caplog.text + again(failing).error


def test_process_that_dies_in_between_sends_nothing_twice(queue, went_out, again, now, actor):
    """At most once: what was claimed and never marked is of nobody's knowledge, and a person decides."""
    message = queue()
    rows = Message.objects.for_system(reason="as a process left it that was killed")
    rows.filter(pk=message.pk).update(state="sending", claimed_at=now)
    assert [sending.tick(at=now + 9 * MINUTE), again(message).state] == [0, "sending"]
    assert [sending.tick(at=now + 10 * MINUTE), again(message).state, went_out] == [0, "unclear", []]
    with pytest.raises(NotAllowed):
        repeat_message(message=message, by=actor("carla"), at=now)
    repeat_message(message=message, by=actor("elif"), at=now + 11 * MINUTE)
    assert (sending.tick(at=now + 11 * MINUTE), again(message).state) == (1, "sent")
    for act in (repeat_message, cancel_message):
        with pytest.raises(WrongState):
            act(message=message, by=actor("elif"), at=now)


def test_cancelled_message_does_not_go_out(queue, went_out, again, now, actor):
    message = queue()
    cancel_message(message=message, by=actor("amira"), at=now)
    assert (sending.tick(at=now), went_out, again(message).text) == (0, [], "")


def test_worker_that_stands_still_is_noticed(queue, now):
    queue()
    assert trouble("mail", at=now) == ""
    assert trouble("mail", at=now + 11 * MINUTE).startswith("Der Versand läuft nicht (zuletzt: noch nie).")


@pytest.mark.parametrize(("phones", "number"), [
    (["0231 000111", "0151 12345678"], "+4915112345678"), (["+90 532 123 45 67"], "+905321234567"), (["0231 5012345"], ""),
    (["ruf an"], ""), ([], ""), (["110"], ""),
])  # fmt: skip
def test_sms_goes_to_the_first_mobile_number(phones, number):
    assert address_for("sms", email="", phones=phones) == number


def test_mail_goes_to_an_address_that_is_one():
    assert [address_for("mail", email=text, phones=[]) for text in ("a@b.de", "a@b.de\nBcc: x@y.de", "keine", "")] == [
        "a@b.de", "", "", "",
    ]  # fmt: skip


def test_page_shows_the_lead_rows_and_the_administrator_numbers(client, user, queue, went_out, now, case):
    ways.answers[:] = [Refused("Der Mailserver nimmt die Nachricht nicht an (Antwort 550).")]
    queue()
    sending.tick(at=now)
    client.force_login(user("elif"))
    page = client.get("/versand/").content.decode()
    assert ("Antwort 550" in page, "Al-Khatib" in page, "Noch einmal senden" in page) == (True, True, True)
    client.force_login(user("lars"))
    page = client.get("/versand/").content.decode()
    assert ("Al-Khatib" in page, Akte.objects.for_system(reason="test").get().reference in page) == (False, False)
    assert "keine Empfänger und keine Texte" in page
    assert "samira@example.org" not in page


def test_room_that_fails_keeps_no_message_back(queue, went_out, now, monkeypatch, caplog):
    def fails(at):
        raise ValueError("samira@example.org")

    monkeypatch.setattr(sending, "ticks", lambda: (fails,))
    queue()
    assert sending.tick(at=now) == 1
    assert ("fails failed: ValueError" in caplog.text, "samira" in caplog.text) == (True, False)


def test_round_that_fails_is_said_without_its_text(db, monkeypatch, caplog):
    def fail(*, at) -> None:
        raise ValueError("Key (recipient)=(samira@example.org) already exists")

    monkeypatch.setattr(sending, "tick", fail)
    rounds = iter([False, True, True])
    sending.work(every=0, stopping=lambda: next(rounds))
    assert [record.getMessage() for record in caplog.records] == ["the outbox could not be worked off: ValueError"]
    assert "samira@example.org" not in caplog.text
