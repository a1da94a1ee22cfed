"""Background jobs of the case trunk."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django_tasks import task

from wurzelwerk.base import clock
from wurzelwerk.network.access import has_left
from wurzelwerk.network.models import User


@task()
def mail_please_look_in(user_id: str) -> None:
    """Ask somebody by mail to look into Wurzelwerk; no word of whom or what."""
    found = User.objects.filter(pk=user_id, is_active=True).exclude(email="")
    user = found.exclude(has_left(clock.today())).first()
    if user is None:
        return
    send_mail(
        _("Wurzelwerk: Bitte sehen Sie nach"),
        _("In einem Ihrer Fälle gibt es etwas Neues. Sie finden es nach der Anmeldung unter „Heute“."),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
    )
