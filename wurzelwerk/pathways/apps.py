from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    name = "wurzelwerk.pathways"
    label = "pathways"
    verbose_name = "Wege"
