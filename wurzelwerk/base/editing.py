"""Two people at one form: what stood there when it was opened goes along with it, and is compared when it is sent.

    editing = Editing(owner, lambda: {name: getattr(owner, name) for name in OWNER})
    form = OwnerForm(posted(request), initial=editing.initial)
    return ask(request, form, …, editing=editing)

The page carries the stored values as the form shows them, signed for this form, this row and this person. On sending
the row is locked and read anew: what others changed in other fields is kept, in the same field both versions are shown.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wurzelwerk.base import formats, idempotency
from wurzelwerk.base.errors import WrongState
from wurzelwerk.base.three_way import Merged, Shown, merge

Stored = Mapping[str, Any] | None
Cell = tuple[str, ...]
FIELD = "stand"
"""Hidden field of the page: what was stored when it was made."""
CHOICE = "fassung-"
"""Beginning of the name of the choice between two versions of a field."""
CHANGED_MEANWHILE = gettext_lazy("Das wurde inzwischen geändert. Bitte wählen Sie, was gelten soll.")
MINE, THEIRS = "eigene", "gespeicherte"


@dataclass
class Editing:
    """A form that changes what is stored.

    `row`: what the form is about; it is locked while comparing, after the rows `before` it (the order in which the
    house locks them). `read`: the stored values by field, as the form's initial ones, None where nothing is stored yet;
    called again behind the lock.
    """

    row: Model
    read: Callable[[], Stored]
    before: Sequence[Model] = ()

    @cached_property
    def stored(self) -> Stored:
        """The stored values when the request began."""
        return self.read()

    @property
    def initial(self) -> dict[str, Any]:
        """What the form begins with; empty where nothing is stored."""
        return dict(self.stored or {})

    def locked(self) -> Stored:
        """Lock the rows and return the values that are stored now. Raises WrongState where the row is gone."""
        for row in (*self.before, self.row):
            # The view has shown that the actor may change the row; here it is only locked and read anew.
            try:
                row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update())
            except ObjectDoesNotExist:
                raise WrongState(_("Das wurde inzwischen entfernt und lässt sich nicht mehr ändern.")) from None
        return self.read()


@dataclass(frozen=True)
class Beside:
    """The other version of a colliding field: the name of the choice, what is stored in words, what was chosen."""

    name: str
    theirs: str
    chosen: str = ""


@dataclass
class Opened:
    """What a form knows of its beginning.

    `stored`: what is stored while it is shown; `base`: the values it began with, a missing one is not known; `seen`:
    what was shown beside a colliding field; `meanwhile`: fields into which something came that others stored; `beside`:
    the fields where both stand now.
    """

    form: Any
    salt: str
    stored: Stored = None
    base: dict[str, Shown] = field(default_factory=dict)
    seen: dict[str, Shown] = field(default_factory=dict)
    meanwhile: list[str] = field(default_factory=list)
    beside: dict[str, Beside] = field(default_factory=dict)

    @property
    def signed(self) -> str:
        """What the page carries."""
        kept = [self.base, self.seen, self.meanwhile]
        return signing.Signer(salt=self.salt).sign_object(kept, compress=True)

    def take(self, signed: str) -> bool:
        """Begin where another showing began; False, and nothing is known, for what the house did not sign."""
        try:
            self.base, self.seen, self.meanwhile = signing.Signer(salt=self.salt).unsign_object(signed)
        except signing.BadSignature:
            self.base, self.seen, self.meanwhile = {}, {}, []
            return False
        return True

    def compare(self, data: QueryDict, stored: Stored) -> QueryDict:
        """Return the sent fields with what others stored; what collides stays as typed and stands `beside`."""
        cells = list(_cells(self.form))
        mine = {cell[0]: _typed(self.form, cell, data) for cell in cells}
        theirs = shown_of(self.form, stored) if stored is not None else {**mine, **self.base}
        # A choice counts only for the version that was seen.
        chosen = {name: data.get(self._choice(name), "") for name in self.seen if self.seen[name] == theirs.get(name)}
        merged = merge(
            self.base,
            mine,
            theirs,
            most={cell[0]: len(cell) for cell in cells if len(cell) > 1},
            chosen_mine=[name for name in chosen if chosen[name] == MINE],
            chosen_theirs=[name for name in chosen if chosen[name] == THEIRS],
        )
        self._remember(merged, theirs, chosen)
        met = data.copy()
        for cell in cells:
            if merged.values[cell[0]] != mine[cell[0]]:
                self._put(met, cell, merged.values[cell[0]], stored or {})
        return met

    def _put(self, data: QueryDict, cell: Cell, value: Shown, stored: Mapping[str, Any]) -> None:
        keys = [self.form.add_prefix(name) for name in cell]
        if len(cell) == 1 or isinstance(value, str):
            data.setlist(keys[0], value if isinstance(value, list) else [value])
            return
        before = [shown(self.form.fields[name], stored.get(name)) for name in cell]
        order = [*before, *(data.get(key, "") for key in keys), *value]
        ordered = [one for one in dict.fromkeys(order) if one in value]
        for place, key in enumerate(keys):
            data[key] = ordered[place] if place < len(ordered) else ""

    def _remember(self, merged: Merged, theirs: Mapping[str, Shown], chosen: Mapping[str, str]) -> None:
        """From here on everything that is settled begins with what is stored now."""
        self.base |= {name: value for name, value in theirs.items() if name not in merged.colliding}
        self.seen = {name: theirs[name] for name in merged.colliding}
        self.meanwhile = list(dict.fromkeys([*self.meanwhile, *merged.theirs]))
        self.beside = {
            name: Beside(self._choice(name), in_words(self.form.fields[name], theirs[name]), chosen.get(name, ""))
            for name in merged.colliding
        }

    def resume(self, draft: QueryDict, *, changed: bool) -> QueryDict:
        """Return what a draft is to show on top of what is stored now: the same comparison as on sending.

        `changed`: what is stored is no longer what the draft began with.
        """
        began = self.base
        if not self.take(draft.get(FIELD, "")) and not changed:
            self.base = began
        return self.compare(draft, self.stored)

    def _choice(self, name: str) -> str:
        return f"{CHOICE}{self.form.add_prefix(name)}"

    def _labels(self, names: Sequence[str]) -> str:
        labels = [_("„%(label)s“") % {"label": self.form[name].label} for name in names if name in self.form.fields]
        return _(" und ").join(filter(None, [", ".join(labels[:-1]), *labels[-1:]]))

    @property
    def told(self) -> str:
        """The sentence after saving about what others changed; empty where nobody did."""
        if not self.meanwhile:
            return ""
        return ngettext(
            "Inzwischen wurde auch %(fields)s geändert; beides ist gespeichert.",
            "Inzwischen wurden auch %(fields)s geändert; alles ist gespeichert.",
            len(self.meanwhile),
        ) % {"fields": self._labels(self.meanwhile)}

    @property
    def notes(self) -> list[str]:
        """What stands above the fields of a form that is shown again."""
        lines = []
        if self.meanwhile:
            text = _("Inzwischen geändert und hier schon eingesetzt: %(fields)s.")
            lines.append(text % {"fields": self._labels(self.meanwhile)})
        if self.beside and not self.form.is_bound:
            text = _("Inzwischen steht etwas anderes als in Ihrem Entwurf bei %(fields)s. Bitte wählen Sie dort aus.")
            lines.append(text % {"fields": self._labels(list(self.beside))})
        return lines


def begun(request: HttpRequest, form: Any, editing: Editing | None) -> Any:
    """Return the form; one that changes what is stored carries from now on what it began with."""
    if editing is not None:
        salt = ":".join(("wurzelwerk.editing", type(form).__qualname__, str(editing.row.pk), str(request.user.pk)))
        form.opened = Opened(form, salt)
        if form.is_bound:
            form.opened.take(request.POST.get(FIELD, ""))
        else:
            form.opened.stored, form.opened.base = editing.stored, shown_of(form, form.initial)
    return form


def settled(request: HttpRequest, form: Any, editing: Editing | None) -> bool:
    """Say whether a sent form can be saved; called in the transaction of the write.

    What others stored meanwhile is in the form's data then. A form that was taken already is settled: a double click.
    """
    if editing is None:
        return form.is_valid()
    stored = editing.locked()
    if idempotency.is_taken(request):
        return True
    form.data, form._errors = form.opened.compare(form.data, stored), None
    form.is_valid()
    for name in form.opened.beside:
        form.add_error(name, CHANGED_MEANWHILE)
    return form.is_valid()


def with_others(form: Any, done: str) -> str:
    """Return the sentence after saving, with what others changed meanwhile and is kept."""
    return f"{done} {form.opened.told}".strip() if getattr(form, "opened", None) else done


# -- values as the form shows them ------------------------------------------------------------------------------------


def shown_of(form: Any, stored: Mapping[str, Any]) -> dict[str, Shown]:
    """Return stored values as the form shows them; what is not stored shows the field's own beginning."""
    texts = {cell: [shown(form.fields[name], stored.get(name, form.fields[name].initial)) for name in cell]
             for cell in _cells(form)}  # fmt: skip
    return {cell[0]: _joined(values) for cell, values in texts.items()}


