"""Who may do what: roles, and the table of what each may see and do."""

from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """Roll: what someone does for an organisation in the work for safety."""

    COORDINATOR = "coordinator"
    ANALYST = "analyst"
    OPERATIVE_COORDINATOR = "operative_coordinator"
    HOUSING_COMPANY = "housing_company"
    CIVIL_SOCIETY = "civil_society"
    SAFETY_HOST = "safety_host"
    FIELD_WORKER = "field_worker"
    POLICE_LIAISON = "police_liaison"
    SOCIAL_SERVICES = "social_services"
    PLANNER = "planner"
    CONTROLLER = "controller"
    CHAIR = "chair"
    IT_OPERATIONS = "it_operations"


class Subject(StrEnum):
    """What a right is about: the columns of the table."""

    OWN_REPORTS = "own_reports"
    OTHERS_REPORTS = "others_reports"
    DESCRIPTIONS = "descriptions"  # others' description and photo
    INBOX = "inbox"
    PLAN = "plan"  # problems, measures, plan
    MONEY = "money"
    T0_ENTRY = "t0_entry"  # counts of methods for individuals
    CAMERA_DRAFTS = "camera_drafts"
    ADMINISTRATION = "administration"


class Extent(StrEnum):
    """How far a right goes."""

    NONE = "none"
    COUNTS = "counts"
    OWN = "own"
    OWN_AREAS = "own_areas"
    OWN_WRITE = "own_write"  # own rows written, others' read
    STAFFING = "staffing"
    READ = "read"
    EVALUATE = "evaluate"  # read, and write evaluations
    ALL = "all"
    WRITE = "write"
    MEMBERSHIPS = "memberships"  # and categories
    OWN_MEMBERS = "own_members"
    ACCOUNTS = "accounts"  # and settings, back-up


_N, _R, _W, _ALL = Extent.NONE, Extent.READ, Extent.WRITE, Extent.ALL
_OWN, _AREAS = Extent.OWN, Extent.OWN_AREAS


def _row(*extents: Extent) -> MappingProxyType[Subject, Extent]:
    return MappingProxyType(dict(zip(Subject, extents, strict=True)))


_FIELD = _row(_W, _AREAS, _N, _N, _R, _N, _N, _N, _N)
_PARTNER = _row(_W, _AREAS, _N, _OWN, Extent.OWN_WRITE, _OWN, _N, _N, Extent.OWN_MEMBERS)
MATRIX: MappingProxyType[Role, MappingProxyType[Subject, Extent]] = MappingProxyType(
    {
        Role.COORDINATOR: _row(_ALL, _ALL, _ALL, _ALL, _W, _R, _R, _W, Extent.MEMBERSHIPS),
        Role.ANALYST: _row(_ALL, _ALL, _N, _N, Extent.EVALUATE, _R, _R, _R, _N),
        Role.OPERATIVE_COORDINATOR: _PARTNER,
        Role.HOUSING_COMPANY: _PARTNER,
        Role.CIVIL_SOCIETY: _PARTNER,
        Role.SAFETY_HOST: _FIELD,
        Role.FIELD_WORKER: _FIELD,
        Role.POLICE_LIAISON: _row(_W, _ALL, _N, _N, Extent.OWN_WRITE, _N, Extent.STAFFING, _R, _N),
        Role.SOCIAL_SERVICES: _row(_W, _AREAS, _N, _N, Extent.OWN_WRITE, _OWN, _W, _N, _N),
        Role.PLANNER: _FIELD,
        Role.CONTROLLER: _row(_W, _AREAS, _N, _N, _R, _W, _N, _N, _N),
        Role.CHAIR: _row(_N, Extent.COUNTS, _N, _N, _R, _R, _R, _R, _N),
        Role.IT_OPERATIONS: _row(_N, _N, _N, _N, _N, _N, _N, _N, Extent.ACCOUNTS),
    }
)

READ_PLACES = "read places"
CHANGE_PLACES = "change places"
COUNT_EVENTS = "count events"
READ_EVENTS = "read events"
CHANGE_EVENTS = "change events"
REPORT_EVENTS = "report events"
READ_REPORTS = "read reports"
READ_ALL_REPORTS = "read all reports"
READ_INBOX = "read inbox"
TRIAGE_REPORTS = "triage reports"
CHANGE_CATEGORIES = "change categories"
IMPORT_FILES = "read in files"
READ_INDICATORS = "read indicators"
CHANGE_INDICATORS = "change indicators"
READ_PLANS = "read plans"
CHANGE_PLANS = "change plans"
READ_MEETINGS = "read meetings"
HOLD_MEETINGS = "hold meetings"
CARRY_OUT_ACTIONS = "carry out actions"
READ_STATUTES = "read statutes"
READ_ROLES = "read roles"
READ_COOPERATION = "read cooperation"
CHANGE_COOPERATION = "change cooperation"
RECORD_JOINT_WORK = "record joint work"
READ_PROBLEMS = "read problems"
HOLD_PROBLEMS = "hold problems"
READ_MEASURES = "read measures"
HOLD_MEASURES = "hold measures"
HOLD_OWN_MEASURES = "hold own measures"
READ_MONEY = "read money"
READ_OWN_MONEY = "read own money"
HOLD_MONEY = "hold money"
ADMINISTER_MEMBERSHIPS = "administer memberships"
ADMINISTER_OWN_MEMBERS = "administer own members"
ADMINISTER_ACCOUNTS = "administer accounts"
READ_RETENTION = "read retention"
CHANGE_RETENTION = "change retention"

