"""The frame in which facts count that are about no Akte."""

from wurzelwerk.evidence.types import Frame
from wurzelwerk.network import remembered
from wurzelwerk.network.models import Site
from wurzelwerk.trust.actor import Actor


def own_frame(actor: Actor) -> Frame:
    """Return the frame of what somebody does for themselves: where they work."""
    home = actor.home
    return Frame(controller=home.organisation_code if home else "", site=home.site_code if home else "")


def site_frame(site: Site) -> Frame:
    """Return the frame of what is done to a site's rooms and hours."""
    return Frame(controller=remembered.organisation_codes.name(site.organisation_id), site=site.code)
