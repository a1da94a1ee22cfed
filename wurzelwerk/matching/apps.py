from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "wurzelwerk.matching"
    label = "matching"
    verbose_name = "Zuordnung"
