"""Checks of the people a pack speaks of: posts, who hears what, who decides, what they learn, how they are vetted."""

from collections.abc import Collection, Iterable, Iterator
from datetime import time, timedelta

from hearth.policy.calendars import Nation
from hearth.policy.durations import Duration, elapsed
from hearth.policy.packs.deciding import DecidedBy
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import Problem
from hearth.policy.packs.shapes import OnCall, Place
from hearth.policy.packs.workforce import EVERYBODY, Asked, Scheme, Training, is_owed
from hearth.policy.terms import Force

HEARS = frozenset({"about_our_people", "about_the_lead", "still_worried"})
CHECKED_BY = {
    Nation.ENGLAND: Scheme.DBS,
    Nation.WALES: Scheme.DBS,
    Nation.SCOTLAND: Scheme.PVG,
    Nation.NORTHERN_IRELAND: Scheme.ACCESS_NI,
}


def check_staffing(pack: Pack) -> Iterator[Problem]:
    """Posts that are named are there, and what is asked of people can be done."""
    yield from check_posts(pack)
    yield from check_triage(pack)
    for training in pack.training.values():
        yield from check_asked(training, pack)
        yield from check_training(training)
    schemes = {CHECKED_BY[nation] for nation in nations_of(pack)}
    for vetting in pack.vetting.values():
        yield from check_asked(vetting, pack)
        yield from check_again(vetting.every, vetting.place)
        if vetting.scheme not in schemes:
            known = ", ".join(sorted(schemes))
            yield Problem(
                vetting.place, f"“{vetting.scheme}” checks nobody where this policy holds; there it is: {known}"
            )
    for statement in pack.statements.values():
        yield from missing_posts([statement.by], statement.place, pack)
        yield from check_again(statement.every, statement.place)
    for register in pack.registers.values():
        yield from missing_posts([register.by] if register.by else [], register.place, pack)
        yield from check_again(register.every, register.place)


def nations_of(pack: Pack) -> set[Nation]:
    """The nation of the policy and those of the companies it binds elsewhere."""
    return {pack.nation, *(each.nation for each in pack.entities.values() if each.nation)}


def check_audience(audience: Collection[str], place: Place, pack: Pack) -> Iterator[Problem]:
    if not audience:
        yield Problem(place, f"say for whom: “audience” names posts, or “{EVERYBODY}”")
    unknown = [post for post in audience if post not in pack.posts and post != EVERYBODY]
    yield from (Problem(place, f"there is no post “{post}”; write “{EVERYBODY}” for all") for post in unknown)


def check_asked(asked: Asked, pack: Pack) -> Iterator[Problem]:
    """Somebody owes what is asked, and what is not confirmed is not called law."""
    yield from check_audience(asked.audience, asked.place, pack)
    clause = pack.clauses.get(asked.clause)
    if asked.force == Force.STATUTORY and clause and not clause.is_confirmed:
        yield Problem(
            asked.place, f"“{asked.id}” is called statutory, but clause “{asked.clause}” is still to be confirmed"
        )
    if asked.meets_residents and not pack.partial and not any(is_owed(asked, post) for post in pack.posts.values()):
        yield Problem(
            asked.place,
            f"“{asked.id}” is asked of whoever meets residents, and no post it is for says “meets_residents”",
        )


def check_training(training: Training) -> Iterator[Problem]:
    """A course is reminded of only where it falls due, and is counted only where it can be had."""
    yield from check_again(training.every, training.place)
    if training.remind and not (training.every or training.within):
        yield Problem(
            training.place, f"“{training.id}” never falls due, so nobody can be reminded: say “every” or “within”"
        )
    if training.counted and not training.available:
        yield Problem(training.place, f"“{training.id}” cannot be had, so nobody can be counted as missing it")


def check_again(every: Duration | None, place: Place) -> Iterator[Problem]:
    """What comes round again is counted in days or more."""
    if every is not None and every.is_measured and (every.is_elapsed or every.number == 0):
        yield Problem(place, "“every” is counted in days, weeks or months")


def check_triage(pack: Pack) -> Iterator[Problem]:
    """Somebody decides; a panel is more than one; its target is a promise of the pack."""
    triage = pack.triage
    if triage is None:
        return
    if not triage.posts:
        yield Problem(triage.place, "say who decides: “posts” names posts")
    if (triage.together > 1) is not (triage.decided_by is DecidedBy.PANEL):
        yield Problem(triage.place, "a panel is two or more “together”; a person or a team decides alone")
    if triage.target not in pack.rules:
        yield Problem(triage.place, f"there is no rule “{triage.target}”")
    if triage.levels and triage.levels not in pack.words:
        yield Problem(triage.place, f"there is no word list “{triage.levels}”")
    yield from missing_posts((*triage.posts, *triage.may_refer), triage.place, pack)


def check_posts(pack: Pack) -> Iterator[Problem]:
    here = Place(pack.name, "pack.toml", 1)
    for post in pack.posts.values():
        for role, named in (("cover", post.cover), ("about_holder", post.about_holder)):
            if named and named not in pack.posts:
                yield Problem(post.place, f"“{role}” names a post that is not here: “{named}”")
            elif named == post.id:
                yield Problem(post.place, f"“{role}” of a post must be another post")
        if post.appointed_for and (post.appointed_for.is_elapsed or not post.appointed_for.is_measured):
            yield Problem(post.place, "“appointed_for” is counted in days, weeks or months")
        if post.remind and not post.appointed_for:
            yield Problem(post.place, f"“{post.id}” is held for good, so its end warns nobody: say “appointed_for”")
        if post.holders > 1 and not post.required:
            yield Problem(post.place, f"{post.holders} holders are asked for in a post that is not “required”")
    if pack.on_call:
        yield from missing_posts(pack.on_call.ladder, pack.on_call.place, pack)
    yield from missing_posts(pack.hears.values(), here, pack)
    for case in sorted(set(pack.hears) - HEARS):
        yield Problem(here, f"[hears] does not know “{case}”; it knows {', '.join(sorted(HEARS))}")
    if pack.on_call:
        yield from check_on_call(pack.on_call)


def check_on_call(on_call: OnCall) -> Iterator[Problem]:
    """An alert rings on after minutes or hours: never at once, never by days."""
    paces = {on_call.look_within: "look_within", on_call.acknowledge_within: "acknowledge_within"}
    for within, name in paces.items():
        if not within.is_elapsed or elapsed(within) <= timedelta():
            yield Problem(on_call.place, f"“{name}” is counted in minutes or hours, not “{within}”")
    yield from check_hours(on_call.opens, on_call.closes, on_call.place)


def missing_posts(named: Iterable[str], place: Place, pack: Pack) -> Iterator[Problem]:
    return (Problem(place, f"there is no post “{post}”") for post in named if post not in pack.posts)


def check_hours(opens: str, closes: str, place: Place) -> Iterator[Problem]:
    for written in (opens, closes):
        try:
            time.fromisoformat(written)
        except ValueError:
            yield Problem(place, f"“{written}” is not a time of day such as 09:00")
