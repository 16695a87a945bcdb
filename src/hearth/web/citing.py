"""At each question of a form, the clauses of the policy it is asked for: said in one place, for every form alike."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hearth.ledger.terms import Subject
from hearth.policy.durations import local_day
from hearth.policy.packs import Pack
from hearth.policy.packs.conditions import Condition, compared
from hearth.policy.packs.keeping import KeeperKind, keeper
from hearth.policy.packs.shapes import Rule
from hearth.timescales.standing import company_with_policy_of, pack_for
from hearth.web.addresses import address
from hearth.web.clauses import asked_by
from hearth.web.companies import FIELD

type Cites = tuple[str, str, str]
"""A field, a clause it rests on, and what keeps that clause."""

BY_HEARTH = gettext_lazy("Set by Hearth: no clause of your policy asks for it.")
MOST_SHOWN = 2
"""How many clauses stand beside a question; the others are one link further."""


@dataclass(frozen=True)
class Questions:
    """What a form asks for the policy's sake, said by the form as `policy`; `under` puts the clauses beside fields."""

    acts: tuple[str, ...] = ()
    """The happenings it leads to: gates ask about their facts, and limits begin, stop and count by them."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """The field that answers a fact, where it is not called so."""
    on: str = ""
    """The field that says on which day they happened, or what came of them: it rests on whatever limits begin, stop
    or end by them."""
    words: Mapping[str, str] = field(default_factory=dict)
    """The list of the policy's words each field offers."""
    called: Mapping[str, str] = field(default_factory=dict)
    """The same where the answers are ours and the policy may call them otherwise."""
    offers: Mapping[str, KeeperKind] = field(default_factory=dict)
    """The kind of thing each field offers: signs, decisions, ways to an agency."""
    keeps: Mapping[str, str] = field(default_factory=dict)
    """What each field is asked for that a clause may name as its keeper: a record or an act, as a pack writes it."""


@dataclass(frozen=True)
class Rests:
    """The clauses one question rests on, whose policy they are of, and the keeper that leads to all of them.

    Without a clause no question of its form rests on any: then it says that Hearth asks it by itself.
    """

    label: str
    clauses: tuple[str, ...]
    entity: int | None
    keeper: str


class Governed(forms.Form):
    """A form that asks for the policy's sake: it says what, and is told on which clauses its questions rest."""

    policy: Questions
    rests: Mapping[str, Rests] = MappingProxyType({})


def under_policy_of[F: Governed](form: F, about: Subject, at: datetime) -> F:
    """The form worded and cited by the policy in force for a record."""
    return under(form, pack_for(about, at), at=at, entity=company_with_policy_of(about, at))


def under[F: Governed](form: F, pack: Pack, *, at: datetime, entity: int | None = None) -> F:
    """Word the answers as a policy does, and say beside each question which of its clauses it rests on."""
    worded(form, pack)
    asked = questions_of(form)
    found: dict[str, dict[str, str]] = {}
    for name, clause, kind in (
        *_of_acts(form, asked, pack, at), *_of_words(asked, pack), *_of_things(asked, pack), *_of_keepers(asked, pack),
    ):  # fmt: skip
        if name in form.fields:
            found.setdefault(name, {}).setdefault(clause, kind)
    form.rests = {
        name: Rests(str(form.fields[name].label), tuple(clauses), entity, next(reversed(clauses.values()), ""))
        for name, clauses in (found or _by_hearth(form)).items()
    }
    return form


def _by_hearth(form: Governed) -> dict[str, dict[str, str]]:
    """The first question that is seen, where no clause of the policy is behind any."""
    first = next(name for name, each in form.fields.items() if not each.widget.is_hidden)
    return {first: {}}


def worded(form: Governed, pack: Pack) -> None:
    """Call the answers that are ours as a policy calls them."""
    for name, listed in questions_of(form).called.items():
        answers = form.fields.get(name)
        if isinstance(answers, forms.ChoiceField):
            called = [(code, pack.label(listed, str(code), "") or words) for code, words in _pairs(answers)]
            answers.choices = called


def questions_of(form: Governed) -> Questions:
    """What a form says it asks for the policy's sake."""
    return form.policy


