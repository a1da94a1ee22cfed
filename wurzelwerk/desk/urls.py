"""Addresses of the desk."""

from django.urls import path

from .views import absence, access, household, lists, manual, notices, search, team, today

urlpatterns = [
    path("", today.home, name="home"),
    path("heute/", today.today, name="today"),
    path("heute/vertretung/", today.today_cover, name="today_cover"),
    path("heute/team/", today.today_team, name="today_team"),
    path("heute/team/<uuid:user>/", today.today_of, name="today_of"),
    path("anmelden/", access.LoginView.as_view(), name="login"),
    path("abmelden/", access.LogoutView.as_view(), name="logout"),
    path("zugang/", access.account, name="account"),
    path("zugang/passwort/", access.PasswordView.as_view(), name="password_change"),
    path("haushalte/", lists.household_list, name="household_list"),
    path("haushalte/<uuid:pk>/", household.household, name="household"),
    path("akten/<uuid:pk>/einsicht/", household.who_sees, name="who_sees"),
    path("suche/", search.search, name="search"),
    path("suche/vorschlaege/", search.suggestions, name="search_suggest"),
    path("hilfe/", manual.index, name="manual"),
    path("hilfe/<slug:slug>/", manual.page, name="manual_page"),
    path("hilfe/bilder/<slug:name>.png", manual.picture, name="manual_picture"),
    path("heute/erster-tag/ausblenden/", manual.tour_hide, name="tour_hide"),
    path("heute/erster-tag/einblenden/", manual.tour_show, name="tour_show"),
    path("abwesenheiten/", absence.absence_list, name="absence_list"),
    path("abwesenheiten/neu/", absence.absence_new, name="absence_new"),
    path("abwesenheiten/<uuid:absence>/", absence.absence_edit, name="absence_edit"),
    path("abwesenheiten/<uuid:absence>/faelle/", absence.absence_cases, name="absence_cases"),
    path("abwesenheiten/<uuid:absence>/beenden/", absence.absence_end, name="absence_end"),
    path("abwesenheiten/<uuid:absence>/fortsetzen/", absence.absence_resume, name="absence_resume"),
    path("abwesenheiten/<uuid:absence>/streichen/", absence.absence_cancel, name="absence_cancel"),
    path("abwesenheiten/<uuid:absence>/zurueckholen/", absence.absence_restore, name="absence_restore"),
    path("abwesenheiten/<uuid:absence>/gesehen/", absence.cover_seen, name="cover_seen"),
    path("team/", team.team, name="team"),
    path("hinweise/", notices.notice_list, name="notice_list"),
    path("hinweise/gelesen/", notices.notices_read, name="notices_read"),
    path("hinweise/<uuid:pk>/gelesen/", notices.notice_read, name="notice_read"),
]
