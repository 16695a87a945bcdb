"""Limits, posts and words that were changed lie over the files as a small pack of their own."""

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.policy.durations import parse
from hearth.policy.packs import Chain, PackFiles, build, read_chain
from hearth.policy.packs.diffing import differences
from hearth.policy.packs.overlays import (
    NotThisChange,
    Overlay,
    change_limit,
    change_post,
    change_sign,
    change_word,
    is_longer,
    opened,
    overlay_of,
)
from hearth.policy.packs.shapes import Rung
from hearth.policy.terms import AppliesTo, Force

PACKS = Path(__file__).resolve().parents[2] / "packs"
OURS = "4.1.6a"


@lru_cache(maxsize=1)
def untouched() -> Overlay:
    return overlay_of(read_chain(PACKS / "manchester-2025"))


def limit(overlay: Overlay, rule: str, *limits: str, clause: str = OURS) -> Overlay:
    own = overlay.pack.rules[rule]
    return change_limit(
        overlay, rule, clause=clause, limits=[parse(each) for each in limits], warn=list(own.warn),
        applies_to=AppliesTo.RUNNING,
    )  # fmt: skip


def test_a_changed_limit_cites_its_clause_and_is_the_policys_own() -> None:
    whole = build(limit(untouched(), "case.target", "6 weeks").chain)
    rule = whole.rules["case.target"]
    assert (str(rule.bands[0].limit), rule.clause, rule.force) == ("6 weeks", OURS, Force.POLICY)
    assert rule.stops == untouched().pack.rules["case.target"].stops
    told = [str(each) for each in differences(untouched().pack, whole)]
    assert any("limit: 12 weeks → 6 weeks" in each for each in told)


def test_each_band_has_its_own_limit() -> None:
    whole = build(limit(untouched(), "case.contact", "2 working days", "4 working days", "3 weeks").chain)
    rule = whole.rules["case.contact"]
    said = [str(rule.limit_for({"risk_band": band})) for band in ("high", "medium", "standard")]
    assert said == ["2 working days", "4 working days", "3 weeks"]


def test_a_changed_limit_is_no_longer_what_the_clauses_of_another_policy_ask() -> None:
    text = (
        '[pack]\ntitle = "Ours"\nversion = "1"\npolicy = "Ours"\ninherits = "manchester-2025"\n'
        '[[override]]\nrule = "case.review"\nclause = "3.3b"\nalso = ["3.3c"]\nlimit = "1 month"\nbands = '
        '[{ when = { fact = "risk_band", equals = "high" }, limit = "7 calendar days", clause = "4.1.6a" }]\n'
    )
    below = read_chain(PACKS / "manchester-2025")
    shared = overlay_of(Chain((*below.packs, PackFiles("ours", (("pack.toml", text.encode()),)))))
    assert shared.pack.rules["case.review"].cited == ("3.3b", "3.3c", "4.1.6a")
    same = build(limit(shared, "case.review", "7 calendar days", "1 month", clause="3.3b").chain).rules["case.review"]
    assert same.cited == ("3.3b", "3.3c", "4.1.6a"), "the control: other warnings leave them"
    other = build(limit(shared, "case.review", "5 calendar days", "1 month", clause="4.1.6a").chain)
    assert other.rules["case.review"].cited == ("4.1.6a",)


def test_what_the_law_sets_is_never_made_longer() -> None:
    with pytest.raises(NotThisChange, match="The law sets 10 working days for this"):
        limit(untouched(), "hazard.investigation", "11 working days")
    with pytest.raises(NotThisChange, match="never slower"):
        limit(untouched(), "hazard.emergency", "none")
    quicker = limit(untouched(), "hazard.investigation", "5 working days")
    with pytest.raises(NotThisChange, match="The law sets 10 working days for this"):
        limit(overlay_of(quicker.chain), "hazard.investigation", "4 weeks")
    assert build(quicker.chain).rules["hazard.investigation"].force is Force.POLICY


