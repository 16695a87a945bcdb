"""Reads a chain of packs into one `Pack`: later packs override earlier ones by id, and every error names its line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hearth.policy.calendars import Nation
from hearth.policy.packs import adopting, auditing, deciding, documents, information, patterns, sections, workforce
from hearth.policy.packs.chains import Chain, PackFiles, read_chain
from hearth.policy.packs.checking import check
from hearth.policy.packs.dropping import TakenOut, check_citing, check_dropped, drop
from hearth.policy.packs.files import CHANGING, KEYED_BY, SINGLE, tables_of
from hearth.policy.packs.lawful import Replaced, check_lawful
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import BadPack, Problem, Table
from hearth.policy.packs.shapes import Place
from hearth.policy.packs.spelling import check_spelling
from hearth.policy.packs.words import Word, WordList


@dataclass
class Gathered:
    """The tables of the chain so far, by section and key, and every problem met on the way."""

    tables: dict[str, dict[str, Table]] = field(default_factory=lambda: {name: {} for name in KEYED_BY})
    single: dict[str, Table] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    dropped: dict[str, TakenOut] = field(default_factory=dict)
    overridden: dict[str, Place] = field(default_factory=dict)
    replaced: Replaced = field(default_factory=Replaced)


def load(folder: Path) -> Pack:
    """Read and check the pack in a folder. Raises BadPack with every problem and its place."""
    return build(read_chain(folder))


def build(chain: Chain) -> Pack:
    """Read and check a pack from its bytes."""
    gathered = gathered_from(chain)
    if gathered.problems:
        raise BadPack(gathered.problems)
    built = assemble(chain, gathered)
    problems = gathered.problems or [
        *check(built),
        *check_dropped(gathered.dropped, built),
        *check_lawful(gathered.replaced, built),
    ]
    if problems:
        raise BadPack(problems)
    return built


def read(chain: Chain) -> Pack:
    """Read an adopted pack from its bytes. It was checked then: it stays readable however strict we have become."""
    return assemble(chain, gathered_from(chain))


def gathered_from(chain: Chain) -> Gathered:
    """The tables of every pack of a chain, and what is wrong with them as far as they were read."""
    gathered = Gathered()
    for pack in chain.packs:
        gather(pack, gathered)
    return gathered


def gather(pack: PackFiles, into: Gathered) -> None:
    """Add one pack's tables to those it inherits."""
    seen: dict[tuple[str, str], Place] = {}
    changing: dict[str, list[Table]] = {section: [] for section in CHANGING}
    for file, body in pack.files:
        for section, table in tables_of(pack.name, file, body, into.problems):
            if section in changing:
                changing[section].append(table)
            elif section in SINGLE:
                if (section, "") in seen:
                    table.complain(section, f"[{section}] is written twice in this pack, first at {seen[section, '']}")
                seen[section, ""] = table.place
                check_spelling(section, "", table)
                into.replaced.note(section, "", into.single.get(section), table)
                into.single[section] = UPON.get(section, instead)(into.single.get(section), table)
            else:
                key = " ".join(str(table.values.get(part, "")) for part in KEYED_BY[section].split())
                if (section, key) in seen:
                    table.complain("id", f"“{key}” is written twice in this pack, first at {seen[section, key]}")
                else:
                    check_citing(section, key, table, into.tables)
                check_spelling(section, KEYED_BY[section], table)
                seen[section, key] = table.place
                into.replaced.note(section, key, into.tables[section].get(key), table)
                into.tables[section][key] = table
    for table in changing["override"]:
        override(table, into)
    for table in changing["dropped"]:
        if taken := drop(table, into.tables):
            into.dropped[f"{taken.said.section} {taken.said.key}"] = taken


def upon(below: Table | None, table: Table) -> Table:
    """What a pack says of itself: it has the nation and the kind of what it builds on, and cannot change the nation."""
    if below is None:
        return table
    if "nation" in table.values and table.values["nation"] != below.values.get("nation", table.values["nation"]):
        table.complain("nation", f"this pack builds on one for “{below.values['nation']}”")
    kept = {key: below.values[key] for key in ("nation", "kind") if key in below.values}
    return Table({**kept, **table.values}, table.place, table.places, table.problems)


def with_pace(below: Table | None, table: Table) -> Table:
    """A pack that names its own people on call and says nothing of first looks keeps the pace it inherits for them."""
    kept = {key: below.values[key] for key in ("look_within",) if below and key in below.values}
    return Table({**kept, **table.values}, table.place, table.places, table.problems)


def instead(below: Table | None, table: Table) -> Table:
    """What a pack says takes the place of what it inherits."""
    return table


UPON: Mapping[str, Callable[[Table | None, Table], Table]] = {"pack": upon, "on_call": with_pace}


