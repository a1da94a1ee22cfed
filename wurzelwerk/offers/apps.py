from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "wurzelwerk.offers"
    label = "offers"
    verbose_name = "Angebote"
