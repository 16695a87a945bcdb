"""Words every policy uses: facts and their kinds, the force of a limit, and what may never stop a promise."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

type Fact = str | int | bool | date | None

CODE_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,79}")


class Force(StrEnum):
    """Where a limit comes from. A default is never shown as if the clause had said it."""

    STATUTORY = "statutory"
    POLICY = "policy"
    DEFAULT = "default"


FORCE_SENTENCE: dict[Force, str] = {
    Force.STATUTORY: "Required by law or statutory guidance",
    Force.POLICY: "Promised by the policy",
    Force.DEFAULT: "Set by Hearth, confirm with your lead",
}
FOR_THE_LEAD = "Set by Hearth, for you to confirm"


class Proposed(StrEnum):
    """How a proposal to adopt a policy stands."""

    WAITING = "waiting"
    ADOPTED = "adopted"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


MAY_MOVE_TO: dict[Proposed, frozenset[Proposed]] = {
    Proposed.WAITING: frozenset({Proposed.ADOPTED, Proposed.SENT_BACK, Proposed.WITHDRAWN}),
    Proposed.ADOPTED: frozenset(),
    Proposed.SENT_BACK: frozenset(),
    Proposed.WITHDRAWN: frozenset(),
}


class Whose(StrEnum):
    """Whose promise a clock is: ours, or another agency's that we watch."""

    OURS = "ours"
    WATCHED = "watched"


class AppliesTo(StrEnum):
    """Whether a new version of a promise holds for clocks that begin under it, or for those that run already too."""

    NEW = "new"
    RUNNING = "running"


class Sort(StrEnum):
    CODE = "code"
    COUNT = "count"
    YES_NO = "yes or no"
    DAY = "day"
    SUBJECT = "subject"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class FactKind:
    """What one fact of a happening may be. Codes, numbers, days and ids only: never words anybody typed."""

    sort: Sort
    codes: frozenset[str] = frozenset()
    subject: str = ""

    def allows(self, fact: Fact) -> bool:
        """Whether the fact is of this kind; not known (None) always is."""
        if fact is None:
            return True
        match self.sort:
            case Sort.CODE:
                return (
                    isinstance(fact, str) and bool(CODE_FORM.fullmatch(fact)) and (not self.codes or fact in self.codes)
                )
            case Sort.YES_NO:
                return isinstance(fact, bool)
            case Sort.DAY:
                return isinstance(fact, date) and not isinstance(fact, datetime)
            case _:
                return isinstance(fact, int) and not isinstance(fact, bool)


# What a happening is about, where its first word is not that kind of record.
ABOUT: dict[str, str] = {"watch": "concern", "oncall": "concern", "access": "emergency"}


def kind_about(act: str) -> str:
    """The kind of record a happening is about: "case.opened" is about a case."""
    word = act.partition(".")[0]
    return ABOUT.get(word, word)


CODE = FactKind(Sort.CODE)
COUNT = FactKind(Sort.COUNT)
YES_NO = FactKind(Sort.YES_NO)
DAY = FactKind(Sort.DAY)
WHO = FactKind(Sort.WHO)


def one_of(*codes: str) -> FactKind:
    """A code that may only be one of these."""
    return FactKind(Sort.CODE, frozenset(codes))


def subject(kind: str) -> FactKind:
    """The id of another record the happening also touches; its clocks start and stop too. Both share one circle."""
    return FactKind(Sort.SUBJECT, subject=kind)


NEVER_A_PAUSE = re.compile(
    r"refus|engag|declin|avoid|ignor|abortive|locked out|turned (us |me )?away|unreachable|(not|nobody|never) reached"
    r"|(no|without|waiting for|awaiting|denied) access|access (was |is )?(denied|not given|not possible)"
    r"|no (contact|reply|response|answer)|(not|nobody|no one|never) ((was|is|were) )?(at )?(home|in$)"
    r"|(not|nobody|no one|never) (answer|open|repl|respond)|let (us |me |them )?in\b|(get|gain)(ing)? (in\b|entry)"
)


def may_never_pause(ground: str) -> bool:
    """Whether the ground is refused contact, not engaging or no access, however it is worded: they stop no promise."""
    return bool(NEVER_A_PAUSE.search(" ".join(re.split(r"[\s_-]+", ground.lower()))))


class NoPolicy(Exception):
    """No policy is in force, or the one asked for is not kept."""


class NotNow(Exception):
    """The policy cannot come into force at that time. The message says why and is shown."""


WHICH: Mapping[str, FactKind] = {"pack": CODE, "digest": CODE, "starts_on": DAY, "entity": COUNT}

HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "policy.proposed": WHICH,
    "policy.approved": {"step": COUNT},
    "policy.sent_back": {"step": COUNT},
    "policy.withdrawn": {},
    "policy.adopted": WHICH,
    "reading.confirmed": {"digest": CODE},
}

# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "Adoption": ("house", "adopted_by_id", "id digest pack version entity_id in_force_from adopted_at posts_named_at"),
    "PackFile": ("house", "", "id digest place pack name body"),
    "Proposal": (
        "house",
        "why proposed_by_id",
        "id public_id digest pack title version entity_id starts_on proposed_at state ended_at adoption",
    ),
    "ApprovalStep": (
        "house",
        "proposed_by_id decided_by_id comment",
        "id proposal place name post part needs_comment asked_at next_notice_at approved decided_at",
    ),
    "ChangeDraft": ("user", "by_id", "id entity_id base body version changed_at"),
    "Reading": ("user", "user_id confirmed_at", "id public_id adoption asked_at next_notice_at"),
}
