"""Rows of one form that can be added and removed, with scripts or without.

The numbers of the rows go along in a hidden field, so that a removed row leaves no gap to count over.
Buttons that add or remove are ordinary submit buttons (`<name>-mehr`, `<name>-weg`): the page comes back
with what was typed and one row more or less, and says nothing about what is still missing.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

Suggestion = Callable[[Mapping[str, Any] | None], dict[str, Any]]


def as_typed(form: forms.BaseForm, data: QueryDict) -> dict[str, Any]:
    """Return what was typed into a form and its `parts`, unchecked, for showing it again."""
    typed = {
        name: shape.widget.value_from_datadict(data, {}, form.add_prefix(name)) for name, shape in form.fields.items()
    }
    return typed | {name: as_typed(part, data) for name, part in getattr(form, "parts", {}).items()}


class Rows:
    """Some forms of one class.

    `start`: rows of a fresh page; `most`: the limit; `suggest`: what a new row begins with, given the
    row before as typed.
    """

    def __init__(
        self,
        form_class: type[forms.BaseForm],
        name: str,
        *,
        start: int = 1,
        most: int = 30,
        suggest: Suggestion | None = None,
        data: QueryDict | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self.form_class, self.name, self.most = form_class, name, most
        self.options = dict(options or {})
        self.suggest = suggest or (lambda _before: {})
        self.data = data
        self.asked = data is not None and (self.more in data or self.less in data)
        if data is None:
            self.forms = [self._fresh(number) for number in range(start)]
        else:
            self.forms = [form_class(data, prefix=self.prefix(number), **self.options) for number in self._posted()]

    @property
    def more(self) -> str:
        """The name of the button that adds a row."""
        return f"{self.name}-mehr"

    @property
    def less(self) -> str:
        """The name of the buttons that remove a row; their value is the row's number."""
        return f"{self.name}-weg"

    @property
    def field(self) -> str:
        """The name of the hidden field with the rows' numbers."""
        return f"{self.name}-zeilen"

    @property
    def numbers(self) -> list[int]:
        """The numbers of the rows, in order."""
        return [int(form.prefix.rpartition("-")[2]) for form in self.forms]

    @property
    def written(self) -> str:
        """The value of the hidden field."""
        return ",".join(map(str, self.numbers))

    @property
    def numbered(self) -> list[tuple[int, forms.BaseForm]]:
        """The rows with their numbers, for the template."""
        return list(zip(self.numbers, self.forms, strict=True))

    @property
    def may_grow(self) -> bool:
        """Whether another row may be added."""
        return len(self.forms) < self.most

    def prefix(self, number: int) -> str:
        """Return the prefix of a row's fields."""
        return f"{self.name}-{number}"

    def _posted(self) -> list[int]:
        texts = self.data.get(self.field, "0").split(",")
        found = dict.fromkeys(int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 5)
        return list(found)[: self.most]

    def _fresh(self, number: int, initial: Mapping[str, Any] | None = None) -> forms.BaseForm:
        return self.form_class(prefix=self.prefix(number), initial=dict(initial or self.suggest(None)), **self.options)

    def redraw(self) -> None:
        """Show everything as it was typed, with a row more or less if a button asked for it; nothing is checked."""
        typed = [(number, as_typed(form, self.data)) for number, form in self.numbered]
        gone = self.data.get(self.less)
        if len(typed) > 1:
            typed = [(number, row) for number, row in typed if str(number) != gone]
        self.forms = [self._fresh(number, row) for number, row in typed]
        if self.more in self.data and self.may_grow:
            number = max((number for number, _row in typed), default=-1) + 1
            added = self._fresh(number, self.suggest(typed[-1][1] if typed else None))
            next(iter(added.fields.values())).widget.attrs["autofocus"] = True
            self.forms.append(added)

    def is_valid(self) -> bool:
        """Check every row, also behind the first mistake."""
        return [form.is_valid() for form in self.forms].count(False) == 0
