"""Invented OpenImmo files for the tests, put together from parts."""

import io
import zipfile

from wurzelwerk.housing.openimmo import read

HEAD = '<uebertragung art="OFFLINE" umfang="TEIL" modus="CHANGE" version="1.2.7" sendersoftware="Probe"/>'
SENDER = "<anbieternr>A-7</anbieternr><firma>Wohnen am Hafen eG</firma><openimmo_anid>WAH7</openimmo_anid>"

PARTS = {
    "objektkategorie": """
        <nutzungsart WOHNEN="true" GEWERBE="false"/>
        <vermarktungsart KAUF="false" MIETE_PACHT="true"/>
        <objektart><wohnung wohnungtyp="ETAGE"/></objektart>""",
    "geo": """
        <plz>44145</plz><ort>Dortmund</ort><geokoordinaten breitengrad="51.5236" laengengrad="7.4681"/>
        <strasse>Schützenstraße</strasse><hausnummer>42 a</hausnummer><land iso_land="DEU"/><etage>2</etage>""",
    "kontaktperson": """
        <email_direkt>hafen@example.org</email_direkt><tel_durchw>0231 4711</tel_durchw><name>Öztürk</name>""",
    "preise": """
        <nettokaltmiete>480.50</nettokaltmiete><warmmiete>690.50</warmmiete><nebenkosten>130</nebenkosten>
        <heizkosten_enthalten>false</heizkosten_enthalten><heizkosten>80</heizkosten>
        <waehrung iso_waehrung="EUR"/><kaution>961</kaution>""",
    "flaechen": "<wohnflaeche>72.4</wohnflaeche><anzahl_zimmer>3</anzahl_zimmer>",
    "verwaltung_objekt": "<abdatum>2026-09-01</abdatum><wbs_sozialwohnung>true</wbs_sozialwohnung>",
    "verwaltung_techn": """
        <objektnr_extern>WE-17</objektnr_extern><aktion aktionart="CHANGE"/><openimmo_obid>OB-0017</openimmo_obid>
        <stand_vom>2026-03-05</stand_vom>""",
}


def flat(**parts: str) -> str:
    """One `immobilie`; name a section to replace its inside, None to leave it out."""
    chosen = {**PARTS, **parts}
    order = [*PARTS, *(name for name in parts if name not in PARTS)]
    inside = "".join(f"<{name}>{chosen[name]}</{name}>\n" for name in order if chosen[name] is not None)
    return f"<immobilie>\n{inside}</immobilie>\n"


def numbers(obid: str = "", extern: str = "", intern: str = "", *, action: str = "CHANGE", as_of: str = "") -> str:
    """The inside of `verwaltung_techn`."""
    return (
        f"<objektnr_intern>{intern}</objektnr_intern><objektnr_extern>{extern}</objektnr_extern>"
        f'<aktion aktionart="{action}"/><openimmo_obid>{obid}</openimmo_obid><stand_vom>{as_of}</stand_vom>'
    )


def document(*flats: str, head: str = HEAD, sender: str = SENDER, root: str = "openimmo") -> str:
    """A whole file with one sender, without the XML declaration."""
    return f"<{root}>\n{head}\n<anbieter>\n{sender}\n{''.join(flats)}</anbieter>\n</{root.split(maxsplit=1)[0]}>\n"


def encoded(text: str, encoding: str = "UTF-8", declared: str | None = None) -> bytes:
    """The text with an XML declaration, in an encoding that the declaration may lie about."""
    return f'<?xml version="1.0" encoding="{declared or encoding}"?>\n{text}'.encode(encoding)


def xml(*flats: str, **options: str) -> bytes:
    """A whole file in UTF-8."""
    return encoded(document(*flats, **options))


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def taken(part: str):
    """Return record and (field, message after the label) of a file with one object that must be accepted."""
    found = read(xml(part))
    assert found.refused == ()
    return found.listings[0], [(r.field, r.message.partition(": ")[2]) for r in found.remarks]


def reason(part: str) -> str:
    """Return why the one object of a file is refused."""
    found = read(xml(part))
    assert (found.listings, len(found.refused)) == ((), 1)
    return found.refused[0].reason


def with_price(**changes: str) -> str:
    """A flat whose `preise` has these elements instead of its own, "" leaves one out."""
    stated = {
        "nettokaltmiete": "480.50",
        "nebenkosten": "130",
        "heizkosten_enthalten": "0",
        "heizkosten": "80",
        **changes,
    }
    return flat(preise="".join(f"<{name}>{text}</{name}>" for name, text in stated.items() if text))
