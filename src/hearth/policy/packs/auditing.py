"""How a policy is accounted for: reports with their metrics, and audits with their standards."""

from dataclasses import dataclass
from enum import StrEnum

from hearth.policy.durations import Duration
from hearth.policy.packs.reading import Table
from hearth.policy.packs.shapes import Place


class Scale(StrEnum):
    """How a standard is scored."""

    NOUGHT_TO_THREE = "0-3"
    RAG = "rag"
    YES_NO = "yes_no"
    PERCENT = "percent"


OF_RULE = "clock:"
"""Before the rule whose promises a metric counts."""

COUNTED_BESIDES = frozenset({"gate.stopped"})
"""What is written down and counted without being a happening a rule could go by."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure, and what exactly it counts."""

    id: str
    label: str
    definition: str
    counts: str
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class Report:
    """An account to somebody: how often (nothing: as required), what is in it, and when a number is kept back."""

    id: str
    name: str
    audience: tuple[str, ...]
    every: Duration | None
    due: str
    sections: tuple[str, ...]
    metrics: tuple[str, ...]
    fewer_than: int
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class Audit:
    """A tree of standards scored by a provider itself and moderated by somebody else."""

    id: str
    title: str
    scale: Scale
    steps: int
    self_scored: bool
    moderated: bool
    not_applicable: str
    every: Duration | None
    columns: tuple[str, ...]
    clause: str
    place: Place


@dataclass(frozen=True, slots=True)
class Standard:
    """One thing an audit asks, under another where the audit groups them."""

    id: str
    audit: str
    under: str
    text: str
    local_priority: bool
    weight: int
    clause: str
    place: Place


def metric(table: Table) -> Metric:
    return Metric(
        id=table.text("id"),
        label=table.text("label"),
        definition=table.text("definition"),
        counts=table.text("counts", ""),
        clause=table.text("clause"),
        place=table.place,
    )


def report(table: Table) -> Report:
    return Report(
        id=table.text("id"),
        name=table.text("name"),
        audience=table.texts("audience"),
        every=table.span("every"),
        due=table.text("due", ""),
        sections=table.texts("sections"),
        metrics=table.texts("metrics"),
        fewer_than=table.number("fewer_than") if "fewer_than" in table.values else 0,
        clause=table.text("clause"),
        place=table.place,
    )


def audit(table: Table) -> Audit:
    scale = table.choice("scale", Scale, Scale.NOUGHT_TO_THREE)
    if scale is Scale.PERCENT and "steps" not in table.values:
        table.complain("scale", "a scale in per cent needs “steps”: how many per cent one step is")
    return Audit(
        id=table.text("id"),
        title=table.text("title"),
        scale=scale,
        steps=table.number("steps") if "steps" in table.values else 0,
        self_scored=table.flag("self_scored"),
        moderated=table.flag("moderated"),
        not_applicable=table.text("not_applicable", ""),
        every=table.span("every"),
        columns=table.texts("columns"),
        clause=table.text("clause"),
        place=table.place,
    )


def standard(table: Table) -> Standard:
    return Standard(
        id=table.text("id"),
        audit=table.text("audit"),
        under=table.text("under", ""),
        text=table.text("text"),
        local_priority=table.flag("local_priority"),
        weight=table.number("weight") if "weight" in table.values else 1,
        clause=table.text("clause"),
        place=table.place,
    )
