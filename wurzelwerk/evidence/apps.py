from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "wurzelwerk.evidence"
    label = "evidence"
    verbose_name = "Fakten"
