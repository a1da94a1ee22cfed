"""The filter bar of a list."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet

from wurzelwerk.base import formats
from wurzelwerk.base.forms import Form


class FilterForm(Form):
    """The filter bar of a list: fields, and for each `filter_<name>(rows, value)`, or a lookup in `lookups`.

    A filter that cannot be read shows its sentence and filters nothing out.
    """

    lookups: dict[str, str] = {}
    marks_optional = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s"} | kwargs)
        for field in self.fields.values():
            field.required = False

    def given(self) -> Iterator[tuple[str, Any]]:
        """Yield (name, value) of every filter in use."""
        self.is_valid()
        for name in self.fields:
            value = self.cleaned_data.get(name)
            empty = value in (None, "", False) or (hasattr(value, "__len__") and len(value) == 0)
            if not empty:
                yield name, value

    @property
    def private(self) -> list[str]:
        """The fields in which people type: what stands there may name somebody, and stands in no address (ADR 0011).

        A hidden field is none of them: it holds the mark of a text that the session keeps already.
        """
        return [name for name, field in self.fields.items() if is_typed(field)]

    @property
    def is_set(self) -> bool:
        """Whether any filter is in use."""
        return any(True for _given in self.given())

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the rows that pass every filter in use."""
        for name, value in self.given():
            own = getattr(self, f"filter_{name}", None)
            rows = own(rows, value) if own else rows.filter(**{self.lookups.get(name, name): value})
        return rows

    def shown(self, name: str, value: Any) -> str:
        """Write a filter's value for its chip."""
        choices = getattr(self.fields[name], "choices", None)
        if choices is not None:
            flat = {str(key): label for key, label in _flat(choices)}
            values = value if isinstance(value, list | tuple | set | QuerySet) else [value]
            return ", ".join(str(flat.get(str(getattr(one, "pk", one)), one)) for one in values)
        return formats.yes_no(value) if value is True else str(self.fields[name].prepare_value(value))


def is_typed(field: forms.Field) -> bool:
    """Say whether people type freely into a field, of whatever kind of text."""
    return isinstance(field, forms.CharField) and not field.widget.is_hidden


def _flat(choices: Iterable) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
