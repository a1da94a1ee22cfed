from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "wurzelwerk.base"
    label = "base"
    verbose_name = "Grund: Uhr, Kennungen, Formulare"
