"""A lead changes limits, posts and words in the browser; another person approves it; the files stay as they are."""

import re
import tomllib
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from at_a_page import day, text
from hearth.access import clock
from hearth.access.identity import acting_as, as_the_house
from hearth.organisation.terms import ChangedMeanwhile
from hearth.pathway.adopting.changing import change, changes_of
from hearth.policy.models import Proposal
from hearth.policy.packs.overlays import change_post
from hearth.policy.queries import adoptions, chain_of, pack_in_force
from rounds import make_round
from timescales.three_cases import three_cases
from web.signed_in import at_a_browser

TARGET = "/policy/changes/limit/case.target"


def limit(number: int, said: str, **more: str) -> dict[str, str]:
    return {
        "version": str(number), "limit_0": said, "warn": "2 weeks before\n1 calendar day over", "applies_to": "new",
        "clause": "4.1.6a", **more,
    }  # fmt: skip


def the_proposal() -> str:
    with as_the_house():
        return reverse("proposed_policy", args=[Proposal.objects.get().public_id])


def test_a_limit_is_changed_seen_in_plain_words_proposed_and_adopted_by_another(browser) -> None:
    lead, director = browser("lead"), browser("director")
    before = chain_of(adoptions()[0].digest)
    assert "Nothing yet." in text(lead.get("/policy/changes"))
    page = text(lead.get(TARGET))
    assert "12 weeks" in page
    assert "Promised by the policy" in page
    assert "is not a time limit" in text(lead.post(TARGET, limit(0, "soon")))
    assert "say how long “before” or “over”" in text(lead.post(TARGET, limit(0, "6 weeks", warn="2 weeks")))
    assert "Nothing is in force before" in text(lead.post(TARGET, limit(0, "6 weeks"), follow=True))
    page = text(lead.get("/policy/changes"))
    assert "Limit: 12 weeks → 6 weeks" in page
    assert "Limit: 12 weeks → 6 weeks" in text(browser("lead").get("/policy/changes")), "it outlives a sign-out"
    assert "Nothing yet." in text(browser("deputy").get("/policy/changes")), "another's changes are not shown"
    lead.post("/policy/changes", {"why": "The board wants it sooner", **day("first_day", clock.now().date())})
    assert pack_in_force(clock.now()).chain[-1] == "manchester-2025"
    assert "Limit: 12 weeks → 6 weeks" in text(director.get(the_proposal()))
    assert "Try it on what has happened" in text(lead.get(the_proposal()))
    assert "Try it on what has happened" not in text(director.get(the_proposal()))
    director.post(the_proposal(), {"decision": "approve", "comment": ""})
    assert adoptions()[0].version == "2025.1+1"
    assert chain_of(adoptions()[0].digest).packs[:-1] == before.packs, "the files lie below, byte for byte"
    assert "Nothing yet." in text(lead.get("/policy/changes"))
    assert "6 weeks" in text(lead.get(TARGET))


def test_what_the_law_sets_is_not_made_longer_and_what_was_typed_stays(browser) -> None:
    lead = browser("lead")
    page = text(lead.get("/policy/changes/limit/hazard.investigation"))
    assert "Required by law or statutory guidance" in page
    refused = lead.post("/policy/changes/limit/hazard.investigation", limit(0, "3 weeks"))
    assert "The law sets 10 working days for this. A policy may be quicker, never slower." in text(refused)
    assert "3 weeks" in refused.content.decode()
    assert "Nothing yet." in text(lead.get("/policy/changes"))


def test_posts_signs_and_words_are_called_as_they_are_called_here(browser) -> None:
    lead = browser("lead")
    post, word = "/policy/changes/post/head_asb_safeguarding", "/policy/changes/word/abuse_type%20neglect"
    sign = "/policy/changes/sign/held_by_neck"
    cited = {"clause": "4.1.6a"}
    lead.post(post, {"version": "0", "title": "Chief of safety", "cover": "housing_support_manager", **cited})
    lead.post(word, {"version": "1", "label": "Not cared for", "local": "N1", **cited})
    lead.post(sign, {"version": "2", "label": "Somebody was held", "lines": "Ring 999\nStay there", **cited})
    page = text(lead.get("/policy/changes"))
    for said in ("Head of ASB &amp; Safeguarding → Chief of safety", "→ Not cared for", "→ Somebody was held"):
        assert said in page, said
    assert "Choose the clause that says so" in text(lead.post(post, {"version": "3", "title": "Chief", "clause": ""}))
    out = {"version": "3", "section": "post", "key": "head_asb_safeguarding"}
    assert "The change is taken out." in text(lead.post("/policy/changes/out", out, follow=True))
    assert "Chief of safety" not in text(lead.get("/policy/changes"))
    assert "Your changes are thrown away." in text(lead.post("/policy/changes/again", follow=True))
    assert "Nothing yet." in text(lead.get("/policy/changes"))


