"""The ways out: what takes a message from the house. Which one a channel has the settings say.

    WURZELWERK_MAIL   smtp | console | a dotted path; empty: no mail goes out
    WURZELWERK_SMS    http | console | a dotted path; empty: no SMS goes out

A way out is a class without arguments with `send(outgoing)`. It returns when the message was taken, and raises `Later`
(surely not taken, try again; `Away`: nor would any other be), `Refused` (surely not taken, trying again is useless) or
`Unclear` (nobody knows). What it says must be words of our own: a server's answer may repeat the address.
"""

import http.client
import json
import smtplib
import ssl
import sys
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .enums import Channel

SECONDS = 20


@dataclass(frozen=True)
class Outgoing:
    """What goes out. `key`: the message's id, by which a gateway can tell that it has it already.

    `calendar`: an invitation as iCalendar that a mail brings along; empty for most.
    """

    key: str
    address: str
    title: str
    text: str
    calendar: str = ""


class NotTaken(Exception):
    """Base of what a way out can answer instead of taking a message; the reason is a German sentence."""


class Later(NotTaken):
    """Surely not taken; it may go well later."""


class Away(Later):
    """The server is not there at all: the other messages need not be tried now either."""


class Refused(NotTaken):
    """Surely not taken, and it never will be."""


class Unclear(NotTaken):
    """The line broke after the message was handed over: it may have been taken."""


class WayOut(Protocol):
    """What takes a message."""

    def send(self, outgoing: Outgoing) -> None:
        """Hand a message over. Raises Later, Refused, Unclear."""


class Console:
    """Writes messages to standard output: for the invented city and while developing, never for real people."""

    def send(self, outgoing: Outgoing) -> None:
        """Print the message."""
        head = f"--- {outgoing.address}{f' · {outgoing.title}' if outgoing.title else ''}"
        print(f"{head}\n{outgoing.text}\n---", file=sys.stdout, flush=True)


class Smtp:
    """Hands mails to the server of the settings (WURZELWERK_SMTP_HOST, …)."""

    def send(self, outgoing: Outgoing) -> None:
        """Open a line, hand the mail over, hang up."""
        line = get_connection(backend="django.core.mail.backends.smtp.EmailBackend", timeout=SECONDS)
        mail = EmailMultiAlternatives(
            outgoing.title, outgoing.text, settings.DEFAULT_FROM_EMAIL, [outgoing.address],
            headers={"Message-ID": f"<{outgoing.key}@{_host_of(settings.DEFAULT_FROM_EMAIL)}>",
                     "Auto-Submitted": "auto-generated"}, connection=line,
        )  # fmt: skip
        if outgoing.calendar:
            mail.attach_alternative(outgoing.calendar, f"text/calendar; method={_method_of(outgoing.calendar)}")
        try:
            line.open()
        except smtplib.SMTPAuthenticationError as error:
            raise Away(_("Der Mailserver lässt uns nicht ein (Anmeldung abgelehnt).")) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Away(_("Der Mailserver ist nicht erreichbar.")) from error
        try:
            mail.send()
        except smtplib.SMTPException as error:
            raise _meaning(error) from error
        except OSError as error:
            raise Unclear(_("Die Verbindung zum Mailserver brach während der Übergabe ab.")) from error
        finally:
            _hang_up(line)


def _host_of(sender: str) -> str:
    return sender.rpartition("@")[2].strip("> ") or "localhost"


def _method_of(calendar: str) -> str:
    """What a calendar asks of its reader: programs look for it in the head of the part, not in the part."""
    return next(line.removeprefix("METHOD:") for line in calendar.splitlines() if line.startswith("METHOD:"))


def _hang_up(line: Any) -> None:
    line.fail_silently = True  # the mail was taken or not; how the line ends does not change that
    line.close()


def _meaning(error: smtplib.SMTPException) -> NotTaken:
    """What the server's answer means: 4xx for now, 5xx for good; a broken line nobody knows."""
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return Unclear(_("Die Verbindung zum Mailserver brach während der Übergabe ab."))
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    else:
        code = getattr(error, "smtp_code", 0)
    if 500 <= code < 600:
        return Refused(_("Der Mailserver nimmt die Nachricht nicht an (Antwort %(code)d).") % {"code": code})
    return Later(_("Der Mailserver vertröstet uns (Antwort %(code)d).") % {"code": code})


class HttpSms:
    """Posts an SMS as JSON to a gateway (WURZELWERK_SMS_URL, WURZELWERK_SMS_TOKEN).

    `POST <url>`, `Authorization: Bearer <token>`, `Idempotency-Key: <id>`, body `{"id", "to", "text"}`; "to" in E.164.
    2xx: taken. 408, 429 and 5xx: for now not. Any other answer: never. No redirect is followed.
    """

    def send(self, outgoing: Outgoing) -> None:
        """Post the message."""
        to = urlsplit(settings.SMS_URL)
        if not _is_safe(to):
            raise Refused(_("Das SMS-Gateway ist nur über https zu erreichen."))
        body = json.dumps({"id": outgoing.key, "to": outgoing.address, "text": outgoing.text}).encode()
        headers = {
            "Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}",
            "Idempotency-Key": outgoing.key,
        }  # fmt: skip
        line = _line_to(to.scheme, to.hostname or "", to.port)
        try:
            line.connect()
        except OSError as error:
            raise Away(_("Das SMS-Gateway ist nicht erreichbar.")) from error
        try:
            line.request("POST", to._replace(scheme="", netloc="").geturl() or "/", body=body, headers=headers)
            status = line.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            raise Unclear(_("Die Verbindung zum SMS-Gateway brach während der Übergabe ab.")) from error
        finally:
            line.close()
        if not 200 <= status < 300:
            said = _("Das SMS-Gateway hat mit %(code)d geantwortet.") % {"code": status}
            raise (Later if status in {408, 429} or status >= 500 else Refused)(said)


def _is_safe(to: SplitResult) -> bool:
    """Whether nobody on the way reads numbers and token: by https, or by plain http on this machine alone."""
    return to.scheme == "https" or (to.scheme == "http" and _is_loopback(to.hostname or ""))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _line_to(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=SECONDS)


NAMED = {"console": Console, "smtp": Smtp, "http": HttpSms}


def is_set_up(channel: str) -> bool:
    """Say whether this installation has a way out for a channel."""
    named = settings.OUTBOX_WAYS.get(channel, "")
    if named == "smtp":
        return bool(settings.EMAIL_HOST)
    if named == "http":
        return _is_safe(urlsplit(settings.SMS_URL))
    return bool(named)


def channels_set_up() -> list[str]:
    """Return the channels by which something can go out."""
    return [channel for channel in Channel.values if is_set_up(channel)]


def way_out(channel: str) -> WayOut:
    """Return what sends on a channel. Raises LookupError where nothing is set up."""
    if not is_set_up(channel):
        raise LookupError(f"nothing is set up for {channel}")
    named = settings.OUTBOX_WAYS[channel]
    return (NAMED.get(named) or _load(named))()


@cache
def _load(path: str) -> type[WayOut]:
    return import_string(path)
