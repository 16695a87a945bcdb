"""What pages call the steps of the law stands in the pack of the nation, and nowhere else."""

import re
from pathlib import Path

import pytest

from hearth.cases.terms import ChildDecision, CloseOutcome, Risk, WishesAnswered
from hearth.cli import main
from hearth.concerns.terms import ToldBy
from hearth.housing.terms import HazardClass
from hearth.partners.terms import PLANS, STEPS, Answer, Process
from hearth.policy.packs import load
from hearth.policy.packs.naming import CODES, called, unconfirmed
from hearth.triage.terms import Limbs

PACKS = Path(__file__).resolve().parents[2] / "packs"
NATIONS = ("england", "wales", "scotland", "northern-ireland")


def test_every_step_a_page_names_has_a_word_and_no_word_is_for_nothing():
    """feature 87"""
    assert set(CODES["process"]) == {process.value for process in Process}
    assert set(CODES["answer"]) == {answer.value for answer in Answer}
    assert set(CODES["plan"]) == set(PLANS)
    steps = {step for each in STEPS.values() for step in each}
    assert {f"case.{code}" for code in CODES["process_step"]} == {step.act for step in steps}
    assert set(CODES["process_day"]) == {day for step in steps for day in step.days}
    assert set(CODES["adult_test"]) == {*Limbs.__dataclass_fields__, "whose"}
    assert set(CODES["who_told"]) == set(ToldBy)
    assert set(CODES["risk_band"]) == set(Risk)
    assert set(CODES["hazard_class"]) == set(HazardClass)
    assert set(CODES["outcome"]) == set(CloseOutcome)
    assert set(CODES["wishes_answered"]) == set(WishesAnswered)
    assert set(CODES["child_decision"]) == set(ChildDecision)
    defaults = load(PACKS / "defaults")
    assert {name: {word.code for word in defaults.words[name].words} for name in CODES} == {
        name: set(codes) for name, codes in CODES.items()
    }


@pytest.mark.parametrize("nation", NATIONS)
def test_only_england_speaks_of_its_own_sections(nation):
    pack = load(PACKS / nation)
    said = "; ".join(called(pack, name, code) for name, codes in CODES.items() for code in codes)
    assert bool(re.search(r"[Ss]ection 4[27]", said)) is (nation == "england")


def test_what_is_not_known_of_a_nation_is_to_be_confirmed():
    unsure = {
        nation: [each.id for each in unconfirmed(load(PACKS / nation), "heading", "adult_test")] for nation in NATIONS
    }
    assert unsure == {
        "england": [],
        "wales": ["SSW.test"],
        "scotland": ["ASP.points"],
        "northern-ireland": ["NI.adult-test", "NI.adults"],
    }


def test_a_word_for_something_no_page_asks_about_is_a_mistake(tmp_path, capsys):
    assert main(["pack", "new", str(tmp_path / "ours"), "--title", "Ours", "--inherits", "wales"]) == 0
    with (tmp_path / "ours" / "pack.toml").open("a") as file:
        file.write('\n[[word]]\nlist = "process"\ncode = "section_47"\nlabel = "Enquiry"\n')
    assert main(["pack", "check", str(tmp_path / "ours")]) == 3
    assert "nothing is called “section_47” in process" in capsys.readouterr().out
