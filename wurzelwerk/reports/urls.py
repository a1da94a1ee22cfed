"""Addresses of reports."""

from django.urls import path

from . import views

urlpatterns = [
    path("berichte/", views.report, name="report"),
    path("berichte/faelle/<slug:code>/", views.report_cases, name="report_cases"),
]
