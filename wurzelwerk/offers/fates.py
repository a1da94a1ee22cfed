"""Offers lie in no household's Akte."""

from wurzelwerk.trust.fates import stays

FATES = {"offers.Offer": stays("lies in the Akte of an owner or a portfolio")}
