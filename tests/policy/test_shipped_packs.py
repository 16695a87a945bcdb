"""The packs that ship: they check clean, give their worked dates, and hold every clause of the Manchester policy."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from hearth.organisation.terms import Part
from hearth.policy.durations import parse
from hearth.policy.packs import Pack, check_declared, load, wrong_dates
from hearth.policy.packs.coverage import coverage
from hearth.policy.packs.keeping import Standing
from hearth.policy.terms import FactKind, Force, Whose

SHIPPED = ("england", "livv-2022", "london", "manchester-2025")

# The duties of the policy's sections, by number; letters divide a clause into its duties.
MANCHESTER = {
    "1": "1.1 1.2a 1.2b 1.3a 1.3b",
    "2": "2.1a 2.1b 2.1c 2.2a 2.2b 2.2c 2.3a 2.3b 2.4a 2.4b 2.4c 2.5a 2.5b 2.6a 2.6b 2.6c 2.7 2.8a 2.8b 2.8c"
    " 2.9a 2.9b 2.9c 2.10a 2.10b 2.11a 2.11b 2.12a 2.12b 2.12c 2.13a 2.13b 2.14",
    "3": "3.1a 3.1b 3.2a 3.2b 3.2c 3.3a 3.3b 3.3c 3.3d 3.4a 3.4b 3.5a 3.5b 3.5c",
    "4": "4.1.1a 4.1.1b 4.1.2a 4.1.2b 4.1.3a 4.1.3b 4.1.4a 4.1.4b 4.1.5a 4.1.5b 4.1.6a 4.1.6b 4.1.7a 4.1.7b 4.1.7c"
    " 4.1.8a 4.1.8b 4.1.8c 4.1.9",
    "5": "5.1 5.2 5.3a 5.3b",
    "6": "6.1",
    "7": "7.1a 7.1b",
}

LIVV = (
    "DC1 DC2 DC3 DC4 DC5 DC6 DC7 1a 1b 1c 2 3a 3b 3c 4.1 4.2 DEF1 DEF2 DEF3 DEF4 DEF5 RT1 RT2 RT3 RT4 RT5 TR1 TR2 TR3"
    " RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 PW1 PW2 PW3 PW4 PW5 IS1 IS2 IS3 IS4 5a 5b 5c 5d 6.1 6.2 6.3 6.4 6.5a 6.5b 6.6"
    " 7.1 7.2 7.3 7.4 7.5 7.6 7.7 7.8 8"
)
DUTIES = {"manchester-2025": " ".join(MANCHESTER.values()), "livv-2022": LIVV}
# How many duties wait for a part of the house that is still to come. These numbers may only become smaller.
PLANNED = {"manchester-2025": 29, "livv-2022": 29}


@pytest.fixture(params=SHIPPED)
def shipped(request: pytest.FixtureRequest, packs: Path) -> Pack:
    return load(packs / str(request.param))


def test_every_shipped_pack_gives_its_worked_dates(shipped: Pack) -> None:
    """feature 87"""
    assert shipped.worked_dates
    assert list(wrong_dates(shipped)) == []


def test_every_shipped_pack_agrees_with_the_documented_happenings_and_the_parts_people_play(
    shipped: Pack, happenings: Mapping[str, Mapping[str, FactKind]]
) -> None:
    assert check_declared(shipped, happenings, {str(part) for part in Part}) == []


def test_the_list_in_the_document_is_what_the_packs_use(packs: Path, listed: Mapping[str, object]) -> None:
    used = {act for name in SHIPPED for rule in load(packs / name).rules.values() for act in rule.acts()}
    used |= {gate.act for name in SHIPPED for gate in load(packs / name).gates.values()}
    assert set(listed) == used


@pytest.mark.parametrize("name", DUTIES)
def test_a_pack_holds_every_duty_of_its_policy_in_its_order_and_says_what_keeps_it(packs: Path, name: str) -> None:
    """feature 60"""
    rows = coverage(load(packs / name))
    assert [row.clause.id for row in rows] == DUTIES[name].split()
    assert [row.clause.id for row in rows if row.standing is Standing.NOTHING] == []
    planned = [row.clause.id for row in rows if row.standing is Standing.PLANNED]
    print(f"{name}: {len(planned)} of {len(rows)} duties are planned")
    assert len(planned) == PLANNED[name]


def test_a_limit_the_policy_does_not_give_is_called_our_default(packs: Path) -> None:
    rules = load(packs / "manchester-2025").rules
    own = {rule.id: rule.force for rule in rules.values() if rule.clause[0].isdigit()}
    assert own.pop("case.target") == Force.POLICY
    assert set(own.values()) == {Force.DEFAULT}


def test_another_agencys_promise_is_watched_and_never_ours(packs: Path) -> None:
    rules = load(packs / "manchester-2025").rules
    watched = {rule.id for rule in rules.values() if rule.whose == Whose.WATCHED}
    assert watched == {rule for rule in rules if rule.startswith("council.")}


def test_the_pack_in_force_is_the_policy_and_everything_it_inherits(packs: Path) -> None:
    manchester, england = load(packs / "manchester-2025"), load(packs / "england")
    assert manchester.chain == ("england", "manchester-2025")
    assert set(england.rules) == set(manchester.rules)
    assert manchester.rules["case.contact"].bands == england.rules["case.contact"].bands
    assert manchester.rules["case.contact"].clause == "4.1.8a"
    assert manchester.digest != england.digest


def test_words_lead_to_our_codes_whatever_they_were_called_before(packs: Path) -> None:
    words = load(packs / "manchester-2025").words_in("abuse_type")
    assert words.canonical("County lines") == "cce"
    assert words.canonical("honour-based violence") == "hba"
    assert words.canonical("gossip") is None
    assert words.label_of("cse") == "Child sexual exploitation"


def test_the_lead_is_never_the_one_who_hears_about_the_lead(packs: Path) -> None:
    pack = load(packs / "manchester-2025")
    lead = next(post for post in pack.posts.values() if "lead" in post.parts)
    assert lead.about_holder == pack.hears["about_the_lead"] != lead.id
    assert pack.on_call is not None
    assert pack.on_call.acknowledge_within == parse("30 minutes")
