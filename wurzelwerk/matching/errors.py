"""What can go wrong in the matching library, each with a German sentence a person can read."""

from wurzelwerk.base import errors


class BadInput(errors.BadInput):
    """The input cannot be used as it stands. Names file, line and column as far as they are known.

    Args:
        message: German sentence without the place; kept as `reason`.
        file: name of the file as the person gave it.
        line: line number in the file, the heading being line 1.
        column: heading of the column.
    """

    def __init__(self, message: str, *, file: str = "", line: int = 0, column: str = "") -> None:
        self.reason, self.file, self.line, self.column = message, file, line, column
        place = [file] if file else []
        place += [f"Zeile {line}"] if line else []
        place += [f"Spalte „{column}“"] if column else []
        super().__init__(f"{', '.join(place)}: {message}" if place else message, field=column or None)


class TooLarge(BadInput):
    """The numbers are beyond what the solver holds exactly; nothing is rounded silently."""


class SolverFailed(RuntimeError):
    """The solver gave no answer, or one that did not stand up to the check afterwards."""
