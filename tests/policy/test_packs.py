"""Reading a pack: what is wrong is named with its file and line, and nothing that is wrong is let through."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.policy.packs import (
    BadPack,
    Chain,
    PackFiles,
    build,
    check_declared,
    check_whole,
    load,
    read_chain,
    wrong_dates,
)
from hearth.policy.packs.conditions import AllOf, AnyOf, AtLeast, Equals, OneOf, Present
from hearth.policy.terms import CODE, DAY, NoPolicy, one_of

PACK = """
[pack]
title = "A small association"
version = "1"
policy = "Safeguarding"

[[clause]]
id = "1"
text = "We decide."
source = "Section 1"

[[clause]]
id = "2"
text = "Perhaps the law."
source = "Section 2"
standing = "to be confirmed"

[[pause]]
code = "police_asked"
label = "The police asked"

[[rule]]
id = "concern.triage"
promise = "Decide"
about = "concern"
clause = "1"
owner = "triage"
starts = "concern.logged"
stops = "concern.triaged"
limit = "1 working day"
"""
PACK_LINES = 30
RULE = 'promise = "p"\nabout = "case"\nclause = "1"\nowner = "lead"\nstarts = "case.opened"\nstops = "case.closed"\n'


def chain(*bodies: str) -> Chain:
    names = ("ground", "upper", "top")
    return Chain(
        tuple(PackFiles(name, (("pack.toml", body.encode()),)) for name, body in zip(names, bodies, strict=False))
    )


def problems(*bodies: str) -> list[str]:
    with pytest.raises(BadPack) as bad:
        build(chain(*bodies))
    return [str(problem) for problem in bad.value.problems]


def test_a_small_pack_reads() -> None:
    pack = build(chain(PACK))
    assert [rule.id for rule in pack.rules_for("concern.logged")] == ["concern.triage"]
    assert pack.rules_for("case.opened") == ()


@pytest.mark.parametrize(
    ("added", "line", "sentence"),
    [
        ("[[rule", 1, "this is not TOML"),
        ('[[rule]]\nid = "x"\nlimt = "1 hour"\n' + RULE, 3, "did you mean “limit”"),
        ('[[rule]]\nid = "x"\nlimit = "10 days"\n' + RULE, 3, "working days or calendar days"),
        ('[[rule]]\nid = "x"\nlimit = "1 hour"\nforce = "law"\n' + RULE, 4, "statutory, policy, default"),
        ('[[rule]]\nid = "x"\nlimit = "1 hour"\npromise = 3\n', 4, "must be text"),
        ('[[rule]]\nid = "x"\n' + RULE, 1, "needs either a limit"),
        ('[[rule]]\nid = "x"\nlimit = "1 hour"\ndue_on = "day"\n' + RULE, 1, "needs either a limit"),
        ('[[rule]]\nid = "x"\nlimit = "1 hour"\n' + RULE.replace('"1"', '"9"'), 1, "there is no clause “9”"),
        (
            '[[rule]]\nid = "x"\nlimit = "1 hour"\nforce = "statutory"\n' + RULE.replace('"1"', '"2"'),
            1,
            "to be confirmed",
        ),
        (
            '[[rule]]\nid = "x"\nlimit = "1 hour"\nforce = "statutory"\nextends = ["lead"]\n' + RULE,
            1,
            "nobody here may",
        ),
        ('[[rule]]\nid = "x"\nlimit = "1 hour"\npauses = ["holiday"]\n' + RULE, 1, "there is no pause ground"),
        ('[[rule]]\nid = "x"\nlimit = "1 hour"\nwarn = ["2 hours"]\n' + RULE, 4, "“before” or “over”"),
        (
            '[[rule]]\nid = "x"\nlimit = "1 hour"\nwhen = { fact = "a", equal = 1 }\n' + RULE,
            4,
            "a condition names one fact",
        ),
        (
            '[[rule]]\nid = "x"\nbands = [{ when = { fact = "a", present = true }, limit = "1 hour" }]\n' + RULE,
            1,
            "no “limit”",
        ),
        ('[[rule]]\nid = "concern.triage"\nlimit = "1 hour"\n' + RULE, 2, "written twice"),
        ('[[gate]]\nid = "g"\nact = "case.closed"\nclause = "1"\nsentence = "s"\n', 1, "requires nothing"),
        ('[[sign]]\ncode = "s"\nlabel = "l"\nalarms = ["loud"]\n', 4, "“loud” is not known here"),
        ('[[post]]\nid = "a"\ntitle = "A"\nparts = []\ncover = "b"\n', 1, "names a post that is not here"),
        ('[[surprise]]\nid = "a"\n', 1, "a pack has no “surprise”"),
        ('[rule]\nid = "a"\n', 1, "this is not TOML"),
        ('[[date]]\nwhat = "w"\nrule = "nothing"\nstart = "2026-12-03 14:10"\ndue = "x"\n', 1, "there is no rule"),
    ],
)
def test_what_is_wrong_is_named_with_its_file_and_line(added: str, line: int, sentence: str) -> None:
    found = problems(PACK + added)
    assert any(each.startswith(f"ground/pack.toml:{PACK_LINES + line}: ") and sentence in each for each in found), found


def as_code(label: str) -> str:
    return "_".join(re.findall("[a-z]+", label.lower()))


@pytest.mark.parametrize(
    "ground",
    [
        "refused_contact",
        "not_engaging",
        "no_access",
        "Family declined",
        "did not reply: no contact",
        "not at home",
        "Nobody let us in",
        "Could not get in",
        "Nobody answered the door",
        "No one was in",
        "They did not open",
        "Waiting for access",
        "Access denied",
        "Locked out",
        "Turned us away",
        "They ignore our calls",
        "No response",
    ],
)  # fmt: skip
def test_refused_contact_not_engaging_and_no_access_are_no_pause_however_they_are_worded(ground: str) -> None:
    assert any("may never pause" in each for each in problems(PACK + f'[[pause]]\ncode = "g"\nlabel = "{ground}"\n'))
    assert any(
        "may never pause" in each
        for each in problems(PACK + f'[[pause]]\ncode = "{as_code(ground)}"\nlabel = "Waiting"\n')
    )


@pytest.mark.parametrize(
    "ground",
    ["The police asked us in writing to hold back", "The front door for children leads", "A court forbids it",
     "The person is in hospital", "They are not in the country", "Waiting for an interpreter"],
)  # fmt: skip
def test_the_control_other_grounds_may_pause(ground: str) -> None:
    assert build(chain(PACK + f'[[pause]]\ncode = "g"\nlabel = "{ground}"\n')).pause_grounds["g"] == ground


def test_more_than_twelve_signs_and_a_type_of_abuse_as_a_sign_are_refused() -> None:
    signs = "".join(f'[[sign]]\ncode = "s{n}"\nlabel = "l"\n' for n in range(13))
    assert any("at most 12" in each for each in problems(PACK + signs))
    word = '[[word]]\nlist = "abuse_type"\ncode = "physical"\nlabel = "Physical"\n'
    assert any("type of abuse" in each for each in problems(PACK + word + '[[sign]]\ncode = "physical"\nlabel = "l"\n'))


HEAD = '[pack]\ntitle = "Upper"\nversion = "1"\npolicy = "p"\ninherits = "ground"\n'
CLAUSE = '[[clause]]\nid = "7"\ntext = "Ours."\nsource = "Section 7"\n'


def test_an_override_changes_only_what_it_writes_and_cites_its_clause() -> None:
    pack = build(
        chain(PACK, HEAD + CLAUSE + '[[override]]\nrule = "concern.triage"\nclause = "7"\nlimit = "4 hours"\n')
    )
    rule = pack.rules["concern.triage"]
    assert (str(rule.bands[-1].limit), rule.clause, rule.owner) == ("4 hours", "7", "triage")
    assert str(rule.place) == "upper/pack.toml:10"

    assert problems(PACK, HEAD + '[[override]]\nrule = "concern.triage"\nlimit = "4 hours"\n') == [
        "upper/pack.toml:7: an override cites its “clause”"
    ]
    assert problems(PACK, HEAD + '[[override]]\nrule = "concern.triag"\nclause = "1"\n') == [
        "upper/pack.toml:7: there is no inherited rule “concern.triag” to override"
    ]


def test_the_digest_is_of_the_exact_bytes_of_the_whole_chain() -> None:
    same = build(chain(PACK, HEAD)).digest
    assert build(chain(PACK, HEAD)).digest == same
    assert build(chain(PACK + "\n", HEAD)).digest != same
    assert build(chain(PACK, HEAD + "# a remark\n")).digest != same
    moved = Chain(
        (
            PackFiles("ground", (("pack.toml", PACK.encode()), ("a.toml", b""))),
            PackFiles("upper", (("pack.toml", HEAD.encode()),)),
        )
    )
    assert moved.digest != same


def test_a_pack_is_read_from_its_folder_with_what_it_inherits(tmp_path: Path) -> None:
    for name, body in (("ground", PACK), ("upper", HEAD)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.toml").write_text(body)
    assert load(tmp_path / "upper").digest == build(chain(PACK, HEAD)).digest

    (tmp_path / "ground" / "pack.toml").write_text(PACK.replace("[pack]", '[pack]\ninherits = "upper"', 1))
    with pytest.raises(BadPack, match="in a circle"):
        read_chain(tmp_path / "upper")
    (tmp_path / "upper" / "pack.toml").write_text(HEAD.replace("ground", "nowhere"))
    with pytest.raises(BadPack, match="there is no pack “nowhere”"):
        read_chain(tmp_path / "upper")
    (tmp_path / "upper" / "pack.toml").write_text(HEAD.replace("ground", "../../etc"))
    with pytest.raises(BadPack, match="small letters"):
        read_chain(tmp_path / "upper")


def test_a_pack_that_names_what_the_house_does_not_know_is_told_so() -> None:
    pack = build(
        chain(
            PACK
            + '[[rule]]\nid = "x"\nlimit = "1 hour"\nwhen = { fact = "band", one_of = ["high", "huge"] }\n'
            + 'counts_from = "seen_on"\n'
            + RULE
            + '[[rule]]\nid = "y"\nlimit = "1 hour"\n'
            + RULE.replace("lead", "nobody")
        )
    )
    declared = {
        "concern.logged": {},
        "concern.triaged": {},
        "case.opened": {"band": one_of("high", "low"), "seen_on": CODE},
        "case.closed": {},
    }
    said = {problem.sentence for problem in check_declared(pack, declared, {"triage", "lead"})}
    assert said == {
        "the fact “band” of “case.opened” can never be “huge”",
        "“case.opened” must declare “seen_on” as a day",
        "nobody plays the part “nobody”",
    }
    declared["case.opened"] = {"band": one_of("high", "huge"), "seen_on": DAY}
    assert [each.sentence for each in check_declared(pack, declared)] == []
    assert "nothing in the house declares the happening “concern.logged”" in {
        problem.sentence for problem in check_declared(pack, {})
    }


def test_a_worked_date_that_does_not_come_out_is_named() -> None:
    dated = '[[date]]\nwhat = "w"\nrule = "concern.triage"\nstart = "2026-12-03 14:10"\ndue = "2026-12-05"\n'
    (wrong,) = wrong_dates(build(chain(PACK + dated)))
    assert str(wrong) == "ground/pack.toml:31: “w”: should fall due 2026-12-05, falls due 2026-12-04"
    longer = '[[override]]\nrule = "concern.triage"\nclause = "1"\nlimit = "3 working days"\n'
    assert list(wrong_dates(build(chain(PACK + dated, HEAD + longer)))) == [], "what it builds on has its own limits"


def test_conditions_hold_as_they_are_written() -> None:
    facts = {"band": "high", "score": 15, "urgent": True, "told": False, "blank": None}
    assert Equals("band", "high").holds(facts)
    assert not Equals("urgent", 1).holds(facts)
    assert OneOf("band", ("low", "high")).holds(facts)
    assert AtLeast("score", 14).holds(facts)
    assert not AtLeast("urgent", 1).holds(facts)
    assert Present("urgent").holds(facts)
    assert not any(Present(name).holds(facts) for name in ("told", "blank", "unheard_of"))
    assert AllOf((Present("urgent"), AnyOf((Present("told"), AtLeast("score", 1))))).holds(facts)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(st.data())
def test_no_spoilt_file_crashes_the_checker(data: st.DataObject) -> None:
    body = PACK.encode()
    at = data.draw(st.integers(0, len(body)))
    cut = data.draw(st.integers(0, 40))
    spoilt = body[:at] + data.draw(st.binary(max_size=20)) + body[at + cut :]
    with suppress(BadPack):
        build(Chain((PackFiles("ground", (("pack.toml", spoilt),)),)))


OPENING = '[[opening]]\nid = "{id}"\nlasts = "{lasts}"\nclause = "1"\n'


@pytest.mark.parametrize(
    ("id", "lasts", "sentence"),
    [
        ("picnic", "1 hour", "nothing is opened for “picnic”"),
        ("emergency", "5 hours", "at most 4 hours"),
        ("emergency", "1 working day", "counted in minutes or hours"),
        ("on_call", "as required", "must end"),
    ],
)
def test_what_keeps_a_record_open_is_known_measured_and_short(id: str, lasts: str, sentence: str) -> None:
    assert sentence in " ".join(problems(PACK + OPENING.format(id=id, lasts=lasts)))
    assert build(chain(PACK + OPENING.format(id="emergency", lasts="4 hours"))).opening("emergency")


def test_a_policy_that_says_nothing_opens_nothing_and_is_told_so() -> None:
    pack = build(chain(PACK))
    with pytest.raises(NoPolicy, match="does not say how long"):
        pack.opening("emergency")
    assert len(check_whole(pack)) == 5
    assert check_whole(build(chain(PACK.replace('version = "1"', 'version = "1"\npartial = true')))) == []


SIGN = '[[sign]]\ncode = "{code}"\nlabel = "Damp"\nalarms = ["unsafe_home"]\n'


def test_a_sign_of_an_unsafe_home_names_a_kind_of_hazard_the_house_records() -> None:
    assert "names no kind of hazard" in " ".join(problems(PACK + SIGN.format(code="damp")))
    pack = build(chain(PACK + SIGN.format(code="damp") + 'hazard = "ghosts"\n'))
    kinds = {"hazard.recorded": {"kind": one_of("damp_mould")}}
    said = " ".join(each.sentence for each in check_declared(pack, kinds))
    assert "“ghosts” is no kind of hazard" in said
    good = build(chain(PACK + SIGN.format(code="damp") + 'hazard = "damp_mould"\n'))
    assert "no kind of hazard" not in " ".join(each.sentence for each in check_declared(good, kinds))


MENTION = '[[word]]\nlist = "mention"\ncode = "{code}"\nlabel = "{label}"\nlegacy = ["little one", "child’s"]\n'


def test_what_is_looked_for_in_what_is_told_is_something_a_concern_can_mention() -> None:
    assert "“ghost” is nothing a concern can mention" in " ".join(
        problems(PACK + MENTION.format(code="ghost", label="G"))
    )
    pack = build(chain(PACK + MENTION.format(code="child", label="Child")))
    assert "can mention" not in " ".join(each.sentence for each in check_whole(pack))
    listed = pack.words_in("mention")
    for told in ("A child.", "the CHILD's coat", "two little\n ones? one little\n one", "child"):
        assert listed.spoken_in(told) == {"child"}, told
    for told in ("", "Fairchild House", "childish", "a little too much for one"):
        assert listed.spoken_in(told) == frozenset(), told
