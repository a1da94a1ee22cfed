from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "wurzelwerk.cli"
    label = "cli"
    verbose_name = "Kommandozeile"
