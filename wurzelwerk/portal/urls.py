"""Addresses of the portal. The one that links open is short, because it has to fit into an SMS."""

from django.urls import path

from .views import opening, reminders

urlpatterns = [
    path("l/<str:secret>/", opening.link, name="link"),
    path("haushalte/<uuid:household>/erinnerungen/", reminders.reminder_list, name="reminder_list"),
    path("haushalte/<uuid:household>/einladen/", reminders.invitation_new, name="invitation_new"),
    path("personen/<uuid:person>/erinnern/<slug:channel>/", reminders.reminding_agree, name="reminding_agree"),
    path("erinnerungen/<uuid:reminding>/beenden/", reminders.reminding_end, name="reminding_end"),
    path("erinnerungen/termin/<uuid:appointment>/", reminders.appointment_reminded, name="appointment_reminded"),
    path("terminzettel/<uuid:appointment>/", reminders.appointment_slip, name="appointment_slip"),
    path("links/<uuid:pk>/sperren/", reminders.link_revoke, name="link_revoke"),
    path("links/<uuid:pk>/freigeben/", reminders.link_restore, name="link_restore"),
]
