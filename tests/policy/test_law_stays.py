"""What the law sets stays when a pack builds upon it, and nothing in a pack is taken silently by what follows it."""

from pathlib import Path

import pytest

from hearth.policy.durations import parse
from hearth.policy.packs import BadPack, Pack, PackFiles, build, load, read_chain
from hearth.policy.packs.chains import Chain
from hearth.policy.packs.coverage import coverage
from hearth.policy.packs.keeping import Standing
from hearth.policy.packs.lawful import is_longer

ROOT = Path(__file__).resolve().parents[2] / "packs"
SHIPPED = sorted(each.name for each in ROOT.iterdir())
HEAD = (
    '[pack]\ntitle = "Ours"\nversion = "1"\npolicy = "Ours"\ninherits = "england"\npartial = true\n'
    '[[clause]]\nid = "7"\ntext = "Ours."\nsource = "Section 7"\nkept_by = ["act:log_concern"]\n'
)


def upon_england(*files: str) -> Pack:
    """A pack of a few lines upon the law of England, each text in a file of its own."""
    england = read_chain(ROOT / "england")
    bodies = tuple((f"{number}.toml", text.encode()) for number, text in enumerate(files))
    whole = Chain((*england.packs, PackFiles("ours", (("pack.toml", HEAD.encode()), *bodies))))
    return build(whole)


def wrong(*files: str) -> list[str]:
    with pytest.raises(BadPack) as bad:
        upon_england(*files)
    return [str(each) for each in bad.value.problems]


def limit(words: str, force: str = "policy") -> str:
    rule = '[[override]]\nrule = "hazard.investigation"\nclause = "7"\n'
    return rule + f'force = "{force}"\nlimit = "{words}"\n'


def test_a_file_makes_no_limit_of_the_law_longer() -> None:
    (told,) = wrong(limit("11 working days"))
    assert told.startswith("ours/0.toml:1: the law sets 10 working days for “hazard.investigation”")
    assert "never slower" in wrong(limit("as required"))[0]
    assert str(upon_england(limit("5 working days")).rules["hazard.investigation"].bands[-1].limit) == "5 working days"


def test_a_limit_of_the_law_is_not_called_a_proposal_of_ours() -> None:
    assert "is set by law" in wrong(limit("10 working days", "default"))[0]
    assert upon_england(limit("10 working days", "statutory")).digest, "the control"


def test_a_clause_of_the_law_is_not_written_anew_under_its_id() -> None:
    clause = '[[clause]]\nid = "{}"\ntext = "We need not."\nsource = "Ours"\nkept_by = ["act:log_concern"]\n'
    (told,) = wrong(clause.format("CA.42"))
    assert told.startswith("ours/0.toml:1: “CA.42” is a clause of ")
    assert "england/" in told
    assert "Give yours another id" in told
    assert upon_england(clause.format("CA.42-ours")).digest, "the control"
    assert upon_england(clause.format("H.triage")).digest, "a proposal of Hearth's is anybody's to write anew"


def test_a_company_may_number_its_clauses_as_the_policy_it_builds_on() -> None:
    england = read_chain(ROOT / "england")
    policy = HEAD.replace("partial = true\n", "")
    packs = (PackFiles(name, (("pack.toml", policy.encode()),)) for name in ("group", "company"))
    assert build(Chain((*england.packs, *packs))).clauses["7"].place.pack == "company"


def test_a_statutory_promise_written_anew_is_no_slower_either() -> None:
    anew = (
        '[[rule]]\nid = "council.decision"\npromise = "The council decides"\nabout = "referral"\nclause = "7"\n'
        'force = "policy"\nwhose = "watched"\nowner = "triage"\nstarts = "referral.made"\nstops = "referral.decided"\n'
    )
    assert "the law sets 1 working day" in wrong(anew + 'limit = "3 working days"\n')[0]
    assert upon_england(anew + 'limit = "4 hours"\n').digest


def test_a_gate_that_rests_on_the_law_may_be_worded_anew_and_asks_no_less() -> None:
    gate = '[[gate]]\nid = "referral.override"\nact = "referral.made"\nclause = "7"\nsentence = "Say on which ground"\n'
    less = 'requires = { fact = "consent", present = true }\n'
    same = 'when = { fact = "consent", equals = "refused" }\nrequires = { fact = "override_ground", present = true }\n'
    (told,) = wrong(gate + less)
    assert told.startswith("ours/0.toml:1: “referral.override” takes the place of one that rests on Care and Support")
    assert "override_ground" in told
    assert upon_england(gate + same).gates["referral.override"].clause == "7"


def test_where_the_law_sets_no_time_any_limit_is_quicker() -> None:
    assert not is_longer(parse("3 months"), parse("as required"))
    assert is_longer(parse("as required"), parse("3 months"))


def test_a_promise_is_overridden_once_in_a_pack_and_what_is_said_once_stands_once() -> None:
    once = '[[override]]\nrule = "case.review"\nclause = "7"\nlimit = "4 weeks"\n'
    (told,) = wrong(once, once)
    assert told == "ours/1.toml:2: “case.review” is overridden twice in this pack, first at ours/0.toml:1"
    late = '[kept_late]\nmonths = 3\nclause = "7"\n'
    (told,) = wrong(late, late)
    assert told == "ours/1.toml:1: [kept_late] is written twice in this pack, first at ours/0.toml:1"


def test_a_ground_that_may_never_pause_is_named_by_its_line() -> None:
    (told,) = wrong('# grounds\n\n[[pause]]\ncode = "g"\nlabel = "Nobody let us in"\n')
    assert told == "ours/0.toml:4: “Nobody let us in” (g) may never pause a clock"


def test_an_audit_has_standards() -> None:
    audit = '[[audit]]\nid = "a"\ntitle = "Audit"\nscale = "rag"\nself_scored = true\nclause = "7"\n'
    assert "“a” has no standard" in wrong(audit)[0]
    assert upon_england(audit + '[[standard]]\nid = "s"\naudit = "a"\ntext = "One"\nclause = "7"\n').digest


@pytest.mark.parametrize("name", SHIPPED)
def test_no_clause_of_the_law_loses_what_keeps_it_to_a_policy_that_cites_its_own(name: str) -> None:
    """What takes the place of something inherited cites its own clause; the one below is still kept."""
    pack = load(ROOT / name)
    left = [
        each.clause.id
        for each in coverage(pack, inherited=True)
        if each.standing is Standing.NOTHING and (each.clause.standing != "ours" or each.clause.place.pack == name)
    ]
    assert left == []
