"""Take in the directory of a network: bodies, sites, programmes, accounts, roles.

From one JSON file, so that a city starts with `wurzelwerk network load FILE`, and the demo
city and the tests start the same way. Running it again brings the directory in line; it
removes nothing.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wurzelwerk.base.errors import BadInput

from .models import District, Membership, Organisation, Programme, ProgrammeTarget, Site, User


@transaction.atomic
def load_directory(data: Mapping[str, Any], *, password: str | None = None) -> None:
    """Take in a directory (keys: organisations, programmes, users; see docs/network-file.md).

    `password`: the one first password of accounts that have none yet; without it they cannot log
    in until one is set. Raises BadInput naming the entry that cannot be taken; then nothing is taken.
    """
    for row in data.get("organisations", []):
        _load_organisation(row)
    for row in data.get("programmes", []):
        _load_programme(row)
    hashed = make_password(password)
    for row in data.get("users", []):
        _load_user(row, hashed)


def _save(thing: Any, row: Mapping[str, Any]) -> Any:
    try:
        thing.full_clean(exclude=["password"])
    except ValidationError as error:
        raise BadInput(
            _("Der Eintrag „%(code)s“ ist nicht vollständig: %(why)s")
            % {"code": row.get("code") or row.get("login"), "why": "; ".join(error.messages)}
        ) from error
    thing.save()
    return thing


def _load_organisation(row: Mapping[str, Any]) -> None:
    organisation = Organisation.objects.filter(code=row["code"]).first() or Organisation(code=row["code"])
    for name in ("name", "short_name", "kind", "is_controller", "street", "postcode", "city", "phone", "email"):
        setattr(organisation, name, row.get(name, getattr(organisation, name)))
    _save(organisation, row)
    for entry in row.get("sites", []):
        site = Site.objects.filter(code=entry["code"]).first() or Site(code=entry["code"])
        site.organisation = organisation
        for name in ("name", "street", "postcode", "city", "phone"):
            setattr(site, name, entry.get(name, getattr(site, name)))
        _save(site, entry)
        site.districts.set(_districts(entry))


def _districts(row: Mapping[str, Any]) -> list[District]:
    wanted = row.get("districts", [])
    found = list(District.objects.filter(code__in=wanted))
    if missing := set(wanted) - {district.code for district in found}:
        raise BadInput(_("Unbekannte Stadtbezirke: %(codes)s") % {"codes": ", ".join(sorted(missing))})
    return found


def _load_programme(row: Mapping[str, Any]) -> None:
    programme = Programme.objects.filter(code=row["code"]).first() or Programme(code=row["code"])
    programme.name, programme.funder = row["name"], row["funder"]
    programme.starts_on = date.fromisoformat(row["starts_on"])
    programme.ends_on = date.fromisoformat(row["ends_on"])
    _save(programme, row)
    programme.organisations.set(Organisation.objects.filter(code__in=row.get("organisations", [])))
    programme.districts.set(_districts(row))
    for indicator, value in row.get("targets", {}).items():
        ProgrammeTarget.objects.update_or_create(programme=programme, indicator=indicator, defaults={"value": value})


def _load_user(row: Mapping[str, Any], hashed: str) -> None:
    user = User.objects.filter(username=row["login"]).first() or User(username=row["login"])
    user.first_name, user.last_name = row.get("first_name", ""), row.get("last_name", "")
    user.email, user.phone = row.get("email", ""), row.get("phone", "")
    user.password = user.password or hashed
    _save(user, row)
    for entry in row.get("memberships", []):
        organisation = Organisation.objects.filter(code=entry["organisation"]).first()
        if organisation is None:
            raise BadInput(_("Unbekannte Stelle: %(code)s") % {"code": entry["organisation"]})
        held, fresh = Membership.objects.get_or_create(
            user=user,
            organisation=organisation,
            site=Site.objects.get(code=entry["site"]) if entry.get("site") else None,
            role=entry["role"],
            valid_from=date.fromisoformat(entry["valid_from"]),
            defaults={"valid_to": _until(entry)},
        )
        if not fresh and held.leaves_on is None:  # who leaves, leaves, whatever an older file says
            held.valid_to = _until(entry)
            held.save(update_fields=["valid_to"])


def _until(entry: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(entry["valid_to"]) if entry.get("valid_to") else None