def test_the_changes_are_a_small_file_that_inherits_the_policy(browser) -> None:
    lead = browser("lead")
    lead.post(TARGET, limit(0, "6 weeks"))
    answer = lead.get("/policy/changes/file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="manchester-2025-changes.toml"'
    file = tomllib.loads(answer.content.decode())
    assert file["pack"]["inherits"] == "manchester-2025"
    assert file["override"][0]["limit"] == "6 weeks"


def test_two_windows_do_not_overwrite_each_other(browser, cast) -> None:
    lead = browser("lead")
    lead.post(TARGET, limit(0, "6 weeks"))
    lead.post(TARGET, limit(1, "5 weeks"))
    page = text(lead.post(TARGET, limit(1, "4 weeks")))
    assert "What somebody else saved while you were writing" in page
    assert "5 weeks" in page
    at = clock.now()
    with acting_as(cast.lead), pytest.raises(ChangedMeanwhile):
        change(
            lambda overlay: change_post(overlay, "repairs_desk", title="Desk", cover="", clause="4.1.6a"), version=1,
            by=cast.lead, at=at,
        )  # fmt: skip


def test_changes_of_a_policy_that_another_has_replaced_are_not_proposed(browser, cast) -> None:
    lead, deputy, director = browser("lead"), browser("deputy"), browser("director")
    lead.post(TARGET, limit(0, "6 weeks"))
    deputy.post(TARGET, limit(0, "8 weeks"))
    deputy.post("/policy/changes", {"why": "So", **day("first_day", clock.now().date())})
    director.post(the_proposal(), {"decision": "approve", "comment": ""})
    page = lead.post("/policy/changes", {"why": "So", **day("first_day", clock.now().date() + timedelta(days=1))})
    assert "Another policy came into force since you began." in text(page)
    lead.post("/policy/changes/again")
    with acting_as(cast.lead):
        assert str(changes_of(cast.lead, at=clock.now()).after.rules["case.target"].bands[0].limit) == "8 weeks"


def test_only_a_lead_changes_the_policy_and_what_is_not_there_is_missing(browser) -> None:
    for who in ("director", "worker", "outsider", "administrator"):
        for address in ("/policy/changes", TARGET, "/policy/changes/file", "/policy/changes/again"):
            assert browser(who).get(address).status_code == 404, (who, address)
    lead = browser("lead")
    for address in ("limit/nowhere", "post/nowhere", "word/nowhere", "word/abuse_type%20x", "sign/x", "gate/x"):
        assert lead.get(f"/policy/changes/{address}").status_code == 404, address


def test_changes_are_tried_before_they_are_proposed_and_what_comes_out_stands_beside_them(
    own_cast, own_database
) -> None:
    with transaction.atomic():
        three_cases(own_cast.lead, own_cast.owner)
        lead = at_a_browser(own_cast.lead)
    assert "Nothing is changed yet" in text(lead.post("/policy/changes/try", day("since", a_year_ago())))
    lead.post(TARGET, limit(0, "6 weeks"))
    assert "These changes were not tried yet" in text(lead.get("/policy/changes"))
    ahead = clock.now().date() + timedelta(days=2)
    assert "Enter a day that is over" in text(lead.post("/policy/changes/try", day("since", ahead)))
    page = text(lead.post("/policy/changes/try", day("since", a_year_ago()), follow=True))
    assert "Your changes are being tried." in page
    assert "This begins in a moment." in page
    assert make_round(own_database, "try_policies") == "1"
    page = text(lead.get("/policy/changes"))
    assert "Limit: 12 weeks → 6 weeks" in page
    assert "told again" in page
    with transaction.atomic():
        assert pack_in_force(clock.now()).chain[-1] == "manchester-2025", "nothing is in force"
    lead.post(TARGET, limit(1, "5 weeks"))
    assert "These changes were not tried yet" in text(lead.get("/policy/changes")), "it was of other changes"


def a_year_ago() -> date:
    return clock.now().date() - timedelta(days=365)


def test_something_inherited_is_taken_out_with_a_reason_and_the_law_stays(browser) -> None:
    """feature 87"""
    lead = browser("lead")
    sign = "/policy/changes/sign/money"
    assert f'href="{sign}/out"' in lead.get(sign).content.decode()
    assert "Write why it is taken out" in text(lead.post(f"{sign}/out", {"version": "0", "clause": "2.12a", "why": ""}))
    told = {"version": "0", "clause": "2.12a", "why": "We ask it elsewhere"}
    assert "Taken out. Nothing is in force before" in text(lead.post(f"{sign}/out", told, follow=True))
    page = text(lead.get("/policy/changes"))
    assert "Taken out. Sign on the form: " in page
    assert "We ask it elsewhere" in page
    assert lead.get(sign).status_code == 404, "it is not there to be changed"
    law = lead.post("/policy/changes/limit/hazard.investigation/out", {**told, "version": "1"})
    assert "stays: it is not Hearth's proposal" in text(law).replace("&#39;", "'")
    back = {"version": "1", "section": "dropped", "key": "sign money"}
    assert "The change is taken out." in text(lead.post("/policy/changes/out", back, follow=True))
    assert "Taken out. Sign" not in text(lead.get("/policy/changes"))


def test_lists_no_page_reads_are_named_and_not_offered(browser) -> None:
    page = browser("lead").get("/policy/changes").content.decode()
    assert "/policy/changes/word/abuse_type%20neglect" in page
    assert "/policy/changes/word/body%20" not in page
    assert "No page reads these lists yet" in page
    assert "body" in page


def test_a_half_typed_change_is_kept_while_it_is_typed_and_shown_when_one_comes_back(browser) -> None:
    lead = browser("lead")
    page = lead.get(TARGET).content.decode()
    assert "data-keeps=" in page
    carried = dict(re.findall(r'name="(form_key|draft_signature)" value="([^"]+)"', page))
    typed = {**limit(0, "6 wee"), **carried, "act": "keep"}
    answer = lead.post(TARGET, typed, headers={"accept": "application/json"})
    assert answer.json()["is_saved"]
    assert "Nothing yet." in text(lead.get("/policy/changes")), "kept is not changed"
    again = browser("lead").get(TARGET).content.decode()
    assert 'value="6 wee"' in again
    assert 'value="6 wee"' not in browser("deputy").get(TARGET).content.decode()