_ADMINISTRATION = {
    Extent.MEMBERSHIPS: frozenset(
        {
            ADMINISTER_MEMBERSHIPS,
            CHANGE_CATEGORIES,
            CHANGE_COOPERATION,
            RECORD_JOINT_WORK,
            READ_RETENTION,
            CHANGE_RETENTION,
        }
    ),
    Extent.OWN_MEMBERS: frozenset({ADMINISTER_OWN_MEMBERS}),
    Extent.ACCOUNTS: frozenset({ADMINISTER_ACCOUNTS, READ_RETENTION}),
}
# The map of the municipality is common ground for all who work in it; those who run the machines
# see none of the content.
_COMMON = frozenset({READ_PLACES, READ_INDICATORS, READ_STATUTES, READ_ROLES, READ_COOPERATION})
_READ_IN = frozenset({IMPORT_FILES, CHANGE_PLACES, CHANGE_EVENTS, CHANGE_INDICATORS, READ_EVENTS})
_OWN_RIGHTS = dict.fromkeys((Role.COORDINATOR, Role.ANALYST), _READ_IN | {CHANGE_PLANS})
# Who may see how many have been accepted from others, and where; single rows are another right.
_COUNTED = frozenset({Extent.ALL, Extent.OWN_AREAS, Extent.COUNTS})


def rights_of(role: Role) -> frozenset[str]:
    """Return the rights that the pages ask for, as the table gives them to a role."""
    administration = _ADMINISTRATION.get(MATRIX[role][Subject.ADMINISTRATION], frozenset())
    common = frozenset({READ_ROLES}) if role is Role.IT_OPERATIONS else _COMMON
    counts = MATRIX[role][Subject.OTHERS_REPORTS] in _COUNTED
    events = frozenset({COUNT_EVENTS, READ_PLANS, READ_MEETINGS}) if counts else frozenset()
    own = _OWN_RIGHTS.get(role, frozenset())
    if MATRIX[role][Subject.T0_ENTRY] in (Extent.WRITE, Extent.STAFFING):
        own |= {RECORD_JOINT_WORK}
    return administration | common | events | _reports(role) | _meetings(role) | _work(role) | own


_WORK = {
    Extent.READ: frozenset({READ_PROBLEMS, READ_MEASURES}),
    Extent.EVALUATE: frozenset({READ_PROBLEMS, READ_MEASURES}),
    Extent.OWN_WRITE: frozenset({READ_PROBLEMS, READ_MEASURES, HOLD_OWN_MEASURES}),
    Extent.WRITE: frozenset({READ_PROBLEMS, READ_MEASURES, HOLD_PROBLEMS, HOLD_MEASURES}),
}
_MONEY = {
    Extent.READ: frozenset({READ_MONEY}),
    Extent.OWN: frozenset({READ_OWN_MONEY}),
    Extent.WRITE: frozenset({READ_MONEY, HOLD_MONEY}),
}


def _work(role: Role) -> frozenset[str]:
    """Return the rights to problems, to measures, and to the money that they cost."""
    extents, nothing = MATRIX[role], frozenset[str]()
    return _WORK.get(extents[Subject.PLAN], nothing) | _MONEY.get(extents[Subject.MONEY], nothing)


def _meetings(role: Role) -> frozenset[str]:
    """Return the rights to what is decided: a meeting is held by those who write the plan."""
    extent = MATRIX[role][Subject.PLAN]
    holds = frozenset({HOLD_MEETINGS}) if extent is Extent.WRITE else frozenset()
    does = frozenset({CARRY_OUT_ACTIONS}) if extent in (Extent.WRITE, Extent.OWN_WRITE) else holds
    return holds | does


def _reports(role: Role) -> frozenset[str]:
    """Return the rights to reports, with their texts and photos."""
    extents = MATRIX[role]
    found: set[str] = set()
    if extents[Subject.OWN_REPORTS] in (Extent.WRITE, Extent.ALL):
        found |= {REPORT_EVENTS, READ_REPORTS}
    if extents[Subject.DESCRIPTIONS] is Extent.ALL:
        found.add(READ_ALL_REPORTS)
    if extents[Subject.INBOX] in (Extent.OWN, Extent.ALL):
        found.add(READ_INBOX)
    if extents[Subject.INBOX] is Extent.ALL:
        found.add(TRIAGE_REPORTS)
    return frozenset(found)


