"""The checker: what a pack says must agree with itself, and with the happenings and parts the house knows."""

from collections.abc import Collection, Iterator, Mapping

from hearth.policy.durations import Duration
from hearth.policy.packs.accounting import check_accounting
from hearth.policy.packs.auditing import COUNTED_BESIDES, OF_RULE, Metric
from hearth.policy.packs.conditions import Condition, compared
from hearth.policy.packs.keeping import TO_COME, KeeperKind
from hearth.policy.packs.lawful import is_surely_longer
from hearth.policy.packs.naming import check_naming
from hearth.policy.packs.openings import check_openings
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.paperwork import check_paperwork
from hearth.policy.packs.reading import Problem
from hearth.policy.packs.shapes import MENTIONS, MOST_SIGNS, Gate, Place, Rule, Sign, Trigger
from hearth.policy.packs.staffing import check_staffing
from hearth.policy.packs.telling import check_telling
from hearth.policy.packs.workforce import EVERYBODY
from hearth.policy.terms import DAY, FactKind, Force, Sort, kind_about

type Declared = Mapping[str, Mapping[str, FactKind]]


def check(pack: Pack) -> list[Problem]:
    """Everything in which the pack disagrees with itself."""
    found = [*check_citations(pack), *check_signs(pack), *check_openings(pack)]
    found += [*check_keepers(pack), *check_staffing(pack), *check_accounting(pack)]
    found += [*check_paperwork(pack), *check_telling(pack), *check_naming(pack), *check_reading(pack)]
    for rule in pack.rules.values():
        found += check_rule(rule, pack)
    for gate in pack.gates.values():
        found += check_gate(gate, pack)
    found += [
        Problem(date.place, f"there is no rule “{date.rule}”")
        for date in pack.worked_dates
        if date.rule not in pack.rules
    ]
    return found


def check_citations(pack: Pack) -> Iterator[Problem]:
    """Whatever cites a clause cites one that is there."""
    here = pack_place(pack)
    others = (pack.metrics, pack.audits, pack.slips, pack.entities, pack.policies)
    cited = [
        (thing.clause, getattr(thing, "place", here))
        for things in (*pack.things().values(), *others)
        for thing in things.values()
        if thing.clause
    ]
    cited += [(clause, rule.place) for rule in pack.rules.values() for clause in rule.cited[1:]]
    cited += [(word.clause, each.place) for each in pack.words.values() for word in each.words if word.clause]
    cited += [(pack.on_call.clause, pack.on_call.place)] if pack.on_call else []
    cited += [(pack.small_numbers.clause, here)] if pack.small_numbers else []
    cited += [(pack.kept_late.clause, here)] if pack.kept_late else []
    cited += [(pack.reading.clause, pack.reading.place)] if pack.reading else []
    for clause, place in cited:
        if clause not in pack.clauses:
            yield Problem(place, f"there is no clause “{clause}”")


def check_rule(rule: Rule, pack: Pack) -> Iterator[Problem]:
    clause = pack.clauses.get(rule.clause)
    if not rule.starts:
        yield Problem(rule.place, f"“{rule.id}” has nothing that starts it")
    if not rule.stops and not rule.ends:
        yield Problem(rule.place, f"“{rule.id}” has nothing that stops it")
    if bool(rule.bands) == bool(rule.due_on):
        yield Problem(rule.place, f"“{rule.id}” needs either a limit (or bands) or the fact its day stands in (due_on)")
    elif rule.bands and rule.bands[-1].when is not None:
        yield Problem(rule.place, f"“{rule.id}” has bands but no “limit” for everything else")
    if rule.cadence and not rule.stops:
        yield Problem(rule.place, f"“{rule.id}” is a cadence, and nothing starts it again")
    if rule.force == Force.STATUTORY and clause and not clause.is_confirmed:
        yield Problem(
            rule.place, f"“{rule.id}” is called statutory, but clause “{rule.clause}” is still to be confirmed"
        )
    if rule.force == Force.STATUTORY and rule.extends:
        yield Problem(rule.place, f"“{rule.id}” is statutory: nobody here may extend it")
    limits = [band.limit for band in rule.bands]
    for rung in rule.warn:
        if limits and not rung.is_over and all(is_surely_longer(rung.by, limit) for limit in limits):
            yield Problem(rule.place, f"“{rule.id}” warns “{rung}”, and has no more than {in_words(limits)} in all")
    for ground in rule.pauses:
        if ground not in pack.pause_grounds:
            yield Problem(rule.place, f"there is no pause ground “{ground}”")


