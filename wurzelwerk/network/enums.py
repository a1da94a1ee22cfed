"""Kinds in the network of organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What sort of body an organisation is."""

    MUNICIPALITY = "municipality", _("Kommune")
    WELFARE = "welfare", _("Wohlfahrtsverband")
    HOUSING = "housing", _("Wohnungsunternehmen")
    AUTHORITY = "authority", _("Behörde")
    ASSOCIATION = "association", _("Verein")
    BUSINESS = "business", _("Betrieb")
