from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "wurzelwerk.reports"
    label = "reports"
    verbose_name = "Berichte"
