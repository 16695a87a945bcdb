"""What is different between two policies is said without a code of their files."""

from dataclasses import replace

from cast import PACK
from hearth.policy.packs import load
from hearth.policy.packs.diffing import differences
from hearth.policy.terms import AppliesTo, Force
from hearth.web.adopting.differences import HOLDS_FOR, KIND_WORDS, VALUES, what_differs

CODES = ("case.target", "abuse_type", "new →", "default", "→ policy")


def told(old, new):
    return dict(what_differs(each) for each in differences(old, new))


def test_a_limit_that_changed_is_called_by_its_promise():
    before = load(PACK)
    rule = before.rules["case.target"]
    other = replace(rule, warn=(), applies_to=AppliesTo.RUNNING, force=Force.DEFAULT)
    found = told(before, replace(before, rules={**before.rules, rule.id: other}))
    lines = found[f"Limit: {rule.promise}"]
    assert "Holds for promises that: begin from then on → run already, too" in lines
    assert "Where it comes from: Promised by the policy → Set by Hearth, confirm with your lead" in lines
    assert any(line.startswith("Warnings: no longer ") for line in lines)
    assert not [code for code in CODES if code in f"{found}"]


def test_what_is_new_or_gone_says_so_with_its_words():
    whole = load(PACK)
    rule = whole.rules["case.target"]
    less = replace(whole, rules={name: each for name, each in whole.rules.items() if name != rule.id})
    (gone,), (new,) = told(whole, less), told(less, whole)
    assert gone == f"Taken out. Limit: {rule.promise}, 12 weeks"
    assert new == f"New. Limit: {rule.promise}, 12 weeks"


def test_every_kind_of_thing_and_every_code_has_its_words():
    livv, manchester = load(PACK.parent / "livv-2022"), load(PACK)
    many = differences(manchester, livv)
    assert {each.kind for each in many if each.name} <= KIND_WORDS.keys()
    assert set(VALUES[HOLDS_FOR][1]) == set(AppliesTo)
    assert not [each for each in many if not what_differs(each)[0]]
