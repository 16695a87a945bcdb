"""What keeps a clause: something in the pack, something in the house, or a part of the house that is still to come."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class KeeperKind(StrEnum):
    """The kinds of thing that can keep a clause."""

    CLOCK = "clock"
    GATE = "gate"
    SIGN = "sign"
    WORDS = "words"
    POST = "post"
    ROUTE = "route"
    DECISION = "decision"
    PATTERN = "pattern"
    TRAINING = "training"
    VETTING = "vetting"
    REPORT = "report"
    STANDARD = "standard"
    STATEMENT = "statement"
    DEFINITION = "definition"
    DOCUMENT = "document"
    BASIS = "basis"
    RETENTION = "retention"
    REFERRING = "referring"
    WORDING = "wording"
    OPENING = "opening"
    REGISTER = "register"
    TRIAGE = "triage"
    RECORD = "record"
    ACT = "act"
    PLANNED = "planned"


# Parts of the house that are still to be built, in the words a lead reads. A part that stands is taken out of here, and
# then every clause that still waits for it is an error.
TO_COME: dict[str, str] = {
    "allegations": "Concerns about people who work with us",
    "audits": "Scoring an audit against its standards",
    "connectors": "Joining other systems",
    "documents": "Policy documents with their approvals and reviews",
    "enforcement": "Legal action that stops for safeguarding",
    "files": "Files and photographs",
    "learning": "Reviews and what was learned from them",
    "meetings": "Meetings with partner agencies and their minutes",
    "partner_access": "Partner agencies that see their own referral",
    "patterns": "The same person, home or source of harm seen again",
    "portal": "What residents and the public see",
    "records": "Retention, subject access and disposal",
    "reports": "Reports for the board, the partnership and the council",
    "sharing": "Sharing information with its lawful basis",
    "statements": "People who attest practice that no system sees",
    "workforce": "Vetting, training, induction and supervision",
}

# What is only said by a pack until the part that does it stands.
DONE_BY: Mapping[KeeperKind, str] = {
    KeeperKind.TRAINING: "workforce",
    KeeperKind.VETTING: "workforce",
    KeeperKind.REPORT: "reports",
    KeeperKind.STANDARD: "audits",
    KeeperKind.DOCUMENT: "documents",
    KeeperKind.RETENTION: "records",
    KeeperKind.PATTERN: "patterns",
    KeeperKind.STATEMENT: "statements",
    KeeperKind.REGISTER: "reports",
}

# Every list of words a page offers, takes its own words from, or that is looked for in what is told. A list that is not
# here is written down and no more.
LISTS_ON_PAGES = frozenset({
    "abuse_type", "adult_circumstance", "adult_test", "agency", "answer", "breach_reason", "child_circumstance",
    "child_decision", "hazard_class", "heading", "housing_factor", "mention", "outcome", "override_ground", "plan",
    "process", "process_day", "process_step", "risk_band", "source_of_risk", "who_told", "wishes_answered",
})  # fmt: skip
# Lists that only a part of the house reads which is to come.
LISTS_TO_COME: Mapping[str, str] = {"body": "reports", "hold_trigger": "records"}


@dataclass(frozen=True, slots=True)
class Keeper:
    """One thing that keeps a clause: "clock" and the rule's id, "planned" and the part that is to come."""

    kind: KeeperKind
    name: str
    is_idle: bool = False
    """Whether it is written down and nothing in the house acts on it."""

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"

    @property
    def waits_for(self) -> str:
        """The part of the house this waits for, or nothing where it keeps its clause today."""
        if self.kind is KeeperKind.PLANNED:
            return self.name
        part = LISTS_TO_COME.get(self.name, "") if self.kind is KeeperKind.WORDS else DONE_BY.get(self.kind, "")
        return part if part in TO_COME else ""


class Standing(StrEnum):
    """How a clause is provided for, by what is written; how it stands today is asked elsewhere."""

    KEPT = "kept"
    ATTESTED = "attested"
    PLANNED = "planned"
    WRITTEN = "written down only"
    NOTHING = "nothing keeps it"


def keeper(written: str) -> Keeper | None:
    """ "clock:case.target" as a keeper, or nothing where it is not written so."""
    kind, _, name = written.partition(":")
    return Keeper(KeeperKind(kind), name) if name and kind in set(KeeperKind) else None


def standing(keepers: Iterable[Keeper]) -> Standing:
    """Kept by the house itself, else attested by people, else planned, else only written down, else by nothing."""
    all_of_them = tuple(keepers)
    today = {each.kind for each in all_of_them if not each.waits_for and not each.is_idle}
    if today - {KeeperKind.STATEMENT}:
        return Standing.KEPT
    if today:
        return Standing.ATTESTED
    if any(each.waits_for for each in all_of_them):
        return Standing.PLANNED
    return Standing.WRITTEN if all_of_them else Standing.NOTHING


class Citing(Protocol):
    """Whatever in a pack cites a clause."""

    @property
    def clause(self) -> str: ...


def citing(kind: KeeperKind, things: Mapping[str, Citing]) -> Iterator[tuple[str, Keeper]]:
    """The clause each thing cites, with the thing as its keeper."""
    for name, thing in things.items():
        needs = getattr(thing, "needs", ())
        if thing.clause:
            waits = isinstance(needs, str) and needs in TO_COME
            keeper = Keeper(KeeperKind.PLANNED, str(needs)) if waits else Keeper(kind, name)
            yield from ((clause, keeper) for clause in getattr(thing, "cited", (thing.clause,)))
