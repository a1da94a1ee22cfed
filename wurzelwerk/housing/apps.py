from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "wurzelwerk.housing"
    label = "housing"
    verbose_name = "Wohnen"

    def ready(self) -> None:
        from . import receivers  # noqa: F401
