"""Form fields for German habits of writing, with limits and plain sentences."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from wurzelwerk.base import clock, formats, typed

Day = date | Callable[[], date] | None
EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)


def _resolved(day: Day) -> date | None:
    return day() if callable(day) else day


class TextWithUnit(forms.TextInput):
    """A text input with its unit beside it (`€`, `m²`)."""

    def __init__(self, unit: str, attrs: dict | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})
        self.unit = unit


class DayInput(forms.TextInput):
    """A date as text `TT.MM.JJJJ`; a script adds a calendar button."""


class Combobox(forms.Select):
    """A choice among many; a script turns it into a field that finds while you type. Works as a plain select."""


class UploadInput(forms.ClearableFileInput):
    """File choice; a script adds dropping, previews and names."""

    allow_multiple_selected = True


class NumberField(forms.Field):
    """A number, typed the German or the plain way; cleans to Decimal.

    `minimum` and `maximum` are included; `places` limits the decimals; `unit` stands beside the field.
    """

    widget = forms.TextInput

    def __init__(
        self,
        *,
        minimum: Decimal | int | None = 0,
        maximum: Decimal | int | None = 1_000_000,
        places: int = 2,
        unit: str = "",
        **kwargs,
    ) -> None:
        self.minimum, self.maximum, self.places, self.unit = minimum, maximum, places, unit
        kwargs.setdefault(
            "widget", TextWithUnit(unit) if unit else forms.TextInput({"inputmode": "decimal", "class": "ww-short"})
        )
        super().__init__(**kwargs)

    def to_python(self, value) -> Decimal | None:
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, Decimal | int | float):
            return Decimal(str(value))
        try:
            return typed.read_number(str(value))
        except typed.Unreadable as error:
            raise ValidationError(str(error), code="invalid") from None

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.minimum is not None and value < self.minimum:
            raise ValidationError(self._too_small(), code="min_value")
        if self.maximum is not None and value > self.maximum:
            raise ValidationError(
                _("Höchstens %(limit)s.") % {"limit": self.written(Decimal(self.maximum))}, code="max_value"
            )
        if -value.as_tuple().exponent > self.places:
            raise ValidationError(self._too_fine(), code="places")

    def _too_small(self) -> str:
        if self.minimum == 0:
            return _("Diese Zahl darf nicht negativ sein.")
        return _("Mindestens %(limit)s.") % {"limit": self.written(Decimal(self.minimum))}

    def _too_fine(self) -> str:
        if self.places == 0:
            return _("Bitte eine ganze Zahl ohne Nachkommastellen angeben.")
        return _("Höchstens %(places)d Stellen nach dem Komma.") % {"places": self.places}

    def written(self, value: Decimal) -> str:
        """Write a limit with its unit."""
        text = formats.number(value, None)
        return f"{text}{formats.NO_BREAK}{self.unit}" if self.unit else text

    def prepare_value(self, value):
        if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
            return formats.number(value, None).replace(formats.MINUS, "-")
        return value


class WholeNumberField(NumberField):
    """A whole number; cleans to int."""

    def __init__(self, *, maximum: int | None = 1_000, **kwargs) -> None:
        super().__init__(maximum=maximum, places=0, **kwargs)

    def clean(self, value) -> int | None:
        number = super().clean(value)
        return int(number) if number is not None else None


class MoneyField(NumberField):
    """An amount in euro; cleans to Decimal with two places."""

    def __init__(self, *, maximum: Decimal | int = 9_999_999, **kwargs) -> None:
        super().__init__(maximum=maximum, places=2, unit="€", **kwargs)

    def clean(self, value) -> Decimal | None:
        amount = super().clean(value)
        return amount.quantize(Decimal("0.01")) if amount is not None else None

    def prepare_value(self, value):
        if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
            return formats.number(value, 2).replace(formats.MINUS, "-")
        return value


class AreaField(NumberField):
    """Square metres; cleans to Decimal with at most two places."""

    def __init__(self, *, maximum: Decimal | int = 2_000, **kwargs) -> None:
        super().__init__(maximum=maximum, places=2, unit="m²", **kwargs)


class DayField(forms.Field):
    """A date, typed the German way; cleans to date.

    `earliest` and `latest` are days or functions that return one (for “today”); both are included.
    """

    widget = DayInput

    def __init__(self, *, earliest: Day = EARLIEST, latest: Day = LATEST, **kwargs) -> None:
        self.earliest, self.latest = earliest, latest
        kwargs.setdefault("help_text", _("Zum Beispiel 05.03.2026"))
        super().__init__(**kwargs)

    def century_limit(self) -> date | None:
        """The latest year that two digits may mean; None: within 50 years."""
        return None

    def to_python(self, value) -> date | None:
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, datetime):
            return clock.local_day(value)
        if isinstance(value, date):
            return value
        try:
            return typed.read_day(str(value), latest=self.century_limit(), today=clock.today())
        except typed.Unreadable as error:
            raise ValidationError(str(error), code="invalid") from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        earliest, latest = _resolved(self.earliest), _resolved(self.latest)
        if earliest and value < earliest:
            raise ValidationError(self.too_early(earliest), code="min_value")
        if latest and value > latest:
            raise ValidationError(self.too_late(latest), code="max_value")

    def too_early(self, earliest: date) -> str:
        """The sentence for a day before the first allowed."""
        return _("Das Datum darf nicht vor dem %(day)s liegen.") % {"day": formats.day(earliest)}

    def too_late(self, latest: date) -> str:
        """The sentence for a day after the last allowed."""
        return _("Das Datum darf nicht nach dem %(day)s liegen.") % {"day": formats.day(latest)}

    def prepare_value(self, value):
        return formats.day(value) if isinstance(value, date) else value


class BirthDayField(DayField):
    """A birth date: not in the future and not more than 120 years ago."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("help_text", _("Zum Beispiel 24.12.1985"))
        super().__init__(earliest=self._oldest, latest=clock.today, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    @staticmethod
    def _oldest() -> date:
        today = clock.today()
        return date(today.year - 120, today.month, min(today.day, 28))

    def century_limit(self) -> date | None:
        return clock.today()

    def too_early(self, earliest: date) -> str:
        return _("Dieses Geburtsdatum liegt mehr als 120 Jahre zurück.")

    def too_late(self, latest: date) -> str:
        return _("Ein Geburtsdatum kann nicht in der Zukunft liegen.")


class BirthField(BirthDayField):
    """A birth date of which perhaps the year alone is known: `1985` cleans to its 1 January."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("help_text", _("Zum Beispiel 24.12.1985, oder nur das Jahr"))
        super().__init__(**kwargs)

    @staticmethod
    def is_year(value: object) -> bool:
        """Tell whether no more than a year was typed."""
        return isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) == 4

    def to_python(self, value) -> date | None:
        if self.is_year(value) and int(value) >= EARLIEST.year:
            return date(int(value), 1, 1)
        return super().to_python(value)


class ClockField(forms.Field):
    """A time of day; cleans to time."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "ww-short"})
        )
        kwargs.setdefault("help_text", _("Zum Beispiel 14:30"))
        super().__init__(**kwargs)

    def to_python(self, value) -> time | None:
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, time):
            return value
        try:
            return typed.read_time(str(value))
        except typed.Unreadable as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value


