"""A real mail server on this machine that takes mails, or answers what a test tells it to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller


class Post:
    """Answers to a mail with what it was told; keeps what it took."""

    def __init__(self) -> None:
        self.says, self.kept = "250 OK", []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.says == "hang up":
            server.transport.abort()
            return "250 never heard"
        if self.says.startswith("250"):
            self.kept.append((envelope.rcpt_tos, envelope.content.decode()))
        return self.says


@contextmanager
def serving(settings: Any) -> Iterator[Post]:
    """Start a server, and let the settings name it."""
    post = Post()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(post, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "Anlaufstelle <post@stadt.demo.invalid>"
    yield post
    server.stop()
