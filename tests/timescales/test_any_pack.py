"""Whatever somebody writes into a pack: once it checks, no history crashes the engine, the gates or the comparison."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.policy.packs import BadPack, Chain, Pack, PackFiles, build
from hearth.policy.packs.coverage import coverage, in_words
from hearth.policy.packs.diffing import differences, in_short
from hearth.policy.terms import Fact
from hearth.timescales.clocks import Happening, rungs
from hearth.timescales.engine import fold
from hearth.timescales.gates import unmet
from hearth.timescales.grounds import Ground
from hearth.timescales.terms import ACTION_GIVEN, EXTENDED, MARKED_WRONG, OWNER_CHANGED, PAUSED, RESUMED

CASE = ("case", 1)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
ACTS = ("case.opened", "case.reviewed", "case.closed", "case.contact_made")
FACTS = ("band", "owner", "review_on", "yes")
GROUND = """
[pack]
title = "Any"
version = "1"
policy = "Any"

[[clause]]
id = "1"
text = "One."
source = "Section 1"

[[pause]]
code = "police_asked"
label = "The police asked"
"""

limits = st.one_of(
    st.sampled_from(["immediately", "as required", "none", "same day", "same working day"]),
    st.builds(
        "{} {}".format,
        st.integers(1, 2000),
        st.sampled_from(["minutes", "hours", "working days", "calendar days", "weeks", "months"]),
    ),
)
facts = st.one_of(
    st.sampled_from(['"high"', '"low"', "true", "false", "3", "2026-12-24"]),
    st.integers(-5, 5).map(str),
)
conditions = st.recursive(
    st.one_of(
        st.builds('{{ fact = "{}", equals = {} }}'.format, st.sampled_from(FACTS), facts),
        st.builds('{{ fact = "{}", one_of = [{}, {}] }}'.format, st.sampled_from(FACTS), facts, facts),
        st.builds('{{ fact = "{}", at_least = {} }}'.format, st.sampled_from(FACTS), st.integers(-3, 9)),
        st.builds('{{ fact = "{}", present = true }}'.format, st.sampled_from(FACTS)),
    ),
    lambda inner: st.builds("{{ {} = [{}, {}] }}".format, st.sampled_from(["all", "any"]), inner, inner),
    max_leaves=4,
)
triggers = st.lists(
    st.one_of(
        st.sampled_from(ACTS).map('"{}"'.format),
        st.builds('{{ act = "{}", when = {} }}'.format, st.sampled_from(ACTS), conditions),
    ),
    min_size=1,
    max_size=3,
).map(lambda each: f"[{', '.join(each)}]")


@st.composite
def rules(draw: st.DrawFn, number: int) -> str:
    """One promise with whatever a promise may have."""
    lines = [
        f'[[rule]]\nid = "case.rule_{number}"\npromise = "Promise {number}"\nabout = "case"\nclause = "1"',
        f'owner = "{draw(st.sampled_from(["owns_it", "lead"]))}"',
        f"starts = {draw(triggers)}",
        f"stops = {draw(triggers)}",
    ]
    if draw(st.booleans()):
        lines.append(f"ends = {draw(triggers)}")
    if draw(st.booleans()):
        lines.append(f"rebands = {draw(triggers)}")
    if draw(st.integers(0, 4)):
        lines.append(f'limit = "{draw(limits)}"')
        if draw(st.booleans()):
            lines.append(f'bands = [{{ when = {draw(conditions)}, limit = "{draw(limits)}" }}]')
        if draw(st.booleans()):
            lines.append('counts_from = "review_on"')
    else:
        lines.append('due_on = "review_on"')
    lines.append(f"cadence = {str(draw(st.booleans())).lower()}")
    lines.append(f'applies_to = "{draw(st.sampled_from(["new", "running"]))}"')
    if draw(st.booleans()):
        lines.append(f'warn = ["{draw(limits)} {draw(st.sampled_from(["before", "over"]))}"]')
    if draw(st.booleans()):
        lines.append('pauses = ["police_asked"]\nextends = ["lead"]\ntell = ["lead"]')
    return "\n".join(lines)


@st.composite
def packs(draw: st.DrawFn) -> str:
    written = [draw(rules(number)) for number in range(draw(st.integers(1, 4)))]
    if draw(st.booleans()):
        act, when = draw(st.sampled_from(ACTS)), draw(conditions)
        written.append(
            f'[[gate]]\nid = "gate"\nact = "{act}"\nclause = "1"\nsentence = "Say it"\nrequires = {when}\n'
            'if_over = "case.rule_0"\nno_clock_of = "ours"'
        )
    days = draw(
        st.sampled_from(["", "since = 2026-11-24", "until = 2026-12-24", "since = 2027-01-01\nuntil = 2027-02-01"])
    )
    return GROUND.replace('source = "Section 1"', f'source = "Section 1"\n{days}') + "\n\n".join(written)


values = st.one_of(
    st.none(),
    st.sampled_from(["high", "low"]),
    st.booleans(),
    st.integers(-5, 5),
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
)
said = st.tuples(
    st.sampled_from((*ACTS, PAUSED, RESUMED, EXTENDED, MARKED_WRONG, OWNER_CHANGED, ACTION_GIVEN)),
    st.integers(-50_000, 400_000),
    st.dictionaries(st.sampled_from(FACTS), values),
    st.integers(1, 8),
)


def happenings(drawn: list[Any]) -> list[Happening]:
    """A history with everything that may be done to a clock, in any order, about clocks there are and are not."""
    history = []
    for seq, (act, minutes, known, clock) in enumerate(drawn, start=1):
        more: dict[str, Fact] = {
            "rule": "case.rule_0", "clock": clock, "ground": "police_asked", "to": date(2027, 6, 1), "entry": clock,
        }  # fmt: skip
        everything = {**known, **more} if act not in ACTS else known
        history.append(Happening(seq, act, CASE, MONDAY + timedelta(minutes=minutes), everything))
    return history


class OnlyOne:
    """One pack in force for ever."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def in_force(self, at: datetime) -> Pack:
        return self.pack

    def of(self, digest: str) -> Pack:
        return self.pack

    def all(self) -> list[Pack]:
        return [self.pack]


