"""The list of tasks: whose, which, in which order."""

from datetime import date
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base import exports
from wurzelwerk.base.forms import DayField
from wurzelwerk.base.tables import Column, FilterForm, Table, badge, lines
from wurzelwerk.cases.absence_rules import led_people
from wurzelwerk.cases.covers import covered_by
from wurzelwerk.cases.models import Case, Task
from wurzelwerk.network.colleagues import Colleagues
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.scopes import Scope

from .queries import HouseholdNames
from .today_cover import rings, work_of

CHOSEN = "aufgabe"
"""The name of the boxes by which tasks are chosen."""
FORM = "sammel"
"""The id of the form to which they belong."""


class TaskFilter(FilterForm):
    """The filter bar; without a word the actor's own open tasks are shown."""

    wer = forms.ChoiceField(label=lazy("Wessen"))
    stand = forms.ChoiceField(
        label=lazy("Stand"),
        choices=[("", lazy("offen")), ("ueberfaellig", lazy("überfällig")), ("ruhend", lazy("zurückgestellt")),
                 ("erledigt", lazy("erledigt"))],
    )  # fmt: skip
    woher = forms.ChoiceField(
        label=lazy("Woher"),
        choices=[("", lazy("alle")), ("hand", lazy("von Hand gestellt")), ("regel", lazy("aus einer Regel"))],
    )
    bis = DayField(label=lazy("Fällig bis"), help_text="")

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        people = [(str(user.pk), user.display_name) for user in led_people(actor) if user.pk != actor.user_id]
        self.fields["wer"].choices = [
            ("", _("meine")), ("vertretung", _("die ich vertrete")), ("team", _("mein Team")), *people
        ]  # fmt: skip

    def filter_stand(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep what is overdue, rests, or was done."""
        if value == "erledigt":
            return rows
        return rows.filter(due_on__lt=self.actor.on) if value == "ueberfaellig" else rows.exclude(rings(self.actor.on))

    def filter_wer(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep those of the people for whom one stands in, of the team, or of a colleague."""
        if value == "vertretung":
            covered = [one for one in covered_by(self.actor.user_id, on=self.actor.on) if one.on(self.actor.on)]
            return rows.filter(work_of(covered, "assignee_id"))
        if value == "team":
            return rows.filter(circle_id__in=self.actor.home_circles(Scope.PLAN))
        return rows.filter(assignee_id=UUID(value))

    def filter_woher(self, rows: QuerySet, value: str) -> QuerySet:
        """Keep what somebody set, or what a rule made."""
        return rows.filter(origin="") if value == "hand" else rows.exclude(origin="")

    def filter_bis(self, rows: QuerySet, value: date) -> QuerySet:
        """Keep what is due up to a day."""
        return rows.filter(due_on__lte=value)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Own and open, unless something else was asked for."""
        rows = super().apply(rows)
        done = self.cleaned_data.get("stand") == "erledigt"
        rows = rows.filter(done_at__isnull=not done, cancelled_at__isnull=True)
        rows = rows if done else rows.exclude(_in_closed_case())
        return rows if self.cleaned_data.get("wer") else rows.filter(assignee_id=self.actor.user_id)


def _in_closed_case() -> Exists:
    """Asked row by row in the order of days: joined, SQLite walks through all open cases of the city first."""
    cases = Case.objects.for_system(reason="whether a task's own case is closed")
    return Exists(cases.filter(pk=OuterRef("case_id"), closed_on__isnull=False).order_by())


def _box(task: Task) -> str:
    return format_html(
        '<input type="checkbox" class="kern-form-check__checkbox" name="{}" value="{}" form="{}" aria-label="{}"{}>',
        CHOSEN, task.pk, FORM, f"{_('Auswählen')}: {task.title}", task.checked,
    )  # fmt: skip


def _title(task: Task) -> str:
    name = task.about.name if task.about else _("Haushalt nicht mehr offen")
    return lines(task.title, name)


def _state(task: Task) -> str:
    if task.done_at:
        return badge(_("erledigt"), "success")
    if task.is_overdue:
        return badge(_("überfällig"), "danger")
    return badge(_("zurückgestellt")) if task.rests else ""


def _state_text(task: Task) -> str:
    if task.done_at:
        return _("erledigt")
    return _("überfällig") if task.is_overdue else _("offen")


class TaskTable(Table):
    """Tasks that the actor may see; the boxes belong to the form below the list."""

    name, title, one, many = "aufgaben", lazy("Aufgaben"), lazy("Aufgabe"), lazy("Aufgaben")
    empty_title = lazy("Keine Aufgabe ist offen")
    empty_text = lazy("Aufgaben stellen Sie auf der Seite eines Haushalts. Der Filter zeigt auch die anderer.")
    empty_icon = "task"
    filter_class = TaskFilter
    default_sort = "faellig"
    columns = (
        Column("wahl", lazy("Auswahl"), value=lambda task: "", cell=_box, only="page"),
        Column("aufgabe", lazy("Aufgabe"), value="title", cell=_title, sort=("title",), heading=True,
               url=lambda task: reverse("task_edit", args=[task.pk]) if task.about and not task.done_at else ""),
        Column("haushalt", lazy("Haushalt"), value=lambda task: task.about.name if task.about else "", only="file"),
        Column("faellig", lazy("Fällig"), value="due_on", kind="day", sort=("due_on",)),
        Column("ruht", lazy("Zurückgestellt bis"), value="snoozed_until", kind="day", sort=("snoozed_until",)),
        Column("wer", lazy("Wer"), value=lambda task: str(task.assignee_name), sort=("assignee__last_name",)),
        Column("stand", lazy("Stand"), value=_state_text, cell=_state),
    )  # fmt: skip

    def __init__(self, *, actor: Actor, request: HttpRequest, chosen: list[str] | None = None) -> None:
        self._actor, self._chosen = actor, set(chosen or [])
        self._colleagues, self._names = Colleagues(), HouseholdNames(actor)
        super().__init__(rows=Task.objects.visible_to(actor), request=request, actor=actor)

    def _dressed(self, rows: list[Task]) -> list[Task]:
        for task in self._names.add(self._colleagues.add(rows, "assignee_id")):
            task.is_overdue = task.due_on < self._actor.on and not task.done_at
            task.rests = bool(task.snoozed_until and task.snoozed_until > self._actor.on)
            task.checked = " checked" if str(task.pk) in self._chosen else ""
        return rows

    @cached_property
    def objects(self) -> list[Task]:
        """The page's tasks, each with household, name and state."""
        return self._dressed(super().objects)

    def _all(self) -> list[Task]:
        return self._dressed(list(self.found[: exports.ROWS_AT_MOST]))


def chosen_tasks(keys: list[str], *, actor: Actor) -> list[Task]:
    """Return the tasks of these ids that the actor may change; what is no id is nobody's task."""
    known = [key for key in map(_key, keys) if key]
    rows = Task.objects.writable_by(actor).filter(Q(pk__in=known))
    return list(rows.order_by("due_on", "pk"))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
