from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    name = "wurzelwerk.cases"
    label = "cases"
    verbose_name = "Fälle"

    def ready(self) -> None:
        """Listen to rooms below, and let the index of people's keys be made with the tables."""
        from . import receivers  # noqa: F401
        from .key_index import make_key_index

        post_migrate.connect(make_key_index, sender=self, dispatch_uid="cases.key_index")
