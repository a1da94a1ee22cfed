"""What a row is. Every guarded model has one scope; grants and roles speak in scopes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """The kinds of content of an Akte."""

    REGISTER = "register", _("Bestehen der Akte")
    CONTACT = "contact", _("Namen und Kontaktdaten")
    RESIDENCE = "residence", _("Aufenthalt")
    ECONOMIC = "economic", _("Einkommen und Leistungen")
    SEARCH_PROFILE = "search_profile", _("Suchprofil Wohnen")
    PLAN = "plan", _("Bedarfe, Plan und Aufgaben")
    JOURNAL = "journal", _("Journal")
    SUPPORT = "support", _("Helferkreis und Fallkonferenzen")
    CALENDAR = "calendar", _("Termine")
    DOCUMENTS = "documents", _("Dokumente und Nachweise")
    PATHWAY = "pathway", _("Stand auf dem Weg")
    RELEASE = "release", _("Freigaben")
    REFERRAL = "referral", _("Überweisungen")
    PLACEMENT = "placement", _("Vermittlung")
    PORTFOLIO = "portfolio", _("Wohnungen")
    OWNER = "owner", _("Eigentümerinnen und Eigentümer")
    OFFER = "offer", _("Angebote")
    HANDOVER = "handover", _("Übergabenotizen")
    LISTS = "lists", _("Listen zum Einlesen")


APART = frozenset({Scope.LISTS})
"""What never lies in the Akte of a household, an owner or a dwelling, but in one of its own."""


class Form(models.TextChoices):
    """What a grant allows with the content."""

    READ = "read", _("lesen")
    WRITE = "write", _("lesen und schreiben")
    PASS_ON = "pass_on", _("lesen und weitergeben")


class Basis(models.TextChoices):
    """The legal ground of a grant."""

    CONSENT = "consent", _("Einwilligung")
    CONTRACT = "contract", _("Vertrag")
    LAW = "law", _("Rechtsvorschrift")
    TASK = "task", _("Zusammenarbeit in der eigenen Stelle")
