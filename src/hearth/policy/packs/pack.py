"""A whole policy, resolved: what was inherited, what was overridden, and the digest of the exact bytes it came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from hearth.policy.calendars import Nation
from hearth.policy.packs.adopting import Reading
from hearth.policy.packs.auditing import Audit, Metric, Report, Standard
from hearth.policy.packs.deciding import Triage
from hearth.policy.packs.documents import Definition, Document, Entity, Policy, Slip
from hearth.policy.packs.information import Basis, Kind, Referring, Register, Retention, Wording
from hearth.policy.packs.keeping import LISTS_ON_PAGES, Citing, Keeper, KeeperKind, citing
from hearth.policy.packs.patterns import Threshold
from hearth.policy.packs.shapes import (
    Clause,
    Decision,
    Dropped,
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
from hearth.policy.packs.words import WordList
from hearth.policy.packs.workforce import Statement, Training, Vetting
from hearth.policy.terms import AppliesTo, NoPolicy


@dataclass(frozen=True, repr=False)
class Pack:
    """A policy as data. Two packs of the same digest are the same pack."""

    name: str
    title: str
    version: str
    policy: str
    nation: Nation
    kind: Kind
    partial: bool
    chain: tuple[str, ...]
    digest: str
    clauses: Mapping[str, Clause]
    rules: Mapping[str, Rule]
    gates: Mapping[str, Gate]
    signs: Mapping[str, Sign]
    words: Mapping[str, WordList]
    posts: Mapping[str, Post]
    routes: Mapping[str, Route]
    decisions: Mapping[str, Decision]
    thresholds: Mapping[str, Threshold]
    pause_grounds: Mapping[str, str]
    on_call: OnCall | None
    openings: Mapping[str, Opening]
    hears: Mapping[str, str]
    training: Mapping[str, Training]
    vetting: Mapping[str, Vetting]
    statements: Mapping[str, Statement]
    metrics: Mapping[str, Metric]
    reports: Mapping[str, Report]
    audits: Mapping[str, Audit]
    standards: Mapping[str, Standard]
    documents: Mapping[str, Document]
    entities: Mapping[str, Entity]
    definitions: Mapping[str, Definition]
    slips: Mapping[str, Slip]
    bases: Mapping[str, Basis]
    wordings: Mapping[str, Wording]
    retention: Mapping[str, Retention]
    referring: Mapping[str, Referring]
    policies: Mapping[str, Policy]
    registers: Mapping[str, Register]
    triage: Triage | None
    small_numbers: SmallNumbers | None
    kept_late: KeptLate | None
    reading: Reading | None
    worked_dates: tuple[WorkedDate, ...]
    dropped: Mapping[str, Dropped]

    def __repr__(self) -> str:
        return f"Pack({self.name} {self.version}, {self.digest[:12]})"

    @cached_property
    def _rules_by_act(self) -> dict[str, tuple[Rule, ...]]:
        acts = {act for rule in self.rules.values() for act in rule.acts()}
        return {act: tuple(rule for rule in self.rules.values() if act in rule.acts()) for act in acts}

    @cached_property
    def _moved_by_act(self) -> dict[str, frozenset[str]]:
        moved: dict[str, set[str]] = {}
        for rule in self.rules.values():
            for trigger in (*rule.stops, *rule.ends, *rule.rebands):
                moved.setdefault(trigger.act, set()).add(rule.id)
        return {act: frozenset(rules) for act, rules in moved.items()}

    @cached_property
    def _gates_by_act(self) -> dict[str, tuple[Gate, ...]]:
        acts = {gate.act for gate in self.gates.values()}
        return {act: tuple(gate for gate in self.gates.values() if gate.act == act) for act in acts}

    def rules_for(self, act: str) -> tuple[Rule, ...]:
        """The rules that listen to a happening."""
        return self._rules_by_act.get(act, ())

    def may_move(self, act: str, rule: str) -> bool:
        """Whether a happening may stop, end or band anew a promise that runs. Most promises hear nothing of most."""
        return rule in self._moved_by_act.get(act, ())

    def for_running(self) -> frozenset[str]:
        """The rules that hold for promises that run already when the pack comes into force."""
        return frozenset(rule.id for rule in self.rules.values() if rule.applies_to is AppliesTo.RUNNING)

    def gates_for(self, act: str) -> tuple[Gate, ...]:
        """The gates that stand before an act."""
        return self._gates_by_act.get(act, ())

    def holds_on(self, cited: str, day: date) -> bool:
        """Whether what cites a clause holds on a day: law that is not in force yet, or no more, begins nothing."""
        clause = self.clauses.get(cited)
        return clause is None or clause.holds_on(day)

    def alarms_of(self, signs: Iterable[str]) -> frozenset[str]:
        """The alarms the ticked signs ring: immediate, unsafe_home, same_evening."""
        return frozenset(alarm for code in signs if code in self.signs for alarm in self.signs[code].alarms)

    def mentions_of(self, signs: Iterable[str]) -> frozenset[str]:
        """What the ticked signs speak of: a child, domestic abuse, a weapon."""
        return frozenset(told for code in signs if code in self.signs for told in self.signs[code].mentions)

    def opening(self, name: str) -> Opening:
        """How long a record stays open to somebody. Where the policy does not say, nothing may be opened."""
        if name not in self.openings:
            raise NoPolicy(f"The policy does not say how long “{name}” keeps a record open")
        return self.openings[name]

    def clauses_of(self, policy: str) -> tuple[Clause, ...]:
        """The clauses of one of the provider's policies."""
        return tuple(clause for clause in self.own_clauses() if clause.policy == policy)

    def bases_offered(self, day: date) -> tuple[Basis, ...]:
        """The lawful bases this kind of provider may use on a day: law that is not in force yet offers none."""
        allowed = {Kind.EITHER, self.kind} if self.kind is not Kind.EITHER else set(Kind)
        return tuple(
            each for each in self.bases.values() if each.offered_to in allowed and self.holds_on(each.clause, day)
        )

    def wordings_at(self, place: str) -> tuple[Wording, ...]:
        """The words shown at one place: where consent is asked, above the form, on the receipt."""
        return tuple(each for each in self.wordings.values() if place in each.shown)

    def own_clauses(self) -> tuple[Clause, ...]:
        """The clauses of this policy itself, without those it inherits, in the order of the document."""
        return tuple(clause for clause in self.clauses.values() if clause.place.pack == self.name)

    def things(self) -> Mapping[KeeperKind, Mapping[str, Citing]]:
        """Everything in the pack that cites a clause and keeps it, by kind and name."""
        return {
            KeeperKind.CLOCK: self.rules,
            KeeperKind.GATE: self.gates,
            KeeperKind.SIGN: self.signs,
            KeeperKind.POST: self.posts,
            KeeperKind.ROUTE: self.routes,
            KeeperKind.DECISION: self.decisions,
            KeeperKind.PATTERN: self.thresholds,
            KeeperKind.TRAINING: self.training,
            KeeperKind.VETTING: self.vetting,
            KeeperKind.STATEMENT: self.statements,
            KeeperKind.REPORT: self.reports,
            KeeperKind.STANDARD: self.standards,
            KeeperKind.DOCUMENT: self.documents,
            KeeperKind.DEFINITION: self.definitions,
            KeeperKind.BASIS: self.bases,
            KeeperKind.RETENTION: self.retention,
            KeeperKind.REFERRING: self.referring,
            KeeperKind.WORDING: self.wordings,
            KeeperKind.OPENING: self.openings,
            KeeperKind.REGISTER: self.registers,
            KeeperKind.TRIAGE: {"triage": self.triage} if self.triage else {},
        }

    @cached_property
    def _keepers(self) -> dict[str, tuple[Keeper, ...]]:
        found: dict[str, dict[Keeper, None]] = {}
        for clause in self.clauses.values():
            found[clause.id] = dict.fromkeys(clause.kept_by)
        for kind, things in self.things().items():
            for cited, keeper in citing(kind, things):
                found.setdefault(cited, {})[keeper] = None
        return {clause: tuple(map(self._as_it_is, keepers)) for clause, keepers in found.items()}

    def _as_it_is(self, keeper: Keeper) -> Keeper:
        """The keeper, marked where nothing in the house acts on it: a list of words that no page reads."""
        if keeper.kind is KeeperKind.WORDS and not self.is_on_pages(keeper.name) and not keeper.waits_for:
            return replace(keeper, is_idle=True)
        return keeper

    def is_on_pages(self, listed: str) -> bool:
        """Whether a page offers the words of a list, or is worded by them."""
        return listed in LISTS_ON_PAGES or (self.triage is not None and listed == self.triage.levels)

    def keepers_of(self, clause: str) -> tuple[Keeper, ...]:
        """What keeps a clause: what the clause names itself, then whatever cites it."""
        return self._keepers.get(clause, ())

    @cached_property
    def _kept(self) -> dict[tuple[KeeperKind, str], tuple[str, ...]]:
        found: dict[tuple[KeeperKind, str], list[str]] = {}
        for clause, keepers in self._keepers.items():
            for keeper in keepers:
                found.setdefault((keeper.kind, keeper.name), []).append(clause)
        return {keeper: tuple(clauses) for keeper, clauses in found.items()}

    def kept_by(self, kind: KeeperKind, name: str) -> tuple[str, ...]:
        """The clauses one thing keeps: a list of words, a sign, a post."""
        return self._kept.get((kind, name), ())

    def label(self, listed: str, code: str, otherwise: str) -> str:
        """What the policy calls something; our own word where it does not say."""
        words = self.words[listed].words if listed in self.words else ()
        return next((word.label for word in words if word.code == code), otherwise)

    def words_in(self, name: str) -> WordList:
        """A word list by its name. A list the pack does not have is a mistake of ours."""
        return self.words[name]
