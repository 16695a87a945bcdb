"""A policy as a document: who approves it, when it is looked at again, what it defines, and what it prints wrongly."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hearth.policy.calendars import Nation
from hearth.policy.durations import Duration
from hearth.policy.packs.reading import Table
from hearth.policy.packs.shapes import Place, Rung


class SlipState(StrEnum):
    """What became of a slip in the printed source."""

    OPEN = "open"
    ASKED = "asked"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Approval:
    """One step of an approval, in its order: whose it is, whether it needs a comment, how soon, when it is chased."""

    by: str
    post: str
    comment: bool
    within: Duration | None
    remind: tuple[Rung, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """One of the provider's policies. Where there are several, each clause says whose it is."""

    id: str
    title: str
    about: tuple[str, ...]
    document: str
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class Version:
    """One version a document had, since which day or when as the document prints it, and why it was made."""

    number: str
    since: date | None
    printed: str
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """One policy document of the provider. Approved, effective and due for review are three days, kept apart."""

    id: str
    title: str
    reference: str
    version: str
    scheme: str
    about: tuple[str, ...]
    entities: tuple[str, ...]
    approved_on: date | None
    effective_from: date | None
    review_by: date | None
    review_every: Duration | None
    remind: tuple[Rung, ...]
    early_review: tuple[str, ...]
    approvals: tuple[Approval, ...]
    equality_analysis: str
    published: str
    pair: str
    linked: tuple[str, ...]
    supersedes: str
    clause: str
    place: Place
    restarts_at: int | None = None
    """Where the number after the dot begins again when the one before it moves on; none where it counts on."""
    restarts_when: str = ""
    """On what the number before the dot moves on, in the provider's words."""
    history: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A company or service the policies bind, and the nation it works in where that is another."""

    id: str
    title: str
    kind: str
    nation: Nation | None
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class Definition:
    """What the policy means by a word, and the ages it draws; whether it reaches a child not yet born."""

    id: str
    term: str
    text: str
    subject: str
    unborn: bool
    from_age: int | None
    under_age: int | None
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class Slip:
    """Something the source prints that cannot be meant: as printed, with what may have been meant."""

    id: str
    clause: str
    printed: str
    candidates: tuple[str, ...]
    state: SlipState
    note: str
    place: Place


def approvals(table: Table) -> tuple[Approval, ...]:
    """The steps in their order: a text, or `{ post = …, comment = true, within = … }`."""
    steps = []
    for written in table.each("approvals"):
        if isinstance(written, str):
            steps.append(Approval(written, "", comment=False, within=None))
            continue
        post = written.text("post", "")
        by, within = written.text("by", "" if post else None), written.span("within")
        step = Approval(by, post, written.flag("comment"), within, written.rungs("remind"))
        written.finish()
        steps.append(step)
    return tuple(steps)


def policy(table: Table) -> Policy:
    return Policy(
        id=table.text("id"),
        title=table.text("title"),
        about=table.texts("about"),
        document=table.text("document", ""),
        clause=table.text("clause", ""),
        place=table.place,
    )


def document(table: Table) -> Document:
    return Document(
        id=table.text("id"),
        title=table.text("title"),
        reference=table.text("reference", ""),
        version=table.text("version", ""),
        scheme=table.text("scheme", ""),
        about=table.texts("about"),
        entities=table.texts("entities"),
        approved_on=table.day("approved_on"),
        effective_from=table.day("effective_from"),
        review_by=table.day("review_by"),
        review_every=table.span("review_every"),
        remind=table.rungs("remind"),
        early_review=table.texts("early_review"),
        approvals=approvals(table),
        equality_analysis=table.text("equality_analysis", ""),
        published=table.text("published", ""),
        pair=table.text("pair", ""),
        linked=table.texts("linked"),
        supersedes=table.text("supersedes", ""),
        restarts_at=table.number("restarts_at", least=0) if "restarts_at" in table.values else None,
        restarts_when=table.text("restarts_when", ""),
        history=tuple(_history(table)),
        clause=table.text("clause", ""),
        place=table.place,
    )


def _history(table: Table) -> Iterator[Version]:
    """The versions in their order, each `{ version = …, since = …, why = … }`, or `printed` where there is no day."""
    for written in table.each("history"):
        if isinstance(written, str):
            table.complain("history", f"“{written}”: write each version with its “version”, “since” and “why”")
            continue
        since, printed = written.day("since"), written.text("printed", "")
        if since is None and not printed:
            written.complain("since", "say “since” which day it was in force, or when as it is “printed”")
        yield Version(written.text("version"), since, printed, written.text("why"))
        written.finish()


def entity(table: Table) -> Entity:
    return Entity(
        id=table.text("id"),
        title=table.text("title"),
        kind=table.text("kind", ""),
        nation=table.choice("nation", Nation, Nation.ENGLAND) if "nation" in table.values else None,
        clause=table.text("clause", ""),
        place=table.place,
    )


def definition(table: Table) -> Definition:
    return Definition(
        id=table.text("id"),
        term=table.text("term"),
        text=table.text("text"),
        subject=table.text("subject", ""),
        unborn=table.flag("unborn"),
        from_age=table.number("from_age") if "from_age" in table.values else None,
        under_age=table.number("under_age") if "under_age" in table.values else None,
        clause=table.text("clause"),
        place=table.place,
    )


def slip(table: Table) -> Slip:
    return Slip(
        id=table.text("id"),
        clause=table.text("clause"),
        printed=table.text("printed"),
        candidates=table.texts("candidates"),
        state=table.choice("state", SlipState, SlipState.OPEN),
        note=table.text("note", ""),
        place=table.place,
    )
