"""Addresses of lists."""

from django.urls import path

from . import views

urlpatterns = [
    path("listen/", views.sheet_list, name="sheet_list"),
    path("listen/<uuid:pk>/", views.sheet, name="sheet"),
    path("listen/<uuid:pk>/spalten/", views.sheet_columns, name="sheet_columns"),
    path("listen/<uuid:pk>/stand/", views.sheet_progress, name="sheet_progress"),
    path("listen/<uuid:pk>/auswahl/", views.sheet_choose, name="sheet_choose"),
    path("listen/<uuid:pk>/uebernehmen/", views.sheet_take, name="sheet_take"),
    path("listen/<uuid:pk>/zuruecknehmen/", views.sheet_take_back, name="sheet_take_back"),
    path("listen/<uuid:pk>/abgelehnt/", views.sheet_refused, name="sheet_refused"),
    path("listen/<uuid:pk>/loeschen/", views.sheet_drop, name="sheet_drop"),
]
