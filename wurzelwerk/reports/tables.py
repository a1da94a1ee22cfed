"""The cases behind a figure, as far as the reader may see them."""

from collections.abc import Mapping
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurzelwerk.base.rooms import akte_labels
from wurzelwerk.base.tables import Column, Table
from wurzelwerk.trust.models import Akte


class AkteTable(Table):
    """A line an Akte; its name is the room's that knows it, and only on the page: files carry the reference alone."""

    name, title = "akten", gettext_lazy("Akten hinter der Zahl")
    one, many = gettext_lazy("Akte"), gettext_lazy("Akten")
    default_sort = "-eroeffnet"
    empty_title = gettext_lazy("Keine dieser Akten ist für Sie offen")
    empty_text = gettext_lazy("Die Zahl ist trotzdem richtig: Sie zählt auch, was Sie nicht im Einzelnen sehen dürfen.")
    empty_icon = "lock"
    choosable = False

    def __init__(self, *, rows: QuerySet[Akte], request: HttpRequest) -> None:
        super().__init__(rows=rows, request=request)
        self.columns = (
            Column("name", _("Akte"), value=self._label, url=self._address, only="page"),
            Column("zeichen", _("Aktenzeichen"), value="reference", sort=("reference",)),
            Column("eroeffnet", _("Angelegt"), value="opened_at", kind="day", sort=("opened_at",)),
            Column("standort", _("Standort"), value="site.name", sort=("site__name",)),
        )

    @cached_property
    def _labels(self) -> Mapping[UUID, tuple[str, str]]:
        return akte_labels(self.request.actor, [akte.pk for akte in self.objects])

    def _label(self, akte: Akte) -> str:
        return self._labels.get(akte.pk, (akte.reference, ""))[0]

    def _address(self, akte: Akte) -> str:
        return self._labels.get(akte.pk, ("", ""))[1]
