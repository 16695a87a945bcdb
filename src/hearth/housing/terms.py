"""Words for homes, who holds them, what is unsafe in them and what to mind when visiting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from hearth.access.terms import NotHere
from hearth.people.terms import Birth
from hearth.policy.terms import COUNT, DAY, YES_NO, FactKind, one_of


class NoSuchHome(NotHere):
    """There is no such home."""


class NoSuchMarker(NotHere):
    """There is no such marker for whoever asks: missing, hidden and shut answer alike."""


class NoSuchHazard(NotHere):
    """There is no such hazard, or not for this viewer."""


class HomeKind(StrEnum):
    """What an address is to a landlord."""

    HOME = "home"
    BLOCK = "block"
    ESTATE = "estate"
    COMMUNAL = "communal"
    OTHER = "other"


class TenancyKind(StrEnum):
    """Who signed."""

    SOLE = "sole"
    JOINT = "joint"
    OTHER = "other"


class Tenure(StrEnum):
    """Under what right somebody lives there. Packs say to which tenures a law applies."""

    SOCIAL_RENT = "social_rent"
    AFFORDABLE_RENT = "affordable_rent"
    SUPPORTED = "supported"
    TEMPORARY = "temporary"
    LICENCE = "licence"
    SHARED_OWNERSHIP = "shared_ownership"
    LEASEHOLD = "leasehold"
    PRIVATE_RENT = "private_rent"
    NOT_KNOWN = "not_known"


class HazardKind(StrEnum):
    """What is unsafe in a home, in the groups of the housing health and safety rating system."""

    DAMP_MOULD = "damp_mould"
    EXCESS_COLD = "excess_cold"
    EXCESS_HEAT = "excess_heat"
    FIRE = "fire"
    ELECTRICAL = "electrical"
    GAS_OR_CARBON_MONOXIDE = "gas_or_carbon_monoxide"
    WATER_OR_DRAINS = "water_or_drains"
    PESTS_OR_HYGIENE = "pests_or_hygiene"
    FALLS = "falls"
    STRUCTURE = "structure"
    SECURITY = "security"
    OTHER = "other"


class Vulnerability(StrEnum):
    """Why a hazard may harm somebody there more than most. Words only: never who."""

    INFANT = "infant"
    CHILD = "child"
    OLDER = "older"
    PREGNANT = "pregnant"
    BREATHING = "breathing"
    DISABLED = "disabled"
    MOBILITY = "mobility"
    WEAK_IMMUNITY = "weak_immunity"
    MENTAL_HEALTH = "mental_health"
    LEARNING_DISABILITY = "learning_disability"
    OTHER_HEALTH = "other_health"


class HazardSource(StrEnum):
    """How the landlord came to know."""

    CONCERN = "concern"
    RESIDENT = "resident"
    VISIT = "visit"
    CALL = "call"
    CONTRACTOR = "contractor"
    INSPECTION = "inspection"
    AGENCY = "agency"


class HazardClass(StrEnum):
    """What a competent person makes of a hazard, for those who live there."""

    EMERGENCY = "emergency"
    SIGNIFICANT = "significant"
    NOT_SIGNIFICANT = "not_significant"
    NO_HAZARD = "no_hazard"


class HazardStep(StrEnum):
    """What is done about a hazard after it was recorded. Each is a happening, `hazard.` and its name."""

    CLASSIFIED = "classified"
    INVESTIGATED = "investigated"
    SUMMARY_GIVEN = "summary_given"
    MADE_SAFE = "made_safe"
    DECANTED = "decanted"
    PREVENTION_BEGUN = "prevention_begun"
    PREVENTION_DELAYED = "prevention_delayed"
    CLOSED = "closed"


class MarkerKind(StrEnum):
    """What a marker tells: how to visit, how to get in, how to make contact, or to hold an action."""

    VISIT = "visit"
    ACCESS = "access"
    CONTACT = "contact"
    HOLD = "hold"


class UploadState(StrEnum):
    """How far the files of one import are."""

    ASKED = "asked"
    LOOKING = "looking"
    LOOKED = "looked"
    CONFIRMED = "confirmed"
    IMPORTING = "importing"
    DONE = "done"
    FAILED = "failed"
    THROWN_AWAY = "thrown_away"


UPLOAD_MAY_MOVE_TO: Mapping[UploadState, frozenset[UploadState]] = {
    UploadState.ASKED: frozenset({UploadState.LOOKING, UploadState.THROWN_AWAY}),
    UploadState.LOOKING: frozenset({UploadState.ASKED, UploadState.LOOKED, UploadState.FAILED}),
    UploadState.LOOKED: frozenset({UploadState.CONFIRMED, UploadState.THROWN_AWAY}),
    UploadState.CONFIRMED: frozenset({UploadState.IMPORTING}),
    UploadState.IMPORTING: frozenset({UploadState.CONFIRMED, UploadState.DONE, UploadState.FAILED}),
    UploadState.DONE: frozenset(),
    UploadState.FAILED: frozenset(),
    UploadState.THROWN_AWAY: frozenset(),
}


@dataclass(frozen=True)
class FoundPerson:
    """Somebody found by name, with the home they live in now as far as the register says."""

    person_id: int
    public_id: UUID
    name: str
    known_as: str
    birth: Birth
    from_register: bool
    home_id: int | None
    home_public_id: UUID | None
    address: str


@dataclass(frozen=True)
class Resident:
    """Somebody of the register who lives or lived in a home with a household."""

    person_id: int
    public_id: UUID
    name: str
    known_as: str
    birth: Birth
    signed: bool
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Let:
    """One tenancy of a home and the household that lives or lived there under it."""

    reference: str
    tenure: str
    kind: str
    household_id: int
    since: date | None
    until: date | None
    residents: tuple[Resident, ...]


@dataclass(frozen=True)
class Stay:
    """One home somebody of the register lives or lived in."""

    home_public_id: UUID
    address: str
    tenancy: str
    tenure: str
    household_id: int
    signed: bool
    since: date | None
    until: date | None


HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "hazard.recorded": {"kind": one_of(*HazardKind), "source": one_of(*HazardSource), "vulnerable": YES_NO},
    "hazard.classified": {"kind": one_of(*HazardKind), "class": one_of(*HazardClass), "again": YES_NO},
    "hazard.investigated": {"kind": one_of(*HazardKind), "work_needed": YES_NO},
    "hazard.summary_given": {},
    "hazard.made_safe": {},
    "hazard.decanted": {},
    "hazard.prevention_begun": {},
    "hazard.prevention_delayed": {},
    "hazard.closed": {},
    "marker.put": {"kind": one_of(*MarkerKind), "until": DAY},
    "marker.changed": {"until": DAY},
    "marker.taken_off": {},
    "register.imported": {"new": COUNT, "changed": COUNT, "unchanged": COUNT, "left_out": COUNT},
}

# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "Home": (
        "house",
        "",
        "id public_id reference uprn kind parent entity line_1 line_2 line_3 town postcode address_plain address_sounds"
        " until version",
    ),
    "Tenancy": ("person", "household since until", "id reference home kind tenure version"),
    "TenancyMember": ("person", "person since until", "id tenancy"),
    "Hazard": (
        "record",
        "vulnerable class_why",
        "id circle restricted public_id home kind source aware_at recorded_at hazard_class classified_at"
        " investigated_at work_needed summary_given_at made_safe_at decanted_at prevention_begun_at"
        " prevention_delayed_at closed_at version",
    ),
    "Marker": (
        "record",
        "person words",
        "id circle restricted public_id home kind put_at until taken_off_at version",
    ),
    "RegisterUpload": (
        "short",
        "uploaded_by body faults",
        "id public_id uploaded_at state begun_at step done steps kinds counts problem",
    ),
    "RegisterImport": ("house", "imported_by", "id public_id imported_at files counts"),
}
