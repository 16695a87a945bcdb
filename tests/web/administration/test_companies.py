"""A group of companies at a browser: each record under its own policy, and each policy adopted for whom it is for."""

import shutil
import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from at_a_page import day, text
from hearth.access import clock
from hearth.access.identity import acting_as, as_the_house
from hearth.assurance.promises import Live, promise_of
from hearth.concerns.models import ReportingLink
from hearth.concerns.terms import Came, Place
from hearth.organisation.operations import add_entity
from hearth.pathway.adopting.understanding import not_yet_read
from hearth.pathway.raising import raise_concern
from hearth.policy.models import Adoption, Proposal, Reading
from hearth.policy.packs import load, read_chain
from hearth.policy.queries import pack_in_force
from hearth.timescales.models import Trial
from hearth.timescales.operations import adopt_policy, require_gates
from hearth.timescales.terms import GateUnmet
from hearth.web.clauses import Cited
from pathway.group import GLAN_DERWEN, Group, founded
from walked import COLD, RINGS_NOBODY

PACKS = Path(__file__).resolve().parents[3] / "packs"


@pytest.fixture
def group(cast) -> Group:
    """The Welsh company has had its policy for a month."""
    found = founded(cast)
    found.adopts(cast, at=clock.now() - timedelta(days=30), entity=found.wales.pk)
    return found


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What lies ready: the organisation's policy, and the Welsh company's built on it."""
    monkeypatch.setattr(settings, "HEARTH_PACKS", tmp_path)
    for name in ("defaults", "england", "manchester-2025"):
        shutil.copytree(PACKS / name, tmp_path / name)
    shutil.copytree(GLAN_DERWEN, tmp_path / "glan-derwen")
    said = tmp_path / "glan-derwen" / "clauses.toml"  # whoever its document names does not work here: anybody second
    said.write_text("\n".join(line for line in said.read_text().split("\n") if not line.startswith("approvals")))
    shutil.copytree(PACKS / "wales", tmp_path / "wales")
    (tmp_path / "wirral").mkdir()
    about = ["[pack]", 'title = "Wirral company"', 'version = "1"', 'policy = "Ours"', 'inherits = "manchester-2025"']
    (tmp_path / "wirral" / "pack.toml").write_text("\n".join([*about, "partial = true", ""]))
    return tmp_path


def tells(cast, home):
    told = replace(COLD, place=Place.HOME, elsewhere="", home_id=home.pk, **RINGS_NOBODY)
    with acting_as(cast.reporter):
        return raise_concern(told, by=cast.reporter, at=clock.now(), key=uuid.uuid4(), came_by=Came.PAGE).concern


def proposing(pack: Path, **more: str) -> dict[str, str]:
    return {"digest": load(pack).digest, "why": "The board of that company wants it",
            **day("first_day", clock.now().date()), **more}  # fmt: skip


def the_proposal() -> str:
    with as_the_house():
        return reverse("proposed_policy", args=[Proposal.objects.get().public_id])


def test_a_record_is_decided_in_the_words_of_its_own_company(browser, cast, group) -> None:
    """feature 87: the adult test of Wales for the Welsh home, of England for the English one."""
    ours, theirs = tells(cast, group.home_in_england), tells(cast, group.home_in_wales)
    triage, who = browser("triage_officer"), {"subject": "adult", "children_in_household": "no", "domestic_abuse": "no"}
    pages = []
    for concern in (ours, theirs):
        decide = f"/concern/{concern.public_id}/decide"
        triage.post(f"{decide}?step=who", {**who, "act": "next"})
        pages.append(text(triage.get(f"{decide}?step=adult")))
    assert "The adult test: section 42(1)" in pages[0]
    assert "The adult test: section 126" in pages[1]
    assert "section 42" not in pages[1]
    assert "The policy of Glan Derwen Homes holds for it." in text(triage.get(f"/concern/{theirs.public_id}"))
    assert "holds for it" not in text(triage.get(f"/concern/{ours.public_id}"))


def test_rows_of_a_list_say_whose_they_are_and_stand_under_their_own_clause(browser, cast, group) -> None:
    tells(cast, group.home_in_england)
    tells(cast, group.home_in_wales)
    queue = text(browser("triage_officer").get("/triage"))
    assert queue.count("Glan Derwen Homes. 1 Derwen Street") == 1
    assert "Glan Derwen Homes. 1 Ash Street" not in queue
    due = text(browser("lead").get("/due"))
    assert "Glan Derwen Homes. Clause A2" in due
    assert "Clause 4.1.4b" in due
    assert "Glan Derwen Homes. Clause 4.1.4b" not in due


def test_where_no_company_has_a_policy_of_its_own_no_page_says_a_word_of_companies(browser, cast) -> None:
    """The control: companies are named, as a house of several teams may have them, and nothing is different."""
    found = founded(cast)
    concern = tells(cast, found.home_in_wales)
    lead = browser("lead")
    for address in ("/triage", "/due", f"/concern/{concern.public_id}", "/promises", "/promises/4.1.4b", "/counts"):
        assert "Glan Derwen" not in text(lead.get(address)), address
    assert "For which company?" not in text(lead.get("/promises"))
    assert "Of whom" not in text(lead.get("/counts"))
    assert lead.get(f"/counts?company={found.wales.pk}").status_code == 404


def test_a_house_that_is_one_company_has_nothing_to_choose(browser, cast, shelf) -> None:
    lead = browser("lead")
    for address in ("/policy/glan-derwen", "/policy/changes", "/tried-policies/try/glan-derwen", "/promises"):
        page = text(lead.get(address))
        assert "For which company?" not in page, address
        assert "as a whole" not in page, address
        assert lead.get(f"{address}?company=1").status_code == 404, address
    assert "For which company?" not in text(browser("administrator").get("/links"))


def test_a_policy_is_proposed_approved_and_read_for_one_company(browser, cast, group, shelf) -> None:
    """The other companies' records, people and policy stay as they are."""
    tells(cast, group.home_in_england)
    tells(cast, group.home_in_wales)
    (shelf / "glan-derwen" / "examples.toml").unlink()  # its worked dates are those of the limit before
    rules = shelf / "glan-derwen" / "rules.toml"
    rules.write_text(rules.read_text().replace('limit = "2 working days"', 'limit = "3 working days"', 1))
    lead, address = browser("lead"), f"/policy/glan-derwen?company={group.wales.pk}"
    whole = text(lead.get("/policy/glan-derwen"))
    assert "It does not cover, since each has a policy of its own: Glan Derwen Homes." in whole
    page = text(lead.get(address))
    assert "It is for Glan Derwen Homes alone: its records, and the people who work in its teams." in page
    assert "2 working days" in page, "what runs under the company's own policy would be different"
    assert "1 working day (4.1.4b)" not in page, "what is another's is not compared"
    lead.post(address, proposing(shelf / "glan-derwen"))
    director = browser("director")
    assert "For Glan Derwen Homes Version" in text(director.get(the_proposal()))
    director.post(the_proposal(), {"decision": "approve", "comment": ""})
    with as_the_house():
        adoption = Adoption.objects.order_by("-id")[0]
        asked = set(Reading.objects.filter(adoption=adoption).values_list("user_id", flat=True))
    assert (adoption.entity_id, asked) == (group.wales.pk, {cast.outsider.id})
    who = cast.lead
    with acting_as(who):
        assert [each.name for each in not_yet_read(who, at=clock.now())[0]] == ["Outsider"]
    assert pack_in_force(clock.now()).name == "manchester-2025"
    policies = text(lead.get("/policy"))
    assert "Ashgrove Homes as a whole Policy" in policies
    assert "Glan Derwen Homes Policy Glan Derwen Homes" in policies
    assert "Manchester Housing Services" in policies


