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


class AbsenceKind(models.TextChoices):
    """Why somebody is away; shown to the person and their lead alone."""

    HOLIDAY = "holiday", _("Urlaub")
    SICK = "sick", _("krank")
    TRAINING = "training", _("Fortbildung")
    PARENTAL = "parental", _("Elternzeit")
    OTHER = "other", _("sonstiges")
