"""Every room that has pages brings its own addresses; the house only lists the rooms."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include(f"{room}.urls")) for room in settings.WURZELWERK_ROOMS if find_spec(f"{room}.urls") is not None
]