def test_the_organisations_own_new_policy_is_not_read_by_those_who_have_another(browser, cast, group, shelf) -> None:
    lead = browser("lead")
    lead.post("/policy/wirral", proposing(shelf / "wirral"))
    browser("director").post(the_proposal(), {"decision": "approve", "comment": ""})
    with as_the_house():
        asked = set(Reading.objects.values_list("user_id", flat=True))
    assert cast.outsider.id not in asked
    assert cast.worker.id in asked


def test_promises_are_those_of_the_company_that_is_chosen(browser, cast, group) -> None:
    lead, here = browser("lead"), f"company={group.wales.pk}"
    whole = text(lead.get("/promises"))
    assert "Ashgrove Homes as a whole" in whole
    assert "C5b" not in whole
    own = text(lead.get(f"/promises?{here}"))
    assert "Glan Derwen Homes, version 1" in own
    assert "It is for Glan Derwen Homes alone" in own
    assert "4.1.4b" not in own
    assert f"/promises/C5b?{here}" in lead.get(f"/promises?{here}").content.decode()
    assert "The policy of Glan Derwen Homes." in text(lead.get(f"/promises/C5b?{here}"))
    assert "C5b" in lead.get(f"/promises.csv?{here}").content.decode()
    assert "C5b" not in lead.get("/promises.csv").content.decode()
    by_a_link = text(lead.get("/promises/C5b"))  # as a record's clause leads there
    assert "The policy of Glan Derwen Homes." in by_a_link
    assert "no longer has this clause" not in by_a_link
    both = text(lead.get(f"/promises/H.on-call?{here}"))
    assert "The clause of this number in the policy of Ashgrove Homes" in both
    for wrong in ("0", "x", str(10**30), "-1"):
        assert lead.get(f"/promises?company={wrong}").status_code == 404, wrong


