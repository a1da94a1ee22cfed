"""Addresses of the outbox."""

from django.urls import path

from . import views

urlpatterns = [
    path("versand/", views.outbox, name="outbox"),
    path("versand/<uuid:pk>/nochmal/", views.message_repeat, name="message_repeat"),
    path("versand/<uuid:pk>/verwerfen/", views.message_cancel, name="message_cancel"),
]
