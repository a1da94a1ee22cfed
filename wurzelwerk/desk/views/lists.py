"""The list of households and its files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..tables import HouseholdTable


def household_list(request: HttpRequest) -> HttpResponse:
    """Show the households that the actor may see; `?ausgabe=csv|xlsx` answers with a file."""
    table = HouseholdTable(actor=request.actor, request=request)
    return table.export() or render(request, "desk/households.html", {"table": table})
