"""What must not stand in a log: the secrets in the addresses of links."""

import logging
import re

from gunicorn.glogging import Logger

_SECRET = re.compile(r"(/l/)[^/?#\s\"']+")


def without_secrets(text: str) -> str:
    """Return a line with `…` where the secret of a link stood."""
    return _SECRET.sub(r"\1…", text)


class WithoutSecrets(logging.Filter):
    """Takes the secrets of links out of whatever a logger says, whoever says it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, without secrets."""
        said = record.getMessage()
        if (clean := without_secrets(said)) != said:
            record.msg, record.args = clean, ()
        return True


class ServerLog(Logger):
    """Gunicorn's log, without the secrets of links."""

    def setup(self, cfg) -> None:
        """Put the filter before both of its streams, the one of errors and the one of requests."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.addFilter(WithoutSecrets())

    def access(self, resp, req, environ, request_time) -> None:
        """Write the line of a request, where such lines were asked for, without the address of a link."""
        if environ.get("RAW_URI", "").startswith("/l/"):
            environ = {**environ, "RAW_URI": "/l/…", "PATH_INFO": "/l/…", "QUERY_STRING": "", "HTTP_REFERER": ""}
        super().access(resp, req, environ, request_time)
