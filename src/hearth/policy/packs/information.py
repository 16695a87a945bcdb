"""What a pack says of information: its lawful basis, the words used, how long it is kept, and who must be told."""

from dataclasses import dataclass
from enum import StrEnum

from hearth.policy.durations import Duration
from hearth.policy.packs.reading import Table
from hearth.policy.packs.shapes import Place


class Kind(StrEnum):
    """Kinds of provider; the lawful bases they may use differ."""

    COUNCIL = "council"
    ASSOCIATION = "association"
    EITHER = "either"


class Since(StrEnum):
    """The day from which a record is kept for so long."""

    CASE_CLOSED = "case_closed"
    CONCERN_DECIDED = "concern_decided"
    TENANCY_ENDED = "tenancy_ended"
    BORN = "born"
    WORK_ENDED = "work_ended"
    SEEN = "seen"
    RECORDED = "recorded"


# The classes of record a schedule speaks of.
RECORDS = frozenset(
    {"access_request", "allegation", "attachment", "case", "child_case", "concern", "hazard", "ledger", "referral",
     "report", "supervision", "training", "vetting"}
)  # fmt: skip


# Where words of the policy are shown: to whoever asks for consent, to whoever tells, and when it was told.
SHOWN = frozenset({"consent", "reporting", "receipt"})


class Must(StrEnum):
    """Whether an agency is told of a type of harm."""

    ALWAYS = "always"
    CONSIDER = "consider"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Basis:
    """A lawful basis that is offered, and to which kind of provider."""

    id: str
    label: str
    law: str
    offered_to: Kind
    clause: str
    place: Place
    special: bool = False
    """Whether it is needed besides another, for what tells of health, belief, origin or sex life."""

    @property
    def with_its_law(self) -> str:
        """It with its law, as it is chosen and shown."""
        return f"{self.label} ({self.law})" if self.law else self.label


@dataclass(frozen=True, slots=True)
class Wording:
    """Words shown to somebody at a certain point, such as where consent is asked."""

    id: str
    text: str
    shown: tuple[str, ...]
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a class of record is kept, counted from when (or until something later), and what holds it longer."""

    id: str
    record: str
    keep: Duration
    counted_from: str
    held_by: tuple[str, ...]
    or_until: str
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class Register:
    """A list the policy asks to be kept: by which post, of what, and how often it is looked through."""

    id: str
    title: str
    holds: tuple[str, ...]
    by: str
    every: Duration | None
    needs: str
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class Referring:
    """Whether an agency must be told of a type of harm."""

    id: str
    harm: str
    to: str
    subject: str
    must: Must
    clause: str
    place: Place

    def reaches(self, subject: str) -> bool:
        """Whether it speaks of a child, of an adult, or of whoever it is about while nobody knows."""
        return self.subject in ("anyone", subject) or subject not in ("child", "adult")


def basis(table: Table) -> Basis:
    return Basis(
        id=table.text("id"),
        label=table.text("label"),
        law=table.text("law", ""),
        offered_to=table.choice("offered_to", Kind, Kind.EITHER),
        special=table.flag("special"),
        clause=table.text("clause"),
        place=table.place,
    )


def wording(table: Table) -> Wording:
    return Wording(
        id=table.text("id"),
        text=table.text("text"),
        shown=table.texts("shown") or ("consent",),
        clause=table.text("clause"),
        place=table.place,
    )


def retention(table: Table) -> Retention:
    return Retention(
        id=table.text("id"),
        record=table.text("record"),
        keep=table.duration("keep"),
        counted_from=table.text("counted_from"),
        held_by=table.texts("held_by"),
        or_until=table.text("or_until", ""),
        clause=table.text("clause"),
        place=table.place,
    )


def register(table: Table) -> Register:
    return Register(
        id=table.text("id"),
        title=table.text("title"),
        holds=table.texts("holds"),
        by=table.text("by", ""),
        every=table.span("every"),
        needs=table.text("needs", ""),
        clause=table.text("clause"),
        place=table.place,
    )


def referring(table: Table) -> Referring:
    return Referring(
        id=table.text("id"),
        harm=table.text("harm"),
        to=table.text("to"),
        subject=table.text("subject", "anyone"),
        must=table.choice("must", Must, Must.CONSIDER),
        clause=table.text("clause"),
        place=table.place,
    )