def rests_on(bound: object) -> SafeString | str:
    """The clauses beside one field, each a link into a new tab: nothing that was typed is left behind."""
    form = getattr(bound, "form", None)
    rests = form.rests.get(getattr(bound, "name", "")) if isinstance(form, Governed) else None
    if rests is None:
        return ""
    if not rests.clauses:
        return format_html('<p class="hearth-clause hearth-cited">{}</p>', BY_HEARTH)
    shown = [
        (_to_clause(clause, rests.entity), _("Clause %(clause)s") % {"clause": clause}, rests.label)
        for clause in rests.clauses[:MOST_SHOWN]
    ]
    if (more := len(rests.clauses) - MOST_SHOWN) > 0:
        words = ngettext("%(many)d more clause", "%(many)d more clauses", more) % {"many": more}
        shown.append((_to_keeper(rests), words, rests.label))
    opens = _("on “%(label)s” (opens in a new tab)")
    links = ((href, words, opens % {"label": label}) for href, words, label in shown)
    return format_html(
        '<p class="hearth-clause hearth-cited">{}</p>',
        format_html_join(
            ", ",
            '<a class="govuk-link" href="{}" target="_blank" rel="noopener">{}'
            '<span class="govuk-visually-hidden"> {}</span></a>',
            links,
        ),
    )


def _of_acts(form: forms.Form, asked: Questions, pack: Pack, at: datetime) -> Iterator[Cites]:
    """What gates ask about before an act, the days its limits count from, and what decides which limit runs."""
    today = local_day(at)
    for act in asked.acts:
        for gate in pack.gates_for(act):
            if pack.holds_on(gate.clause, today):
                names = _names(form, asked, facts_of(gate.requires, gate.when))
                yield from ((name, gate.clause, KeeperKind.GATE) for name in names)
        for rule in pack.rules_for(act):
            if pack.holds_on(rule.clause, today):
                names = _names(form, asked, moved_by(rule, act))
                marked = (asked.on,) if act in rule.turns_on() else ()
                cited = [(name, clause) for name in (*names, *marked) for clause in rule.cited]
                yield from ((name, clause, KeeperKind.CLOCK) for name, clause in cited)


def _names(form: forms.Form, asked: Questions, facts: Iterable[str]) -> Iterator[str]:
    """The fields that answer some facts. A fact the form says nothing of may be called as its field."""
    return (asked.facts.get(fact) or asked_by(form, fact) or fact for fact in facts)


def moved_by(rule: Rule, act: str) -> Iterator[str]:
    """The facts of a happening a limit looks at: the day it counts from, whether it begins or stops, and its band."""
    if any(start.act == act for start in rule.starts):
        yield from filter(None, (rule.due_on, rule.counts_from))
    for trigger in (*rule.starts, *rule.stops, *rule.ends, *rule.rebands):
        if trigger.act == act:
            yield from facts_of(trigger.when)
    if any(trigger.act == act for trigger in (*rule.starts, *rule.rebands)):
        yield from facts_of(*(band.when for band in rule.bands))


def facts_of(*conditions: Condition | None) -> Iterator[str]:
    """The facts some conditions compare."""
    yield from dict.fromkeys(fact for each in conditions for fact, _values in compared(each))


def _of_words(asked: Questions, pack: Pack) -> Iterator[Cites]:
    """What a list of words keeps, and the clauses its words rest on."""
    for name, listed in (*asked.words.items(), *asked.called.items()):
        offered = f"{KeeperKind.WORDS}:{listed}"
        for clause in pack.kept_by(KeeperKind.WORDS, listed):
            yield name, clause, offered
        for word in pack.words[listed].words if listed in pack.words else ():
            if word.clause:
                yield name, word.clause, offered


def _of_things(asked: Questions, pack: Pack) -> Iterator[Cites]:
    for name, kind in asked.offers.items():
        for thing in pack.things()[kind]:
            for clause in pack.kept_by(kind, thing):
                yield name, clause, str(kind)


def _of_keepers(asked: Questions, pack: Pack) -> Iterator[Cites]:
    """What the clauses themselves name as their keeper: a contact that is recorded, something one may do."""
    for name, written in asked.keeps.items():
        if kept := keeper(written):
            own_first = sorted(pack.kept_by(kept.kind, kept.name), key=lambda each: _is_inherited(each, pack))
            yield from ((name, clause, written) for clause in own_first)


def _is_inherited(clause: str, pack: Pack) -> bool:
    return pack.clauses[clause].place.pack != pack.name


def _to_clause(clause: str, entity: int | None) -> str:
    return address("promise", kwargs={"clause": clause}) + (f"?{FIELD}={entity}" if entity else "")


def _to_keeper(rests: Rests) -> str:
    return f"{address('promises')}?keeper={rests.keeper}" + (f"&{FIELD}={rests.entity}" if rests.entity else "")


def _pairs(answers: forms.ChoiceField) -> list[tuple[Any, Any]]:
    return list(getattr(answers, "choices", ()))
