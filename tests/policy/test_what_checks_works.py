"""What passes the checker can be used: triage begins each decision, each clause has a page, each alert rings on."""

from contextlib import suppress
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import resolve, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.organisation.models import Post
from hearth.organisation.terms import Part
from hearth.policy.durations import elapsed
from hearth.policy.packs import BadPack, Pack, build, check_declared, check_whole
from hearth.policy.packs.spelling import LONGEST, LONGEST_ELSE, LONGEST_TEXT
from hearth.timescales.declarations import declared
from hearth.timescales.models import Clock
from hearth.triage.models import Decision
from hearth.triage.terms import Outcome
from hearth.web.triage.offered import Offered
from hearth.web.triage.steps import DecisionStep
from hearth.web.triage.who import WhoStep
from policy.small_pack import LINES, chain, refused, said, table

WHOLE = "".join(
    f'[[opening]]\nid = "{name}"\nlasts = "1 hour"\nclause = "1"\n'
    for name in ("emergency", "on_call", "manager_after_closing")
) + "".join(f'[[decision]]\ncode = "{code}"\nlabel = "{code}"\nclause = "1"\n' for code in ("advice", "watch"))
ON_CALL = '[on_call]\nladder = ["lead"]\nopens = "09:00"\ncloses = "17:00"\nclause = "1"\nacknowledge_within = "{}"\n'
CLAUSE = '[[clause]]\nid = {}\ntext = "We do."\nsource = "Section"\n'


def against_the_house(pack: Pack) -> list[str]:
    problems = [*check_declared(pack, declared(), {str(part) for part in Part}), *check_whole(pack)]
    return [str(problem) for problem in problems]


def used(pack: Pack) -> None:
    """What triage, the pages and the telephone do with a pack that checks."""
    offered = Offered(pack, (), ())
    who, step = WhoStep(offered=offered), DecisionStep(offered=offered)
    assert who.fields["harm"].choices
    codes = [code for code, _ in step.fields["outcome"].choices]
    assert [str(Outcome(code)) for code in codes] == list(pack.decisions)
    for clause in pack.own_clauses():
        match = resolve(unquote(reverse("promise", kwargs={"clause": clause.id})))
        assert match.kwargs == {"clause": clause.id}
        assert len(clause.id) <= min(
            Clock._meta.get_field("clause").max_length, Decision._meta.get_field("clause").max_length
        )
    for post in pack.posts:
        assert resolve(reverse("post", kwargs={"key": post})).kwargs == {"key": post}
    if pack.on_call:
        assert timedelta() < elapsed(pack.on_call.acknowledge_within) == minutes(str(pack.on_call.acknowledge_within))


def minutes(written: str) -> timedelta:
    number, unit = written.split()
    return timedelta(**{unit if unit.endswith("s") else f"{unit}s": int(number)})


def test_a_decision_triage_does_not_know_is_refused_by_its_line_and_the_known_ones_are_named() -> None:
    pack = said(WHOLE + table("decision", 'code = "strategy_talk"', 'label = "Strategy talk"'))
    (problem,) = against_the_house(pack)
    line = LINES + WHOLE.count("\n") + 1
    assert problem.startswith(f"ground/pack.toml:{line}: triage knows no decision “strategy_talk”; these are: advice, ")
    own_word = said(WHOLE + table("decision", 'code = "no_greater_risk"', 'label = "Strategy talk"'))
    assert against_the_house(own_word) == []
    used(own_word)


def test_what_a_decision_needs_is_triages_and_cannot_be_said() -> None:
    (problem,) = refused(table("decision", 'code = "advice"', 'label = "Advice"', 'needs = ["moonlight"]'))
    assert "“needs” is not known here" in problem


@pytest.mark.parametrize("id", ["3/1", "?", "a" * 41, " . ", "#4", "1\\n2;"])
def test_a_clause_no_address_or_record_can_hold_is_refused(id: str) -> None:
    (problem,) = refused(CLAUSE.format(f'"{id}"'))
    assert problem.startswith(f"ground/pack.toml:{LINES + 2}: ")


