from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NetworkConfig(AppConfig):
    name = "wurzelwerk.network"
    label = "network"
    verbose_name = "Netz"

    def ready(self) -> None:
        from wurzelwerk.base.exports import exported

        from .districts import load_districts
        from .exports_log import write_down

        exported.connect(write_down, dispatch_uid="network.exports_log")
        post_migrate.connect(load_districts, sender=self)
