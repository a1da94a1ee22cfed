"""Addresses of housing, one file a part of the room."""

from django.urls import include, path

urlpatterns = [
    path("", include("wurzelwerk.housing.urls_placing")),
    path("", include("wurzelwerk.housing.urls_portfolio")),
]
