"""Coming in and going out: login, logout, the own password, the own account."""

from django.contrib import messages
from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from wurzelwerk.network.models import Membership
from wurzelwerk.trust.roles import ROLES

from ..forms import LoginForm, OwnPasswordForm


class LoginView(auth.LoginView):
    """Log in; leads to where one wanted to go, else to Heute."""

    template_name = "desk/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True


@method_decorator(never_cache, name="dispatch")
class LogoutView(auth.LogoutView):
    """Log out, by POST only."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        answer = super().post(request, *args, **kwargs)
        messages.success(request, _("Sie sind abgemeldet."))
        return answer


class PasswordView(auth.PasswordChangeView):
    """Change the own password; the present session goes on, all others end."""

    template_name = "desk/password.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("account")

    def form_valid(self, form: OwnPasswordForm) -> HttpResponse:
        messages.success(self.request, _("Ihr Passwort ist geändert. Andere Anmeldungen sind beendet."))
        return super().form_valid(form)


def account(request: HttpRequest) -> HttpResponse:
    """Show the own roles and what they may see and do."""
    rows = Membership.objects.filter(user_id=request.actor.user_id).select_related("organisation", "site")
    held = [
        {"membership": row, "role": ROLES[row.role], "reads": _labels(row.role), "stands": _stands(row, request)}
        for row in rows.order_by("valid_from", "pk")
        if row.role in ROLES
    ]
    return render(request, "desk/account.html", {"held": held})


def _labels(role: str) -> list[str]:
    from wurzelwerk.trust.scopes import Scope

    reads, writes = ROLES[role].reads, ROLES[role].writes
    return [
        f"{scope.label} ({_('lesen und schreiben') if scope in writes else _('lesen')})"
        for scope in Scope
        if scope in reads
    ]


def _stands(row: Membership, request: HttpRequest) -> bool:
    day = request.actor.on
    return row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)
