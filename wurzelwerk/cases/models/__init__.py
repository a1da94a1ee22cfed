"""Tables of the case trunk, one file an aggregate."""

from .approval import Approval, ApprovalRule, ApprovalState, ApprovedAct
from .circumstances import Accommodation, EconomicSituation, SharedHome
from .contact import OpenHour, ShortContact
from .covers import AbsenceChange, Cover
from .documents import Document, DocumentVersion
from .family import Custody, Kinship
from .handing import HandoverNote
from .matter import Case, CaseParty, Goal, Need, Step
from .merging import Merge
from .minutes import OpenedMinutes
from .people import Household, HouseholdMember, Person, PersonKeys, PersonLanguage, Residence
from .referral import Referral, ReferralEvent
from .separation import Separation
from .support import Conference, Decision, Helper, Participant
from .texts import TextBlock
from .visits import Visit
from .work import Appointment, Note, NoteVersion, Notice, Task
from .work_changes import WorkChange, WorkChangeLine

__all__ = [
    "AbsenceChange",
    "Accommodation",
    "Appointment",
    "Approval",
    "ApprovalRule",
    "ApprovalState",
    "ApprovedAct",
    "Case",
    "CaseParty",
    "Conference",
    "Cover",
    "Custody",
    "Decision",
    "Document",
    "DocumentVersion",
    "EconomicSituation",
    "Goal",
    "HandoverNote",
    "Helper",
    "Household",
    "HouseholdMember",
    "Kinship",
    "Merge",
    "Need",
    "Note",
    "NoteVersion",
    "Notice",
    "OpenHour",
    "OpenedMinutes",
    "Participant",
    "Person",
    "PersonKeys",
    "PersonLanguage",
    "Referral",
    "ReferralEvent",
    "Residence",
    "Separation",
    "SharedHome",
    "ShortContact",
    "Step",
    "Task",
    "TextBlock",
    "Visit",
    "WorkChange",
    "WorkChangeLine",
]
