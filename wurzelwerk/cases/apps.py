from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "wurzelwerk.cases"
    label = "cases"
    verbose_name = "Fälle"
