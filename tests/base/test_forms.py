"""Fields with limits and sentences, and the markup around them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from wurzelwerk.base import clock, errors
from wurzelwerk.base.forms import (
    AreaField,
    BirthDayField,
    ClockField,
    DayField,
    Form,
    MoneyField,
    Section,
    UploadField,
    WholeNumberField,
    add_action_error,
    joined,
)

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(NOON):
        yield


def refusal(field: forms.Field, value: object) -> str:
    """Return the sentence with which a field refuses a value."""
    with pytest.raises(ValidationError) as told:
        field.clean(value)
    return told.value.messages[0].replace("\u00a0", " ")


def test_money_has_two_places_and_limits():
    field = MoneyField(maximum=5000)
    assert field.clean("1.234,5") == Decimal("1234.50")
    assert str(field.clean("850")) == "850.00"
    assert refusal(field, "-5") == "Diese Zahl darf nicht negativ sein."
    assert refusal(field, "5000,01") == "Höchstens 5.000 €."
    assert refusal(field, "1,234") == "Höchstens 2 Stellen nach dem Komma."
    assert refusal(field, "teuer") == "„teuer“ ist keine Zahl. Bitte zum Beispiel 1.234,50 schreiben."


def test_whole_number_takes_no_fraction():
    field = WholeNumberField(minimum=1, maximum=20)
    assert field.clean("3") == 3
    assert refusal(field, "2,5") == "Bitte eine ganze Zahl ohne Nachkommastellen angeben."
    assert refusal(field, "0") == "Mindestens 1."
    assert refusal(field, "21") == "Höchstens 20."


def test_optional_number_left_empty_is_none():
    assert [AreaField(required=False).clean(text) for text in ("", "  ", None)] == [None, None, None]


def test_stored_values_come_back_as_they_are_typed():
    assert MoneyField().prepare_value(Decimal("1234.50")) == "1.234,50"
    assert AreaField().prepare_value(Decimal("54.50")) == "54,5"
    assert DayField().prepare_value(date(2026, 3, 5)) == "05.03.2026"
    assert ClockField().prepare_value(time(9, 5)) == "09:05"
    assert MoneyField().prepare_value("viel") == "viel"


def test_unchanged_stored_value_is_no_change():
    class Rent(Form):
        rent = MoneyField()
        start = DayField()

    stored = {"rent": Decimal("1234.50"), "start": date(2026, 3, 5)}
    assert Rent({"rent": "1.234,50", "start": "5.3.26"}, initial=stored).changed_data == []


def test_day_keeps_its_limits():
    field = DayField(earliest=date(2026, 1, 1), latest=clock.today)
    assert field.clean("5.3.26") == date(2026, 3, 5)
    assert refusal(field, "31.12.2025") == "Das Datum darf nicht vor dem 01.01.2026 liegen."
    assert refusal(field, "06.03.2026") == "Das Datum darf nicht nach dem 05.03.2026 liegen."


def test_birth_day_is_neither_ahead_nor_too_long_ago():
    field = BirthDayField()
    assert field.clean("24.12.85") == date(1985, 12, 24)
    assert refusal(field, "06.03.2026") == "Ein Geburtsdatum kann nicht in der Zukunft liegen."
    assert refusal(field, "01.01.1900") == "Dieses Geburtsdatum liegt mehr als 120 Jahre zurück."


def test_day_and_time_join_in_the_city():
    assert joined(date(2026, 7, 1), time(9)).astimezone(UTC).hour == 7
    assert joined(date(2026, 3, 29), time(2, 30)).strftime("%H:%M") == "03:30"
    assert joined(None, time(9)) is None


def test_upload_names_what_is_wrong():
    field = UploadField(endings=(".jpg",), megabytes=1, most=2)
    small, big = SimpleUploadedFile("a.JPG", b"x"), SimpleUploadedFile("b.jpg", b"x" * 1_000_001)
    assert field.clean([small]) == [small]
    assert (
        refusal(field, [SimpleUploadedFile("a.exe", b"x")]) == "„a.exe“ hat nicht die richtige Art. Möglich sind: .jpg."
    )
    assert refusal(field, [big]) == "„b.jpg“ ist zu groß (1,0 MB). Erlaubt sind höchstens 1 MB."
    assert refusal(field, [small] * 3) == "Höchstens 2 Dateien auf einmal."
    assert UploadField(required=False).clean(None) == []


class Dwelling(Form):
    """A form with a section, a row and a rest."""

    sections = (Section("Wohnung", [("street", "rooms"), "kind"]),)
    once = True
    street = forms.CharField(label="Straße", max_length=10)
    rooms = WholeNumberField(label="Zimmer")
    kind = forms.ChoiceField(label="Art", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(label="Notiz", required=False, help_text="Nur für das Team")


def test_sections_hold_rows_and_the_rest_follows():
    found = [(s.legend, [[f.name for f in row] for row in s.rows]) for s in Dwelling().bound_sections]
    assert found == [("Wohnung", [["street", "rooms"], ["kind"]]), ("", [["note"]])]


def test_mistakes_are_listed_in_order_with_their_target():
    form = Dwelling({"street": "x" * 11, "rooms": "-1", "kind": "c"})
    assert [(m.target, m.label, m.message) for m in form.mistakes] == [
        ("id_street", "Straße", "Zu lang: höchstens 10 Zeichen, es sind 11."),
        ("id_rooms", "Zimmer", "Diese Zahl darf nicht negativ sein."),
        ("id_kind_0", "Art", "Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen."),
    ]


def test_missing_values_are_asked_for_by_name():
    assert [m.message for m in Dwelling({}).mistakes] == [
        "Bitte „Straße“ angeben.",
        "Bitte „Zimmer“ angeben.",
        "Bitte „Art“ auswählen.",
    ]


def test_markup_ties_label_hint_and_mistake_to_the_input():
    html = str(Dwelling({"street": "", "rooms": "2,5", "note": "<b>"}))
    assert 'for="id_rooms"' in html
    assert 'value="2,5"' in html
    assert 'aria-describedby="id_rooms_fehler"' in html
    assert 'id="id_rooms_fehler"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_note_hinweis"' in html
    assert "&lt;b&gt;" in html
    assert "kern-form-input__input--error" in html


def test_action_error_stands_at_its_field_or_above():
    form = Dwelling({"street": "Weg", "rooms": "2", "kind": "a"})
    assert form.is_valid()
    add_action_error(form, errors.BadInput("Diese Straße gibt es nicht.", field="street"))
    add_action_error(form, errors.WrongState("Schon vergeben."))
    assert [(m.target, m.message) for m in form.mistakes] == [
        ("", "Schon vergeben."),
        ("id_street", "Diese Straße gibt es nicht."),
    ]


def test_hidden_key_differs_with_every_showing():
    first, second = (Dwelling()["einmal"].value() for _showing in range(2))
    assert first != second
    assert len(first) >= 32
