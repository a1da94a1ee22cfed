from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "wurzelwerk.trust"
    label = "trust"
    verbose_name = "Akten und Freigaben"

    def ready(self) -> None:
        from .guard import guard_reverse_relations

        guard_reverse_relations()
