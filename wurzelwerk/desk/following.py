"""Whoever comes to a household that was merged into another is led there, as far as the other is open to them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wurzelwerk.cases.models import Merge


class FollowMergeMiddleware:
    """Asks only where a page was not found, so that it costs nothing anywhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Lead to the household that was kept; None where there is no such."""
        if not isinstance(exception, Http404) or request.method != "GET" or not request.actor:
            return None
        asked = [value for value in request.resolver_match.kwargs.values() if isinstance(value, UUID)]
        merges = Merge.objects.visible_to(request.actor).filter(undone_at__isnull=True, dropped_household_id__in=asked)
        merge = merges.select_related("dropped_akte").order_by("-merged_at").first() if asked else None
        if merge is None:
            return None
        said = _("%(reference)s ist mit dieser Akte zusammengeführt.")
        messages.info(request, said % {"reference": merge.dropped_akte.reference})
        return redirect("household", pk=merge.household_id)
