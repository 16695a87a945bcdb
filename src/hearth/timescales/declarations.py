"""Every happening the house declares, collected from the `terms.py` of each app."""

import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

import hearth
from hearth.policy.terms import Fact, FactKind, Sort

type Declared = Mapping[str, Mapping[str, FactKind]]


class Undeclared(Exception):
    """A happening, or a fact of it, that no app declares, or a fact that is not of the declared kind."""


@lru_cache(maxsize=1)
def declared() -> Declared:
    """The happenings of every app. Two apps never declare the same one."""
    found: dict[str, Mapping[str, FactKind]] = {}
    for app in sorted(module.name for module in pkgutil.iter_modules(hearth.__path__) if module.ispkg):
        name = f"hearth.{app}.terms"
        happenings = getattr(import_module(name), "HAPPENINGS", {}) if find_spec(name) else {}
        for act, facts in happenings.items():
            if act in found:
                raise Undeclared(f"“{act}” is declared twice, the second time in {name}")
            found[act] = facts
    return found


def check_facts(act: str, facts: Mapping[str, Fact]) -> None:
    """Refuse a happening nobody declared and facts it does not carry."""
    kinds = declared().get(act)
    if kinds is None:
        raise Undeclared(f"no terms.py declares the happening “{act}”")
    for name, fact in facts.items():
        if name not in kinds:
            raise Undeclared(f"“{act}” does not declare the fact “{name}”")
        if not kinds[name].allows(fact):
            raise Undeclared(f"the fact “{name}” of “{act}” is no {kinds[name].sort}, or none of its codes")


def touched(act: str, facts: Mapping[str, Fact]) -> tuple[tuple[str, int], ...]:
    """The other records a happening touches, by the facts that hold their ids."""
    named = _subjects(act)
    return tuple((kind, int(fact)) for name, kind in named if isinstance(fact := facts.get(name), int)) if named else ()


@lru_cache(maxsize=1_000)
def _subjects(act: str) -> tuple[tuple[str, str], ...]:
    """The facts of a happening that hold the id of a record, with the kind of record."""
    kinds = declared().get(act, {})
    return tuple((name, kind.subject) for name, kind in kinds.items() if kind.sort == Sort.SUBJECT)
