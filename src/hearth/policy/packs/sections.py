"""One reader for each kind of thing a pack may hold."""

from collections.abc import Iterator

from hearth.policy.packs.keeping import Keeper, KeeperKind, keeper
from hearth.policy.packs.reading import Table
from hearth.policy.packs.shapes import (
    ALARMS,
    MENTIONS,
    STANDINGS,
    Clause,
    Decision,
    Gate,
    KeptLate,
    OnCall,
    Opening,
    Post,
    Route,
    Rule,
    Sign,
    SmallNumbers,
    WorkedDate,
)
from hearth.policy.packs.words import Word
from hearth.policy.terms import AppliesTo, Force, Whose, may_never_pause


def clause(table: Table) -> Clause:
    standing = table.text("standing", "in force")
    if standing not in STANDINGS:
        table.complain("standing", f"“standing” must be one of: {', '.join(sorted(STANDINGS))}")
    return Clause(
        id=table.text("id"),
        text=table.text("text"),
        source=table.text("source"),
        standing=standing,
        note=table.text("note", ""),
        kept_by=tuple(kept_by(table)),
        policy=table.text("policy", ""),
        since=table.day("since"),
        until=table.day("until"),
        replaced_by=table.text("replaced_by", ""),
        place=table.place,
    )


def kept_by(table: Table) -> Iterator[Keeper]:
    for written in table.texts("kept_by"):
        if found := keeper(written):
            yield found
        else:
            kinds = ", ".join(KeeperKind)
            table.complain("kept_by", f"“{written}” is written kind:name; the kinds are: {kinds}")


def rule(table: Table) -> Rule:
    return Rule(
        id=table.text("id"),
        promise=table.text("promise"),
        about=table.text("about"),
        clause=table.text("clause"),
        also=table.texts("also"),
        force=table.choice("force", Force, Force.DEFAULT),
        whose=table.choice("whose", Whose, Whose.OURS),
        owner=table.text("owner"),
        starts=table.triggers("starts", table.condition("when")),
        stops=table.triggers("stops"),
        ends=table.triggers("ends"),
        rebands=table.triggers("rebands"),
        bands=table.bands(),
        due_on=table.text("due_on", ""),
        counts_from=table.text("counts_from", ""),
        cadence=table.flag("cadence"),
        warn=table.rungs("warn"),
        tell=table.texts("tell"),
        pauses=table.texts("pauses"),
        extends=table.texts("extends"),
        applies_to=table.choice("applies_to", AppliesTo, AppliesTo.NEW),
        place=table.place,
    )


def gate(table: Table) -> Gate:
    running = table.text("if_running", "")
    no_clock = table.text("no_clock_of", "")
    for key, written in (("if_running", running), ("no_clock_of", no_clock)):
        if written and written not in set(Whose):
            table.complain(key, f"“{key}” must be one of: {', '.join(Whose)}")
    return Gate(
        id=table.text("id"),
        act=table.text("act"),
        clause=table.text("clause"),
        sentence=table.text("sentence"),
        requires=table.condition("requires"),
        when=table.condition("when"),
        if_over=table.text("if_over", ""),
        if_running=Whose(running) if running in set(Whose) else None,
        no_clock_of=Whose(no_clock) if no_clock in set(Whose) else None,
        place=table.place,
    )


def sign(table: Table) -> Sign:
    return Sign(
        code=table.text("code"),
        label=table.text("label"),
        lines=table.texts("lines"),
        alarms=table.codes("alarms", ALARMS),
        mentions=table.codes("mentions", MENTIONS),
        clause=table.text("clause", ""),
        place=table.place,
        hazard=table.text("hazard", ""),
    )


def word(table: Table) -> tuple[str, Word]:
    """A word and the name of the list it belongs to."""
    code = table.text("code")
    national = {name: str(value) for name, value in table.facts("national").items()}
    return table.text("list"), Word(
        code=code,
        label=table.text("label"),
        local=table.text("local", code),
        legacy=table.texts("legacy"),
        national=national,
        means=table.text("means", ""),
        clause=table.text("clause", ""),
    )


def post(table: Table) -> Post:
    return Post(
        id=table.text("id"),
        title=table.text("title"),
        parts=frozenset(table.texts("parts")),
        cover=table.text("cover", ""),
        required=table.flag("required"),
        holders=table.number("holders") if "holders" in table.values else 1,
        appointed_for=table.duration("appointed_for") if "appointed_for" in table.values else None,
        remind=table.rungs("remind"),
        meets_residents=table.flag("meets_residents"),
        about_holder=table.text("about_holder", ""),
        clause=table.text("clause", ""),
        place=table.place,
    )


def on_call(table: Table) -> OnCall:
    within = table.duration("acknowledge_within")
    return OnCall(
        ladder=table.texts("ladder"),
        acknowledge_within=within,
        look_within=table.duration("look_within") if "look_within" in table.values else within,
        opens=table.text("opens"),
        closes=table.text("closes"),
        clause=table.text("clause"),
        place=table.place,
    )


def opening(table: Table) -> Opening:
    return Opening(
        id=table.text("id"),
        lasts=table.duration("lasts"),
        clause=table.text("clause"),
        force=table.choice("force", Force, Force.DEFAULT),
        place=table.place,
    )


def route(table: Table) -> Route:
    return Route(
        id=table.text("id"),
        to=table.text("to"),
        name=table.text("name"),
        area=table.text("area", ""),
        subject=table.text("subject", "anyone"),
        phone=table.text("phone", ""),
        out_of_hours_phone=table.text("out_of_hours_phone", ""),
        form=table.text("form", ""),
        on_receipt=table.flag("on_receipt"),
        clause=table.text("clause", ""),
        place=table.place,
    )


def decision(table: Table) -> Decision:
    return Decision(
        code=table.text("code"),
        label=table.text("label"),
        clause=table.text("clause"),
        place=table.place,
    )


def small_numbers(table: Table) -> SmallNumbers:
    return SmallNumbers(fewer_than=table.number("fewer_than"), clause=table.text("clause"))


def kept_late(table: Table) -> KeptLate:
    return KeptLate(months=table.number("months"), clause=table.text("clause"))


def pause(table: Table) -> tuple[str, str]:
    """A ground on which a clock may be paused: its code and its label. Nobody let in is none, in any wording."""
    code, label = table.text("code"), table.text("label")
    if may_never_pause(code) or may_never_pause(label):
        table.complain("code", f"“{label}” ({code}) may never pause a clock")
    return code, label


def worked_date(table: Table) -> WorkedDate:
    return WorkedDate(
        what=table.text("what"),
        rule=table.text("rule"),
        start=table.text("start"),
        facts=table.facts("facts"),
        falls_due=table.text("due"),
        place=table.place,
    )
