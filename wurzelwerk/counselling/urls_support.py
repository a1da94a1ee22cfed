"""Addresses of the helper circle and its conferences."""

from django.urls import path

from .views import conferences, minutes, support

HOUSEHOLD = "haushalte/<uuid:household>"
CONFERENCE = "konferenzen/<uuid:conference>"

urlpatterns = [
    path(f"{HOUSEHOLD}/helferkreis/", support.support_circle, name="support_circle"),
    path(f"{HOUSEHOLD}/helferkreis/neu/", support.helper_new, name="helper_new"),
    path("helferkreis/<uuid:helper>/", support.helper_edit, name="helper_edit"),
    path("helferkreis/<uuid:helper>/beenden/", support.helper_end, name="helper_end"),
    path("helferkreis/<uuid:helper>/zurueck/", support.helper_return, name="helper_return"),
    path(f"{HOUSEHOLD}/konferenzen/neu/", conferences.conference_new, name="conference_new"),
    path(f"{CONFERENCE}/", conferences.conference, name="conference"),
    path(f"{CONFERENCE}/aendern/", conferences.conference_edit, name="conference_edit"),
    path(f"{CONFERENCE}/protokoll/", conferences.conference_minutes, name="conference_minutes"),
    path(f"{CONFERENCE}/absagen/", conferences.conference_cancel, name="conference_cancel"),
    path(f"{CONFERENCE}/doch/", conferences.conference_restore, name="conference_restore"),
    path(f"{CONFERENCE}/einladung.ics", conferences.conference_calendar, name="conference_calendar"),
    path(f"{CONFERENCE}/einladung/", conferences.conference_invitation, name="conference_invitation"),
    path(f"{CONFERENCE}/einladung/<slug:inviting>/", conferences.conference_inviting, name="conference_inviting"),
    path(f"{CONFERENCE}/protokoll.pdf", minutes.conference_pdf, name="conference_pdf"),
    path(f"{CONFERENCE}/protokoll/freigeben/<uuid:referral>/", minutes.minutes_open, name="minutes_open"),
    path("protokolle/<uuid:minutes>/", minutes.minutes_opened, name="minutes_opened"),
    path("protokolle/<uuid:minutes>/zuruecknehmen/", minutes.minutes_close, name="minutes_close"),
    path("konferenzen/teilnahme/<uuid:participant>/<slug:answer>/", conferences.participant_mark,
         name="participant_mark"),
]  # fmt: skip