def override(table: Table, into: Gathered) -> None:
    """Change an inherited rule: only what is written, and always with the clause that says so."""
    name = table.text("rule")
    rule = into.tables["rule"].get(name)
    if rule is None:
        table.complain("rule", f"there is no inherited rule “{name}” to override")
    elif "clause" not in table.values:
        table.complain("rule", "an override cites its “clause”")
    elif name in into.overridden and into.overridden[name].pack == table.place.pack:
        table.complain("rule", f"“{name}” is overridden twice in this pack, first at {into.overridden[name]}")
    else:
        into.overridden[name] = table.place
        into.replaced.note("rule", name, rule, table)
        kept = {key: value for key, value in table.values.items() if key != "rule"}
        into.tables["rule"][name] = rule.overridden_by(Table(kept, table.place, table.places, table.problems))


def assemble(chain: Chain, gathered: Gathered) -> Pack:
    """Turn the gathered tables into values."""
    nowhere = Place(chain.packs[-1].name, "pack.toml", 1)
    about = gathered.single.get("pack") or Table({}, nowhere, {}, gathered.problems)
    on_call, hears = gathered.single.get("on_call"), gathered.single.get("hears")
    late = gathered.single.get("kept_late")
    small, triage = gathered.single.get("small_numbers"), gathered.single.get("triage")
    must_read = gathered.single.get("reading")
    about.text("inherits", "")
    pack = Pack(
        name=chain.packs[-1].name,
        title=about.text("title"),
        version=about.text("version"),
        policy=about.text("policy"),
        nation=about.choice("nation", Nation, Nation.ENGLAND),
        kind=about.choice("kind", information.Kind, information.Kind.EITHER),
        partial=about.flag("partial"),
        chain=tuple(each.name for each in chain.packs),
        digest=chain.digest,
        clauses=read_all(gathered, "clause", sections.clause),
        rules=read_all(gathered, "rule", sections.rule),
        gates=read_all(gathered, "gate", sections.gate),
        signs=read_all(gathered, "sign", sections.sign),
        words=word_lists(gathered),
        posts=read_all(gathered, "post", sections.post),
        routes=read_all(gathered, "route", sections.route),
        decisions=read_all(gathered, "decision", sections.decision),
        thresholds=read_all(gathered, "threshold", patterns.threshold),
        pause_grounds=dict(read_all(gathered, "pause", sections.pause).values()),
        on_call=sections.on_call(on_call) if on_call else None,
        openings=read_all(gathered, "opening", sections.opening),
        hears={key: hears.text(key) for key in sorted(hears.values)} if hears else {},
        training=read_all(gathered, "training", workforce.training),
        vetting=read_all(gathered, "vetting", workforce.vetting),
        statements=read_all(gathered, "statement", workforce.statement),
        metrics=read_all(gathered, "metric", auditing.metric),
        reports=read_all(gathered, "report", auditing.report),
        audits=read_all(gathered, "audit", auditing.audit),
        standards=read_all(gathered, "standard", auditing.standard),
        documents=read_all(gathered, "document", documents.document),
        entities=read_all(gathered, "entity", documents.entity),
        definitions=read_all(gathered, "definition", documents.definition),
        slips=read_all(gathered, "slip", documents.slip),
        bases=read_all(gathered, "basis", information.basis),
        wordings=read_all(gathered, "wording", information.wording),
        retention=read_all(gathered, "retention", information.retention),
        referring=read_all(gathered, "referring", information.referring),
        policies=read_all(gathered, "policy", documents.policy),
        registers=read_all(gathered, "register", information.register),
        triage=deciding.triage(triage) if triage else None,
        small_numbers=sections.small_numbers(small) if small else None,
        kept_late=sections.kept_late(late) if late else None,
        reading=adopting.reading(must_read) if must_read else None,
        worked_dates=tuple(read_all(gathered, "date", sections.worked_date).values()),
        dropped={key: each.said for key, each in gathered.dropped.items()},
    )
    for table in (about, on_call, hears, small, late, triage, must_read):
        if table:
            table.finish()
    return pack


def read_all[T](gathered: Gathered, section: str, reader: Callable[[Table], T]) -> dict[str, T]:
    """Read every table of a section, and complain of what was left unread in each."""
    read = {}
    for key, table in gathered.tables[section].items():
        read[key] = reader(table)
        table.finish()
    return read


def word_lists(gathered: Gathered) -> dict[str, WordList]:
    """The word lists, each in the order it was written."""
    lists: dict[str, list[Word]] = {}
    places: dict[str, Place] = {}
    for key, (name, word) in read_all(gathered, "word", sections.word).items():
        lists.setdefault(name, []).append(word)
        places.setdefault(name, gathered.tables["word"][key].place)
    return {name: WordList(name, tuple(words), places[name]) for name, words in lists.items()}
