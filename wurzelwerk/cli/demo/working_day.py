"""What lies on the desk on the last day of the story: somebody away, letters, circles, families."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from wurzelwerk.base.errors import HouseError
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.actions import CustodyData, HelperData, Invitation
from wurzelwerk.cases.models import Case, HouseholdMember
from wurzelwerk.cases.queries import home_of
from wurzelwerk.letters.actions import LetterChoice, begin_letter, send_letter
from wurzelwerk.letters.enums import Target, Way
from wurzelwerk.letters.models import Letter
from wurzelwerk.letters.queries import correspondence

from .advising import Client
from .world import CITY, World

AUTHOR, AWAY, LEAD = "amira", "bernd", "elif"
LETTERS = (("certificate", True), ("free", False), ("papers", True))
"""Of which kind, and whether it is sent."""


class WorkingDay:
    """Plans what the team of one site left on its desk."""

    def __init__(self, world: World, clients: Mapping[UUID, Client]) -> None:
        self.world = world
        self.clients = clients

    def plan(self) -> None:
        """All of it lies in the last days, when the rest stands."""
        self.world.plan(self.world.until - timedelta(days=2, seconds=10), self.go_away)
        self.world.plan(self.world.until - timedelta(seconds=20), self.fill_desk)

    def go_away(self) -> None:
        """A colleague enters that he is away for nine days; another covers for him."""
        users, day = self.world.users, self.world.at.date()
        cases.record_absence(
            user=users[AWAY], kind="holiday", starts_on=day, ends_on=day + timedelta(days=9), covers=[users[AUTHOR]],
            by=self.world.actor(AWAY), at=self.world.at,
        )  # fmt: skip

    def fill_desk(self) -> None:
        """Letters of three households, a circle with a conference, families with their relations."""
        own = self._own()
        for client, (template, is_sent) in zip(own, LETTERS, strict=False):
            self._write(client, template, is_sent)
        for client in own[:2]:
            self._gather(client)
        for client in own:
            self._relate(client)

    def _own(self) -> list[Client]:
        """The author's open cases, the latest first."""
        open_ones = Case.objects.visible_to(self.world.actor(AUTHOR)).filter(closed_on__isnull=True)
        opened = dict(open_ones.filter(lead_id=self.world.users[AUTHOR].pk).values_list("pk", "opened_on"))
        own = [client for client in self.clients.values() if client.case.pk in opened]
        return sorted(own, key=lambda client: (opened[client.case.pk], client.case.pk), reverse=True)[:8]

    def _members(self, client: Client) -> list[HouseholdMember]:
        rows = client.household.members.visible_to(self.world.actor(AUTHOR)).filter(left_on__isnull=True)
        return list(rows.select_related("person").order_by("position", "pk"))

    def _write(self, client: Client, template: str, is_sent: bool) -> None:
        by, at = self.world.actor(AUTHOR), self.world.at
        frame = correspondence(client.household.pk, actor=by, today=at.date())
        members = self._members(client)
        if frame is None or not members:
            return
        spoken = members[0].person.languages.visible_to(by).order_by("pk").first()
        choice = LetterChoice(template, Target.PERSON, spoken.code if spoken else "")
        try:
            letter = begin_letter(subject=frame.subject(members[0].person), choice=choice, by=by, at=at)
        except HouseError:  # no words in this language: then in German alone
            choice = LetterChoice(template, Target.PERSON)
            letter = begin_letter(subject=frame.subject(members[0].person), choice=choice, by=by, at=at)
        if is_sent and "[" not in letter.text:
            self._send(letter, client, at.date())

    def _send(self, letter: Letter, client: Client, day: date) -> None:
        by = self.world.actor(AUTHOR)
        home = home_of(client.household, actor=by)
        send_letter(letter=letter, way=Way.HAND, sent_on=day, home=home, by=by, at=self.world.at)

    def _gather(self, client: Client) -> None:
        by, at = self.world.actor(AUTHOR), self.world.at
        since = max(client.case.opened_on, at.date() - timedelta(days=60))
        school = HelperData(
            name="Sabine Muster", role="school", body="Beispielschule (Demo)", phone="0231 000-21", since=since,
            reachable="vormittags",
        )  # fmt: skip
        helper = cases.add_helper(household=client.household, helper=school, by=by, at=at)
        day = self.world.office_hour(at + timedelta(days=6)).date()
        starts = datetime.combine(day, time(14), tzinfo=CITY)
        invitation = Invitation(
            kind="case_conference", starts_at=starts, ends_at=starts + timedelta(hours=1), place="Raum 2",
            agenda="Schulplatz und Wohnung: Wer macht was bis wann?", users=(self.world.users[LEAD],),
            helpers=(helper,),
        )  # fmt: skip
        cases.call_conference(case=client.case, invitation=invitation, by=by, at=at)

    def _relate(self, client: Client) -> None:
        by, at, members = self.world.actor(AUTHOR), self.world.at, self._members(client)
        grown = [one.person for one in members if one.relation in {"self", "spouse", "partner"}]
        for child in (one.person for one in members if one.relation == "child"):
            for parent in grown:
                cases.relate(person=parent, kind="parent", other=child, by=by, at=at)
            holders = tuple(one.pk for one in grown)
            kind = "joint" if len(holders) > 1 else "sole"
            cases.set_custody(child=child, custody=CustodyData(kind, holders), by=by, at=at)