def joined(day: date | None, at: time | None) -> datetime | None:
    """Join a day and a time of day to an aware time in the city's zone; None if one is missing.

    A time that the clock change skips (02:30 in March) moves on by the hour that is missing.
    """
    if day is None or at is None:
        return None
    return timezone.localtime(timezone.make_aware(datetime.combine(day, at)).astimezone(timezone.get_fixed_timezone(0)))


class UploadField(forms.FileField):
    """One or several files; cleans to a list of UploadedFile (empty if none were sent).

    `endings` are lower-case with dot; `megabytes` (1 MB = 1.000.000 bytes) is the limit for each; `most` for their
    count. What is inside is the room's to check. `gathers`: files come one after another, also by paste and camera.
    """

    widget = UploadInput

    def __init__(
        self, *, endings: Sequence[str] = (), megabytes: int = 10, most: int = 1, gathers: bool = False, **kwargs
    ) -> None:
        self.endings, self.megabytes, self.most = tuple(endings), megabytes, most
        super().__init__(**kwargs)
        if most > 1:
            self.widget.attrs["multiple"] = True
        if endings:
            self.widget.attrs["accept"] = ",".join(endings)
        if gathers:
            self.widget.attrs["data-gathers"] = True
        self.widget.attrs["data-megabytes"] = megabytes

    def clean(self, data, initial=None) -> list[UploadedFile]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not files:
            if self.required and not initial:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        if len(files) > self.most:
            raise ValidationError(
                _("Höchstens %(most)d Dateien auf einmal.") % {"most": self.most}
                if self.most > 1
                else _("Bitte nur eine Datei auswählen."),
                code="most",
            )
        return [self._checked(super(UploadField, self).clean(file, None)) for file in files]

    def _checked(self, file: UploadedFile) -> UploadedFile:
        name = file.name or ""
        if self.endings and not name.lower().endswith(self.endings):
            raise ValidationError(
                _("„%(name)s“ hat nicht die richtige Art. Möglich sind: %(endings)s.")
                % {"name": name, "endings": ", ".join(self.endings)},
                code="ending",
            )
        if file.size > self.megabytes * 1_000_000:
            raise ValidationError(
                _("„%(name)s“ ist zu groß (%(size)s). Erlaubt sind höchstens %(limit)d MB.")
                % {"name": name, "size": formats.file_size(file.size), "limit": self.megabytes},
                code="size",
            )
        return file
