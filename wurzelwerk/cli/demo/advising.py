"""What counsellors do in the story: take in, talk, plan, release, refer, look in after moving."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from wurzelwerk.base.errors import HouseError
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Appointment, Case, Goal, Household, HouseholdMember, Need, Notice, Referral, Task
from wurzelwerk.counselling.actions import (
    PersonRelease,
    ReleaseTerms,
    prepare_releases,
    record_signatures,
    take_in,
    withdraw_releases,
)
from wurzelwerk.network.models import Organisation, Programme
from wurzelwerk.trust.models import Consent

from .people import invent_household
from .texts import GOALS, NOTES, STEPS
from .world import World

TEAMS = (
    (("amira", "bernd", "elif"), ("hafen", "nordmarkt", "borsigplatz", "eving", "innenstadt-west"), 42),
    (("carla",), ("hoerde", "hombruch", "aplerbeck", "brackel"), 16),
    (("daniel",), ("mengede", "huckarde", "luetgendortmund", "scharnhorst"), 16),
    (("goran", "hanna"), ("hafen", "nordmarkt", "borsigplatz", "innenstadt-ost"), 16),
    (("irina",), ("nordmarkt", "borsigplatz", "eving"), 10),
)
COUNSELLORS = ("amira", "bernd", "elif", "carla", "daniel", "goran", "hanna", "irina")
PROGRAMMES = {"bruecke": "wurzeln-schlagen", "nordlicht": "lokal-willkommen"}


@dataclass
class Client:
    """A household of the story with its case and the counsellor in charge."""

    household: Household
    case: Case
    login: str
    eager: bool


class Advising:
    """The counsellors' part; `on_referral(referral)` is told when one is sent."""

    def __init__(self, world: World, *, on_referral: Callable[[Referral], None]) -> None:
        self.world = world
        self.on_referral = on_referral
        self.by_household: dict = {}
        self.receiver = Organisation.objects.get(code="ankerplatz")
        self.programmes = {p.code: p for p in Programme.objects.all()}

    def arrive(self) -> None:
        """A household comes to a contact point."""
        world, rng = self.world, self.world.rng
        logins, districts, _ = rng.choices(TEAMS, [team[2] for team in TEAMS])[0]
        login, district = rng.choice(logins), rng.choice(districts)
        by = world.actor(login)
        intake = invent_household(
            rng, on=world.at.date(), district=district, programme=self._programme(by.home.organisation_code, district)
        )
        household, case = take_in(intake=intake, by=by, at=world.at)
        client = Client(household, case, login, eager=rng.random() < 0.78)
        self.by_household[household.pk] = client
        self._talk(client)
        world.later((0, 6), lambda: self._plan(client))
        for _ in range(rng.randint(1, 5)):
            world.later((3, 240), lambda: self._talk(client))
        for _ in range(rng.randint(0, 2)):
            world.later((2, 120), lambda: self._appoint(client))
        if not client.eager:
            world.later((60, 300), lambda: self._close(client))

    def _programme(self, organisation: str, district: str) -> Programme | None:
        code = PROGRAMMES.get(organisation)
        if code is None:
            north = district in {"hafen", "nordmarkt", "borsigplatz"}
            code = "wurzeln-schlagen" if north else "lokal-willkommen"
        return self.programmes[code] if self.world.rng.random() < 0.85 else None

    def _open(self, client: Client) -> bool:
        client.case.refresh_from_db()
        return client.case.closed_on is None

    def _members(self, client: Client) -> list[HouseholdMember]:
        rows = client.household.members.visible_to(self.world.actor(client.login))
        return list(rows.filter(left_on__isnull=True).select_related("person"))

    def _talk(self, client: Client) -> None:
        if not self._open(client):
            return
        rng = self.world.rng
        kind, theme, text = rng.choice(NOTES)
        present = [m.person_id for m in self._members(client)[: rng.randint(1, 2)]]
        cases.write_note(
            case=client.case,
            kind=kind,
            theme=theme,
            text=text,
            occurred_at=self.world.at - timedelta(minutes=rng.randint(0, 50)),
            minutes=rng.choice((10, 15, 20, 30, 45, 60)),
            interpreter=rng.random() < 0.4,
            participants=present,
            by=self.world.actor(client.login),
            at=self.world.at,
        )

    def _plan(self, client: Client) -> None:
        if not self._open(client):
            return
        rng, by, at = self.world.rng, self.world.actor(client.login), self.world.at
        for need in Need.objects.visible_to(by).filter(case=client.case)[:2]:
            goal = cases.agree_goal(need=need, text=rng.choice(GOALS), by=by, at=at)
            for text in rng.sample(STEPS, rng.randint(1, 3)):
                self._step(client, goal, text)

    def _step(self, client: Client, goal: Goal, text: str) -> None:
        rng, at = self.world.rng, self.world.at
        step = cases.plan_step(
            goal=goal,
            text=text,
            by_client=rng.random() < 0.4,
            assignee=self.world.users[client.login],
            due_on=at.date() + timedelta(days=rng.randint(5, 60)),
            by=self.world.actor(client.login),
            at=at,
        )
        state = "done" if rng.random() < 0.85 else "dropped"

        def finish() -> None:
            if self._open(client):
                cases.close_step(step=step, state=state, by=self.world.actor(client.login), at=self.world.at)

        self.world.later((4, 90), finish)

    def _appoint(self, client: Client) -> None:
        if not self._open(client):
            return
        rng, at = self.world.rng, self.world.at
        starts = self.world.office_hour(at + timedelta(days=rng.randint(2, 21)))
        appointment = cases.make_appointment(
            case=client.case,
            kind=rng.choice(("counselling", "short_counselling", "accompaniment", "home_visit")),
            starts_at=starts,
            ends_at=starts + timedelta(minutes=rng.choice((30, 45, 60))),
            place="",
            by=self.world.actor(client.login),
            at=at,
        )
        self.world.plan(starts + timedelta(hours=2), lambda: self._keep(client, appointment))

    def _keep(self, client: Client, appointment: Appointment) -> None:
        if self._open(client):
            state = self.world.rng.choices(("kept", "missed", "cancelled"), (82, 12, 6))[0]
            by = self.world.actor(client.login)
            cases.close_appointment(appointment=appointment, state=state, by=by, at=self.world.at)

    def _close(self, client: Client) -> None:
        if self._open(client):
            cases.close_case(case=client.case, by=self.world.actor(client.login), at=self.world.at)

    def release(self, client: Client) -> None:
        """Prepare the sheets of all members for the housing enterprise."""
        rng, at = self.world.rng, self.world.at
        members = self._members(client)
        adults = [m for m in members if m.person.is_adult(on=at.date())]
        persons = tuple(
            PersonRelease(m.person_id, rng.choice(("de", "ar", "tr", "bg", "ro", "uk", "en")))
            if m in adults
            else PersonRelease(m.person_id, "de", custodian=adults[0].person_id)
            for m in members
        )
        terms = ReleaseTerms(
            receiver=self.receiver,
            purpose="housing",
            stages=("search", "viewing", "interest", "chosen", "contract"),
            valid_until=at.date() + timedelta(days=540),
            persons=persons,
        )
        prepare_releases(household=client.household, terms=terms, by=self.world.actor(client.login), at=at)
        if rng.random() < 0.9:
            self.world.later((1, 12), lambda: self._sign(client))

    def _sign(self, client: Client) -> None:
        by, at = self.world.actor(client.login), self.world.at
        consents = list(Consent.objects.visible_to(by).filter(akte=client.case.akte, signed_on__isnull=True))
        record_signatures(consents=consents, signed_on=at.date(), by=by, at=at)
        self.world.later((0, 4), lambda: self._refer(client))

    def _refer(self, client: Client) -> None:
        referral = cases.send_referral(
            case=client.case,
            household=client.household,
            receiver=self.receiver,
            purpose="housing",
            message="",
            by=self.world.actor(client.login),
            at=self.world.at,
        )
        self.on_referral(referral)
        if self.world.rng.random() < 0.03:
            self.world.later((20, 200), lambda: self._withdraw(client))

    def _withdraw(self, client: Client) -> None:
        by, at = self.world.actor(client.login), self.world.at
        consents = list(Consent.objects.visible_to(by).filter(akte=client.case.akte, revoked_at__isnull=True))
        if consents:
            withdraw_releases(consents=consents[:1], how="im Gespräch", by=by, at=at)

    def fill_calendar(self) -> None:
        """The next working days have appointments, so that "Heute" is a day like any other."""
        rng, at = self.world.rng, self.world.at
        eager = [client for client in self.by_household.values() if client.eager]
        for login in COUNSELLORS:
            for client in [one for one in eager if one.login == login][-7:]:
                if not self._open(client):
                    continue
                starts = self.world.office_hour(at + timedelta(days=rng.randint(0, 5)))
                cases.make_appointment(
                    case=client.case,
                    kind=rng.choice(("counselling", "short_counselling", "accompaniment", "home_visit")),
                    starts_at=starts,
                    ends_at=starts + timedelta(minutes=45),
                    by=self.world.actor(login),
                    at=at,
                )

    def read_notices(self) -> None:
        """Everybody reads what is older than some days."""
        for login in (*COUNSELLORS, "jonas", "katja"):
            by = self.world.actor(login)
            before = self.world.at - timedelta(days=4)
            for notice in Notice.objects.visible_to(by).filter(
                recipient_id=by.user_id, read_at__isnull=True, made_at__lt=before
            ):
                cases.read_notice(notice=notice, by=by, at=self.world.at)

    def do_tasks(self) -> None:
        """Counsellors work through what has been due for some days; a few tasks stay open."""
        for login in COUNSELLORS:
            by = self.world.actor(login)
            due = Task.objects.visible_to(by).filter(
                assignee_id=by.user_id, done_at__isnull=True, cancelled_at__isnull=True, origin="",
                due_on__lt=self.world.at.date() - timedelta(days=2),
            )  # fmt: skip
            for task in due:
                if self.world.rng.random() < 0.9:
                    try:
                        cases.complete_task(task=task, by=by, at=self.world.at, outcome="erledigt")
                    except HouseError:
                        continue
