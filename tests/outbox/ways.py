"""A way out that keeps what it is given, and answers what a test tells it to."""

from wurzelwerk.outbox.backends import NotTaken, Outgoing

kept: list[Outgoing] = []
answers: list[NotTaken | Exception] = []


class Kept:
    """Takes everything, unless something else is to be answered next."""

    def send(self, outgoing: Outgoing) -> None:
        """Keep a message."""
        if answers:
            raise answers.pop(0)
        kept.append(outgoing)
