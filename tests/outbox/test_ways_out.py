"""The real ways out, against real servers on this machine: a mail server and an SMS gateway that answer, or do not."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.outbox.post import serving
from wurzelwerk.outbox.backends import Away, HttpSms, Later, Outgoing, Refused, Smtp, Unclear, is_set_up

MAIL = Outgoing("019cd6f9-7a80", "samira@example.org", "Ihr Termin", "Sie haben einen Termin. Größe: ŞĞı العربية")
SMS = Outgoing("019cd6f9-7a81", "+4915112345678", "", "Termin am 12.03., 10:00")


@pytest.fixture
def mail_server(settings):
    with serving(settings) as post:
        yield post


def test_mail_is_taken_by_a_server(mail_server):
    Smtp().send(MAIL)
    [(whom, content)] = mail_server.kept
    assert whom == ["samira@example.org"]
    assert "Message-ID: <019cd6f9-7a80@stadt.demo.invalid>" in content
    assert "Auto-Submitted: auto-generated" in content


@pytest.mark.parametrize(("says", "outcome"), [
    ("451 later", Later), ("550 no such user samira@example.org", Refused), ("hang up", Unclear),
])  # fmt: skip
def test_mail_server_that_does_not_take_it_is_understood(mail_server, says, outcome):
    mail_server.says = says
    with pytest.raises(outcome) as raised:
        Smtp().send(MAIL)
    assert (type(raised.value), "samira" in str(raised.value)) == (outcome, False)


def test_mail_server_that_is_away_is_away(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
    with pytest.raises(Away):
        Smtp().send(MAIL)


class Gateway(BaseHTTPRequestHandler):
    """Takes what is posted, and answers with the status in the server's `says`."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.kept.append((self.path, dict(self.headers), json.loads(body)))
        if self.server.says:
            self.send_response(self.server.says)
            self.end_headers()
        else:
            self.connection.close()

    def log_message(self, *_said) -> None:
        """Say nothing."""


@pytest.fixture
def gateway(settings):
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    server.kept, server.says = [], 202
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL, settings.SMS_TOKEN = f"http://127.0.0.1:{server.server_port}/v1/sms?from=stadt", "geheim"
    yield server
    server.shutdown()
    server.server_close()


def test_sms_is_posted_as_json_with_token_and_key(gateway):
    HttpSms().send(SMS)
    [(path, headers, body)] = gateway.kept
    assert path == "/v1/sms?from=stadt"
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer geheim", "019cd6f9-7a81")
    assert body == {"id": "019cd6f9-7a81", "to": "+4915112345678", "text": "Termin am 12.03., 10:00"}


@pytest.mark.parametrize(("status", "outcome"), [
    (400, Refused), (401, Refused), (302, Refused), (429, Later), (503, Later), (0, Unclear),
])  # fmt: skip
def test_gateway_that_does_not_take_it_is_understood(gateway, status, outcome):
    gateway.says = status
    with pytest.raises(outcome):
        HttpSms().send(SMS)
    assert len(gateway.kept) == 1  # no second try, and no redirect followed


@pytest.mark.parametrize(
    ("address", "safe"),
    [("http://sms.example.org/", False), ("http://127.0.0.1.example.org/", False), ("http://10.0.0.5/sms", False), ("ftp://x/", False), ("", False),
     ("https://sms.example.org/", True), ("http://127.0.0.1:8025/", True), ("http://[::1]/", True), ("http://localhost/", True)],
)  # fmt: skip
def test_numbers_leave_the_machine_only_by_https(settings, monkeypatch, address, safe):
    settings.SMS_URL, settings.OUTBOX_WAYS = address, {"sms": "http"}
    monkeypatch.setattr("http.client.HTTPConnection.connect", lambda _self: pytest.fail("a line was opened"))
    assert is_set_up("sms") is safe
    if not safe:
        with pytest.raises(Refused):
            HttpSms().send(SMS)


def test_gateway_that_is_away_is_away(settings):
    settings.SMS_URL = "http://127.0.0.1:9/"
    with pytest.raises(Away):
        HttpSms().send(SMS)
