"""Who decides on a concern where the policy names it: one of its posts, or several together."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hearth.access.identity import acting_as, as_the_house
from hearth.concerns import queries as concerns
from hearth.concerns.terms import NotComplete
from hearth.ledger.models import Entry
from hearth.outbound.models import Notice
from hearth.policy.packs import Chain, PackFiles
from hearth.policy.queries import adoptions, chain_of
from hearth.timescales.operations import adopt_policy
from hearth.triage.operations import decide
from hearth.triage.queries import decisions_on, who_decided
from hearth.triage.terms import Outcome
from walked import OPEN, TRIAGED, raised
from web.signed_in import at_a_browser, read

PANEL = """
[pack]
title = "Ashgrove panel"
version = "1"
policy = "Ashgrove"
inherits = "manchester-2025"
partial = true

[[clause]]
id = "P1"
text = "A concern is decided by the panel."
source = "Ashgrove policy"

[[post]]
id = "triage"
title = "Triage officer"
parts = ["triage"]

[[post]]
id = "deputy"
title = "Deputy safeguarding lead"
parts = ["deputy"]

[[post]]
id = "nobody"
title = "Outside chair"
parts = []

[triage]
clause = "P1"
"""
TOGETHER = 'decided_by = "panel"\nposts = ["triage", "deputy"]\ntogether = 2\n'
ALONE = 'decided_by = "person"\nposts = ["deputy"]\n'
EMPTY = 'decided_by = "panel"\nposts = ["nobody"]\ntogether = 2\n'


def concern_under(cast, who, *, at=TRIAGED):
    """A concern, where the policy says who decides."""
    with acting_as(cast.lead):
        chain = Chain(
            (*chain_of(adoptions()[0].digest).packs, PackFiles("panel", (("pack.toml", (PANEL + who).encode()),)))
        )
        adopt_policy(chain, by=cast.lead, at=datetime(2026, 1, 5, tzinfo=UTC))
    return raised(cast).public_id


def decides(viewer, which, judgement=OPEN, **changes):
    with acting_as(viewer):
        concern = concerns.concern_for(viewer, which)
        return decide(concern, replace(judgement, **changes), by=viewer, at=TRIAGED, key=uuid.uuid4())[0]


def test_a_panel_decides_together_and_whoever_is_named_is_told(cast):
    triage, deputy, which = cast.triage_officer, cast.deputy, concern_under(cast, TOGETHER)
    with pytest.raises(NotComplete, match="2 of these decide together: Triage officer, Deputy safeguarding lead"):
        decides(cast.lead, which)
    with pytest.raises(NotComplete, match="Say who decided this with you"):
        decides(triage, which)
    for other in (triage, cast.lead):
        with pytest.raises(NotComplete, match="Name others, of those who decide"):
            decides(triage, which, with_whom=(other.id,))

    decision = decides(triage, which, with_whom=(deputy.id,))
    with acting_as(deputy):
        assert Notice.objects.filter(user_id=deputy.id, about=which).exists()
        concern = concerns.concern_for(deputy, which)
        assert who_decided(deputy, concern) == {triage.id, deputy.id}, "neither answers a reporter who is still worried"
    with as_the_house():
        assert Entry.objects.get(act="concern.triaged").facts["together"] == 2
    assert decision.with_whom == [deputy.id]
    page = read(at_a_browser(cast.lead).get(f"/concern/{which}"))
    assert "Decided together with Deputy" in page


def test_one_post_decides_where_the_policy_names_one(cast):
    which = concern_under(cast, ALONE)
    with pytest.raises(NotComplete, match=r"This is decided by: Deputy safeguarding lead \(P1\)"):
        decides(cast.triage_officer, which)
    with pytest.raises(NotComplete, match="Name others"):
        decides(cast.deputy, which, with_whom=(cast.lead.id,))
    decides(cast.deputy, which)
    with acting_as(cast.deputy):
        assert len(decisions_on(cast.deputy, concerns.concern_for(cast.deputy, which))) == 1


def test_referring_at_once_waits_for_nobody(cast):
    which = concern_under(cast, TOGETHER)
    decides(cast.lead, which, outcome=Outcome.REFER_NOW, considered=(Outcome.OPEN_CASE,))
    with acting_as(cast.lead):
        (decision,) = decisions_on(cast.lead, concerns.concern_for(cast.lead, which))
    assert decision.outcome == Outcome.REFER_NOW


def test_a_panel_nobody_sits_on_stops_nobody_the_leads_decide(cast):
    which = concern_under(cast, EMPTY)
    with pytest.raises(NotComplete, match="Outside chair"):
        decides(cast.triage_officer, which)
    decides(cast.lead, which, with_whom=(cast.deputy.id,))


def test_the_page_says_whose_decision_it_is_and_asks_who_decided_too(cast):
    which = concern_under(cast, TOGETHER)
    address = f"/concern/{which}/decide?step=decision"
    told = {
        "outcome": "advice",
        "advice": "Gave the advice line",
        "considered": ["watch"],
        "refers": "no",
        "act": "next",
    }
    lead, triage = at_a_browser(cast.lead), at_a_browser(cast.triage_officer)
    assert "You can add to the concern, or refer at once." in read(lead.post(address, told))
    page = read(triage.post(address, told))
    assert "Select who decided this with you. 2 of these decide together" in page
    assert "Deputy, Deputy safeguarding lead" in page
    assert triage.post(address, {**told, "with_whom": [str(cast.deputy.id)]}).status_code == 302


def test_the_policys_target_stands_with_its_clause_where_it_is_decided(cast):
    which = concern_under(cast, ALONE)
    deputy = at_a_browser(cast.deputy)
    who = {"subject": "child", "children_in_household": "yes", "domestic_abuse": "no", "act": "next"}
    deputy.post(f"/concern/{which}/decide?step=who", who)
    page = read(deputy.get(f"/concern/{which}/decide?step=decision"))
    assert "This is decided by: Deputy safeguarding lead (P1)." in page
    assert "The policy’s target: Decide on the concern, " in page
    assert "confirm with your lead." in page
