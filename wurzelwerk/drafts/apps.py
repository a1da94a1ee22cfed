from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "wurzelwerk.drafts"
    label = "drafts"
    verbose_name = "Entwürfe"