def test_how_a_clause_stands_is_told_from_the_limits_of_its_own_policy(browser, cast, group) -> None:
    """One of theirs is late: their clause is broken, ours of the same promise is not."""
    concern = tells(cast, group.home_in_wales)
    with connection.cursor() as cursor, as_the_house():
        cursor.execute(
            "update timescales_clock set due_at = %s, due_day = null where circle_id = %s and rule = 'concern.triage'",
            [clock.now() - timedelta(days=1), concern.circle_id],
        )
    lead = browser("lead")
    for address in (f"/promises/A2?company={group.wales.pk}", "/promises/A2"):
        assert "Clause A2 Broken" in text(lead.get(address)), address
    with acting_as(cast.lead):
        _pack, ours = promise_of(cast.lead, "4.1.4b", at=clock.now())
    assert [each.state for each in ours.evidence if each.rule == "concern.triage"] == [Live.KEPT]


def test_a_company_whose_policy_rests_on_an_older_one_of_the_organisation_is_told_so(browser, cast, shelf) -> None:
    """It keeps what was approved for it; nothing changes silently."""
    group, lead = founded(cast), browser("lead")
    company = f"company={group.wales.pk}"
    lead.post(f"/policy/wirral?{company}", proposing(shelf / "wirral"))
    browser("director").post(the_proposal(), {"decision": "approve", "comment": ""})
    older = "This policy still rests on an earlier version of the organisation’s"
    assert older not in text(lead.get("/policy"))
    assert older not in text(lead.get(f"/promises?{company}"))
    about = shelf / "manchester-2025" / "pack.toml"
    about.write_text(about.read_text().replace('version = "2025.1"', 'version = "2026.1"'))
    before = pack_in_force(clock.now(), group.wales.pk).digest
    with acting_as(cast.lead):
        adopt_policy(read_chain(shelf / "manchester-2025"), by=cast.lead, at=clock.now())
    assert pack_in_force(clock.now(), group.wales.pk).digest == before
    assert f"{older}: version 2026.1 is in force there" in text(lead.get("/policy"))
    assert older in text(lead.get(f"/promises?{company}"))
    assert older not in text(lead.get("/promises"))


def test_a_limit_and_a_gate_lead_to_the_clause_of_their_own_companys_policy(browser, cast, group) -> None:
    """Both policies have a clause H.on-call; each limit leads to the one it runs under."""
    ours, theirs = tells(cast, group.home_in_england), tells(cast, group.home_in_wales)
    lead, here = browser("lead"), f"?company={group.wales.pk}"
    due = lead.get("/due").content.decode()
    assert f'href="/promises/A2{here}"' in due
    assert 'href="/promises/4.1.4b"' in due
    assert f'href="/promises/A2{here}"' in lead.get(f"/concern/{theirs.public_id}").content.decode()
    assert "/promises/4.1.4b?" not in lead.get(f"/concern/{ours.public_id}").content.decode()
    with acting_as(cast.lead), as_the_house(), pytest.raises(GateUnmet) as refused:
        require_gates("case.closed", about=theirs, facts={}, at=clock.now())
    assert {each.entity for each in refused.value.unmet} == {group.wales.pk}
    assert here in str(Cited(refused.value.unmet[0]).__html__())
    with acting_as(cast.lead), as_the_house(), pytest.raises(GateUnmet) as refused:
        require_gates("case.closed", about=ours, facts={}, at=clock.now())
    assert {each.entity for each in refused.value.unmet} == {None}


