"""The policy on a page: what is in force, what is wrong with one, what it changes, and who adopts it how."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from at_a_page import day, text
from hearth.access import clock
from hearth.access.identity import as_the_house
from hearth.organisation.models import User
from hearth.policy.models import Proposal, Reading
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


def proposing(pack: Path, **more: str) -> dict[str, str]:
    return {"digest": load(pack).digest, "why": "Approved by the board", **day("first_day", clock.now().date()), **more}


def the_proposal() -> str:
    with as_the_house():
        return reverse("proposed_policy", args=[Proposal.objects.get().public_id])


def asked_of(name: str) -> str:
    user = User.objects.get(name=name)
    with as_the_house():
        return reverse("read_policy", args=[Reading.objects.get(user_id=user.pk).public_id])


def test_what_is_in_force_and_what_lies_ready_stand_on_one_page(browser, own_packs: Path) -> None:
    page = text(browser("lead").get("/policy"))
    assert "Version 2025.1, fingerprint " in page
    assert "manchester-2025" not in page, "no name of a folder"
    assert "Ashgrove policy" in page
    assert load(own_packs / "ashgrove").digest[:12] in page


def test_the_lead_proposes_the_director_approves_and_everybody_reads_it(browser, own_packs: Path) -> None:
    lead, director, worker = browser("lead"), browser("director"), browser("worker")
    page = text(lead.get("/policy/ashgrove"))
    assert "Nothing is wrong with it." in page
    assert "Somebody else who may approve policies" in page
    missing = lead.post("/policy/ashgrove", proposing(own_packs / "ashgrove", why=" "))
    assert "Write why it should be adopted" in text(missing)
    late = proposing(own_packs / "ashgrove") | day("first_day", clock.now().date() - timedelta(days=1))
    assert "cannot come into force in the past" in text(lead.post("/policy/ashgrove", late))
    lead.post("/policy/ashgrove", proposing(own_packs / "ashgrove"))
    assert adoptions()[0].pack == "manchester-2025"
    address = the_proposal()
    assert "You proposed this policy. Somebody else must approve it." in text(lead.get(address))
    assert "Waits for approval" in text(director.get("/policy"))
    assert "Taken out. Clause 4.1.6a" in text(director.get(address))
    assert "Select what you decide" in text(director.post(address, {"decision": ""}))
    assert "Write what has to change" in text(director.post(address, {"decision": "send_back", "comment": ""}))
    director.post(address, {"decision": "approve", "comment": "As agreed in March"})
    assert adoptions()[0].pack == "ashgrove"
    assert "As agreed in March" in text(lead.get(address))
    assert "Read Ashgrove policy" in text(worker.get("/my-work"))
    assert "Read Ashgrove policy" in text(worker.get("/"))
    asked = asked_of("Worker")
    assert "What it asks of you" in text(worker.get(asked))
    assert director.get(asked).status_code == 404
    assert "Worker" in text(lead.get("/reading"))
    assert "I have read and understood this" in text(worker.get(asked))
    assert "It is recorded that you read" in text(worker.post(asked, follow=True))
    assert "Worker" not in text(lead.get("/reading"))
    assert "Read Ashgrove policy" not in text(worker.get("/"))


def test_what_a_policy_rests_on_is_told_by_its_titles(browser, own_packs: Path) -> None:
    lead = browser("lead")
    page = text(lead.get("/policy/ashgrove"))
    assert "own proposals, England: law and guidance Fingerprint" in page
    assert "own proposals Fingerprint" in text(lead.get("/policy/england")), "and never on itself"


def test_who_proposed_a_policy_takes_it_back(browser, own_packs: Path) -> None:
    lead = browser("lead")
    lead.post("/policy/ashgrove", proposing(own_packs / "ashgrove"))
    address = the_proposal()
    assert "Take back a proposed policy" in text(lead.get(f"{address}/withdraw"))
    assert "Only the person who proposed it takes it back." in text(browser("deputy").post(f"{address}/withdraw"))
    assert "The policy is no longer proposed." in text(lead.post(f"{address}/withdraw", follow=True))
    assert "Withdrawn" in text(lead.get(address))


def test_what_changed_since_it_was_looked_at_is_not_proposed(browser, own_packs: Path) -> None:
    lead, form = browser("lead"), proposing(own_packs / "ashgrove")
    rules = own_packs / "ashgrove" / "rules.toml"
    rules.write_text(rules.read_text() + "\n# a later thought\n")
    assert "The files of this policy changed since you opened this page." in text(lead.post("/policy/ashgrove", form))
    assert adoptions()[0].pack == "manchester-2025"


def test_everything_wrong_is_told_with_its_place_and_such_a_policy_cannot_be_proposed(browser, own_packs: Path) -> None:
    lead, rules = browser("lead"), own_packs / "ashgrove" / "rules.toml"
    form = proposing(own_packs / "ashgrove")
    rules.write_text(rules.read_text() + '\n[[rule]]\nid = "broken"\n')
    line = len(rules.read_text().splitlines()) - 1
    page = text(lead.post("/policy/ashgrove", form))
    assert "This policy cannot be used." in page
    assert f"ashgrove/rules.toml:{line}" in page
    assert "Cannot be used" in text(lead.get("/policy"))
    assert adoptions()[0].pack == "manchester-2025"


def test_only_a_lead_proposes_and_only_some_approve(browser, own_packs: Path) -> None:
    answers = {"lead": (200, 200), "deputy": (200, 200), "director": (200, 404), "champion": (200, 404)}
    for who, (listed, one) in (answers | {"administrator": (404, 404), "worker": (404, 404)}).items():
        assert browser(who).get("/policy").status_code == listed, who
        assert browser(who).get("/policy/ashgrove").status_code == one, who
    assert browser("lead").get("/policy/nowhere").status_code == 404