def built(text: str) -> Pack | None:
    try:
        return build(Chain((PackFiles("any", (("pack.toml", text.encode()),)),)))
    except BadPack:
        return None


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=packs(), other=packs(), drawn=st.lists(said, max_size=12))
def test_no_pack_that_checks_crashes_anything(text: str, other: str, drawn: list[Any]) -> None:
    pack, changed = built(text), built(other)
    if pack is None or changed is None:
        return
    ground = Ground(OnlyOne(pack))
    history = happenings(drawn)
    clocks = fold(history, CASE, ground)
    for clock in clocks:
        assert rungs(clock, pack.rules[clock.rule], ground.calendar(pack.nation)) is not None
        clock.is_over(MONDAY)
    for each in history:
        unmet(pack, each.act, each.facts, at=each.at, before=clocks, after=clocks, ground=ground)
    assert [in_words(keeper, pack) for row in coverage(pack) for keeper in row.keepers]
    assert in_short(differences(pack, changed))
    assert differences(pack, pack) == ()


def test_the_packs_that_are_drawn_check_and_run_clocks() -> None:
    """The control: were all of them refused, the test above would say nothing."""
    seen = {"checks": 0, "clocks": 0}

    @settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(text=packs(), drawn=st.lists(said, min_size=4, max_size=12))
    def draw(text: str, drawn: list[Any]) -> None:
        pack = built(text)
        if pack:
            seen["checks"] += 1
            seen["clocks"] += len(fold(happenings(drawn), CASE, Ground(OnlyOne(pack))))

    draw()
    assert seen["checks"] > 15
    assert seen["clocks"] > 10


def test_what_does_not_check_is_refused_and_not_run() -> None:
    assert built(GROUND + '[[rule]]\nid = "r"\n') is None
    with pytest.raises(BadPack):
        build(Chain((PackFiles("any", (("pack.toml", b"[pack"),)),)))
