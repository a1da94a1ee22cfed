"""The form of who lives together with a household."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base.forms import Combobox, Form
from wurzelwerk.cases.models import Household


class SharedHomeForm(Form):
    """Another household at the same address."""

    once = True
    other = forms.ChoiceField(
        label=_("Wohnt zusammen mit"),
        widget=Combobox,
        help_text=_("Haushalte unter derselben Anschrift, die für Sie offen sind"),
        error_messages={"invalid_choice": _("Dieser Haushalt steht hier nicht (mehr) zur Wahl.")},
    )

    def __init__(self, *args, others: Sequence[Household], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in others}
        self.fields["other"].choices = [("", ""), *((pk, one.name) for pk, one in self.others.items())]

    def household(self) -> Household:
        """Return which was chosen."""
        return self.others[self.cleaned_data["other"]]