def shown(shape: forms.Field, value: Any) -> Shown:
    """Return a value as its field shows it, the same for a stored and for a typed one."""
    value = shape.prepare_value(value() if callable(value) else value)
    if _is_many(shape):
        return sorted({str(one) for one in value or ()})
    return "" if value is None or value is False else str(value).replace("\r\n", "\n").strip()


def in_words(shape: forms.Field, value: Shown) -> str:
    """Return what a field shows, as a person reads it."""
    labels = dict(_choices(shape)) if hasattr(shape, "choices") else {}
    if isinstance(value, list):
        return ", ".join(labels.get(one, one) for one in value) or _("keine Angabe")
    if isinstance(shape, forms.BooleanField):
        return _("ja") if value else _("nein")
    unit = f"{formats.NO_BREAK}{shape.unit}" if getattr(shape, "unit", "") else ""
    return f"{labels.get(value, value)}{unit}" if value else _("keine Angabe")


def _choices(shape: Any) -> Iterator[tuple[str, str]]:
    for value, label in shape.choices:
        if isinstance(label, list | tuple):
            yield from ((str(one), str(name)) for one, name in label)
        else:
            yield str(value), str(label)


def _cells(form: Any) -> Iterator[Cell]:
    """What is compared as one: a field that somebody fills in, or several that take one of the same choices each.

    A file is no value that could be compared.
    """
    several = {name: cell for cell in form.several for name in cell}
    for name, shape in form.fields.items():
        if isinstance(shape, forms.FileField) or isinstance(shape.widget, forms.HiddenInput):
            continue
        if several.get(name, (name,))[0] == name:
            yield several.get(name, (name,))


def _joined(texts: list[Shown]) -> Shown:
    return texts[0] if len(texts) == 1 else sorted({one for one in texts if isinstance(one, str) and one})


def _is_many(shape: forms.Field) -> bool:
    return getattr(shape.widget, "allow_multiple_selected", False)


def _typed(form: Any, cell: Cell, data: QueryDict) -> Shown:
    """What was typed, as the form would show it; what cannot be read, as it was typed."""
    return _joined([_read(form.fields[name], data, form.add_prefix(name)) for name in cell])


def _read(shape: forms.Field, data: QueryDict, key: str) -> Shown:
    raw = shape.widget.value_from_datadict(data, {}, key)
    try:
        return shown(shape, shape.clean(raw))
    except ValidationError:
        return sorted(map(str, raw or ())) if _is_many(shape) else str(raw or "")
