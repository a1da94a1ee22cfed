"""OpenImmo files for the tests of taking in, written by hand as senders write them."""

import base64
from datetime import date
from typing import Any

SENDER = "<firma>Hausverwaltung Probe</firma><openimmo_anid>PROBE01</openimmo_anid>"


def listing(
    obid: str = "PROBE-1",
    *,
    action: str = "",
    net_cold: Any = "500.00",
    as_of: str = "2026-03-01",
    street: str = "Musterweg",
    more: str = "",
    photo: bytes | None = None,
    operating: str = "150",
) -> str:
    """One dwelling as an XML element."""
    picture = ""
    if photo is not None:
        inner = f"<anhanginhalt>{base64.b64encode(photo).decode()}</anhanginhalt>"
        picture = (
            '<anhaenge><anhang location="INTERN" gruppe="BILD"><anhangtitel>Küche</anhangtitel>'
            f"<format>JPG</format><daten>{inner}</daten></anhang></anhaenge>"
        )
    return f"""<immobilie>
 <objektkategorie><nutzungsart WOHNEN="true"/><vermarktungsart MIETE_PACHT="true"/><objektart><wohnung/></objektart></objektkategorie>
 <geo><plz>44145</plz><ort>Dortmund</ort><strasse>{street}</strasse><hausnummer>5</hausnummer>
  <regionaler_zusatz>Nordmarkt</regionaler_zusatz></geo>
 <preise><nettokaltmiete>{net_cold}</nettokaltmiete><nebenkosten>{operating}</nebenkosten>
  <heizkosten_enthalten>false</heizkosten_enthalten><heizkosten>80</heizkosten></preise>
 <flaechen><wohnflaeche>62.5</wohnflaeche><anzahl_zimmer>2.5</anzahl_zimmer></flaechen>{picture}
 <verwaltung_objekt>{more}</verwaltung_objekt>
 <verwaltung_techn><objektnr_extern>{obid}</objektnr_extern><aktion aktionart="{action}"/>
  <openimmo_obid>{obid}</openimmo_obid><stand_vom>{as_of}</stand_vom></verwaltung_techn></immobilie>"""


def file_of(*listings: str, scope: str = "TEIL", mode: str = "CHANGE", sender: str = SENDER) -> bytes:
    """A whole file."""
    head = f'<uebertragung art="OFFLINE" umfang="{scope}" modus="{mode}" version="1.2.7" sendersoftware="x" senderversion="1" timestamp="{date(2026, 3, 1)}T10:00:00"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?><openimmo>{head}<anbieter>{sender}{"".join(listings)}</anbieter></openimmo>'.encode()


RIGHT = (
    "<wbs_sozialwohnung>true</wbs_sozialwohnung>"
    '<user_defined_simplefield feldname="belegungsrecht_art">BENENNUNG</user_defined_simplefield>'
    '<user_defined_simplefield feldname="belegungsrecht_gesetz">WFNG NRW</user_defined_simplefield>'
    '<user_defined_simplefield feldname="belegungsrecht_von">2015-01-01</user_defined_simplefield>'
    '<user_defined_simplefield feldname="belegungsrecht_bis">2040-12-31</user_defined_simplefield>'
)