def test_a_clause_may_be_called_as_the_policy_prints_it() -> None:
    used(said(WHOLE + "".join(CLAUSE.format(f'"{id}"') for id in ("4.1.1a", "3(2)", "Section 5", "Ŵ–1", "a" * 40))))


@pytest.mark.parametrize("limit", ["1 working day", "none", "as required", "immediately", "same day", "2 weeks"])
def test_an_alert_rings_on_after_minutes_or_hours(limit: str) -> None:
    (problem,) = refused(ON_CALL.format(limit))
    assert (
        problem == f"ground/pack.toml:{LINES + 1}: “acknowledge_within” is counted in minutes or hours, not “{limit}”"
    )
    for right in ("1 minute", "30 minutes", "1 hour"):
        used(said(WHOLE + ON_CALL.format(right)))


def test_a_first_look_has_a_pace_of_its_own_and_one_that_is_not_said_is_inherited() -> None:
    own = ON_CALL.format("30 minutes") + 'look_within = "{}"\n'
    (problem,) = refused(own.format("1 working day"))
    assert problem.endswith("“look_within” is counted in minutes or hours, not “1 working day”")
    assert elapsed(said(own.format("3 hours")).on_call.look_within) == timedelta(hours=3)
    again = '[pack]\ntitle = "U"\nversion = "1"\npolicy = "P"\ninherits = "ground"\n' + ON_CALL.format("10 minutes")
    above = build(chain(own.format("3 hours"), again)).on_call
    assert elapsed(above.acknowledge_within) == timedelta(minutes=10)
    assert elapsed(above.look_within) == timedelta(hours=3)
    alone = said(ON_CALL.format("10 minutes")).on_call
    assert elapsed(alone.look_within) == timedelta(minutes=10), "where nobody said it, as for danger"


def test_a_policy_that_is_adopted_lets_triage_name_the_harm_and_what_else_was_considered() -> None:
    missing = " ".join(against_the_house(said("")))
    assert "fewer than two decisions" in missing
    assert "abuse_type" not in missing


def test_ids_and_titles_are_no_longer_than_what_keeps_them() -> None:
    kept = (
        (Clock, "clause", LONGEST["clause"]), (Clock, "rule", LONGEST["rule"]), (Post, "key", LONGEST["post"]),
        (Decision, "harm", LONGEST_ELSE), (Decision, "level", LONGEST_ELSE),
        (Post, "title", LONGEST_TEXT["post", "title"]),
    )  # fmt: skip
    for model, field, most in kept:
        assert most <= model._meta.get_field(field).max_length, (model, field)


words = st.text(st.characters(max_codepoint=0x2FF, categories=("L", "N", "P", "Zs", "S")), min_size=1, max_size=45)
ids = words | st.sampled_from(["1", "4.1a", "3/1", "Section 5", "..", "a" * 41])
codes = st.sampled_from([*Outcome, "strategy_talk"]) | words
limits = st.sampled_from(["none", "as required", "immediately", "same day", "1 working day", "2 weeks"]) | st.builds(
    "{} {}".format, st.integers(0, 9999), st.sampled_from(["minutes", "hours", "calendar days"])
)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(codes, max_size=3), st.lists(ids, max_size=3), ids, limits)
def test_no_pack_that_checks_crashes_triage_its_clauses_or_the_telephone(
    decisions: list[str], clauses: list[str], post: str, limit: str
) -> None:
    added = WHOLE + ON_CALL.format(limit)
    added += "".join(f'[[decision]]\ncode = {quoted(each)}\nlabel = "l"\nclause = "1"\n' for each in decisions)
    added += "".join(CLAUSE.format(quoted(each)) for each in clauses)
    added += f'[[post]]\nid = {quoted(post)}\ntitle = "Post"\nparts = []\n'
    with suppress(BadPack):
        pack = said(added)
        if not against_the_house(pack):
            used(pack)
