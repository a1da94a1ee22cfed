from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "wurzelwerk.outbox"
    label = "outbox"
    verbose_name = "Versand"
