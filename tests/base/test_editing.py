"""A form knows what it began with: values as it shows them, signed, compared with what is stored when it is sent."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict

from wurzelwerk.base.editing import CHOICE, FIELD, MINE, THEIRS, Opened, in_words, shown, shown_of
from wurzelwerk.base.forms import AreaField, DayField, Form, MoneyField

KINDS = [("wages", "Arbeit"), ("sgb2", "Bürgergeld"), ("pension", "Rente")]
TONGUES = [("", "keine Angabe"), ("ar", "Arabisch"), ("de", "Deutsch"), ("fr", "Französisch")]


class LifeForm(Form):
    """One field of each kind that the desk compares."""

    once = True
    several = (("first", "second"),)
    name = forms.CharField(label="Name")
    text = forms.CharField(label="Beschreibung", required=False, widget=forms.Textarea)
    net = MoneyField(label="Netto", required=False)
    area = AreaField(label="Fläche", required=False)
    born = DayField(label="Geboren", required=False)
    pets = forms.BooleanField(label="Haustier", required=False)
    kinds = forms.MultipleChoiceField(
        label="Einkommen", choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    first = forms.ChoiceField(label="Sprache", choices=TONGUES, required=False)
    second = forms.ChoiceField(label="Weitere Sprache", choices=TONGUES, required=False)
    photo = forms.FileField(label="Foto", required=False)


STORED = {
    "name": "Samira", "text": "Zwei\r\nZeilen ", "net": Decimal("1234.50"), "area": Decimal("74.50"),
    "born": date(1990, 5, 4), "pets": True, "kinds": ("sgb2", "wages"), "first": "ar", "second": "de",
}  # fmt: skip
AS_SENT = {
    "name": "Samira", "text": "Zwei\r\nZeilen ", "net": "1234,5", "area": "74,5", "born": "4.5.90", "pets": "on",
    "kinds": ["wages", "sgb2"], "first": "de", "second": "ar",
}  # fmt: skip
SHOWN = {
    "name": "Samira", "text": "Zwei\nZeilen", "net": "1.234,50", "area": "74,5", "born": "04.05.1990", "pets": "True",
    "kinds": ["sgb2", "wages"], "first": ["ar", "de"],
}  # fmt: skip


def sent(**changes) -> QueryDict:
    """What the browser sends of the stored values with these changes; None leaves a field out."""
    data = QueryDict(mutable=True)
    for name, value in (AS_SENT | changes).items():
        if value is not None:
            data.setlist(name, value if isinstance(value, list) else [value])
    return data


def opened(stored=STORED, **data) -> Opened:
    """A form that was opened with what is stored."""
    form = LifeForm(sent(**data), initial=dict(stored))
    form.opened = Opened(form, "salt", stored, shown_of(form, stored))
    return form.opened


def test_stored_and_typed_values_read_the_same():
    found = opened()
    assert found.base == SHOWN
    assert found.compare(sent(), STORED) == sent()
    assert (found.meanwhile, found.beside, found.told, found.notes) == ([], {}, "", [])


def test_others_fields_are_put_into_what_was_sent():
    found = opened()
    now = STORED | {"net": None, "pets": False, "born": date(1991, 1, 1), "kinds": ["pension", "sgb2"]}
    met = found.compare(sent(name="Neu", kinds=["wages"]), now)
    assert met == sent(name="Neu", net="", pets="", born="01.01.1991", kinds=["pension"])
    assert LifeForm(met).is_valid()
    assert found.meanwhile == ["net", "born", "pets", "kinds"]
    assert found.told == (
        "Inzwischen wurden auch „Netto“, „Geboren“, „Haustier“ und „Einkommen“ geändert; alles ist gespeichert."
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ({"second": "fr"}, {}, ("de", "fr")),
        ({}, {"second": "fr"}, ("ar", "fr")),
        ({"second": ""}, {"first": "fr", "second": "de"}, ("fr", "de")),
        ({"first": "", "second": "de"}, {"second": "fr"}, ("fr", "")),
    ],
)
def test_languages_are_one_set_however_they_are_laid_out(mine, theirs, both):
    """What is stored begins with ar, de; what the page sends has them the other way round."""
    found = opened()
    sending = sent(first="ar", second="de") if not mine else sent(**{"first": "de", "second": "ar"} | mine)
    met = found.compare(sending, STORED | theirs)
    assert (found.beside, (met["first"], met["second"])) == ({}, both)


def test_languages_for_which_there_is_no_room_collide():
    found = opened(STORED | {"second": ""})
    found.compare(sent(first="ar", second="de"), STORED | {"second": "fr"})
    assert {name: one.theirs for name, one in found.beside.items()} == {"first": "Arabisch, Französisch"}


def test_same_field_stays_as_typed_and_the_other_version_stands_beside():
    found = opened()
    met = found.compare(sent(net="900", area="80"), STORED | {"net": Decimal(800), "area": Decimal(81)})
    assert met == sent(net="900", area="80")
    assert {name: one.theirs for name, one in found.beside.items()} == {"net": "800,00\u00a0€", "area": "81\u00a0m²"}


@pytest.mark.parametrize(("choice", "holds"), [(MINE, "900"), (THEIRS, "800,00"), ("", None), ("x", None)])
def test_choice_holds_for_the_version_that_was_seen(choice, holds):
    found, now = opened(), STORED | {"net": Decimal(800)}
    found.compare(sent(net="900"), now)
    again = opened()
    assert again.take(found.signed)
    met = again.compare(sent(net="900", **{f"{CHOICE}net": choice}), now)
    assert (list(again.beside), met["net"]) == (([], holds) if holds else (["net"], "900"))


@pytest.mark.parametrize("choice", [MINE, THEIRS])
def test_choice_does_not_hold_for_a_version_that_came_later(choice):
    found = opened()
    found.compare(sent(net="900"), STORED | {"net": Decimal(800)})
    again = opened()
    again.take(found.signed)
    met = again.compare(sent(net="900", **{f"{CHOICE}net": choice}), STORED | {"net": Decimal(700)})
    assert (again.beside["net"].theirs, met["net"]) == ("700,00\u00a0€", "900")


def test_what_is_settled_is_not_asked_again():
    """The page comes back because one field collides; the others go on from what is stored now."""
    found, now = opened(), STORED | {"net": Decimal(800), "name": "Sami"}
    met = found.compare(sent(net="900"), now)
    again = opened()
    again.take(found.signed)
    then = again.compare(sent(name=met["name"], net="900", **{f"{CHOICE}net": MINE}), now)
    assert (again.beside, then["name"], then["net"]) == ({}, "Sami", "900")
    assert again.told == "Inzwischen wurde auch „Name“ geändert; beides ist gespeichert."


@pytest.mark.parametrize("forged", ["", "x", "ImZ1ZSI:1a:b", "\x00"])
def test_nothing_is_known_without_the_houses_signature(forged):
    found = opened()
    assert (found.take(forged), found.base) == (False, {})
    found.compare(sent(name="Neu", net=""), STORED)
    assert sorted(found.beside) == ["name", "net"]


def test_snapshot_of_another_form_row_or_person_is_not_taken():
    found = opened()
    assert not Opened(found.form, "another salt").take(found.signed)


def test_unreadable_value_counts_as_typed():
    found = opened()
    met = found.compare(sent(net="viel"), STORED | {"net": Decimal(800)})
    assert (list(found.beside), met["net"]) == (["net"], "viel")


def test_where_nothing_is_stored_nothing_collides():
    found = opened()
    assert found.compare(sent(net="900"), None) == sent(net="900")
    assert found.beside == {}


def test_draft_on_top_of_newer_values_is_the_same_comparison():
    began = opened()
    draft = sent(net="900", name="Entwurf", **{FIELD: began.signed})
    form = LifeForm(initial=STORED | {"net": Decimal(800), "text": "neu"})
    form.opened = Opened(form, "salt", form.initial, shown_of(form, form.initial))
    form.refill(form.opened.resume(draft, changed=True))
    assert [form[name].value() for name in ("name", "net", "text")] == ["Entwurf", "900", "neu"]
    assert list(form.opened.beside) == ["net"]
    assert form.opened.notes == [
        "Inzwischen geändert und hier schon eingesetzt: „Beschreibung“.",
        "Inzwischen steht etwas anderes als in Ihrem Entwurf bei „Netto“. Bitte wählen Sie dort aus.",
    ]


@pytest.mark.parametrize(("changed", "asked"), [(False, []), (True, ["name"])])
def test_draft_without_a_beginning_is_asked_about_only_where_the_stored_changed(changed, asked):
    found = opened()
    found.resume(sent(name="Entwurf"), changed=changed)
    assert list(found.beside) == asked


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("net", "800,00", "800,00\u00a0€"), ("net", "", "keine Angabe"), ("pets", "True", "ja"), ("pets", "", "nein"),
        ("kinds", ["sgb2", "fort"], "Bürgergeld, fort"), ("kinds", [], "keine Angabe"), ("second", "ar", "Arabisch"),
        ("name", "<b>", "<b>"),
    ],
)  # fmt: skip
def test_stored_version_is_said_in_words(name, value, words):
    assert in_words(LifeForm().fields[name], value) == words


def test_markup_in_the_other_version_is_text():
    found = opened()
    found.compare(sent(name="Neu"), STORED | {"name": '"><script>x</script>'})
    page = str(found.form["name"].as_field_group())
    assert "<script>" not in page
    assert page.count(f'name="{CHOICE}name"') == 2


def test_grouped_choices_have_words():
    field = forms.ChoiceField(choices=[("", "–"), ("Gruppe", [("a", "Eins")])])
    assert (in_words(field, "a"), shown(field, "a")) == ("Eins", "a")