@pytest.mark.parametrize(
    ("limit_", "lawful", "longer"),
    [
        ("24 hours", "1440 minutes", False), ("25 hours", "1440 minutes", True), ("2 weeks", "14 calendar days", False),
        ("1 month", "28 calendar days", True), ("10 working days", "2 weeks", True),
        ("24 hours", "1 working day", False),
        ("48 hours", "10 working days", True), ("as required", "2 weeks", True), ("immediately", "24 hours", False),
    ],
)  # fmt: skip
def test_what_cannot_be_told_counts_as_longer(limit_: str, lawful: str, longer: bool) -> None:
    assert is_longer(parse(limit_), parse(lawful)) is longer


def test_hearths_own_proposal_is_no_clause_to_cite_for_another_limit() -> None:
    with pytest.raises(NotThisChange, match="Choose the clause of your policy"):
        limit(untouched(), "case.target", "6 weeks", clause="H.target")
    with pytest.raises(NotThisChange, match="Choose the clause that says so"):
        limit(untouched(), "case.target", "6 weeks", clause="nowhere")


def test_a_post_a_word_and_a_sign_keep_what_stays_with_the_files() -> None:
    below = untouched().pack
    post, sign = below.posts["head_asb_safeguarding"], next(iter(below.signs.values()))
    changed = change_post(untouched(), post.id, title="Chief of safety", cover=post.cover, clause=OURS)
    changed = change_sign(changed, sign.code, label="A sign", lines=["Ring “999”", "Then \\ wait"], clause=OURS)
    changed = change_word(changed, "abuse_type", "neglect", label="Not cared for", local="N1", clause=OURS)
    whole = build(changed.chain)
    assert (whole.posts[post.id].title, whole.posts[post.id].parts) == ("Chief of safety", post.parts)
    assert (whole.signs[sign.code].lines[1], whole.signs[sign.code].alarms) == ("Then \\ wait", sign.alarms)
    words = {word.code: word for word in whole.words["abuse_type"].words}
    assert words["neglect"].national == {w.code: w for w in below.words["abuse_type"].words}["neglect"].national
    assert [word.code for word in whole.words["abuse_type"].words] == [
        word.code for word in below.words["abuse_type"].words
    ]
    with pytest.raises(NotThisChange, match="cannot cover itself"):
        change_post(untouched(), post.id, title="Chief", cover=post.id, clause=OURS)


def test_the_same_thing_changed_twice_is_one_change_and_can_be_taken_out() -> None:
    twice = limit(limit(untouched(), "case.target", "6 weeks"), "case.target", "5 weeks")
    assert len(twice.tables["override"]) == 1
    assert twice.without("override", "case.target").is_empty


def test_further_changes_are_laid_over_the_same_files_and_not_over_each_other() -> None:
    first = limit(untouched(), "case.target", "6 weeks")
    second = limit(overlay_of(first.chain), "case.contact", "2 working days", "4 working days", "3 weeks")
    assert [each.name for each in second.chain.packs] == [each.name for each in first.chain.packs]
    assert second.chain.packs[:-1] == read_chain(PACKS / "manchester-2025").packs
    assert {each["rule"] for each in second.tables["override"]} == {"case.target", "case.contact"}
    assert (first.version, second.version) == ("2025.1+1", "2025.1+2")


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)


@settings(max_examples=25, deadline=None)
@given(label=words, lines=st.lists(words, max_size=3), weeks=st.integers(1, 900), over=st.booleans())
def test_reading_a_file_of_changes_and_writing_it_again_gives_the_same_bytes(label, lines, weeks, over) -> None:
    sign = next(iter(untouched().pack.signs))
    changed = change_sign(untouched(), sign, label=label, lines=lines, clause=OURS)
    changed = change_limit(
        changed, "case.target", clause=OURS, limits=[parse(f"{weeks} weeks")],
        warn=[Rung(parse("2 working days"), over)], applies_to=AppliesTo.NEW,
    )  # fmt: skip
    again = opened(changed.base, changed.body)
    assert (again.body, again.tables) == (changed.body, changed.tables)
    assert again.chain.digest == changed.chain.digest
