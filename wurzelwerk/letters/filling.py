"""Fields put into the sentences of a letter, in German and beside it; which sentence stands beside which.

A value is kept as [kind, text]: days and times in ISO form, so that every language can write them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

from wurzelwerk.base import formats
from wurzelwerk.base.rooms import LetterField
from wurzelwerk.base.rooms import letter_fields as fields_of_rooms
from wurzelwerk.cases.letters import LetterSubject

from .enums import BINDING
from .wording import languages, templates, words

FIELD = re.compile(r"\{([a-z_.]+)\}(\.?)")
GAP = re.compile(r"\[[^\[\]\n]{1,80}\]")
"""What somebody still has to write, as templates and missing fields leave it: `[Anliegen]`."""
APART, TOGETHER = "\u2068", "\u2069"
"""Between these a number or a name keeps its own direction in a text that runs from right to left."""
LOCALES = {"en": "en_GB"}
"""How a language writes dates, where Babel takes another custom for granted."""
Values = Mapping[str, list[str]]


@dataclass(frozen=True)
class Filled:
    """A letter as its template makes it: subject, salutation and text in German."""

    subject: str
    salutation: str
    text: str


def values_for(code: str, subject: LetterSubject) -> dict[str, list[str]]:
    """Return the values of the fields that a built-in template names, as far as the author may see them."""
    known = fields_of_rooms()
    return read_values((known[key] for key in _named(code) if key in known), subject)


def read_values(fields: Any, subject: LetterSubject) -> dict[str, list[str]]:
    """Return the values of fields, those with nothing in them left out."""
    found = {field.key: _kept(field, field.value(subject)) for field in fields}
    return {key: value for key, value in found.items() if value is not None}


def _kept(field: LetterField, value: Any) -> list[str] | None:
    if value in (None, ""):
        return None
    if isinstance(value, time):
        return [field.kind, f"{value:%H:%M}"]
    return [field.kind, value.isoformat() if isinstance(value, date) else " ".join(str(value).split())]


def _named(code: str) -> list[str]:
    row, german = templates().latest(code).value, words(BINDING)
    parts = [german["subjects"].get(row["subject"], row["subject"])]
    parts += [german["sentences"].get(one, one) for one in row["sentences"]]
    return list(dict.fromkeys(key for part in parts for key, _dot in FIELD.findall(part)))


def written(value: list[str], language: str) -> str:
    """Write a kept value in a language; one that Babel does not know is written as in German."""
    kind, text = value
    if kind == "text" and language in languages() and words(language)["direction"] == "rtl":
        return f"{APART}{text}{TOGETHER}"
    if kind == "time":
        return _time(time.fromisoformat(text), language)
    if kind not in {"day", "weekday"}:
        return text
    when = date.fromisoformat(text)
    if language == BINDING:
        return formats.weekday(when) if kind == "weekday" else formats.long_day(when)
    try:
        return format_date(
            when, format="full" if kind == "weekday" else "long", locale=Locale.parse(LOCALES.get(language, language))
        )
    except (UnknownLocaleError, ValueError):
        return formats.day(when)


def _time(when: time, language: str) -> str:
    if language == BINDING:
        return formats.clock(when)
    return format_time(when, format="HH:mm", locale="de")


def fill(sentence: str, values: Values, language: str = BINDING) -> str:
    """Put values into a sentence; what is missing leaves a gap with the field's German name."""
    known = fields_of_rooms()

    def put(found: re.Match[str]) -> str:
        key = found.group(1)
        if key in values:
            text = written(values[key], language)
            return text if text.endswith(".") else text + found.group(2)  # in some languages a year ends with a point
        return f"[{known[key].label}]{found.group(2)}" if key in known else found.group(0)

    return FIELD.sub(put, sentence)


def fill_known(sentence: str, values: Values) -> str:
    """Put in what is known and leave the other fields as they are, to be filled for each recipient."""
    return FIELD.sub(
        lambda found: fill(found.group(0), values) if found.group(1) in values else found.group(0), sentence
    )


def fields_in(*texts: str) -> list[LetterField]:
    """Return the fields that texts name."""
    known = fields_of_rooms()
    keys = dict.fromkeys(key for text in texts for key, _dot in FIELD.findall(text))
    return [known[key] for key in keys if key in known]


def unknown_in(*texts: str) -> list[str]:
    """Return what stands in texts like a field and is none."""
    known = fields_of_rooms()
    return list(dict.fromkeys(key for text in texts for key, _dot in FIELD.findall(text) if key not in known))


def begun(code: str, values: Values, *, name: str) -> Filled:
    """Return a letter as its template makes it; `name` is who is greeted, empty for nobody in particular."""
    row, german = templates().latest(code).value, words(BINDING)
    subject = german["subjects"].get(row["subject"], row["subject"])
    sentences = [german["sentences"].get(one, one) for one in row["sentences"]]
    text = "\n\n".join(fill(one, values) for one in sentences)
    return Filled(fill(subject, values), greeting(name), text)


def greeting(name: str) -> str:
    """Return the German salutation, of somebody or of nobody in particular."""
    german = words(BINDING)
    return german["salutation_named"].format(name=name) if name else german["salutation"]


def beside(code: str, values: Values, *, name: str, language: str) -> dict[str, str]:
    """Return German sentence -> the same in a language, for all that a template says, subject and greeting included."""
    if language not in languages() or code not in templates().keys:
        return {}
    own, german = words(language), words(BINDING)
    row = templates().latest(code).value
    pairs = [(german["subjects"].get(row["subject"]), own["subjects"].get(row["subject"]))]
    pairs += [(german["sentences"].get(one), own["sentences"].get(one)) for one in row["sentences"]]
    found = {fill(one, values): fill(other, values, language) for one, other in pairs if one and other}
    if name:
        found[german["salutation_named"].format(name=name)] = own["salutation_named"].format(name=name)
    return found | {german["salutation"]: own["salutation"]}


def paragraphs(text: str) -> list[str]:
    """Return a text's paragraphs: what stands between empty lines, each line for itself."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks = (re.sub(r"[ \t]+\n", "\n", block).strip() for block in re.split(r"\n[ \t]*\n", plain))
    return [block for block in blocks if block]


def pairs(text: str, own_text: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each German paragraph with what stands beside it, empty where it stands in German only.

    A sentence of the template brings its translation along; the interpreter's paragraphs go to the others in turn.
    """
    waiting = paragraphs(own_text)
    found = [(one, known[one] if one in known else (waiting.pop(0) if waiting else "")) for one in paragraphs(text)]
    return [*found, *(("", one) for one in waiting)]


def gaps(*texts: str) -> list[str]:
    """Return what is still to be written, as it stands in the text."""
    return list(dict.fromkeys(one for text in texts for one in GAP.findall(text)))
