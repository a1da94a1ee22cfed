from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "wurzelwerk.api"
    label = "api"
    verbose_name = "Schnittstelle"
