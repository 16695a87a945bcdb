"""The policy on a page: what is in force, what is wrong with one, what it changes, and adopting it."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from at_a_page import day, text
from hearth.access import clock
from hearth.access.identity import as_the_house
from hearth.ledger.models import Entry
from hearth.policy.packs import load
from hearth.policy.queries import adoptions

PACKS = Path(__file__).resolve().parents[3] / "packs"


@pytest.fixture
def own_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The provider's own folder of packs, with a policy of its own that rests on England's."""
    monkeypatch.setattr(settings, "HEARTH_PACKS", tmp_path)
    shutil.copytree(PACKS / "england", tmp_path / "england")
    shutil.copytree(PACKS / "london", tmp_path / "ashgrove")
    about = tmp_path / "ashgrove" / "pack.toml"
    about.write_text(about.read_text().replace('title = "London (partial)"', 'title = "Ashgrove policy"'))
    return tmp_path


def adopting(pack: Path, **more: str) -> dict[str, str]:
    return {"digest": load(pack).digest, "why": "Approved by the board", **day("first_day", clock.now().date()), **more}


def test_what_is_in_force_and_what_lies_ready_stand_on_one_page(browser, own_packs: Path) -> None:
    page = text(browser("lead").get("/policy"))
    assert "manchester-2025" in page
    assert "Ashgrove policy" in page
    assert load(own_packs / "ashgrove").digest[:12] in page


def test_a_policy_is_adopted_with_its_day_and_its_reason(browser, own_packs: Path) -> None:
    lead = browser("lead")
    page = text(lead.get("/policy/ashgrove"))
    assert "Nothing is wrong with it." in page
    assert "Promises that run keep the policy they began under" in page
    missing = lead.post("/policy/ashgrove", adopting(own_packs / "ashgrove", why=" "))
    assert "Write why it is adopted" in text(missing)
    late = adopting(own_packs / "ashgrove") | day("first_day", clock.now().date() - timedelta(days=1))
    assert "cannot come into force in the past" in text(lead.post("/policy/ashgrove", late))
    lead.post("/policy/ashgrove", adopting(own_packs / "ashgrove"))
    assert adoptions()[0].pack == "ashgrove"
    with as_the_house():
        (entry,) = Entry.objects.filter(act="policy.adopted").exclude(by_id=None)
        assert entry.facts["pack"] == "ashgrove"


def test_what_changed_since_it_was_looked_at_is_not_adopted(browser, own_packs: Path) -> None:
    lead, form = browser("lead"), adopting(own_packs / "ashgrove")
    rules = own_packs / "ashgrove" / "rules.toml"
    rules.write_text(rules.read_text() + "\n# a later thought\n")
    assert "The files of this policy changed since you opened this page." in text(lead.post("/policy/ashgrove", form))
    assert adoptions()[0].pack == "manchester-2025"


def test_everything_wrong_is_told_with_its_place_and_such_a_policy_cannot_be_adopted(browser, own_packs: Path) -> None:
    lead, rules = browser("lead"), own_packs / "ashgrove" / "rules.toml"
    form = adopting(own_packs / "ashgrove")
    rules.write_text(rules.read_text() + '\n[[rule]]\nid = "broken"\n')
    line = len(rules.read_text().splitlines()) - 1
    page = text(lead.post("/policy/ashgrove", form))
    assert "This policy cannot be used." in page
    assert f"ashgrove/rules.toml:{line}" in page
    assert "Cannot be used" in text(lead.get("/policy"))
    assert adoptions()[0].pack == "manchester-2025"


def test_only_a_lead_adopts_a_policy(browser, own_packs: Path) -> None:
    for who, answer in (("lead", 200), ("deputy", 200), ("administrator", 404), ("worker", 404)):
        assert browser(who).get("/policy").status_code == answer, who
        assert browser(who).get("/policy/ashgrove").status_code == answer, who
    assert browser("lead").get("/policy/nowhere").status_code == 404
