"""The tables of an overlay: each as a pack writes it, with nothing left out that the pack below says."""

from collections.abc import Sequence

from hearth.policy.packs.conditions import AllOf, AnyOf, AtLeast, Condition, Equals, OneOf, Present
from hearth.policy.packs.shapes import Band, Post, Rung, Sign
from hearth.policy.packs.words import Word
from hearth.policy.terms import AppliesTo, Force

type TomlTable = dict[str, object]


def limit_table(
    rule: str, *, clause: str, force: Force, bands: Sequence[Band], warn: Sequence[Rung], applies_to: AppliesTo
) -> TomlTable:
    """An override of one rule: its limit or bands, its warnings, and for which promises it holds."""
    table: TomlTable = {"rule": rule, "clause": clause, "force": force.value}
    banded = [
        {"when": condition(band.when), "limit": str(band.limit)} | ({"clause": band.clause} if band.clause else {})
        for band in bands
        if band.when is not None
    ]
    if banded:
        table["bands"] = banded
    if rest := next((band.limit for band in bands if band.when is None), None):
        table["limit"] = str(rest)
    return {**table, "warn": [str(rung) for rung in warn], "applies_to": applies_to.value}


def post_table(post: Post, *, title: str, cover: str, clause: str) -> TomlTable:
    table: TomlTable = {"id": post.id, "title": title, "parts": sorted(post.parts), "clause": clause}
    table |= {"cover": cover} if cover else {}
    table |= {"required": True} if post.required else {}
    table |= {"holders": post.holders} if post.holders != 1 else {}
    table |= {"appointed_for": str(post.appointed_for)} if post.appointed_for else {}
    table |= {"remind": [str(rung) for rung in post.remind]} if post.remind else {}
    table |= {"meets_residents": True} if post.meets_residents else {}
    return table | ({"about_holder": post.about_holder} if post.about_holder else {})


def word_table(listed: str, word: Word, *, label: str, local: str, clause: str) -> TomlTable:
    table: TomlTable = {"list": listed, "code": word.code, "label": label, "local": local, "clause": clause}
    table |= {"legacy": list(word.legacy)} if word.legacy else {}
    table |= {"means": word.means} if word.means else {}
    return table | ({"national": dict(word.national)} if word.national else {})


def sign_table(sign: Sign, *, label: str, lines: Sequence[str], clause: str) -> TomlTable:
    table: TomlTable = {"code": sign.code, "label": label, "lines": list(lines), "clause": clause}
    table |= {"alarms": sorted(sign.alarms)} if sign.alarms else {}
    table |= {"mentions": sorted(sign.mentions)} if sign.mentions else {}
    return table | ({"hazard": sign.hazard} if sign.hazard else {})


def condition(told: Condition | None) -> TomlTable:
    """A condition as a pack writes it."""
    match told:
        case Equals(fact, value):
            return {"fact": fact, "equals": value}
        case OneOf(fact, values):
            return {"fact": fact, "one_of": list(values)}
        case AtLeast(fact, number):
            return {"fact": fact, "at_least": number}
        case Present(fact):
            return {"fact": fact, "present": True}
        case AllOf(of):
            return {"all": [condition(each) for each in of]}
        case AnyOf(of):
            return {"any": [condition(each) for each in of]}
    return {}
