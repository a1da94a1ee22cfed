"""The housing pathway: the multi-stage access to the housing market (programme P3, W1 to W8), as data."""

from wurzelwerk.pathways.stages import Pathway, Stage

from . import facts
from .moves import STANDINGS, mermaid

PLACEMENT_STATES = STANDINGS
"""The states of one placement, beside the household's way; `placement_diagram()` draws them."""

placement_diagram = mermaid

HOUSING = Pathway(
    code="housing",
    label="Weg in die Wohnung",
    stages=(
        Stage(
            "clarify", "Anspruch klären", "P3.W6", next=("profile", "ended"),
            hint="Haushaltsgröße, Bedarfsgemeinschaft, Einkommen und WBS klären.", fact=facts.SEARCH_STARTED,
        ),
        Stage(
            "profile", "Suchprofil vollständig", "P3.W6", next=("referred", "searching", "ended"),
            hint="Bedarf, Wünsche und Ausschlüsse festhalten.",
        ),
        Stage(
            "referred", "Freigabe und Überweisung", "P3.W6", next=("searching", "profile", "ended"),
            hint="Alle Mitglieder geben die Weitergabe frei.",
            blockers=("Ohne unterschriebene Freigabe jedes Mitglieds wird nichts weitergegeben.",),
        ),
        Stage(
            "searching", "Wohnungssuche", "P3.W1", next=("proposed", "profile", "ended"),
            hint="Der Haushalt nimmt an den Vermittlungsrunden teil.", fact=facts.SEARCHING,
        ),
        Stage(
            "proposed", "Wohnung vorgeschlagen", "P3.W5", next=("viewing", "searching", "ended"), fact=facts.PROPOSED,
        ),
        Stage(
            "viewing", "Besichtigung", "P3.W6", next=("applied", "searching", "ended"), fact=facts.VIEWED,
            hint="Begleitung und Sprachmittlung anbieten.",
        ),
        Stage("applied", "Antwort der Eigentümerseite", "P3.W2", next=("promised", "searching", "ended")),
        Stage("promised", "Zusage", "P3.W6", next=("contract", "searching", "ended"), fact=facts.PROMISED),
        Stage(
            "contract", "Mietvertrag", "P3.W6", next=("moved_in", "searching", "ended"), fact=facts.CONTRACT_SIGNED,
            blockers=("Zusicherung des Jobcenters, wenn Leistungen bezogen werden (§ 22 Abs. 4 SGB II).",),
        ),
        Stage(
            "moved_in", "Schlüsselübergabe", "P3.W7", next=("settled_4w", "lost"), fact=facts.MOVED_IN,
            hint="Wohnungsgeberbestätigung mitnehmen: Anmeldung binnen zwei Wochen (§ 17 BMG).",
        ),
        Stage("settled_4w", "4 Wochen nach Einzug", "P3.W7", next=("kept_6m", "lost"), fact=facts.KEPT_4_WEEKS),
        Stage("kept_6m", "6 Monate nach Einzug", "P3.W7", next=("kept_12m", "lost"), fact=facts.KEPT_6_MONTHS),
        Stage("kept_12m", "12 Monate nach Einzug", "P3.W8", fact=facts.KEPT_12_MONTHS, final=1),
        Stage("lost", "Wohnung verloren", "P3.W7", next=("searching",), fact=facts.SEARCH_ENDED, final=-1, main=False),
        Stage("ended", "Suche beendet", "P3.W6", next=("searching",), fact=facts.SEARCH_ENDED, final=-1, main=False),
    ),
)  # fmt: skip
