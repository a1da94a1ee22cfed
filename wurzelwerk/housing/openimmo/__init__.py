"""Reading and writing of OpenImmo 1.2.7: pure, without database, network or files of its own.

`read(data, filename=…)` gives an `OpenImmoFile` or raises `NotOpenImmo`; `write(listings, …)` gives bytes.
"""

from wurzelwerk.housing.openimmo.parse import MAX_BYTES, NotOpenImmo
from wurzelwerk.housing.openimmo.reader import read
from wurzelwerk.housing.openimmo.records import (
    Address,
    AllocationRight,
    Attachment,
    Contact,
    EnergyCertificate,
    ListingRecord,
    ObjectKey,
    OpenImmoFile,
    Refusal,
    Remark,
    Rent,
    Sender,
    Texts,
    Transfer,
)
from wurzelwerk.housing.openimmo.writer import write

__all__ = [
    "MAX_BYTES",
    "Address",
    "AllocationRight",
    "Attachment",
    "Contact",
    "EnergyCertificate",
    "ListingRecord",
    "NotOpenImmo",
    "ObjectKey",
    "OpenImmoFile",
    "Refusal",
    "Remark",
    "Rent",
    "Sender",
    "Texts",
    "Transfer",
    "read",
    "write",
]
