"""Whatever stands in a pack's files, the checker answers with the pack or with its problems, and never falls over."""

import json
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.organisation.terms import Part
from hearth.policy.packs import (
    BadPack,
    Chain,
    Pack,
    PackFiles,
    Problem,
    build,
    check_declared,
    check_whole,
    read_chain,
    wrong_dates,
)
from hearth.policy.packs.coverage import counted, coverage, in_words
from hearth.policy.packs.diffing import differences, in_short
from hearth.timescales.declarations import declared

A_DAY = date(2026, 11, 20)
PACKS = Path(__file__).resolve().parents[2] / "packs"
LIVV, SCOTLAND = read_chain(PACKS / "livv-2022"), read_chain(PACKS / "scotland")
# Every section is met: what Livv does not say is said here.
MORE = """
[triage]
decided_by = "panel"
posts = ["advisory_team"]
together = 2
clause = "7.7"

[[policy]]
id = "one"
title = "One"
about = ["child"]
document = "safeguarding_policy"

[[clause]]
id = "P1"
text = "We say more."
source = "Section 1"
policy = "one"
since = 2026-01-01

[[register]]
id = "r"
title = "Register"
by = "advisory_team"
holds = ["referral.made"]
clause = "7.7"

[[audit]]
id = "a"
title = "Audit"
scale = "percent"
steps = 25
self_scored = true
clause = "6.4"

[[standard]]
id = "s"
audit = "a"
text = "Standard"
weight = 2
clause = "6.4"

[[statement]]
id = "st"
text = "We did."
by = "advisory_team"
clause = "7.7"

[[vetting]]
id = "v"
audience = ["everybody"]
clause = "7.7"

[[gate]]
id = "g"
act = "case.closed"
clause = "7.7"
sentence = "Say it"
requires = { fact = "outcome", present = true }

[[referring]]
id = "f"
harm = "hba"
to = "police"
clause = "7.7"

[[wording]]
id = "w"
text = "May we?"
clause = "7.7"
"""

plain = st.one_of(
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(max_codepoint=0xD7FF), max_size=12),
    st.sampled_from(["lead", "case.closed", "1 working day", "7.7", "police", "2026", "none", "everybody", "child"]),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)),  # noqa: DTZ001 - a pack may hold any moment
    st.times(time(0), time(23, 59)),
)
keys = st.sampled_from(
    ["fact", "equals", "one_of", "at_least", "present", "all", "any", "act", "when", "limit", "post", "by"]
)
anything = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=6
)


def toml(value: object) -> str:
    """A value as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value)
        case date() | time():
            return value.isoformat()
        case list():
            return f"[{', '.join(toml(each) for each in value)}]"
        case Mapping():
            return f"{{ {', '.join(f'{json.dumps(key)} = {toml(each)}' for key, each in value.items())} }}"
    return repr(value)


def written(whole: Mapping[str, object]) -> bytes:
    """A file of a pack from its tables."""
    lines: list[str] = []
    for section, tables in whole.items():
        one = isinstance(tables, dict)
        for table in [tables] if one else tables if isinstance(tables, list) else []:
            lines.append(f"[{section}]" if one else f"[[{section}]]")
            lines += [f"{json.dumps(key)} = {toml(value)}" for key, value in table.items()]
    return "\n".join(lines).encode()


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, Chain]:
    """Livv's policy with one to three values of it replaced by anything, and the section that was spoilt last."""
    ours = LIVV.packs[-1]
    whole: dict[str, object] = {}
    for _, body in (*ours.files, ("more.toml", MORE.encode())):
        for section, tables in tomllib.loads(body.decode()).items():
            whole[section] = [*whole.get(section, []), *tables] if isinstance(tables, list) else tables  # type: ignore[misc]
    section = ""
    for _ in range(draw(st.integers(1, 3))):
        section = draw(st.sampled_from(sorted(whole)))
        tables = whole[section]
        table = draw(st.sampled_from(tables)) if isinstance(tables, list) else tables
        assert isinstance(table, dict)
        key = draw(st.sampled_from(sorted(table)))
        table[key] = draw(st.one_of(anything, st.just(table[key])))
    packs = (*LIVV.packs[:-1], PackFiles(ours.name, (("pack.toml", written(whole)),)))
    return section, Chain(packs)


def answered(chain: Chain) -> tuple[Pack | None, tuple[Problem, ...]]:
    """The pack, or what is wrong with it. Anything else that is raised is a fault of ours."""
    try:
        return build(chain), ()
    except BadPack as bad:
        return None, bad.problems


def used(pack: Pack) -> None:
    """Everything a pack that reads is asked by commands and pages."""
    parts = {str(part) for part in Part}
    assert all(
        str(problem) for problem in (*check_declared(pack, declared(), parts), *check_whole(pack), *wrong_dates(pack))
    )
    rows = coverage(pack, inherited=True)
    assert sum(counted(rows).values()) == len(rows)
    assert all(in_words(keeper, pack) for row in rows for keeper in row.keepers)
    assert in_short(differences(build(SCOTLAND), pack))
    assert set(pack.bases_offered(A_DAY)) <= set(pack.bases.values())


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(spoilt())
def test_no_value_in_any_place_of_a_whole_policy_crashes_the_checker(drawn: tuple[str, Chain]) -> None:
    pack, problems = answered(drawn[1])
    assert all(problem.place.line > 0 and problem.sentence for problem in problems)
    if pack:
        used(pack)


def test_the_control_the_policy_itself_reads_and_what_is_spoilt_is_often_refused() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=40, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(spoilt())
    def draw(drawn: tuple[str, Chain]) -> None:
        seen["read" if answered(drawn[1])[0] else "refused"] += 1

    draw()
    assert seen["refused"] > 10
    assert seen["read"] > 0
    ours = LIVV.packs[-1]
    used(build(Chain((*LIVV.packs[:-1], PackFiles(ours.name, (*ours.files, ("more.toml", MORE.encode())))))))


@pytest.mark.parametrize("name", sorted(folder.name for folder in PACKS.iterdir()))
def test_every_file_comes_back_byte_for_byte(name: str, tmp_path: Path) -> None:
    """What is read of a folder, written to another, is the same policy to the last byte."""
    chain = read_chain(PACKS / name)
    for pack in chain.packs:
        (tmp_path / pack.name).mkdir()
        for file, body in pack.files:
            (tmp_path / pack.name / file).write_bytes(body)
    again = read_chain(tmp_path / name)
    assert again == chain
    assert again.digest == chain.digest
    assert differences(build(again), build(chain)) == ()