# Whose default is to see what only the co-ordination function and named units may.
_MUNICIPALITY_CLEARED = frozenset({Role.COORDINATOR, Role.ANALYST, Role.CHAIR})


def clearance_of(role: Role) -> str:
    """Return the widest confidentiality that a role is cleared for unless another is chosen."""
    return "municipality" if role in _MUNICIPALITY_CLEARED else "partners"


class OrganisationKind(StrEnum):
    """Slag av organisation."""

    MUNICIPALITY = "municipality"
    MUNICIPAL_COMPANY = "municipal_company"
    POLICE = "police"
    PROPERTY_OWNER = "property_owner"
    OWNER_ASSOCIATION = "owner_association"
    CIVIL_SOCIETY = "civil_society"
    REGION = "region"
    AUTHORITY = "authority"
    EDUCATION = "education"
    OTHER = "other"


# Whom an organisation may take in by itself: never someone who sees more than it does.
ROLES_OF_OWN_MEMBERS = frozenset(
    {
        Role.OPERATIVE_COORDINATOR,
        Role.HOUSING_COMPANY,
        Role.CIVIL_SOCIETY,
        Role.SAFETY_HOST,
        Role.FIELD_WORKER,
    }
)


def needs_agreement(kind: OrganisationKind | str) -> bool:
    """Return whether an organisation sees anything only by an agreement: all but our own units."""
    return kind != OrganisationKind.MUNICIPALITY


class AgreementKind(StrEnum):
    """Slag av samverkansöverenskommelse."""

    GENERAL = "general"
    POLICE = "police"
    EARLY_SUPPORT = "early_support"  # social services and police, to catch early


class Standing(StrEnum):
    """How an agreement stands on a day."""

    DRAFT = "draft"
    COMING = "coming"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    ENDED = "ended"  # before its time


def standing(
    *,
    signed_on: date | None,
    starts_on: date,
    ends_on: date | None,
    ended_on: date | None,
    on: date,
) -> Standing:
    """Return how an agreement with these days stands on a day."""
    if signed_on is None or signed_on > on:
        return Standing.DRAFT
    if ended_on is not None and ended_on <= on:
        return Standing.ENDED
    if starts_on > on:
        return Standing.COMING
    return Standing.EXPIRED if ends_on is not None and ends_on < on else Standing.IN_FORCE


# Fewer persons than so are never shown, whoever asks.
SMALLEST_SHOWN = 5


class JointWorkKind(StrEnum):
    """What is done together under an agreement; only ever as counts."""

    MEETING = "meeting"
    JOINT_ACTION = "joint_action"
    EARLY_CONTACT = "early_contact"  # persons met early; never shown when few


class Bond(StrEnum):
    """How two organisations work together, apart from what they have agreed in writing."""

    WISHED = "wished"
    OCCASIONAL = "occasional"
    REGULAR = "regular"
    NONE = "none"  # no longer


def quarters(today: date, n: int) -> list[date]:
    """Return the first days of the quarter of a day and of those before it, the latest first."""
    first = (today.year * 4) + (today.month - 1) // 3
    return [date(q // 4, q % 4 * 3 + 1, 1) for q in range(first, first - n, -1)]


def quarter_name(first_day: date) -> str:
    """Return what a quarter is called: 2026 kv 4."""
    return f"{first_day.year} kv {(first_day.month + 2) // 3}"


def quarter_end(first_day: date) -> date:
    """Return the last day of the quarter that begins on a day."""
    month = first_day.month + 2
    return date(first_day.year, month, 31 if month in (3, 12) else 30)


class EffortOutcome(StrEnum):
    """What an effort for an agreement has led to."""

    ONGOING = "ongoing"
    DECLINED = "declined"
    AGREED = "agreed"


class CouncilMeetingState(StrEnum):
    """Whether a meeting of the strategic council has been held."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Lack(StrEnum):
    """What is missing of what 9–13 §§ of the law (2023:196) ask for, the heaviest first."""

    FUNCTION = "function"
    LEAD_BODY = "lead_body"
    COUNCIL = "council"
    LEADERSHIP = "leadership"  # the council is not led by the municipality
    LEADERS = "leaders"  # an organisation has nobody in a leading position there
    MEETINGS = "meetings"
    POLICE = "police"  # no agreement with the police, and no effort for one


# The council meets at least so often in a year (C15); the law does not say.
FEWEST_COUNCIL_MEETINGS = 2


def a_year_before(day: date) -> date:
    """Return the first day of the twelve months that end with a day."""
    is_leap_day = (day.month, day.day) == (2, 29)
    same = day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
    return same + timedelta(days=1)


class NoteState(StrEnum):
    """What has become of a row that was noted."""

    STANDS = "stands"
    CORRECTED = "corrected"  # another row took its place
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"  # another began before it had held a day
