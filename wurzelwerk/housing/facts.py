"""What can happen in housing."""

from wurzelwerk.evidence.types import FactType

# On a household's way; recorded with its stage, so that taking a stage back voids them.
SEARCH_STARTED = FactType("housing.search_started", "Wohnungssuche begonnen")
SEARCHING = FactType("housing.searching", "Haushalt sucht (auch wieder)")
PROPOSED = FactType("housing.proposed", "Wohnung vorgeschlagen")
VIEWED = FactType("housing.viewed", "Besichtigung")
PROMISED = FactType("housing.promised", "Wohnung zugesagt")
CONTRACT_SIGNED = FactType("housing.contract_signed", "Mietvertrag unterschrieben")
MOVED_IN = FactType("housing.moved_in", "Schlüssel übergeben")
KEPT_4_WEEKS = FactType("housing.kept_4_weeks", "Mietverhältnis besteht nach 4 Wochen")
KEPT_6_MONTHS = FactType("housing.kept_6_months", "Mietverhältnis besteht nach 6 Monaten")
KEPT_12_MONTHS = FactType("housing.kept_12_months", "Mietverhältnis besteht nach 12 Monaten")
SEARCH_ENDED = FactType("housing.search_ended", "Wohnungssuche beendet")

# In the portfolio and in the work of placing.
OWNER_WON = FactType("housing.owner_won", "Eigentümer:in aufgenommen")
OWNER_CHANGED = FactType("housing.owner_changed", "Eigentümer:in geändert")
BUILDING_ADDED = FactType("housing.building_added", "Haus aufgenommen")
BUILDING_CHANGED = FactType("housing.building_changed", "Haus geändert")
DWELLING_ADDED = FactType("housing.dwelling_added", "Wohnung aufgenommen")
DWELLING_CHANGED = FactType("housing.dwelling_changed", "Wohnung geändert")
RIGHT_RECORDED = FactType("housing.right_recorded", "Belegungsrecht eingetragen")
RIGHT_REMOVED = FactType("housing.right_removed", "Belegungsrecht entfernt")
PHOTOS_CHANGED = FactType("housing.photos_changed", "Fotos geändert")
LETTING_OPENED = FactType("housing.letting_opened", "Vermietung eröffnet")
LETTING_CHANGED = FactType("housing.letting_changed", "Vermietung geändert")
IMPORT_STARTED = FactType("housing.import_started", "OpenImmo-Datei hochgeladen")
IMPORT_FAILED = FactType("housing.import_failed", "OpenImmo-Datei nicht übernommen")
LISTINGS_IMPORTED = FactType("housing.listings_imported", "OpenImmo-Datei übernommen")
PROFILE_KEPT = FactType("housing.profile_kept", "Suchprofil eingetragen")
SEARCH_TAKEN_ON = FactType("housing.search_taken_on", "Suche übernommen")
SEARCH_CHANGED = FactType(
    "housing.search_changed",
    "Stand einer Suche",
    dimensions={"state": frozenset({"searching", "paused", "placed", "ended"})},
)
ROUND_STARTED = FactType("housing.round_started", "Vermittlungsrunde begonnen")
ROUND_RUN = FactType("housing.round_run", "Vermittlungsrunde gerechnet")
PLACEMENT_MOVED = FactType(
    "housing.placement_moved",
    "Stand einer Vermittlung",
    dimensions={
        "state": frozenset(
            {"proposed", "viewing", "applied", "promised", "contract", "keys", "declined", "refused", "withdrawn"}
        ),
        "way": frozenset({"forward", "back"}),
        "override": frozenset({"yes", "no"}),
    },
)
TENANT_RECORDED = FactType("housing.tenant_recorded", "Mietpartei übernommen")
TENANT_RECORD_DROPPED = FactType("housing.tenant_record_dropped", "Mietpartei gelöscht")
AFTERCARE_PLANNED = FactType("housing.aftercare_planned", "Nachbetreuung geplant")
AFTERCARE_NOTED = FactType(
    "housing.aftercare_noted",
    "Nachbetreuung",
    dimensions={
        "mark": frozenset({"4w", "6m", "12m"}),
        "result": frozenset({"kept", "at_risk", "lost", "unknown", "open"}),
    },
)

FACTS = tuple(value for value in list(vars().values()) if isinstance(value, FactType))
