"""Addresses of the calendar."""

from django.urls import path

from .views import appointment, calendars, interpreting, inviting, keeping, making, sketches, subscribing, weekly

HOUSEHOLD = "haushalte/<uuid:household>/termine"
ONE = "termine/<uuid:appointment>"

urlpatterns = [
    path("kalender/", calendars.calendar_day, name="calendar_day"),
    path("kalender/woche/", calendars.calendar_week, name="calendar_week"),
    path("kalender/team/", calendars.calendar_team, name="calendar_team"),
    path("kalender/auswertung/", calendars.appointment_figures, name="appointment_figures"),
    # rooms and hours
    path("kalender/raeume/", keeping.place_list, name="place_list"),
    path("kalender/raeume/neu/", keeping.place_new, name="place_new"),
    path("kalender/raeume/<uuid:place>/", calendars.calendar_place, name="calendar_place"),
    path("kalender/raeume/<uuid:place>/bearbeiten/", keeping.place_edit, name="place_edit"),
    path("kalender/raeume/<uuid:place>/aufgeben/", keeping.place_remove, name="place_remove"),
    path("kalender/raeume/<uuid:place>/zurueck/", keeping.place_restore, name="place_restore"),
    path("kalender/raeume/<uuid:place>/bild/", sketches.place_sketch, name="place_sketch"),
    path("kalender/raeume/<uuid:place>/bild/neu/", sketches.place_sketch_new, name="place_sketch_new"),
    path("kalender/raeume/bilder/<uuid:sketch>/entfernen/", sketches.sketch_remove, name="sketch_remove"),
    path("kalender/raeume/bilder/<uuid:sketch>/zurueck/", sketches.sketch_restore, name="sketch_restore"),
    path("kalender/sprechzeiten/", keeping.hours_edit, name="hours_edit"),
    path("kalender/sprechstunden/<uuid:site>/", keeping.site_hours_edit, name="site_hours_edit"),
    # time without a household
    path("kalender/eigenes/neu/", keeping.own_time_new, name="own_time_new"),
    path("kalender/eigenes/<uuid:own_time>/", keeping.own_time_edit, name="own_time_edit"),
    path("kalender/eigenes/<uuid:own_time>/absagen/", keeping.own_time_cancel, name="own_time_cancel"),
    path("kalender/eigenes/<uuid:own_time>/zurueck/", keeping.own_time_restore, name="own_time_restore"),
    path("kalender/woechentlich/", weekly.weekly_times, name="weekly_times"),
    path("kalender/woechentlich/neu/", weekly.weekly_time_new, name="weekly_time_new"),
    path("kalender/woechentlich/<uuid:weekly>/", weekly.weekly_time_edit, name="weekly_time_edit"),
    path("kalender/woechentlich/<uuid:weekly>/beenden/", weekly.weekly_time_end, name="weekly_time_end"),
    path("kalender/woechentlich/<uuid:weekly>/weiter/", weekly.weekly_time_resume, name="weekly_time_resume"),
    # subscribing
    path("kalender/abo/", subscribing.feed, name="feed"),
    path("kalender/abo/beenden/", subscribing.feed_revoke, name="feed_revoke"),
    path("l/<slug:secret>.ics", subscribing.feed_file, name="feed_file"),
    # appointments
    path(f"{HOUSEHOLD}/neu/", making.appointment_new, name="appointment_new"),
    path(f"{HOUSEHOLD}/reihe/", making.series_new, name="series_new"),
    path(f"{ONE}/", appointment.appointment, name="appointment"),
    path(f"{ONE}/aendern/", appointment.appointment_edit, name="appointment_edit"),
    path(f"{ONE}/sprachmittlung/", interpreting.interpreter_new, name="interpreter_new"),
    path(f"{ONE}/termin.ics", appointment.appointment_file, name="appointment_file"),
    path(f"{ONE}/einladung/<slug:inviting>/", inviting.appointment_inviting, name="appointment_inviting"),
    path(f"{ONE}/<slug:mark>/", appointment.appointment_mark, name="appointment_mark"),
    path("termine/<uuid:pk>/reihe/aendern/", appointment.series_edit, name="series_edit"),
    path("termine/<uuid:pk>/reihe/absagen/", appointment.series_cancel, name="series_cancel"),
    path("termine/reihen/<uuid:series>/<uuid:batch>/zurueck/", appointment.series_reopen, name="series_reopen"),
    path("termine/verlegungen/<uuid:move>/zurueck/", appointment.move_undo, name="move_undo"),
    path("sprachmittlung/<uuid:interpreter>/antwort/", interpreting.interpreter_answer, name="interpreter_answer"),
    path("sprachmittlung/<uuid:interpreter>/abbestellen/", interpreting.interpreter_cancel, name="interpreter_cancel"),
    path("sprachmittlung/<uuid:interpreter>/offen/", interpreting.interpreter_reopen, name="interpreter_reopen"),
]
