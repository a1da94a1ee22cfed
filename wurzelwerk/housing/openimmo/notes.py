"""What is said about one object while it is read: remarks, and reasons to refuse it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wurzelwerk.housing.openimmo.records import Remark


@dataclass
class Notes:
    """Collects sentences about one object. `label` is what a person would call it: the number it has in the file."""

    label: str
    remarks: list[Remark] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def remark(self, path: str, name: str | Promise, text: str, line: int | None = None) -> None:
        """Note something about a field; `text` continues the sentence after the field's name."""
        sentence = _("Objekt „%(object)s“, %(field)s: %(text)s") % {"object": self.label, "field": name, "text": text}
        self.remarks.append(Remark(object=self.label, field=path, message=sentence, line=line))

    def refuse(self, text: str) -> None:
        """Note a reason why the object cannot be taken."""
        self.reasons.append(text)

    def refuse_field(self, name: str | Promise, text: str) -> None:
        """Note a reason that lies in one field."""
        self.refuse(f"{name}: {text}")

    @property
    def reason(self) -> str:
        """All reasons in one text that names the object."""
        return _("Objekt „%(object)s“ wurde nicht übernommen. %(reasons)s") % {
            "object": self.label,
            "reasons": " ".join(dict.fromkeys(self.reasons)),
        }
