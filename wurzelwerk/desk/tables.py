"""The list of households: columns, filters, files."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from uuid import UUID

from django import forms
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base import exports, paging
from wurzelwerk.base.forms import Combobox, DayField
from wurzelwerk.base.tables import PAGE, Column, FilterForm, Table, badge, lines
from wurzelwerk.cases.models import Case
from wurzelwerk.network import remembered
from wurzelwerk.network.models import Membership, User
from wurzelwerk.pathways.stages import all_pathways
from wurzelwerk.trust.actor import Actor

from . import listing
from .listing import HouseholdLine

CHUNK = 500
COLLEAGUES_AT_MOST = 150


def stage_choices() -> list[tuple[str, object]]:
    """Return every pathway's stages, grouped where there are several pathways."""
    groups = [
        (pathway.label, [(f"{pathway.code}:{stage.code}", stage.label) for stage in pathway.stages])
        for pathway in all_pathways().values()
    ]
    return [("", _("alle")), *(groups[0][1] if len(groups) == 1 else groups)]


class HouseholdFilter(FilterForm):
    """The filter bar of the household list.

    `open_anyway`: the order of the list leaves closed households out by itself.
    """

    open_anyway = False
    name = forms.CharField(label=_("Name oder Aktenzeichen"), max_length=80)
    wer = forms.ChoiceField(
        label=_("Wessen"),
        choices=[("", _("alle, die ich sehe")), ("ich", _("meine")), ("team", _("mein Team"))],
    )
    stand = forms.ChoiceField(
        label=_("Stand"),
        choices=[("", _("offen")), ("abgeschlossen", _("abgeschlossen")), ("alle", _("offen und abgeschlossen"))],
    )
    bezirk = forms.ChoiceField(label=_("Wohnt in"), widget=Combobox)
    programm = forms.ChoiceField(label=_("Programm"))
    stufe = forms.ChoiceField(label=_("Stufe"))
    kontakt = DayField(label=_("Kein Kontakt seit"))
    zustaendig = forms.ChoiceField(label=_("Zuständig"))

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        everything = ("", _("alle"))
        self.fields["bezirk"].choices = [everything, *remembered.districts.choices()]
        self.fields["programm"].choices = [everything, *remembered.programmes.choices()]
        self.fields["stufe"].choices = stage_choices()
        if not actor.may("case.assign"):
            del self.fields["zustaendig"]
        elif (known := colleagues(actor)) is not None:
            self.fields["zustaendig"].choices = [everything, *known]
        else:
            self.fields["zustaendig"] = ColleagueField(label=_("Zuständig"), max_length=80, required=False)

    def filter_name(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep what begins like this."""
        return listing.called(rows, value.strip())

    def filter_wer(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep the own households, or the team's."""
        if value == "ich":
            return listing.led_by(rows, self.actor.user_id, actor=self.actor)
        return listing.of_own_team(rows, actor=self.actor)

    def filter_stand(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep closed ones; "alle" keeps everything."""
        return rows if value == "alle" else listing.without_open_case(rows)

    def filter_bezirk(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep who lives in a district."""
        return listing.living_in(rows, value)

    def filter_programm(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep who belongs to a programme."""
        return listing.in_programme(rows, UUID(value))

    def filter_stufe(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep who stands at a stage."""
        return listing.at_stage(rows, value, actor=self.actor)

    def filter_kontakt(self, rows: QuerySet, value: date) -> QuerySet:
        """Keep who has not been seen since a day."""
        return listing.seen_before(rows, value)

    def filter_zustaendig(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep a colleague's households; in a large body, those of everybody whose name begins like this."""
        if isinstance(self.fields["zustaendig"], forms.ChoiceField):
            return listing.led_by(rows, UUID(value), actor=self.actor)
        return listing.led_by_anyone(rows, _at_places(self.actor).filter(ColleagueField.match(value)), actor=self.actor)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Without a word about it, only open households are shown."""
        rows = super().apply(rows)
        return listing.with_open_case(rows) if self.shows_open_only and not self.open_anyway else rows

    @property
    def shows_open_only(self) -> bool:
        """Whether nothing else was asked for."""
        return not self.cleaned_data.get("stand")


class ColleagueField(forms.CharField):
    """Who is in charge, typed instead of chosen, where there are too many to choose from; an id is taken too."""

    @staticmethod
    def match(value: str) -> Q:
        """Return the memberships of people whose last or first name begins like this, or who have this id."""
        try:
            return Q(user_id=UUID(value))
        except ValueError:
            return Q(user__last_name__istartswith=value) | Q(user__first_name__istartswith=value)

    def prepare_value(self, value: object) -> object:
        """Show the name of somebody who came by id, as from the page of the team."""
        try:
            person = User.objects.filter(pk=UUID(str(value or ""))).first()
        except ValueError:
            return value
        return person.display_name if person else value


def _at_places(actor: Actor) -> QuerySet[Membership]:
    """Return the memberships that stand today at one of the actor's places."""
    rows = Membership.objects.filter(valid_from__lte=actor.on, user__is_active=True).exclude(valid_to__lt=actor.on)
    sites = {m.site_id for m in actor.memberships if m.site_id}
    whole = {m.organisation_id for m in actor.memberships if not m.site_id}
    return rows.filter(Q(site_id__in=sites) | Q(organisation_id__in=whole))


def colleagues(actor: Actor) -> list[tuple[str, str]] | None:
    """Return (id, name) of everybody who works today at one of the actor's places, in order of names.

    None where they are more than anybody would look through.
    """
    columns = ("user_id", "user__first_name", "user__last_name", "user__username")
    rows = list(_at_places(actor).order_by().values_list(*columns)[: COLLEAGUES_AT_MOST + 1])
    if len(rows) > COLLEAGUES_AT_MOST:
        return None
    people = {str(pk): User.name_of(*names) for pk, *names in rows}
    return sorted(people.items(), key=lambda one: one[1])


def _lead(line: HouseholdLine) -> str:
    return line.case.lead if line.case else ""


def _state(line: HouseholdLine) -> str:
    if line.case is None:
        return ""
    return str(_("abgeschlossen") if line.case.closed_on else _("offen"))


def _reference(line: HouseholdLine) -> str:
    return format_html('<span class="ww-nowrap">{}</span>', line.reference)


def _lead_and_place(line: HouseholdLine) -> str:
    return lines(_lead(line) or _("niemand"), line.place)


def _stage_and_state(line: HouseholdLine) -> str:
    closed = line.case is not None and line.case.closed_on
    return badge(_state(line)) if closed else line.stage


class HouseholdTable(Table):
    """The list of households; its rows are `HouseholdLine`."""

    name, title, one, many = "haushalte", _("Haushalte"), _("Haushalt"), _("Haushalte")
    empty_title = _("Noch keine Haushalte")
    empty_text = _("Haushalte Ihres Teams und solche, die Ihnen freigegeben sind, stehen hier.")
    empty_icon = "household"
    filter_class = HouseholdFilter
    default_sort = "name"
    columns = (
        Column(
            "name",
            _("Haushalt"),
            sort=("name",),
            url=lambda line: reverse("household", args=[line.pk]),
        ),
        Column("persons", _("Personen"), kind="whole"),
        Column("akte", _("Aktenzeichen"), value="reference", cell=_reference, sort=("akte__reference",)),
        Column("lead", _("Zuständig"), value=_lead, cell=_lead_and_place),
        Column("site", _("Standort"), value="place", only="file"),
        Column("stage", _("Stufe"), value="stage", cell=_stage_and_state),
        Column("state", _("Stand"), value=_state, only="file"),
        Column("kontakt", _("Letzter Kontakt"), value="case.last_contact_on", kind="day", sort=("kontakt",)),
    )

    def __init__(self, *, actor: Actor, request: HttpRequest) -> None:
        self.actor = actor
        super().__init__(rows=listing.visible_households(actor), request=request, actor=actor)
        self.filter.open_anyway = self._by_contact

    @property
    def _by_contact(self) -> bool:
        column, _downwards = self.sorted_by
        return column is not None and column.key == "kontakt"

    def _sorted(self, rows: QuerySet) -> QuerySet:
        column, downwards = self.sorted_by
        if self._by_contact and self.filter.shows_open_only:
            return listing.by_last_contact(rows, downwards=downwards, actor=self.actor)
        if self._by_contact:
            return listing.by_any_contact(rows, downwards=downwards)
        return listing.in_order_of(rows, column.sort[0] if column else "name", downwards=downwards, actor=self.actor)

    @cached_property
    def _first(self) -> list[str]:
        """The ids of the list's beginning, in order: they are its count and most of its pages in one query.

        They come as text: five hundred of them become 25 `UUID`, not five hundred.
        """
        return list(self.found.values_list(Cast(self._id, CharField()), flat=True)[: paging.COUNTED + 1])

    @property
    def _id(self) -> str:
        """The column of `found` that names the household."""
        return listing.CONTACTED if self.found.model is Case else "pk"

    @cached_property
    def total(self) -> paging.Count:
        """How many households there are, counted up to 500."""
        return paging.Count(min(len(self._first), paging.COUNTED), len(self._first) > paging.COUNTED)

    @cached_property
    def _taken(self) -> tuple[list[UUID], paging.Page]:
        deep = paging.asked_page(self.params, PAGE) * self.page_size > paging.COUNTED and self.total.more
        rows = self.found.values_list(self._id, flat=True) if deep else self._first
        return paging.take(rows, params=self.params, size=self.page_size, total=self.total, key=PAGE)

    @cached_property
    def objects(self) -> list[HouseholdLine]:
        """The page's lines."""
        return listing.lines([UUID(str(pk)) for pk in self._taken[0]], actor=self.actor)

    def _all(self) -> Iterator[HouseholdLine]:
        ids = iter(list(self.found.values_list(self._id, flat=True)[: exports.ROWS_AT_MOST]))
        while chunk := list(islice(ids, CHUNK)):
            yield from listing.lines(chunk, actor=self.actor)
