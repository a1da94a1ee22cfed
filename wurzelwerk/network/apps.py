from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NetworkConfig(AppConfig):
    name = "wurzelwerk.network"
    label = "network"
    verbose_name = "Netz"

    def ready(self) -> None:
        from .districts import load_districts

        post_migrate.connect(load_districts, sender=self)
