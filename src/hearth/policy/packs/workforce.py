"""What a pack asks of the people who work for the provider: training, vetting, and practice they attest."""

from dataclasses import dataclass
from enum import StrEnum

from hearth.policy.durations import Duration
from hearth.policy.packs.reading import Table
from hearth.policy.packs.shapes import Place, Post, Rung
from hearth.policy.terms import Force

EVERYBODY = "everybody"
FORMATS = frozenset({"e_learning", "classroom", "briefing", "induction", "reading", "any"})
EMPLOYERS = frozenset({"employee", "agency", "contractor", "volunteer", "board_member", "partner"})


class Scheme(StrEnum):
    """Who checks: England and Wales, Scotland, Northern Ireland."""

    DBS = "dbs"
    PVG = "pvg"
    ACCESS_NI = "access_ni"


class Level(StrEnum):
    BASIC = "basic"
    STANDARD = "standard"
    ENHANCED = "enhanced"
    ENHANCED_BARRED = "enhanced_barred"
    BY_POST = "by_post"


@dataclass(frozen=True, slots=True)
class Training:
    """A course, who must take it, how often, and whether it can be had today."""

    id: str
    title: str
    clause: str
    audience: tuple[str, ...]
    meets_residents: bool
    employers: frozenset[str]
    level: str
    mandatory: bool
    format: str
    topics: tuple[str, ...]
    within: Duration | None
    every: Duration | None
    counted: bool
    available: bool
    remind: tuple[Rung, ...]
    force: Force
    place: Place

    @property
    def is_for_everybody(self) -> bool:
        return EVERYBODY in self.audience


@dataclass(frozen=True, slots=True)
class Vetting:
    """A check before somebody starts, by post or for whoever meets residents, and how often it is looked at again."""

    id: str
    scheme: Scheme
    level: Level
    audience: tuple[str, ...]
    meets_residents: bool
    every: Duration | None
    supplier_attests: bool
    force: Force
    clause: str
    place: Place

    @property
    def is_for_everybody(self) -> bool:
        return EVERYBODY in self.audience


@dataclass(frozen=True, slots=True)
class Statement:
    """Practice that no system can see: somebody says, by a day, that it is done."""

    id: str
    text: str
    by: str
    every: Duration | None
    clause: str
    place: Place


type Asked = Training | Vetting


def is_owed(asked: Asked, post: Post) -> bool:
    """Whether a course or a check is asked of whoever holds a post: by its name, or by whom its holders meet."""
    named = EVERYBODY in asked.audience or post.id in asked.audience
    return named and (post.meets_residents or not asked.meets_residents)


def training(table: Table) -> Training:
    form = table.text("format", "any")
    if form not in FORMATS:
        table.complain("format", f"“format” must be one of: {', '.join(sorted(FORMATS))}")
    return Training(
        id=table.text("id"),
        title=table.text("title"),
        clause=table.text("clause"),
        audience=table.texts("audience"),
        meets_residents=table.flag("meets_residents"),
        employers=table.codes("employers", EMPLOYERS),
        level=table.text("level", ""),
        mandatory=table.flag("mandatory"),
        format=form,
        topics=table.texts("topics"),
        within=table.span("within"),
        every=table.span("every"),
        counted=table.flag("counted"),
        available=not table.flag("not_available"),
        remind=table.rungs("remind"),
        force=table.choice("force", Force, Force.DEFAULT),
        place=table.place,
    )


def vetting(table: Table) -> Vetting:
    return Vetting(
        id=table.text("id"),
        scheme=table.choice("scheme", Scheme, Scheme.DBS),
        level=table.choice("level", Level, Level.BY_POST),
        audience=table.texts("audience"),
        meets_residents=table.flag("meets_residents"),
        every=table.span("every"),
        supplier_attests=table.flag("supplier_attests"),
        force=table.choice("force", Force, Force.DEFAULT),
        clause=table.text("clause"),
        place=table.place,
    )


def statement(table: Table) -> Statement:
    return Statement(
        id=table.text("id"),
        text=table.text("text"),
        by=table.text("by"),
        every=table.span("every"),
        clause=table.text("clause"),
        place=table.place,
    )
