"""The ground has no pages of its own; while developing it shows the gallery of components."""

from django.conf import settings

from wurzelwerk.base import gallery

urlpatterns = gallery.urlpatterns if settings.DEBUG else []