def test_counts_are_read_for_all_together_for_one_company_and_for_the_others(browser, cast, group) -> None:
    for _ in range(7):
        tells(cast, group.home_in_wales)
    board, here = browser("champion"), f"company={group.wales.pk}"
    together = text(board.get("/counts"))
    assert "Of all companies of the group together." in together
    assert together == text(board.get("/counts?company=all"))
    assert "Of whom (optional)" not in together
    own = text(board.get(f"/counts?{here}"))
    assert "Of the records of Glan Derwen Homes alone, from" in own
    others = text(board.get("/counts?company=others"))
    assert "Of the records of Ashgrove Homes without these companies alone, from" in others
    file = board.get(f"/counts.csv?{here}").content.decode()
    assert "Of,Figure,Clause,Month,Part,Number" in file
    assert "4.1.4b" not in file, "under the clauses of its own policy"
    for wrong in ("0", "x", str(10**30), "-1", "other"):
        assert board.get(f"/counts?company={wrong}").status_code == 404, wrong
        assert board.get(f"/counts.csv?company={wrong}").status_code == 404, wrong
    assert browser("triage_officer").get(f"/counts?{here}").status_code == 404


def test_changes_are_kept_apart_for_each_company(browser, cast, group) -> None:
    lead, here = browser("lead"), f"?company={group.wales.pk}"
    told = {"version": "0", "limit_0": "1 hour", "limit_1": "1 working day", "limit_2": "1 working day", "warn": "",
            "applies_to": "new", "clause": "A2"}  # fmt: skip
    page = text(lead.post(f"/policy/changes/limit/concern.triage{here}", told, follow=True))
    assert "It is for Glan Derwen Homes alone" in page
    assert "2 working days → 1 hour" in page or "→" in page
    assert "Nothing yet." in text(lead.get("/policy/changes"))
    lead.post(f"/policy/changes{here}", {"why": "Quicker", **day("first_day", clock.now().date())})
    with as_the_house():
        proposal = Proposal.objects.get()
        assert (proposal.entity_id, proposal.pack) == (group.wales.pk, "glan-derwen-changes")
    assert "Nothing yet." in text(lead.get(f"/policy/changes{here}"))


def test_a_policy_is_tried_for_a_company_and_a_link_is_made_for_one(browser, cast, group) -> None:
    lead, here = browser("lead"), f"?company={group.wales.pk}"
    digest = pack_in_force(clock.now(), group.wales.pk).digest
    since = day("since", (clock.now() - timedelta(days=20)).date())
    page = text(lead.post(f"/tried-policies/try/{digest}{here}", since, follow=True))
    assert "For Glan Derwen Homes" in page
    assert "Glan Derwen Homes. From" in text(lead.get("/tried-policies"))
    with acting_as(cast.lead):
        assert Trial.objects.get().entity_id == group.wales.pk
    administrator = browser("administrator")
    form = {"form_key": str(uuid.uuid4()), "name": "Vans in Wales", "company": str(group.wales.pk)}
    assert "For which company?" in text(administrator.get("/links"))
    administrator.post("/links", form)
    assert ReportingLink.objects.get(name="Vans in Wales").entity_id == group.wales.pk


def test_the_posts_a_companys_policy_wants_are_missing_too(browser, cast, group) -> None:
    assert "Support Hub Manager" in text(browser("administrator").get("/posts"))


def test_two_companies_that_cover_everybody_are_to_choose_from(browser, cast, shelf) -> None:
    founded(cast)
    with acting_as(cast.administrator):
        add_entity("Ashgrove Lettings")
    page = text(browser("lead").get("/policy/glan-derwen"))
    assert "It covers: Ashgrove Lettings, Glan Derwen Homes." in page
