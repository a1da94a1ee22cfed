"""The list of short contacts: columns, filters, files."""

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base import clock, exports
from wurzelwerk.base.forms import DayField
from wurzelwerk.base.tables import Column, FilterForm, Table, lines
from wurzelwerk.cases import lists
from wurzelwerk.cases.enums import Channel
from wurzelwerk.cases.models import ShortContact
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.trust.actor import Actor

from .contacts import language_label, within
from .forms.choosing import label_or_code

NOT_ASKED = "-"
EVERYTHING = ("", _("alle"))


class AboutFilter(FilterForm):
    """What a contact was about, and in which language."""

    lookups = {"thema": "topic", "weg": "channel"}
    thema = forms.ChoiceField(label=_("Thema"))
    sprache = forms.ChoiceField(label=_("Sprache"))
    weg = forms.ChoiceField(label=_("Wie gekommen"), choices=[EVERYTHING, *Channel.choices])

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["thema"].choices = [EVERYTHING, *lists.choices("journal_themes", on=today)]
        self.fields["sprache"].choices = [
            EVERYTHING, (NOT_ASKED, language_label("")), *lists.choices("languages", on=today)
        ]  # fmt: skip

    def filter_sprache(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep a language; "-" keeps those whom nobody asked."""
        return rows.filter(language="" if value == NOT_ASKED else value)


class ContactFilter(AboutFilter):
    """The filter bar of the list; without a day only today's contacts are shown."""

    von = DayField(label=_("Von"), help_text="")
    bis = DayField(label=_("Bis"), help_text="")
    wer = forms.ChoiceField(label=_("Wessen"), choices=[("", _("Team")), ("ich", _("meine"))])
    field_order = ("von", "bis", "thema", "sprache", "weg", "wer")

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def filter_von(self, rows: QuerySet, value: date) -> QuerySet:
        """Keep what happened from this day on."""
        return within(rows, value, None)

    def filter_bis(self, rows: QuerySet, value: date) -> QuerySet:
        """Keep what happened up to this day."""
        return within(rows, None, value)

    def filter_wer(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep the own ones."""
        return rows.filter(taken_by_id=self.actor.user_id)

    @property
    def is_today(self) -> bool:
        """Whether no day was asked for."""
        return not {"von", "bis"} & {name for name, _value in self.given()}

    def apply(self, rows: QuerySet) -> QuerySet:
        """Without a word about days, only today's are shown."""
        rows = super().apply(rows)
        return within(rows, clock.today(), clock.today()) if self.is_today else rows


def _topic(contact: ShortContact) -> str:
    return label_or_code("journal_themes", contact.topic)


def _topic_and_line(contact: ShortContact) -> str:
    return lines(_topic(contact), contact.line)


class ContactTable(Table):
    """Short contacts that the actor may see."""

    name, title, one, many = "kurzkontakte", _("Kurzkontakte"), _("Kurzkontakt"), _("Kurzkontakte")
    empty_title = _("Heute noch kein Kurzkontakt")
    empty_text = _("Was Sie und Ihr Team heute festhalten, steht hier. Andere Tage zeigt der Filter.")
    empty_icon = "person"
    filter_class = ContactFilter
    default_sort = "-zeit"
    columns = (
        Column("zeit", _("Wann"), value="occurred_at", kind="moment", sort=("occurred_at",)),
        Column("thema", _("Thema"), value=_topic, cell=_topic_and_line, sort=("topic",)),
        Column("zeile", _("Zeile"), value="line", only="file"),
        Column("sprache", _("Sprache"), value=lambda row: language_label(row.language), sort=("language",)),
        Column("minuten", _("Minuten"), value="minutes", kind="whole", sort=("minutes",)),
        Column("weg", _("Wie gekommen"), value=lambda row: str(row.get_channel_display()), sort=("channel",)),
        Column("von", _("Festgehalten von"), value=lambda row: str(row.taken_by_name)),
        Column("zugeordnet", _("Zugeordnet"), value=lambda row: row.case_id is not None, kind="yes_no"),
    )

    def __init__(self, *, actor: Actor, request: HttpRequest) -> None:
        self._colleagues = Colleagues()
        super().__init__(rows=ShortContact.objects.visible_to(actor), request=request, actor=actor)

    @property
    def objects(self) -> list[ShortContact]:
        """The page's rows, each with the name of who took it."""
        return self._colleagues.add(super().objects, "taken_by_id")

    def _all(self) -> list[ShortContact]:
        return self._colleagues.add(self.found[: exports.ROWS_AT_MOST], "taken_by_id")
