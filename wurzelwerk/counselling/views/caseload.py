"""Who has room? The load of a team by weight, and the weight of one case."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.charts import Series, bar_chart
from wurzelwerk.base.editing import Editing
from wurzelwerk.base.formats import number
from wurzelwerk.base.tables import Column, Table
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases import lists
from wurzelwerk.cases.absence_rules import led_people
from wurzelwerk.cases.models import Case
from wurzelwerk.trust.scopes import Scope

from ..caseload import loads_of, with_weight
from ..forms.plan import WeightForm
from .answering import ask, household_address, opened_case, posted

CHARTED = 30


def _day_of(user_id: UUID) -> str:
    return reverse("today_of", args=[user_id])


class LoadTable(Table):
    """A line a colleague."""

    name, title, one, many = "auslastung", lazy("Auslastung"), lazy("Person"), lazy("Personen")
    empty_title = lazy("Niemand arbeitet heute in Ihrem Team")
    empty_icon = "people"
    page_size = 100
    default_sort = "-aufwand"
    columns = (
        Column(
            "wer", lazy("Wer"), value="name", sort=("name",), url=lambda one: reverse("today_of", args=[one.user_id])
        ),
        Column("faelle", lazy("Offene Fälle"), value="cases", kind="whole", sort=("cases",)),
        Column("intensiv", lazy("davon intensiv"), value="intensive", kind="whole", sort=("intensive",)),
        Column("aufwand", lazy("Aufwand"), value="weight", kind="number", sort=("weight",)),
        Column("termine", lazy("Termine in 7 Tagen"), value="appointments", kind="whole", sort=("appointments",)),
        Column("spaet", lazy("Aufgaben überfällig"), value="overdue", kind="whole", sort=("overdue",)),
        Column("abwesend", lazy("Abwesend bis"), value="away_until", kind="day", sort=("away_until",)),
    )


def caseload(request: HttpRequest) -> HttpResponse:
    """Show to a lead who of the team has how much to do, as table, chart and file."""
    if not request.actor.may("case.assign"):
        raise Http404
    loads = list(loads_of(led_people(request.actor), actor=request.actor, today=request.actor.on).values())
    table = LoadTable(rows=loads, request=request)
    if (file := table.export()) is not None:
        return file
    most = sorted(loads, key=lambda one: (-one.weight, one.name))[:CHARTED]
    chart = None
    if any(one.weight for one in most):
        chart = bar_chart(
            title=_("Aufwand nach Zuständigkeit"),
            labels=[one.name for one in most],
            series=[Series(_("Aufwand"), [float(one.weight) for one in most])],
            label_head=_("Wer"),
            write=partial(number, places=None),
        )
    weights = ", ".join(
        f"{row.value['label']} {number(row.value['value'], None)}"
        for row in lists.table("case_weights").all_on(request.actor.on)
    )
    return render(request, "counselling/caseload.html", {"table": table, "chart": chart, "weights": weights})


def case_weigh(request: HttpRequest, household: UUID) -> HttpResponse:
    """Say how much work a case is."""
    subject = opened_case(request, household, write=Scope.REGISTER)
    plain = Case.objects.visible_to(request.actor).filter(pk=subject.case.pk)
    proposed = with_weight(plain, actor=request.actor, today=subject.today, chosen=False).get().weighs
    editing = Editing(subject.case, lambda: {"weight": subject.case.weight})
    form = WeightForm(posted(request), today=subject.today, proposed=proposed, initial=editing.initial)
    return ask(
        request,
        subject,
        form,
        title=_("Aufwand des Falls"),
        do=lambda at: cases.set_case_weight(
            case=subject.case, weight=form.cleaned_data["weight"], by=request.actor, at=at
        ),
        done=_("Der Aufwand ist festgelegt."),
        to=household_address(subject),
        editing=editing,
        lead=_("So zählt der Fall in der Auslastung. Vorgeschlagen wird aus Dringlichkeit und letztem Kontakt."),
    )
