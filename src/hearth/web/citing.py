"""At each question of a form, the clauses of the policy it is asked for: said in one place, for every form alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.ledger.terms import Subject
from hearth.policy.durations import local_day
from hearth.policy.packs import Pack
from hearth.policy.packs.conditions import compared
from hearth.policy.packs.keeping import KeeperKind
from hearth.timescales.standing import company_with_policy_of, pack_for
from hearth.web.addresses import address
from hearth.web.clauses import asked_by
from hearth.web.companies import FIELD

MOST_SHOWN = 2
"""How many clauses stand beside a question; the others are one link further."""


@dataclass(frozen=True)
class Questions:
    """What a form asks for the policy's sake, said by the form as `policy`; `under` puts the clauses beside fields."""

    acts: tuple[str, ...] = ()
    """The happenings it leads to: gates ask about their facts, and limits count from their days."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """The field that answers a fact, where it is not called so."""
    words: Mapping[str, str] = field(default_factory=dict)
    """The list of the policy's words each field offers."""
    called: Mapping[str, str] = field(default_factory=dict)
    """The same where the answers are ours and the policy may call them otherwise."""
    offers: Mapping[str, KeeperKind] = field(default_factory=dict)
    """The kind of thing each field offers: signs, decisions, ways to an agency."""


@dataclass(frozen=True)
class Rests:
    """The clauses one question rests on, whose policy they are of, and the keeper that leads to all of them."""

    label: str
    clauses: tuple[str, ...]
    entity: int | None
    keeper: str


def under_policy_of[F: forms.Form](form: F, about: Subject, at: datetime) -> F:
    """The form worded and cited by the policy in force for a record."""
    return under(form, pack_for(about, at), at=at, entity=company_with_policy_of(about, at))


def under[F: forms.Form](form: F, pack: Pack, *, at: datetime, entity: int | None = None) -> F:
    """Word the answers as a policy does, and say beside each question which of its clauses it rests on."""
    worded(form, pack)
    asked = questions_of(form)
    found: dict[str, dict[str, None]] = {}
    for name, clause in (*_of_acts(form, asked, pack, at), *_of_words(asked, pack), *_of_things(asked, pack)):
        if name in form.fields:
            found.setdefault(name, {})[clause] = None
    form.rests = {  # type: ignore[attr-defined]  # read by rests_on
        name: Rests(str(form.fields[name].label), tuple(clauses), entity, _keeper(asked, name))
        for name, clauses in found.items()
    }
    return form


def worded(form: forms.Form, pack: Pack) -> None:
    """Call the answers that are ours as a policy calls them."""
    for name, listed in questions_of(form).called.items():
        answers = form.fields.get(name)
        if isinstance(answers, forms.ChoiceField):
            called = [(code, pack.label(listed, str(code), "") or words) for code, words in _pairs(answers)]
            answers.choices = called


def questions_of(form: forms.Form) -> Questions:
    """What a form says it asks for the policy's sake."""
    asked: Questions = form.policy  # type: ignore[attr-defined]  # every form that is put under a policy says it
    return asked


def rests_on(bound: object) -> SafeString | str:
    """The clauses beside one field, each a link into a new tab: nothing that was typed is left behind."""
    rests: Rests | None = getattr(getattr(bound, "form", None), "rests", {}).get(getattr(bound, "name", ""))
    if rests is None:
        return ""
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


def _of_acts(form: forms.Form, asked: Questions, pack: Pack, at: datetime) -> Iterator[tuple[str, str]]:
    """What gates ask about before an act, and the days its limits count from."""
    today = local_day(at)
    for act in asked.acts:
        for gate in pack.gates_for(act):
            for fact, _values in compared(gate.requires) if pack.holds_on(gate.clause, today) else ():
                yield asked.facts.get(fact) or asked_by(form, fact) or "", gate.clause
        for rule in pack.rules_for(act):
            if any(start.act == act for start in rule.starts) and pack.holds_on(rule.clause, today):
                for day in filter(None, (rule.due_on, rule.counts_from)):
                    yield asked.facts.get(day, day), rule.clause


def _of_words(asked: Questions, pack: Pack) -> Iterator[tuple[str, str]]:
    """What a list of words keeps, and the clauses its words rest on."""
    for name, listed in (*asked.words.items(), *asked.called.items()):
        for clause in pack.kept_by(KeeperKind.WORDS, listed):
            yield name, clause
        for word in pack.words[listed].words if listed in pack.words else ():
            if word.clause:
                yield name, word.clause


def _of_things(asked: Questions, pack: Pack) -> Iterator[tuple[str, str]]:
    for name, kind in asked.offers.items():
        for thing in pack.things()[kind]:
            for clause in pack.kept_by(kind, thing):
                yield name, clause


def _keeper(asked: Questions, name: str) -> str:
    listed = asked.words.get(name) or asked.called.get(name)
    if listed:
        return f"{KeeperKind.WORDS}:{listed}"
    return str(asked.offers.get(name, KeeperKind.GATE))


def _to_clause(clause: str, entity: int | None) -> str:
    return address("promise", kwargs={"clause": clause}) + (f"?{FIELD}={entity}" if entity else "")


def _to_keeper(rests: Rests) -> str:
    return f"{address('promises')}?keeper={rests.keeper}" + (f"&{FIELD}={rests.entity}" if rests.entity else "")


def _pairs(answers: forms.ChoiceField) -> list[tuple[Any, Any]]:
    return list(getattr(answers, "choices", ()))
