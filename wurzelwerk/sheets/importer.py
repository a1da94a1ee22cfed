"""What a room says so that lists of its things can be taken in: an importer in its manifest (`Room.importers`).

The engine knows columns, rows and remarks; what a cell means, who may be there already and how it is taken in is the
importer's. Everything that writes goes through the room's own actions.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from wurzelwerk.base.rooms import installed_rooms
from wurzelwerk.trust.actor import Actor

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Field:
    """Something that a column may hold. `words`: how others call it, in small letters.

    `many`: several columns may hold it; their cells are joined. `looks`: whether a cell looks like it.
    """

    key: str
    label: str
    words: tuple[str, ...] = ()
    many: bool = False
    looks: Callable[[str], bool] | None = None


@dataclass(frozen=True)
class Remark:
    """Something about a cell: `field` is empty where it is about the whole row. What `refuses` keeps the row out."""

    field: str
    text: str
    refuses: bool = False


@dataclass(frozen=True)
class Alike:
    """Something that is there already and may be the same.

    `id` and `place` are the importer's own: what would be completed, and where the row would belong. `url`: its page.
    `fixed`: the actor cannot complete it, because somebody else keeps it.
    """

    id: UUID
    label: str
    detail: str = ""
    url: str = ""
    place: UUID | None = None
    score: float = 1.0
    fixed: bool = False


@dataclass
class Row:
    """A row as it was read. `values`: what the importer made of its cells.

    `group`: rows with the same are one thing together, an empty one stands alone. `key`: the id of what is to be made
    of the row, `place`: of what its group becomes. `same_as`: the number of an earlier row that is
    probably the same; `joined`: what `place` names was there before.
    """

    number: int
    cells: Mapping[str, str]
    values: Any = None
    remarks: list[Remark] = field(default_factory=list)
    group: str = ""
    key: UUID | None = None
    place: UUID | None = None
    alike: list[Alike] = field(default_factory=list)
    same_as: int = 0
    joined: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether something keeps the row out."""
        return any(remark.refuses for remark in self.remarks)


@dataclass(frozen=True)
class Taken:
    """What one batch left behind: events of facts that name nobody, and row number -> what to know of it later."""

    events: tuple[UUID, ...] = ()
    before: Mapping[int, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Against:
    """Something that stands against taking a run back: what, its page, and why."""

    label: str
    url: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """A row that was taken in, for taking back: the ids it was given, and what was kept of it (`Taken`, `complete`)."""

    key: UUID
    place: UUID | None
    joined: bool = False
    completed: UUID | None = None
    before: Any = None


@dataclass(frozen=True)
class Option:
    """A choice of the list as a whole, offered with the columns."""

    key: str
    label: str
    choices: tuple[tuple[str, str], ...]


class Importer(Protocol):
    """What the engine asks of a room.

    `permission`: as in the menu; `batch`: rows written in one transaction; `joining`: what is said of a row whose group
    is there already.
    """

    key: str
    label: str
    one: str
    many: str
    hint: str
    joining: str
    permission: str
    fields: tuple[Field, ...]
    option: Option | None
    batch: int

    def lacking(self, chosen: set[str]) -> str:
        """Say in a sentence what the chosen columns lack; empty where they suffice."""

    def settled(self, columns: list[str]) -> list[str]:
        """Return proposed columns, put right in the light of each other."""

    def proposed_option(self, chosen: set[str]) -> str:
        """Return which of the option's choices these columns suggest."""

    def read(self, row: Row, *, on: date) -> None:
        """Read the cells of a row into its values and remarks."""

    def gather(self, rows: Sequence[Row], *, option: str) -> None:
        """Say which rows are one thing together, and remark upon what does not fit within it."""

    def find_alike(self, rows: Sequence[Row], *, actor: Actor, progress: Progress) -> None:
        """Find what is there already, and who stands in the list twice."""

    def shown(self, row: Row) -> str:
        """Return the name under which a row is spoken of."""

    def take_in(self, groups: Sequence[Sequence[Row]], *, by: Actor, at: datetime) -> Taken:
        """Take groups of rows in, new or joined to `place`, in the transaction that is open."""

    def complete(self, row: Row, target: UUID, *, by: Actor, at: datetime) -> Any:
        """Fill in what is missing in something that is there; return what to keep for taking back."""

    def against(self, kept: Sequence[Kept], *, actor: Actor, since: datetime) -> list[Against]:
        """Return what was built on what was taken in."""

    def take_back(
        self, kept: Sequence[Kept], *, events: Sequence[UUID], by: Actor, since: datetime, at: datetime
    ) -> None:
        """Take back what was taken in, in the transaction that is open."""

    def address(self, kept: Kept) -> str:
        """Return the page of something that was taken in; empty where there is none."""


@cache
def importers() -> dict[str, Importer]:
    """Return what all rooms can take in, by key, in the order of the rooms."""
    found: Iterable[Importer] = (one for room in installed_rooms() for one in room.importers)
    return {one.key: one for one in found}


def importers_of(actor: Actor) -> dict[str, Importer]:
    """Return what the actor may take in."""
    return {key: one for key, one in importers().items() if actor.may(one.permission)}
