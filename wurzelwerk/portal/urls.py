"""The one address of the portal: short, because it has to fit into an SMS."""

from django.urls import path

from . import views

urlpatterns = [path("l/<str:secret>/", views.link, name="link")]
