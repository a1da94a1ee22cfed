"""What the housing enterprise does in the story: answer, run rounds, propose, view, promise, hand over."""

from collections.abc import Callable
from datetime import timedelta

from wurzelwerk.base.errors import HouseError
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases.models import Referral
from wurzelwerk.housing.actions import aftercare, placing, rounds, search
from wurzelwerk.housing.actions.search import ProfileData
from wurzelwerk.housing.enums import AfterCareMark, AfterCareResult, PlacementState, WbsState
from wurzelwerk.housing.models import AfterCare, HousingSearch, Letting, Placement, SearchProfile
from wurzelwerk.housing.tasks import run_round_job
from wurzelwerk.offers.enums import OfferState
from wurzelwerk.pathways.actions import advance, start_journey
from wurzelwerk.pathways.models import Journey

from .advising import Advising, Client
from .profiles import invent_profile
from .texts import OVERRIDES, VIEWING_PLACES
from .world import World

DECLINES = (
    ("other_household", 30), ("works_needed", 8), ("household_size", 16), ("proof_missing", 12), ("credit_report", 10),
    ("benefits_refused", 8), ("discrimination_suspected", 6), ("no_reason", 10),
)  # fmt: skip
DAYS_BETWEEN_ROUNDS = 21
MARKS = {AfterCareMark.FOUR_WEEKS: 28, AfterCareMark.SIX_MONTHS: 183, AfterCareMark.TWELVE_MONTHS: 365}


