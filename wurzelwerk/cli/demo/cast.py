"""The cast of the demo city. Tests and screenshots use the same people."""

import json
from importlib.resources import files

from wurzelwerk.network.directory import load_directory
from wurzelwerk.network.models import Membership, Organisation, Site
from wurzelwerk.trust.circles import person_circle, role_circle, team_circle

from . import PASSWORD


def raise_network(*, password: str | None = PASSWORD) -> None:
    """Take in the invented network and make its circles. Running it again changes nothing."""
    load_directory(
        json.loads(files("wurzelwerk.cli.demo").joinpath("network.json").read_text("utf-8")), password=password
    )
    for organisation in Organisation.objects.filter(is_controller=True):
        team_circle(organisation=organisation)
    for site in Site.objects.select_related("organisation"):
        team_circle(organisation=site.organisation, site=site)
    for membership in Membership.objects.select_related("organisation", "user"):
        person_circle(organisation=membership.organisation, user=membership.user)
        role_circle(organisation=membership.organisation, role=membership.role)
