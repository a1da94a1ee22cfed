"""The upload of a list, and how its columns are to be read."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wurzelwerk.base.forms import Form, Section, UploadField
from wurzelwerk.trust.actor import Actor

from .bounds import MOST_BYTES
from .columns import Layout, samples
from .importer import Importer, importers_of
from .models import Sheet
from .writing import column_letter

ENDINGS = (".xlsx", ".ods", ".csv", ".txt", ".tsv")
HEADS_OFFERED = 20
NO_HEAD = "keine"


class SheetForm(Form):
    """A file, and what it lists."""

    once = True
    kind = forms.ChoiceField(label=lazy("Was steht in der Liste?"))
    file = UploadField(
        label=lazy("Datei"), endings=ENDINGS, megabytes=MOST_BYTES // 1_000_000,
        help_text=lazy("XLSX, ODS oder CSV, bis 20 MB und 100.000 Zeilen."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(key, one.label) for key, one in importers_of(actor).items()]


class ColumnsForm(Form):
    """Which table and head, and what each column holds."""

    once = True
    marks_optional = False

    def __init__(self, *args: Any, sheet: Sheet, layout: Layout, importer: Importer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout = layout
        self._offer_table(sheet, layout)
        if importer.option:
            self.fields["option"] = forms.ChoiceField(
                label=importer.option.label, choices=importer.option.choices, initial=layout.option
            )
        choices = [("", _("nicht übernehmen")), *((one.key, one.label) for one in importer.fields)]
        seen = samples(sheet, layout)
        for place, head in enumerate(layout.heads):
            label = head or _("Spalte %(letter)s") % {"letter": column_letter(place)}
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=layout.columns[place],
                help_text=" · ".join(seen[place]) or _("leer"),
            )  # fmt: skip
        self._finish(len(layout.heads))

    def _offer_table(self, sheet: Sheet, layout: Layout) -> None:
        if len(sheet.outline) > 1:
            tables = [(str(place), one["name"] or str(place + 1)) for place, one in enumerate(sheet.outline)]
            self.fields["table"] = forms.ChoiceField(
                label=_("Tabellenblatt"), choices=tables, initial=str(layout.table)
            )
        rows = sheet.outline[layout.table]["rows"][:HEADS_OFFERED]
        heads = [(NO_HEAD, _("keine: die Liste beginnt sofort"))]
        for place, row in enumerate(rows):
            if filled := [text for text in row if text]:
                said = _("Zeile %(number)d: %(cells)s") % {"number": place + 1, "cells": " | ".join(filled)[:100]}
                heads.append((str(place), said))
        self.fields["head"] = forms.ChoiceField(
            label=_("Welche Zeile nennt die Spalten?"), choices=heads,
            initial=NO_HEAD if layout.head is None else str(layout.head),
        )  # fmt: skip

    def _finish(self, columns: int) -> None:
        top = [name for name in ("table", "head", "option") if name in self.fields]
        places = [f"column_{place}" for place in range(columns)]
        pairs = [tuple(places[start : start + 2]) for start in range(0, columns, 2)]
        self.sections = (
            Section(_("Die Liste"), top),
            Section(_("Spalten"), pairs, hint=_("Unter jeder Spalte stehen Beispiele aus der Datei.")),
        )
        for shape in self.fields.values():
            shape.error_messages["invalid_choice"] = _("Diese Auswahl gibt es nicht (mehr). Bitte neu auswählen.")
            shape.error_messages["required"] = _("Bitte wählen Sie etwas aus.")

    def to_layout(self) -> Layout:
        """Return what was chosen."""
        data, layout = self.cleaned_data, self.layout
        columns = [data[f"column_{place}"] for place in range(len(layout.heads))]
        return Layout(layout.table, layout.head, layout.heads, columns, data.get("option", ""))
