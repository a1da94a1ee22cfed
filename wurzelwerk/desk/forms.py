"""Forms of the desk: logging in, the own password, the search."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from wurzelwerk.base import clock, knocking
from wurzelwerk.base.forms import DeskForm, Form

from .searching import LONGEST, SHORTEST, cleaned


class LoginForm(DeskForm, AuthenticationForm):
    """Name and password. One sentence for every reason of refusal, so that it tells nothing about accounts."""

    error_messages = {
        "invalid_login": _(
            "Anmeldename und Passwort passen nicht zusammen. Bitte prüfen Sie beides, auch die Feststelltaste."
        ),
        "inactive": _(
            "Anmeldename und Passwort passen nicht zusammen. Bitte prüfen Sie beides, auch die Feststelltaste."
        ),
        "too_often": _(
            "Es wurde zu oft vergeblich versucht, sich anzumelden. Bitte warten Sie %(minutes)d Minuten. "
            "Ist es eilig, hilft die Verwaltung der Zugänge in Ihrer Stelle."
        ),
    }
    username = forms.CharField(
        label=_("Anmeldename"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Passwort"),
        max_length=1_000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Try the password, unless too many were tried in vain; then it is not even looked at."""
        name, at = self.cleaned_data.get("username", ""), clock.now()
        if knocking.signs_in_too_often(self.request, name, at=at):
            minutes = knocking.WINDOW // timedelta(minutes=1)
            raise forms.ValidationError(self.error_messages["too_often"] % {"minutes": minutes}, code="too_often")
        try:
            return super().clean()
        except forms.ValidationError:
            knocking.count_sign_in(self.request, name, at=at)
            raise


class OwnPasswordForm(DeskForm, PasswordChangeForm):
    """Change the own password: the old one, and the new one twice."""

    error_messages = {
        "password_incorrect": _("Das bisherige Passwort stimmt nicht."),
        "password_mismatch": _("Die beiden neuen Passwörter sind nicht gleich."),
    }
    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("old_password", _("Bisheriges Passwort")),
            ("new_password1", _("Neues Passwort")),
            ("new_password2", _("Neues Passwort noch einmal")),
        ):
            self.fields[name].label = label
            self.fields[name].max_length = 1_000
            self.fields[name].widget.attrs.pop("autofocus", None)
            self.fields[name].error_messages["required"] = _("Bitte „%(label)s“ angeben.") % {"label": label}
        self.fields["new_password1"].help_text = _(
            "Mindestens 12 Zeichen. Gut sind vier Wörter, die nichts miteinander zu tun haben."
        )
        self.fields["new_password2"].help_text = ""


class SearchForm(Form):
    """What is searched for, on the page of results. Two characters at least."""

    q = forms.CharField(
        label=_("Überall suchen"),
        max_length=LONGEST,
        help_text=_(
            "Ein Name, wie Sie ihn hören oder lesen, in jeder Schrift; eine Telefonnummer, ein Geburtsdatum, ein "
            "Aktenzeichen, eine Straße mit Hausnummer, eine Seite oder Aktion."
        ),
        widget=forms.TextInput(
            {"type": "search", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "auto"}
        ),
    )

    def clean_q(self) -> str:
        """Return the text without control signs and surplus blanks."""
        text = cleaned(self.cleaned_data["q"])
        if len(text) < SHORTEST:
            raise forms.ValidationError(_("Bitte mindestens zwei Zeichen eingeben."))
        return text
