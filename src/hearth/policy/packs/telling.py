"""Checks of words and of what is told to whom: word lists, agencies and routes, harms that must be told of, records."""

import re
from collections.abc import Iterator

from hearth.policy.packs.information import RECORDS, SHOWN, Retention, Since
from hearth.policy.packs.keeping import TO_COME
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import Problem
from hearth.policy.packs.shapes import Route
from hearth.policy.packs.words import WordList

TELEPHONE = re.compile(r"\+?[0-9][0-9 ]{1,18}[0-9]")
WHOM = frozenset({"child", "adult", "anyone"})


def check_telling(pack: Pack) -> Iterator[Problem]:
    """Local words lead to one of ours; agencies, harms and classes of record are in the lists."""
    for listed in pack.words.values():
        yield from check_words(listed)
    agencies, harms, holds = (codes_of(pack, name) for name in ("agency", "abuse_type", "hold_trigger"))
    for route in pack.routes.values():
        if agencies and route.to not in agencies:
            yield Problem(route.place, f"there is no agency “{route.to}” in the word list")
        yield from check_route(route)
    for wording in pack.wordings.values():
        if not set(wording.shown) <= SHOWN:
            yield Problem(wording.place, f"say where these words are “shown”: {', '.join(sorted(SHOWN))}")
    yield from check_referring(pack, agencies, harms)
    first: dict[str, Retention] = {}
    for kept in pack.retention.values():
        if (other := first.setdefault(kept.record, kept)) is not kept:
            yield Problem(
                kept.place,
                f"how long “{kept.record}” is kept stands already at {other.place}: to take its place, call this "
                f"“{other.id}” too",
            )
        if kept.record not in RECORDS:
            yield Problem(kept.place, f"no record is called “{kept.record}”; these are: {', '.join(sorted(RECORDS))}")
        if kept.counted_from not in set(Since):
            yield Problem(kept.place, f"“counted_from” must be one of: {', '.join(Since)}")
        if not kept.keep.is_measured or kept.keep.is_elapsed:
            yield Problem(kept.place, "“keep” is counted in days, weeks or months")
        for hold in kept.held_by:
            if hold not in holds:
                yield Problem(kept.place, f"there is no word “{hold}” in the list hold_trigger")
    for register in pack.registers.values():
        if register.needs and register.needs not in TO_COME:
            known = ", ".join(sorted(TO_COME))
            yield Problem(register.place, f"“{register.needs}” is no part that is to come; these are: {known}")


def check_route(route: Route) -> Iterator[Problem]:
    """A number can be rung, and one that is given to whoever tells of danger is there."""
    if route.subject not in WHOM:
        yield Problem(route.place, f"“subject” must be one of: {', '.join(sorted(WHOM))}")
    for key, number in (("phone", route.phone), ("out_of_hours_phone", route.out_of_hours_phone)):
        if number and not TELEPHONE.fullmatch(number):
            yield Problem(route.place, f"“{key}” is no telephone number: “{number}”")
    if route.on_receipt and not (route.phone or route.out_of_hours_phone):
        yield Problem(route.place, f"“{route.id}” is given to whoever tells of danger, and has no number: say “phone”")


def codes_of(pack: Pack, name: str) -> frozenset[str]:
    return frozenset(word.code for word in pack.words[name].words) if name in pack.words else frozenset()


def check_words(listed: WordList) -> Iterator[Problem]:
    found = {word.code: word for word in listed.words}
    for word in listed.words:
        meant = found.get(word.means)
        if word.means and meant is None:
            yield Problem(listed.place, f"“{word.code}” means “{word.means}”, which is not in the list {listed.name}")
        elif meant is not None and meant.means:
            yield Problem(listed.place, f"“{word.code}” must mean a word that means itself, not “{word.means}”")


def check_referring(pack: Pack, agencies: frozenset[str], harms: frozenset[str]) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], str] = {}
    for rule in pack.referring.values():
        if rule.harm not in harms:
            yield Problem(rule.place, f"there is no type of harm “{rule.harm}” in the list abuse_type")
        if agencies and rule.to not in agencies:
            yield Problem(rule.place, f"there is no agency “{rule.to}” in the word list")
        if rule.subject not in WHOM:
            yield Problem(rule.place, f"“subject” must be one of: {', '.join(sorted(WHOM))}")
        of = rule.harm, rule.to, rule.subject
        if of in seen:
            yield Problem(rule.place, f"“{seen[of]}” speaks of the same harm, agency and people")
        seen[of] = rule.id
