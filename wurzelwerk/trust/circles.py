"""Find a circle, or make it on first use. A circle says who belongs together, nothing more."""

from wurzelwerk.network.models import Organisation, Site, User

from .models import Circle


def team_circle(*, organisation: Organisation, site: Site | None = None) -> Circle:
    """Return the team of a site, or of an organisation without sites."""
    circle, _ = Circle.objects.get_or_create(
        kind=Circle.Kind.TEAM, organisation=organisation, site=site, role="", user=None
    )
    return circle


def role_circle(*, organisation: Organisation, role: str) -> Circle:
    """Return everybody who holds a role at an organisation."""
    circle, _ = Circle.objects.get_or_create(
        kind=Circle.Kind.ROLE, organisation=organisation, site=None, role=role, user=None
    )
    return circle


def person_circle(*, organisation: Organisation, user: User) -> Circle:
    """Return one named person, as somebody who works for the organisation."""
    circle, _ = Circle.objects.get_or_create(
        kind=Circle.Kind.PERSON, organisation=organisation, site=None, role="", user=user
    )
    return circle


def nobodys_circle(*, organisation: Organisation) -> Circle:
    """Return the circle of a controller to which nobody belongs: what lies in it is seen by no one."""
    circle, _ = Circle.objects.get_or_create(
        kind=Circle.Kind.NOBODY, organisation=organisation, site=None, role="", user=None
    )
    return circle
