from django.apps import AppConfig


class CounsellingConfig(AppConfig):
    name = "wurzelwerk.counselling"
    label = "counselling"
    verbose_name = "Beratung"

    def ready(self) -> None:
        from . import receivers  # noqa: F401
