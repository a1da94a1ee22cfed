"""Fill the demo city: eighteen months of work in the network, every fact of it from an action."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from wurzelwerk.base.ids import seeded
from wurzelwerk.network.models import User

from .advising import Client
from .calendars import Calendars
from .cast import raise_network
from .contacts import Contacts
from .placing import Placing
from .stock import DWELLINGS, OWNERS, Stock
from .working_day import WorkingDay
from .world import World

SEED = 20_250_501
HOUSEHOLDS = 400
FIRST_ROUND = 38  # days; the last one then lies some days back, with its viewings under way


def fill(*, until: datetime, households: int = HOUSEHOLDS, dwellings: int = DWELLINGS, owners: int = OWNERS) -> World:
    """Tell the story up to `until` (aware). The same day gives the same city. Progress goes to standard error."""
    with seeded(SEED), quiet_mail():
        raise_network()
        world = World(seed=SEED, until=until)
        stock, placing = Stock(world), Placing(world)
        _spread(world, owners, stock.win_owner, first_days=60, share=0.55)
        world.plan(world.begin + timedelta(days=1, hours=10), stock.win_owner)
        _spread(world, dwellings, stock.win_dwelling, first_days=90, share=0.3, not_before=2)
        _spread(world, households, lambda: _arrive(world, placing), first_days=45, share=0.14)
        world.plan(world.office_hour(world.begin + timedelta(days=FIRST_ROUND)), placing.run_round)
        for week in range(2, 80, 2):
            world.plan(world.office_hour(world.begin + timedelta(weeks=week)), placing.advising.do_tasks)
            world.plan(world.office_hour(world.begin + timedelta(weeks=week)), placing.advising.read_notices)
        Contacts(world, placing.advising.by_household, seed=SEED).plan()
        world.plan(world.until - timedelta(minutes=1), placing.advising.fill_calendar)
        Calendars(world).plan()
        WorkingDay(world, placing.advising.by_household).plan()
        world.run(progress=_show)
    return world


def _arrive(world: World, placing: Placing) -> None:
    before = set(placing.advising.by_household)
    placing.advising.arrive()
    for household in set(placing.advising.by_household) - before:
        client: Client = placing.advising.by_household[household]
        if client.eager:
            world.later((1, 12), lambda client=client: placing.want_home(client))


def _spread(
    world: World, number: int, happening: Callable[[], None], *, first_days: int, share: float, not_before: int = 0
) -> None:
    """Spread happenings over the story; a share of them falls into the first days."""
    whole = (world.until - world.begin).days
    for place in range(number):
        early = place < number * share
        day = world.rng.randint(not_before, first_days if early else whole - 1)
        world.plan(world.office_hour(world.begin + timedelta(days=day)), happening)


def _show(share: float) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\rDemo-Stadt wird angelegt … {share:4.0%}")
        if share >= 1:
            sys.stderr.write("\n")
        sys.stderr.flush()


@contextmanager
def quiet_mail() -> Iterator[None]:
    """Nobody is written to about the past: the cast gets its mail addresses when the story is told."""
    yield
    for user in User.objects.filter(email=""):
        user.email = f"{user.username}@demo.invalid"
        user.save(update_fields=["email"])
