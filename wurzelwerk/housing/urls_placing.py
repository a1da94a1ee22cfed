"""Addresses of searches, placements, rounds and the household's way."""

from django.urls import path

from .views import journey, placements, rounds, searches

urlpatterns = [
    path("haushalte/<uuid:household>/weg/beginnen/", journey.pathway_start, name="pathway_start"),
    path("haushalte/<uuid:household>/weg/weiter/", journey.pathway_advance, name="pathway_advance"),
    path("haushalte/<uuid:household>/weg/zurueck/", journey.pathway_take_back, name="pathway_take_back"),
    path("haushalte/<uuid:household>/suchprofil/", journey.profile_edit, name="search_profile_edit"),
    path("haushalte/<uuid:household>/suche/", journey.search_take_on, name="housing_search_take_on"),
    path("nachbetreuung/<uuid:pk>/", journey.aftercare_note, name="aftercare_note"),
    path("nachbetreuung/<uuid:pk>/zuruecknehmen/", journey.aftercare_take_back, name="aftercare_take_back"),
    path("suchen/", searches.search_list, name="housing_search_list"),
    path("suchen/anfragen/<uuid:pk>/annehmen/", searches.referral_accept, name="housing_referral_accept"),
    path("suchen/anfragen/<uuid:pk>/ablehnen/", searches.referral_refuse, name="housing_referral_refuse"),
    path("suchen/<uuid:pk>/", searches.search, name="housing_search"),
    path("suchen/<uuid:pk>/ruhen/", searches.search_pause, name="housing_search_pause"),
    path("suchen/<uuid:pk>/fortsetzen/", searches.search_resume, name="housing_search_resume"),
    path("suchen/<uuid:pk>/beenden/", searches.search_close, name="housing_search_close"),
    path("vermittlungen/neu/", placements.placement_new, name="placement_new"),
    path("vermittlungen/<uuid:pk>/", placements.placement, name="placement"),
    path("vermittlungen/<uuid:pk>/<slug:step>/", placements.placement_step, name="placement_step"),
    path("runden/", rounds.round_list, name="round_list"),
    path("runden/neu/", rounds.round_new, name="round_new"),
    path("runden/<uuid:pk>/", rounds.round_page, name="round"),
    path("runden/<uuid:pk>/stand/", rounds.round_progress, name="round_progress"),
    path("runden/<uuid:pk>/vorschlagen/", rounds.round_propose, name="round_propose"),
]