def in_words(limits: Collection[Duration]) -> str:
    """The limits of the bands of a rule, each once."""
    return " or ".join(dict.fromkeys(map(str, limits)))


def check_gate(gate: Gate, pack: Pack) -> Iterator[Problem]:
    if not gate.requires and not gate.no_clock_of:
        yield Problem(gate.place, f"“{gate.id}” requires nothing")
    if gate.if_over and gate.if_over not in pack.rules:
        yield Problem(gate.place, f"there is no rule “{gate.if_over}”")


def check_keepers(pack: Pack) -> Iterator[Problem]:
    """A keeper a clause names is there; what is planned waits for a part that is still to come."""
    things = pack.things()
    for clause in pack.clauses.values():
        for keeper in clause.kept_by:
            if keeper.kind is KeeperKind.PLANNED:
                if keeper.name not in TO_COME:
                    known = ", ".join(sorted(TO_COME))
                    yield Problem(clause.place, f"“{keeper}” waits for nothing that is to come; these are: {known}")
            elif keeper.kind is KeeperKind.WORDS:
                if keeper.name not in pack.words:
                    yield Problem(clause.place, f"there is no word list “{keeper.name}”")
            elif keeper.kind in things and keeper.name not in things[keeper.kind]:
                yield Problem(clause.place, f"there is no {keeper.kind} “{keeper.name}”")


def check_reading(pack: Pack) -> Iterator[Problem]:
    """Whoever is asked to read the policy is named, and has a day by which."""
    if pack.reading is None:
        return
    if not pack.reading.within.is_measured or pack.reading.within.number == 0:
        yield Problem(pack.reading.place, "“within” must be a time by which the policy is read, such as 4 weeks")
    for post in pack.reading.audience:
        if post not in pack.posts and post != EVERYBODY:
            yield Problem(pack.reading.place, f"there is no post “{post}”; write “{EVERYBODY}” for all")


def check_signs(pack: Pack) -> Iterator[Problem]:
    """At most twelve signs fit on a phone, and a sign is what one notices, never a type of abuse."""
    if len(pack.signs) > MOST_SIGNS:
        yield Problem(pack_place(pack), f"there are {len(pack.signs)} signs; the form shows at most {MOST_SIGNS}")
    if "mention" in pack.words:
        listed = pack.words["mention"]
        for code in sorted({word.means or word.code for word in listed.words} - MENTIONS):
            yield Problem(
                listed.place, f"“{code}” is nothing a concern can mention; write one of {', '.join(sorted(MENTIONS))}"
            )
    types = {word.code for word in pack.words["abuse_type"].words} if "abuse_type" in pack.words else set()
    for sign in pack.signs.values():
        if "unsafe_home" in sign.alarms and not sign.hazard:
            yield Problem(sign.place, f"“{sign.code}” tells of an unsafe home and names no kind of hazard")
        if sign.code in types:
            yield Problem(sign.place, f"“{sign.code}” is a type of abuse; a sign says what somebody noticed")


def check_declared(
    pack: Pack, declared: Declared, parts: Collection[str] = (), acts: Collection[str] = ()
) -> list[Problem]:
    """Everything in which the pack disagrees with the house: happenings, their facts, parts nobody plays, acts."""
    found: list[Problem] = [*check_kept_by_house(pack, declared, acts)]
    for rule in pack.rules.values():
        for trigger in (*rule.starts, *rule.stops, *rule.ends, *rule.rebands):
            found += check_trigger(trigger, declared, rule.place)
        found += check_start_facts(rule, declared)
        found += check_parts((rule.owner, *rule.tell, *rule.extends), parts, rule.place)
    for gate in pack.gates.values():
        found += check_trigger(Trigger(gate.act, gate.when), declared, gate.place)
        found += check_facts(gate.act, gate.requires, declared, gate.place)
    for threshold in pack.thresholds.values():
        found += check_trigger(Trigger(threshold.counts, threshold.when), declared, threshold.place)
    for metric in pack.metrics.values():
        found += check_counts(metric, pack, declared)
    for register in pack.registers.values():
        unknown = [name for name in register.holds if name not in declared]
        found += [Problem(register.place, f"nothing in the house declares the happening “{name}”") for name in unknown]
    for post in pack.posts.values():
        found += check_parts(sorted(post.parts), parts, post.place)
    for sign in pack.signs.values():
        found += check_hazard(sign, declared)
    return [*found, *check_decisions(pack, declared)]


