"""The gallery: every component of the desk on one page, for looking, for axe-core and for the keyboard.

Served only while developing or testing (see `urlpatterns`); all people and figures in it are invented.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path
from django.utils import timezone

from wurzelwerk.base import charts, formats, tables
from wurzelwerk.base.editing import CHANGED_MEANWHILE, Opened
from wurzelwerk.base.forms import (
    AreaField,
    BirthDayField,
    ClockField,
    Combobox,
    DayField,
    Form,
    MoneyField,
    Section,
    UploadField,
    WholeNumberField,
)

LANGUAGES = ("Albanisch", "Arabisch", "Bulgarisch", "Englisch", "Französisch", "Rumänisch", "Türkisch", "Ukrainisch")
DISTRICTS = ("Innenstadt-Nord", "Innenstadt-Ost", "Innenstadt-West", "Eving", "Scharnhorst", "Brackel", "Aplerbeck")
STATES = (("sucht", "info"), ("Zusage", "success"), ("wartet auf Nachweis", "warning"), ("gesperrt", "danger"))


@dataclass(frozen=True)
class Sample:
    """An invented dwelling."""

    pk: int
    address: str
    district: str
    rooms: Decimal
    area: Decimal
    rent: Decimal
    free_from: date | None
    state: tuple[str, str]


def samples(count: int = 60) -> list[Sample]:
    """Return invented dwellings, always the same."""
    streets = ("Beispielstraße", "Musterweg", "Am Probierstein", "Lindenhof", "Zur Alten Mühle")
    return [
        Sample(
            pk=n,
            address=f"{streets[n % 5]} {n + 3}",
            district=DISTRICTS[n * 3 % 7],
            rooms=Decimal(2 + n % 4) + Decimal("0.5") * (n % 3 == 0),
            area=Decimal(42 + n * 7 % 60) + Decimal("0.25") * (n % 2),
            rent=Decimal(390 + n * 37 % 500) + Decimal("0.5"),
            free_from=date(2026, 1, 1) + timedelta(days=n * 5) if n % 6 else None,
            state=STATES[n % 4],
        )
        for n in range(count)
    ]


class SampleFilter(tables.FilterForm):
    """Filters of the sample list."""

    district = forms.ChoiceField(
        label="Stadtbezirk", choices=[("", "alle"), *((d, d) for d in DISTRICTS)], widget=Combobox
    )
    rooms = WholeNumberField(label="Zimmer mindestens", maximum=20)
    rent = MoneyField(label="Kaltmiete höchstens")

    def filter_district(self, rows: list[Sample], value: str) -> list[Sample]:
        """Keep one district."""
        return [row for row in rows if row.district == value]

    def filter_rooms(self, rows: list[Sample], value: int) -> list[Sample]:
        """Keep dwellings with at least so many rooms."""
        return [row for row in rows if row.rooms >= value]

    def filter_rent(self, rows: list[Sample], value: Decimal) -> list[Sample]:
        """Keep dwellings up to a rent."""
        return [row for row in rows if row.rent <= value]


class SampleTable(tables.Table):
    """The sample list."""

    name, title, one, many = "wohnungen", "Wohnungen", "Wohnung", "Wohnungen"
    empty_title, empty_text, empty_icon = "Noch keine Wohnungen", "Legen Sie die erste an.", "building"
    filter_class = SampleFilter
    default_sort = "address"
    columns = (
        tables.Column(
            "address",
            "Anschrift",
            sort=("address",),
            note=lambda row: row.district,
            url=lambda row: f"#wohnung-{row.pk}",
        ),
        tables.Column("district", "Stadtbezirk", only="file"),
        tables.Column("rooms", "Zimmer", kind="number", sort=("rooms",)),
        tables.Column("area", "Fläche", kind="area", sort=("area",)),
        tables.Column("rent", "Kaltmiete", kind="euro", sort=("rent",)),
        tables.Column("free_from", "Frei ab", kind="day", sort=("free_from",)),
        tables.Column("state", "Stand", value=lambda row: row.state[0], cell=lambda row: tables.badge(*row.state)),
    )


class SampleForm(Form):
    """One field of every kind."""

    once = True
    sections = (
        Section("Person", [("given", "family"), ("birth", "language"), "arrival", "needs"]),
        Section(
            "Wohnung",
            [("rooms", "area"), ("rent", "free_from", "viewing"), "state", "consent"],
            hint="Wie im Mietvertrag.",
        ),
        Section("Unterlagen", ["photos", "note"]),
    )
    given = forms.CharField(label="Vorname", max_length=80)
    family = forms.CharField(label="Familienname", max_length=80)
    birth = BirthDayField(label="Geburtsdatum")
    language = forms.ChoiceField(
        label="Sprache", choices=[("", "---------"), *((name, name) for name in LANGUAGES)], widget=Combobox,
        help_text="Beim Tippen wird gesucht.",
    )  # fmt: skip
    arrival = forms.ChoiceField(
        label="Aufenthalt",
        choices=[("eu", "EU-Freizügigkeit"), ("titel", "Aufenthaltstitel"), ("offen", "nicht gefragt")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label="Bedarfe", choices=[(n, n) for n in ("Wohnung", "Arbeit", "Sprachkurs", "Kita-Platz")],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    rooms = WholeNumberField(label="Zimmer", minimum=1, maximum=20)
    area = AreaField(label="Wohnfläche", required=False)
    rent = MoneyField(label="Nettokaltmiete", help_text="Ohne Nebenkosten")
    free_from = DayField(label="Frei ab", required=False)
    viewing = ClockField(label="Besichtigung um", required=False)
    state = forms.ChoiceField(label="Zustand", choices=[("", "Bitte auswählen"), ("gut", "gut"), ("neu", "neu")])
    consent = forms.BooleanField(label="Die Angaben sind mit der Person besprochen.")
    photos = UploadField(label="Fotos", required=False, most=12, endings=(".jpg", ".png"), megabytes=10)
    note = forms.CharField(label="Notiz", widget=forms.Textarea, required=False, max_length=2000)


def sample_charts() -> list[charts.Chart]:
    """Return one chart of each kind."""
    months = ["Jan", "Feb", "Mrz", "Apr", "Mai", "Jun"]
    placed = charts.Series("vermittelt", [4, 7, 6, 9, 12, 11])
    searching = charts.Series("suchen", [31, 34, 33, 38, 36, None])
    advised = charts.Series("beraten", [52, 49, 61, 58, 66, 70])
    return [
        charts.bar_chart(
            title="Haushalte nach Stand", labels=months, series=[advised, searching, placed], label_head="Monat"
        ),
        charts.line_chart(title="Verlauf", labels=months, series=[advised, searching, placed], label_head="Monat"),
    ]


class SharedForm(Form):
    """A form that two people have open; a field of each kind collides."""

    phone = forms.CharField(label="Telefonnummer")
    mail = forms.EmailField(label="Mailadresse", required=False)
    dwelling = forms.ChoiceField(label="Wohnform", choices=[("flat", "Wohnung"), ("shared", "Gemeinschaftsunterkunft")])
    reached = forms.ChoiceField(
        label="Erreichbar", choices=[("calls", "Anruf"), ("mail", "Brief")], widget=forms.RadioSelect
    )
    dog = forms.BooleanField(label="Hund im Haushalt", required=False)


def shared_form() -> SharedForm:
    """Return a form that comes back because somebody else changed the same fields meanwhile."""
    form = SharedForm(QueryDict("phone=0231+444+555&dwelling=shared&reached=calls"))
    began = {"phone": "0231 1", "mail": "", "dwelling": "", "reached": "", "dog": "nicht bekannt"}
    theirs = {"phone": "0231 222 333", "mail": "kim@demo.invalid", "dwelling": "flat", "reached": "mail", "dog": True}
    form.opened = Opened(form, "galerie", base=began)
    form.data = form.opened.compare(form.data, theirs)
    for name in form.opened.beside:
        form.add_error(name, CHANGED_MEANWHILE)
    return form


def gallery_context(request: HttpRequest) -> dict:
    """Return everything that the gallery shows."""
    at = datetime(2026, 3, 5, 14, 30, tzinfo=timezone.get_default_timezone())
    typed = {"rent": "-5", "birth": "31.02.2030", "rooms": "2,5", "free_from": "irgendwann", "given": "Kim"}
    wrong = SampleForm({f"falsch-{name}": text for name, text in typed.items()}, prefix="falsch")
    photo = {"url": static("wurzelwerk/mark.svg"), "text": "Beispielbild: das Zeichen der Wurzelwerk-Seiten"}
    return {
        "table": SampleTable(rows=samples(), request=request),
        "empty_table": SampleTable(rows=[], request=request),
        "form": SampleForm(request.POST or None, request.FILES or None),
        "wrong_form": wrong,
        "shared_form": shared_form(),
        "charts": sample_charts(),
        "at": at,
        "day": at.date(),
        "figures": [
            ("Kaltmiete", formats.euro(Decimal("1234.5"))), ("Fläche", formats.area(Decimal("54.50"))), ("WBS", ""),
        ],
        "trail": [("Heute", "#"), ("Haushalte", "#")],
        "tabs": [
            {"label": "Überblick", "url": "#", "active": True},
            {"label": "Plan", "url": "#", "count": 3},
            {"label": "Verlauf", "url": "#", "count": 12},
        ],
        "photos": [photo | {"caption": f"Bild {n}"} for n in range(1, 5)],
        "seen_by": [
            {"who": "Team Kontaktstelle Nord", "what": "alles", "why": "führt die Akte"},
            {"who": "Beispiel-Wohnungsbau", "what": "Suchprofil, Kontakt", "why": "Einwilligung vom 05.03.2026",
             "until": date(2026, 9, 5), "end_url": "#"},
        ],
    }  # fmt: skip


def sample_frame() -> dict:
    """Return the frame's context: navigation, search and a person."""
    entries = [
        ("Heute", "today", True, 3), ("Haushalte", "household", False, 0), ("Überweisungen", "referral", False, 2),
        ("Wohnungen", "building", False, 0), ("Vergabeläufe", "match", False, 0), ("Berichte", "report", False, 0),
    ]  # fmt: skip
    return {
        "nav": [SimpleNamespace(label=a, icon=b, active=c, badge=d, url="#") for a, b, c, d in entries],
        "search_url": "#",
        "actor": SimpleNamespace(role_name="Beratung", organisation_name="Kontaktstelle Nord"),
        "user": SimpleNamespace(display_name="Kim Muster", get_username="kim"),
    }


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    if request.GET.get("meldungen"):
        messages.success(request, "Der Termin ist gespeichert.")
        messages.error(request, "Das hat nicht geklappt.")
    context = gallery_context(request)
    if answer := context["table"].export():
        return answer
    return render(request, "base/gallery.html", sample_frame() | context)


@login_not_required
def gallery_part(request: HttpRequest, part: str) -> HttpResponse:
    """Show one of the whole pages, `bestaetigen` or `leer`, or what `<c-later>` fetches, `spaeter`."""
    if part == "spaeter":
        return HttpResponse("<p>Erst beim Öffnen geholt.</p>")
    if part not in {"bestaetigen", "leer"}:
        raise Http404
    template = {"bestaetigen": "base/confirm.html", "leer": "base/message.html"}[part]
    words = {
        "title": "Freigabe beenden?",
        "text": "Beispiel-Wohnungsbau sieht das Suchprofil dann nicht mehr.",
        "danger": True,
    }
    return render(request, template, sample_frame() | words | {"confirm_label": "Freigabe beenden", "cancel_url": "#"})


urlpatterns = [
    path("galerie/", gallery, name="gallery"),
    path("galerie/<slug:part>/", gallery_part, name="gallery-part"),
]
