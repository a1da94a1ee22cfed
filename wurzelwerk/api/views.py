"""The ends of the interface."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Query
from ninja.security import django_auth

from wurzelwerk import __version__

from .queries import open_lettings
from .schemas import LettingPage, Problem

api = NinjaAPI(
    title="Wurzelwerk",
    version=__version__,
    description="Lesende Schnittstelle. Es gilt dieselbe Sichtbarkeit wie auf den Seiten; Personen gibt sie nicht aus.",
    urls_namespace="api",
    docs_url=None,
    auth=django_auth,
)


@api.get(
    "/lettings",
    response={200: LettingPage, 401: Problem},
    summary="Offene Vermietungen",
    tags=["housing"],
    operation_id="list_open_lettings",
)
def list_open_lettings(
    request: HttpRequest, offset: int = Query(0, ge=0, le=100_000), limit: int = Query(25, ge=1, le=100)
) -> LettingPage:
    """Open lettings that the account may see, newest first, without address and owner."""
    items, more = open_lettings(request.actor, offset=offset, limit=limit)
    return LettingPage(items=items, offset=offset, limit=limit, more=more)


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """200 once the site serves and the database answers; 503 otherwise. Says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database", "version": __version__}, status=503)
    return JsonResponse({"status": "ok", "version": __version__})