def check_kept_by_house(pack: Pack, declared: Declared, acts: Collection[str]) -> Iterator[Problem]:
    """A record or an act that is said to keep a clause is one of the house's."""
    for clause in pack.clauses.values():
        for keeper in clause.kept_by:
            if keeper.kind is KeeperKind.RECORD and keeper.name not in declared:
                yield Problem(clause.place, f"nothing in the house declares the happening “{keeper.name}”")
            if keeper.kind is KeeperKind.ACT and acts and keeper.name not in acts:
                yield Problem(clause.place, f"nobody in the house does “{keeper.name}”")


def check_counts(metric: Metric, pack: Pack, declared: Declared) -> Iterator[Problem]:
    """What a metric counts is a happening of the house, one of them less another, or another metric."""
    if not metric.counts:
        yield Problem(metric.place, f"“{metric.id}” counts nothing: “counts” names a happening, or “clock:” and a rule")
    if metric.counts.startswith(OF_RULE) or not metric.counts:
        return
    for name in metric.counts.split(" - "):
        if name not in declared and name not in COUNTED_BESIDES and name not in {*pack.metrics} - {metric.id}:
            yield Problem(metric.place, f"“{metric.id}” counts “{name}”, and nothing in the house declares it")


def check_trigger(trigger: Trigger, declared: Declared, place: Place) -> Iterator[Problem]:
    if trigger.act not in declared:
        yield Problem(place, f"nothing in the house declares the happening “{trigger.act}”")
    else:
        yield from check_facts(trigger.act, trigger.when, declared, place)


def check_facts(act: str, condition: Condition | None, declared: Declared, place: Place) -> Iterator[Problem]:
    kinds = declared.get(act)
    for name, values in compared(condition) if kinds is not None else ():
        kind = kinds.get(name) if kinds else None
        if kind is None:
            yield Problem(place, f"“{act}” does not declare the fact “{name}”")
            continue
        yield from (
            Problem(place, f"the fact “{name}” of “{act}” can never be “{value}”")
            for value in values
            if not kind.allows(value)
        )


def check_hazard(sign: Sign, declared: Declared) -> Iterator[Problem]:
    """The kind of hazard a sign tells of is one the house records."""
    kind = declared.get("hazard.recorded", {}).get("kind")
    if sign.hazard and (kind is None or not kind.allows(sign.hazard)):
        yield Problem(sign.place, f"“{sign.hazard}” is no kind of hazard")


def check_decisions(pack: Pack, declared: Declared) -> Iterator[Problem]:
    """A decision is one that triage knows how to begin; the label is where the local word stands."""
    known = declared.get("concern.triaged", {}).get("outcome")
    for decision in pack.decisions.values():
        if known and not known.allows(decision.code):
            these = ", ".join(sorted(known.codes))
            yield Problem(
                decision.place,
                f"triage knows no decision “{decision.code}”; these are: {these}. Your own word for one is its “label”",
            )


def check_start_facts(rule: Rule, declared: Declared) -> Iterator[Problem]:
    """Bands, a day of its own and a day to count from are read from the happening that starts the clock."""
    for start in rule.starts:
        kinds = declared.get(start.act)
        if kinds is None:
            continue
        for band in rule.bands:
            yield from check_facts(start.act, band.when, declared, rule.place)
        for name in filter(None, (rule.due_on, rule.counts_from)):
            if kinds.get(name) != DAY:
                yield Problem(rule.place, f"“{start.act}” must declare “{name}” as a day")
        if rule.about != kind_about(start.act) and not touches(kinds, rule.about):
            yield Problem(rule.place, f"“{start.act}” is not about a {rule.about} and touches none")


def touches(kinds: Mapping[str, FactKind], about: str) -> bool:
    return any(kind.sort == Sort.SUBJECT and kind.subject == about for kind in kinds.values())


def check_parts(named: Collection[str], parts: Collection[str], place: Place) -> Iterator[Problem]:
    for part in named:
        if parts and part not in parts:
            yield Problem(place, f"nobody plays the part “{part}”")


def pack_place(pack: Pack) -> Place:
    return Place(pack.name, "pack.toml", 1)
