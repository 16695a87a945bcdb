"""Who would be told instead under another policy, and nobody where both tell alike."""

from dataclasses import replace
from pathlib import Path

from hearth.policy.packs import load
from hearth.policy.packs.who_is_told import Telling, ToldInstead, told_instead

PACKS = Path(__file__).resolve().parents[2] / "packs"
MANCHESTER = load(PACKS / "manchester-2025")


def only(after: object) -> dict[tuple[Telling, str], ToldInstead]:
    return {(each.of, each.name): each for each in told_instead(MANCHESTER, after)}  # type: ignore[arg-type]  # a pack


def test_a_policy_tells_nobody_else_than_itself() -> None:
    assert told_instead(MANCHESTER, MANCHESTER) == []


def test_a_post_that_plays_the_part_under_another_title_is_told_instead() -> None:
    lead = MANCHESTER.posts["head_asb_safeguarding"]
    other = replace(MANCHESTER, posts={**MANCHESTER.posts, lead.id: replace(lead, title="Director of Care")})
    found = only(other)
    late = found[Telling.LATE, "concern.triage"]
    assert (late.called, late.was[-1], late.would_be[-1]) == ("Decide on the concern", lead.title, "Director of Care")
    assert found[Telling.HEARS, "about_our_people"].would_be == ("Director of Care",)
    assert (Telling.LATE, "case.contact") not in found, "the control: the lead is not told of that"
    assert not [each for each in found.values() if each.of is Telling.ROUTE], "the control: no way is another"


def test_another_part_that_is_told_and_another_way_to_an_agency_are_said() -> None:
    rule, route = MANCHESTER.rules["case.contact"], next(iter(MANCHESTER.routes.values()))
    rules = {**MANCHESTER.rules, rule.id: replace(rule, tell=("lead",))}
    routes = {**MANCHESTER.routes, route.id: replace(route, name="The new front door")}
    found = only(replace(MANCHESTER, rules=rules, routes=routes))
    assert set(found) == {(Telling.LATE, rule.id), (Telling.ROUTE, f"{route.to} {route.subject}")}
    assert "The new front door" in found[Telling.ROUTE, f"{route.to} {route.subject}"].would_be[0]
    assert found[Telling.LATE, rule.id].would_be[0] == "owns_it", "whoever has it is told first, as before"
