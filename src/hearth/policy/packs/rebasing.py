"""Changes that were laid over earlier files of a policy, brought over to those in force now. Plain Python.

No file is rewritten: what comes out is another small pack, laid over the new files.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hearth.policy.packs.diffing import in_words
from hearth.policy.packs.loading import build, read
from hearth.policy.packs.overlays import (
    SECTIONS,
    NotThisChange,
    Overlay,
    change_limit,
    change_post,
    change_sign,
    change_word,
    drop,
    key_of,
)
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import BadPack
from hearth.policy.packs.shapes import Post, Rule, Sign
from hearth.policy.packs.words import Word

DROPPED, TAKEN_OUT = "dropped", "taken out"


@dataclass(frozen=True)
class Carried:
    """One change: what the files said when it was made, what is in force now, and what the change says."""

    section: str
    key: str
    called: str
    was: str
    now: str
    yours: str
    why_not: str

    @property
    def asks(self) -> bool:
        """Whether somebody must choose: what it changes was changed in the files, too."""
        return not self.why_not and self.was != self.now


def carried(yours: Overlay, onto: Overlay) -> Iterator[Carried]:
    """Every change that what is in force now does not say already, in its order."""
    now, mine = read(onto.chain), read(yours.chain)
    for section in SECTIONS:
        for table in yours.tables.get(section, []):
            key = key_of(section, table)
            was, there, wanted = (said(thing(pack, section, key)) for pack in (yours.pack, now, mine))
            name = called(thing(yours.pack if section == DROPPED else mine, section, key))
            if there != wanted:
                why = why_not(onto, section, key, mine)
                yield Carried(section, key, name, was, there, wanted or TAKEN_OUT, why)


def why_not(onto: Overlay, section: str, key: str, mine: Pack) -> str:
    """Why a change cannot be laid over the new files, or nothing."""
    try:
        build(carry(onto, section, key, mine).chain)
    except NotThisChange as problem:
        return str(problem)
    except BadPack as bad:
        return "; ".join(problem.sentence for problem in bad.problems)
    return ""


def carry(onto: Overlay, section: str, key: str, mine: Pack) -> Overlay:
    """One change laid over the new files: what it says, and everything else as they say it. Raises NotThisChange."""
    if section == DROPPED:
        return _drop(onto, key, mine)
    change, here = thing(mine, section, key), thing(onto.pack, section, key)
    if change is None or here is None:
        raise NotThisChange("The policy does not have it any more.")
    if change.clause and change.clause not in onto.pack.clauses:
        raise NotThisChange(f"The policy has no clause {change.clause} any more, which the change cites.")
    match change, here:
        case Rule(), Rule():
            if [band.when for band in change.bands] != [band.when for band in here.bands]:
                raise NotThisChange("The policy tells other cases of this promise apart now. Change it there anew.")
            limits = [band.limit for band in change.bands]
            return change_limit(
                onto, key, clause=change.clause, limits=limits, warn=list(change.warn), applies_to=change.applies_to
            )
        case Post(), _:
            return change_post(onto, key, title=change.title, cover=change.cover, clause=change.clause)
        case Sign(), _:
            return change_sign(onto, key, label=change.label, lines=list(change.lines), clause=change.clause)
        case Word(), _:
            listed, _space, code = key.partition(" ")
            return change_word(onto, listed, code, label=change.label, local=change.local, clause=change.clause)
    raise NotThisChange("This cannot be brought over. Change it anew.")


def _drop(onto: Overlay, key: str, mine: Pack) -> Overlay:
    out, (section, _space, of) = mine.dropped[key], key.partition(" ")
    if out.clause not in onto.pack.clauses:
        raise NotThisChange(f"The policy has no clause {out.clause} any more, which the change cites.")
    return drop(onto, section, of, clause=out.clause, why=out.why)


def thing(pack: Pack, section: str, key: str) -> Rule | Post | Sign | Word | None:
    """What a change is of, as a policy has it."""
    match section:
        case "dropped":
            of, _space, name = key.partition(" ")
            return thing(pack, of, name)
        case "override" | "rule":
            return pack.rules.get(key)
        case "post":
            return pack.posts.get(key)
        case "sign":
            return pack.signs.get(key)
        case "word":
            listed, _space, code = key.partition(" ")
            words = pack.words[listed].words if listed in pack.words else ()
            return next((word for word in words if word.code == code), None)
    return None


def called(of: Rule | Post | Sign | Word | None) -> str:
    match of:
        case Rule():
            return of.promise
        case Post():
            return of.title
        case Sign() | Word():
            return of.label
    return ""


def said(of: Rule | Post | Sign | Word | None) -> str:
    """What may be changed in the browser of one thing, in one line; nothing where a policy does not have it."""
    match of:
        case Rule():
            return "; ".join(filter(None, (in_words(of.bands), f"warnings: {in_words(of.warn) or 'none'}")))
        case Post():
            return f"{of.title}; stands in: {of.cover or 'nobody'}"
        case Sign():
            return "; ".join((of.label, *of.lines))
        case Word():
            return of.label + (f" ({of.local})" if of.local else "")
    return ""
