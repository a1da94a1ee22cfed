"""Referrals as they are shown: the course of one, the list, and how bodies answer, in counts only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import exports
from wurzelwerk.base.clock import local_day
from wurzelwerk.base.tables import Column, FilterForm, Table, badge
from wurzelwerk.base.workdays import workdays_between
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import ReferralState
from wurzelwerk.cases.models import Referral, ReferralEvent
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.links import Link

from .contacts import within
from .forms.choosing import label_or_code
from .queries import HouseholdNames

KINDS = {"sent": "warning", "accepted": "info", "done": "success", "refused": "danger", "withdrawn": "", "ended": ""}
ICONS = {"reminded": "bell", "opened": "eye", "asked": "help", "replied": "mail"}


@dataclass(frozen=True)
class Happening:
    """One line of a referral's course; `who` is empty where nobody did it, or nobody to be named."""

    title: str
    at: datetime
    who: str = ""
    text: str = ""
    icon: str = "check"
    outside: bool = False


def course_of(referral: Referral, *, actor: Actor) -> list[Happening]:
    """Return what happened to a referral, the newest first (three queries)."""
    names = Colleagues()
    events = ReferralEvent.objects.visible_to(actor).of(referral_id=referral.pk).order_by("at", "pk")
    links = Link.objects.visible_to(actor).filter(akte=referral.akte_id, subject=referral.pk).order_by("issued_at")
    found = [
        Happening(
            _("gesendet"),
            referral.sent_at,
            names.name(referral.sent_by_id),
            referral.message or referral.concern,
            "referral",
        ),
        *(_event(one, names) for one in events),
        *(Happening(_("Link ausgegeben"), one.issued_at, names.name(one.issued_by_id), icon="link") for one in links),
    ]
    if referral.answered_at:
        found.append(_answer(referral, names))
    if referral.done_at:
        outcome = label_or_code("referral_outcomes", referral.outcome)
        text = f"{outcome}: {referral.outcome_text}" if referral.outcome_text else outcome
        found.append(Happening(_("erledigt"), referral.done_at, referral.receiver.short_name, text, "success"))
    if referral.ended_at:
        found.append(Happening(str(referral.get_state_display()), referral.ended_at, "", referral.reason, "close"))
    return sorted(found, key=lambda one: one.at)[::-1]


def _answer(referral: Referral, names: Colleagues) -> Happening:
    who = names.name(referral.answered_by_id) or referral.receiver.short_name
    if referral.state == ReferralState.REFUSED:
        return Happening(_("abgelehnt"), referral.answered_at, who, refusal_of(referral), "danger")
    return Happening(_("angenommen"), referral.answered_at, who, "", "check")


def refusal_of(referral: Referral) -> str:
    """Write why a referral was refused: the reason of the list, then the sentence."""
    because = label_or_code("refusal_reasons", referral.refused_because) if referral.refused_because else ""
    return ": ".join(filter(None, [because, referral.reason]))


def _event(one: ReferralEvent, names: Colleagues) -> Happening:
    who = names.name(one.by_id) or ("" if one.outside else _("von selbst"))
    return Happening(str(one.get_news_display()), one.at, who, one.text, ICONS.get(one.news, "info"), one.outside)


def waited(referral: Referral, *, today: date) -> int:
    """Return for how many working days a referral has waited for its answer."""
    return workdays_between(local_day(referral.sent_at), today)


def is_late(referral: Referral, *, today: date) -> bool:
    """Say whether the answer should have come already."""
    return referral.state == ReferralState.SENT and referral.due_on is not None and referral.due_on < today


def purpose_label(code: str) -> str:
    """Return a purpose in words."""
    return label_or_code("release_purposes", code)


# -- the list --------------------------------------------------------------------------------------------------------


