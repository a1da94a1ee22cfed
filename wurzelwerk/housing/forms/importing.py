"""The upload of an OpenImmo file."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.forms import Form, UploadField
from wurzelwerk.trust.actor import Actor

from ..openimmo import MAX_BYTES
from ..queries.portfolio import owner_choices
from .choosing import RowField

ENDINGS = (".xml", ".zip")


class ImportForm(Form):
    """A file, and to whom new dwellings belong."""

    once = True
    file = UploadField(
        label=_("OpenImmo-Datei"), endings=ENDINGS, megabytes=MAX_BYTES // 1_000_000,
        help_text=_("XML, oder ein ZIP-Archiv mit einer XML-Datei und Bildern, bis 50 MB."),
    )  # fmt: skip
    owner = RowField(
        label=_("Eigentümer:in neuer Wohnungen"),
        empty_label=_("nach dem Anbieter in der Datei"),
        help_text=_("Leer: Ein bekannter Anbieter wird wiedererkannt, ein neuer aufgenommen."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(owner_choices(actor))
