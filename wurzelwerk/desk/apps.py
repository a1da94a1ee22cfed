from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "wurzelwerk.desk"
    label = "desk"
    verbose_name = "Schreibtisch"
