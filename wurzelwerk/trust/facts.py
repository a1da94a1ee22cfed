"""What can happen to an Akte."""

from wurzelwerk.evidence.types import FactType

AKTE_OPENED = FactType("trust.akte_opened", "Akte angelegt")
AKTE_CLOSED = FactType("trust.akte_closed", "Akte geschlossen")
AKTE_MOVED = FactType("trust.akte_moved", "Akte an ein anderes Team übergeben")
ACCESS_GRANTED = FactType("trust.access_granted", "Einblick gewährt")
ACCESS_ENDED = FactType("trust.access_ended", "Einblick beendet")
RELEASE_PREPARED = FactType("trust.release_prepared", "Freigabeblatt erstellt")
RELEASE_SIGNED = FactType("trust.release_signed", "Freigabe unterschrieben")
RELEASE_REVOKED = FactType("trust.release_revoked", "Freigabe widerrufen")
RECORDS_LINKED = FactType("trust.records_linked", "Akten zweier Stellen verknüpft")
RECORDS_UNLINKED = FactType("trust.records_unlinked", "Verknüpfung gelöst")
LINK_ISSUED = FactType("trust.link_issued", "Link ausgegeben")
LINK_USED = FactType("trust.link_used", "Link benutzt")
LINK_REVOKED = FactType("trust.link_revoked", "Link gesperrt")
LINK_RESTORED = FactType("trust.link_restored", "Link wieder freigegeben")

FACTS = (
    AKTE_OPENED,
    AKTE_CLOSED,
    AKTE_MOVED,
    ACCESS_GRANTED,
    ACCESS_ENDED,
    RELEASE_PREPARED,
    RELEASE_SIGNED,
    RELEASE_REVOKED,
    RECORDS_LINKED,
    RECORDS_UNLINKED,
    LINK_ISSUED,
    LINK_USED,
    LINK_REVOKED,
    LINK_RESTORED,
)
