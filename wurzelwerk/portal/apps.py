from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "wurzelwerk.portal"
    label = "portal"
    verbose_name = "Seiten ohne Konto"

    def ready(self) -> None:
        from . import receivers  # noqa: F401