class Placing:
    """The scouts' part; households come by referral, dwellings from the stock."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.advising = Advising(world, on_referral=self.received)

    def want_home(self, client: Client) -> None:
        """The counsellor starts the way into a dwelling and writes down what is looked for."""
        client.case.refresh_from_db()
        if client.case.closed_on:
            return
        by, at = self.world.actor(client.login), self.world.at
        start_journey(case=client.case, pathway="housing", by=by, at=at)
        self.world.later((1, 10), lambda: self._profile(client))

    def _profile(self, client: Client) -> None:
        by, at = self.world.actor(client.login), self.world.at
        profile = invent_profile(self.world.rng, client.household, by=by, on=at.date())
        search.keep_profile(household=client.household, profile=profile, by=by, at=at)
        if self.world.rng.random() < 0.92:
            self.world.later((1, 8), lambda: self.advising.release(client))
        else:
            self.world.later((10, 60), lambda: self._give_up(client))
        self.world.later((300, 340), lambda: self._renew(client))

    def _give_up(self, client: Client) -> None:
        """The household looks no further: it stays where it is or moves to relatives elsewhere."""
        by = self.world.actor(client.login)
        journey = Journey.objects.writable_by(by).filter(case=client.case, ended_on__isnull=True).first()
        if journey is not None:
            self._safely(lambda: advance(journey=journey, to="ended", by=by, at=self.world.at))

    def _renew(self, client: Client) -> None:
        """The certificate runs out; whoever still searches brings a new one."""
        by, at = self.world.actor(client.login), self.world.at
        row = SearchProfile.objects.visible_to(by).filter(household=client.household).first()
        if row is None or row.wbs_state != WbsState.HELD:
            return
        values = {name: getattr(row, name) for name in ProfileData.__dataclass_fields__ if hasattr(row, name)}
        values["wished"], values["excluded"] = tuple(row.wished.all()), tuple(row.excluded.all())
        values["wbs_valid_until"] = at.date() + timedelta(days=364)
        profile = ProfileData(**values)
        self._safely(lambda: search.keep_profile(household=client.household, profile=profile, by=by, at=at))

    def received(self, referral: Referral) -> None:
        """A referral lies in the inbox; somebody answers it some days later."""
        login = "jonas" if self.world.rng.random() < 0.7 else "katja"
        self.world.later((1, 9), lambda: self._answer(referral, login))

    def _answer(self, referral: Referral, login: str) -> None:
        referral.refresh_from_db()
        by, at = self.world.actor(login), self.world.at
        self._safely(
            lambda: (
                cases.refuse_referral(
                    referral=referral,
                    reason="Für diese Haushaltsgröße haben wir auf absehbare Zeit nichts.",
                    by=by,
                    at=at,
                )
                if self.world.rng.random() < 0.05
                else search.accept_search(referral=referral, by=by, at=at)
            )
        )

    def _safely(self, action: Callable[[], object]) -> bool:
        """Do what people would try; the house may refuse because things have changed meanwhile."""
        try:
            action()
        except HouseError:
            return False
        return True

    def run_round(self) -> None:
        """The manager runs a round and proposes what it found; another follows in three weeks."""
        by, at = self.world.actor("katja"), self.world.at
        begun = rounds.start_round(by=by, at=at)
        run_round_job.call(str(begun.pk))
        begun.refresh_from_db()
        made, _refused = rounds.propose_all(found=begun, by=self.world.actor("katja"), at=at)
        for placement in made:
            self._follow(placement)
        if self.world.rng.random() < 0.5:
            self.world.later((1, 5), self._override)
        self.world.later((DAYS_BETWEEN_ROUNDS, DAYS_BETWEEN_ROUNDS), self.run_round)

    def _override(self) -> None:
        """Somebody proposes what the round did not, and says why."""
        by, at, rng = self.world.actor("katja"), self.world.at, self.world.rng
        searching = list(HousingSearch.objects.visible_to(by).filter(state="searching").order_by("pk"))
        lettings = Letting.objects.visible_to(by).filter(is_current=True, offer__state=OfferState.OPEN)
        free = list(lettings.order_by("pk"))
        if not searching or not free:
            return
        try:
            made = placing.propose_placement(
                search=rng.choice(searching),
                letting=rng.choice(free),
                override_reason=rng.choice(OVERRIDES),
                by=by,
                at=at,
            )
        except HouseError:
            return
        self._follow(made)

    def _follow(self, placement: Placement) -> None:
        if self.world.rng.random() < 0.06:
            self.world.later((1, 4), lambda: self._refuse(placement))
        else:
            self.world.later((1, 4), lambda: self._view(placement))

    def _now(self, placement: Placement, state: str) -> bool:
        placement.refresh_from_db()
        return placement.state == state

    def _refuse(self, placement: Placement) -> None:
        if self._now(placement, PlacementState.PROPOSED) or self._now(placement, PlacementState.VIEWING):
            reason = self.world.rng.choice(("zu weit von der Schule", "kein Platz für die Großmutter", "zu laut"))
            by, at = self.world.actor("jonas"), self.world.at
            self._safely(lambda: placing.refuse_placement(placement=placement, reason=reason, by=by, at=at))

    def _view(self, placement: Placement) -> None:
        if not self._now(placement, PlacementState.PROPOSED):
            return
        by, at, rng = self.world.actor("jonas"), self.world.at, self.world.rng
        when = self.world.office_hour(at + timedelta(days=rng.randint(2, 7)))
        place = rng.choice(VIEWING_PLACES)
        if self._safely(
            lambda: placing.arrange_viewing(placement=placement, viewing_at=when, place=place, by=by, at=at)
        ):
            after = when + timedelta(days=1)
            refuses = rng.random() < 0.1
            self.world.plan(after, lambda: self._refuse(placement) if refuses else self._ask(placement))

    def _ask(self, placement: Placement) -> None:
        if not self._now(placement, PlacementState.VIEWING):
            return
        by, at = self.world.actor("jonas"), self.world.at
        if self._safely(lambda: placing.ask_for_promise(placement=placement, by=by, at=at)):
            self.world.later((2, 12), lambda: self._owner_answers(placement))

    def _owner_answers(self, placement: Placement) -> None:
        if not self._now(placement, PlacementState.APPLIED):
            return
        by, at, rng = self.world.actor("jonas"), self.world.at, self.world.rng
        if rng.random() < 0.28:
            reason = rng.choices([code for code, _ in DECLINES], [weight for _, weight in DECLINES])[0]
            self._safely(lambda: placing.decline_placement(placement=placement, decline_reason=reason, by=by, at=at))
        elif self._safely(lambda: placing.promise_placement(placement=placement, by=by, at=at)):
            self.world.later((3, 15), lambda: self._sign(placement))
        else:
            reason = "Wohnung oder Haushalt sind inzwischen anders vergeben."
            self._safely(lambda: placing.withdraw_placement(placement=placement, reason=reason, by=by, at=at))

    def _sign(self, placement: Placement) -> None:
        if not self._now(placement, PlacementState.PROMISED):
            return
        by, at = self.world.actor("jonas"), self.world.at
        begins = (at + timedelta(days=self.world.rng.randint(7, 40))).date().replace(day=1)
        begins = max(begins, at.date())
        if self._safely(lambda: placing.sign_contract(placement=placement, contract_from=begins, by=by, at=at)):
            days = max(1, (begins - at.date()).days)
            self.world.later((days, days + 3), lambda: self._hand_over(placement))

    def _hand_over(self, placement: Placement) -> None:
        if not self._now(placement, PlacementState.CONTRACT):
            return
        by, at = self.world.actor("jonas"), self.world.at
        if self._safely(lambda: placing.hand_over_keys(placement=placement, keys_on=at.date(), by=by, at=at)):
            for mark, days in MARKS.items():
                self.world.later((days, days + 6), lambda mark=mark: self._look_in(placement, mark))

    def _look_in(self, placement: Placement, mark: str) -> None:
        client = self.advising.by_household.get(placement.household_ref)
        if client is None or self.world.rng.random() < 0.04:
            return
        by, at = self.world.actor(client.login), self.world.at
        row = AfterCare.objects.visible_to(by).filter(
            placement_ref=placement.pk, mark=mark, result="", cancelled_at__isnull=True
        ).first()  # fmt: skip
        if row is not None:
            result = self.world.rng.choices(
                (AfterCareResult.KEPT, AfterCareResult.AT_RISK, AfterCareResult.LOST), (88, 7, 5)
            )[0]
            self._safely(lambda: aftercare.note_aftercare(aftercare=row, result=result, by=by, at=at))