class ReferralFilter(FilterForm):
    """Which referrals are shown."""

    lookups = {"stand": "state"}
    stand = forms.ChoiceField(label=lazy("Stand"), choices=[("", lazy("alle")), *ReferralState.choices])
    wer = forms.ChoiceField(label=lazy("Wessen"), choices=[("", lazy("Team")), ("ich", lazy("meine"))])

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def filter_wer(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep the own ones."""
        return rows.filter(sent_by_id=self.actor.user_id)


def _state(row: Referral) -> str:
    return badge(str(row.get_state_display()), KINDS[row.state])


class ReferralTable(Table):
    """The referrals that the actor's teams sent."""

    name, title = "ueberweisungen", lazy("Überweisungen")
    one, many = lazy("Überweisung"), lazy("Überweisungen")
    empty_title = lazy("Keine Überweisung")
    empty_text = lazy("Überwiesen wird auf der Seite eines Haushalts unter „Freigaben“.")
    empty_icon = "referral"
    filter_class = ReferralFilter
    default_sort = "-gesendet"
    columns = (
        Column("haushalt", lazy("Haushalt"), value=lambda row: row.about.name if row.about else "",
               url=lambda row: reverse("referral", args=[row.pk])),
        Column("an", lazy("An"), value=lambda row: row.receiver.name, sort=("receiver__name",)),
        Column("zweck", lazy("Zweck"), value=lambda row: purpose_label(row.purpose)),
        Column("stand", lazy("Stand"), value=lambda row: str(row.get_state_display()), cell=_state, sort=("state",)),
        Column("gesendet", lazy("Gesendet"), value="sent_at", kind="moment", sort=("sent_at",)),
        Column("antwort_bis", lazy("Antwort bis"), value="due_on", kind="day", sort=("due_on",)),
        Column("antwort", lazy("Antwort"), value="answered_at", kind="moment", sort=("answered_at",)),
        Column("grund", lazy("Grund"), value=refusal_of, only="file"),
    )  # fmt: skip

    def __init__(self, *, actor: Actor, request: HttpRequest) -> None:
        self._names = HouseholdNames(actor)
        super().__init__(rows=sent_by_teams(actor).select_related("receiver"), request=request, actor=actor)

    @property
    def objects(self) -> list[Referral]:
        """The page's rows, each with its household."""
        return self._names.add(super().objects)

    def _all(self) -> list[Referral]:
        return self._names.add(self.found[: exports.ROWS_AT_MOST])


def sent_by_teams(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals out of the Akten that the actor's teams keep."""
    return Referral.objects.visible_to(actor).filter(circle_id__in=list(actor.teams))


# -- figures ---------------------------------------------------------------------------------------------------------


@dataclass
class BodyFigures:
    """How one body answered what was sent to it in a period; counts only."""

    name: str
    sent: int = 0
    in_time: int = 0
    late: int = 0
    waiting: int = 0
    silent: int = 0
    accepted: int = 0
    refused: int = 0
    opened: int = 0
    days: list[int] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def typical(self) -> int | None:
        """The median of the working days until the answer; None without an answer."""
        return round(median(self.days)) if self.days else None

    @property
    def why(self) -> str:
        """The reasons of refusing with how often, the most frequent first."""
        ranked = sorted(self.reasons.items(), key=lambda one: (-one[1], one[0]))
        return ", ".join(f"{label} ({number})" for label, number in ranked)


def figures_of(rows: QuerySet[Referral], first: date | None, last: date | None, *, today: date) -> list[BodyFigures]:
    """Count by receiver what was sent in a period (one query); whoever got the most comes first.

    Withdrawn before an answer counts as sent and nothing else.
    """
    seen = Exists(
        ReferralEvent.objects.for_system(reason="counted only").filter(referral=OuterRef("pk"), news="opened")
    )
    columns = ("receiver_id", "receiver__name", "state", "sent_at", "answered_at", "due_on", "refused_because", "seen")
    found: dict[UUID, BodyFigures] = {}
    silent_after = lists.number("referral_rules", "silent_days", on=today)
    for receiver, name, *values in (
        within(rows.annotate(seen=seen), first, last, column="sent_at").order_by().values_list(*columns)
    ):
        _count(found.setdefault(receiver, BodyFigures(name)), values, today, silent_after)
    return sorted(found.values(), key=lambda one: (-one.sent, one.name))


def _count(body: BodyFigures, values: Iterable[Any], today: date, silent_after: int) -> None:
    state, sent_at, answered_at, due_on, because, seen = values
    body.sent, body.opened = body.sent + 1, body.opened + seen
    if answered_at:
        day = local_day(answered_at)
        body.days.append(workdays_between(local_day(sent_at), day))
        late = due_on is not None and day > due_on
        body.late, body.in_time = body.late + late, body.in_time + (not late)
        refused = state == ReferralState.REFUSED
        body.refused, body.accepted = body.refused + refused, body.accepted + (not refused)
        if refused:
            label = label_or_code("refusal_reasons", because) if because else _("ohne Grund aus der Liste")
            body.reasons[label] = body.reasons.get(label, 0) + 1
    elif state == ReferralState.SENT:
        silent = workdays_between(local_day(sent_at), today) > silent_after
        body.silent, body.waiting = body.silent + silent, body.waiting + (not silent)


class FiguresTable(Table):
    """How bodies answer, a line each."""

    name, title = "ueberweisungen-zahlen", lazy("Antworten nach Stelle")
    one, many = lazy("Stelle"), lazy("Stellen")
    empty_title = lazy("In diesem Zeitraum ist nichts überwiesen")
    empty_text = lazy("Wählen Sie einen anderen Zeitraum.")
    empty_icon = "report"
    columns = (
        Column("stelle", lazy("Stelle"), value="name"),
        Column("gesendet", lazy("gesendet"), value="sent", kind="whole"),
        Column("rechtzeitig", lazy("rechtzeitig"), value="in_time", kind="whole"),
        Column("spaeter", lazy("später"), value="late", kind="whole"),
        Column("wartet", lazy("wartet"), value="waiting", kind="whole"),
        Column("stumm", lazy("stumm"), value="silent", kind="whole"),
        Column("angenommen", lazy("angenommen"), value="accepted", kind="whole"),
        Column("abgelehnt", lazy("abgelehnt"), value="refused", kind="whole"),
        Column("angesehen", lazy("angesehen"), value="opened", kind="whole"),
        Column("tage", lazy("Arbeitstage"), value=lambda row: row.typical, kind="whole"),
        Column("gruende", lazy("Gründe"), value=lambda row: row.why),
    )
