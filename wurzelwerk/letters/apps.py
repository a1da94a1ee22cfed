from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "wurzelwerk.letters"
    label = "letters"
    verbose_name = "Briefe"
