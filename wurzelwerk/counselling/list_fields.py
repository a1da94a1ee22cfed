"""What the columns of a list of people may hold, and how others call them."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.sheets import cells
from wurzelwerk.sheets.importer import Field, Option

from .list_cells import looks_foreign, looks_like_language


def _field(
    key: str, label: str | Promise, words: str, *, many: bool = False, looks: Callable[[str], bool] | None = None
) -> Field:
    """A field; `words`: other heads for it, commas between them."""
    return Field(key, label, tuple(word.strip() for word in words.split(",")), many=many, looks=looks)


FIELDS = (
    _field("given_name", lazy("Vorname"), "vornamen, rufname, first name, firstname, given name"),
    _field("family_name", lazy("Familienname"), "nachname, zuname, last name, lastname, surname, family name"),
    _field(
        "full_name",
        lazy("Voller Name"),
        "name, vor und nachname, name vorname, nachname vorname, vorname nachname, person, full name",
    ),
    _field(
        "birth",
        lazy("Geburtsdatum"),
        "geburtstag, geb, geboren, geboren am, geb datum, gebdat, geb dat, geburtsjahr, jahrgang, dob, date of birth, "
        "birth date",
        looks=cells.looks_like_day,
    ),
    _field(
        "phone",
        lazy("Telefon"),
        "tel, telefonnummer, telefon nr, tel nr, handy, handynummer, mobil, mobilnummer, mobiltelefon, festnetz, "
        "rufnummer, phone, mobile",
        many=True,
        looks=cells.looks_like_phone,
    ),
    _field(
        "email",
        lazy("E-Mail"),
        "email, mail, e mail adresse, emailadresse, mailadresse",
        looks=cells.looks_like_mail,
    ),
    _field(
        "languages",
        lazy("Sprachen"),
        "sprache, muttersprache, herkunftssprache, erstsprache, language",
        many=True,
        looks=looks_like_language,
    ),
    _field(
        "interpreter",
        lazy("Sprachmittlung nötig"),
        "sprachmittlung, dolmetscher, dolmetschen, dolmetscher nötig, übersetzer, interpreter",
    ),
    _field(
        "household",
        lazy("Haushalt (Nummer oder Name)"),
        "haushalt, haushaltsnummer, haushalt nr, haushaltsnr, hh, hh nr, familie, familiennummer, bg, bg nummer, "
        "bg nr, bedarfsgemeinschaft, fallnummer, household",
    ),
    _field(
        "relation",
        lazy("Beziehung"),
        "beziehung zur ansprechperson, verwandtschaft, verwandtschaftsverhältnis, verhältnis, stellung, "
        "stellung im haushalt, rolle, relation",
    ),
    _field(
        "street",
        lazy("Straße und Hausnummer"),
        "straße, strasse, str, adresse, anschrift, street, address",
        looks=cells.looks_like_street,
    ),
    _field("house_number", lazy("Hausnummer"), "hausnr, haus nr, hnr, hsnr"),
    _field("postcode", lazy("Postleitzahl"), "plz, zip, postcode, plz ort", looks=cells.looks_like_postcode),
    _field("city", lazy("Ort"), "wohnort, stadt, city"),
    _field("care_of", lazy("c/o"), "c o"),
    _field("kind", lazy("Unterkunft"), "art der unterkunft, wohnsituation, unterbringung, wohnform"),
    _field("is_blocked", lazy("Auskunftssperre"), "sperrvermerk, auskunftssperre 51 bmg, adresse gesperrt"),
    _field("contact", lazy("Sichere Erreichbarkeit"), "erreichbarkeit, kontaktregel, hinweis zur erreichbarkeit"),
    _field(
        "original_name",
        lazy("Name in eigener Schrift"),
        "originalname, originalschrift, name original",
        looks=looks_foreign,
    ),
    _field(
        "other_names",
        lazy("Weitere Namen"),
        "geburtsname, alias, auch bekannt als, mädchenname, früherer name",
        many=True,
    ),
)
GROUPING = Option(
    "grouping", lazy("Welche Zeilen gehören zu einem Haushalt?"),
    (
        ("column", lazy("Zeilen mit gleicher Angabe in der Spalte „Haushalt“")),
        ("address", lazy("Zeilen mit gleicher Anschrift und gleichem Familiennamen")),
        ("alone", lazy("keine: jede Zeile ist ein eigener Haushalt")),
    ),
)  # fmt: skip
