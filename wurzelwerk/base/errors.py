"""What can go wrong, in sentences that a person can read.

Every action raises one of these; views show the sentence where the person is.
"""


class HouseError(Exception):
    """Base of all errors with a German sentence for the person at the desk."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(HouseError):
    """The actor may not do this."""


class WrongState(HouseError):
    """The state of the thing does not allow it (now)."""


class BadInput(HouseError):
    """Something typed or uploaded cannot be taken; `field` names where, if known."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
