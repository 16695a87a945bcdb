"""What the policy requires is not called optional, and what it asks for only sometimes says when."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from at_a_page import day
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.cases.terms import Risk
from hearth.policy.packs import Chain, PackFiles, read_chain
from hearth.policy.packs.conditions import AllOf, AnyOf, Equals, Present, could_hold, needed
from hearth.timescales.operations import adopt_policy
from triage.test_deciders import TOGETHER, concern_under
from walked import ENDING, owned
from web.signed_in import at_a_browser, read

PACKS = Path(__file__).resolve().parents[2] / "packs"
LABEL = re.compile(r'<label class="govuk-label[^"]*" for="(\w+)">(.*?)</label>', re.S)
LEGEND = re.compile(r'<legend [^>]*>(.*?)</legend>.*?name="(\w+)"', re.S)
CHANGE = "What has changed that you saw yourself?"
SOMETIMES = """
[pack]
title = "Ashgrove closings"
version = "1"
policy = "Ashgrove"
inherits = "england"
partial = true

[[clause]]
id = "A1"
text = "Where the risk remains, what changed is written down."
source = "Ashgrove policy"

[[gate]]
id = "close.seen_change"
act = "case.closed"
clause = "A1"
sentence = "Say what has changed"
when = { fact = "outcome", equals = "risk_remains" }
requires = { fact = "change_seen", equals = true }
"""


def asked(answer) -> dict[str, str]:
    """Every question of a page by its field."""
    page = re.sub(r"\s+", " ", answer.content.decode())
    return dict(LABEL.findall(page)) | {name: words for words, name in LEGEND.findall(page)}


def under(cast, chain) -> None:
    with acting_as(cast.lead):
        adopt_policy(chain, by=cast.lead, at=datetime(2026, 1, 5, tzinfo=UTC))


def closing(cast, chain=None, **case) -> dict[str, str]:
    case = owned(cast, **({"at": now() - timedelta(days=2)} | case))
    if chain is not None:
        under(cast, chain)
    return asked(at_a_browser(cast.owner).get(f"/case/{case.public_id}/close"))


def test_what_the_policy_in_force_wants_on_closing_is_not_optional(cast):
    """Manchester closes no case without a change somebody saw (2.6c)."""
    questions = closing(cast)
    assert questions["change_seen"] == CHANGE
    assert questions["wishes_why"] == "If nobody asked: why not?", "it says when"
    assert questions["child_why"].endswith("(optional)")


def test_a_policy_that_does_not_ask_calls_it_optional(cast):
    """The control."""
    assert closing(cast, read_chain(PACKS / "england"))["change_seen"] == f"{CHANGE} (optional)"


def test_what_depends_on_another_answer_is_not_called_optional_either(cast):
    england = read_chain(PACKS / "england")
    own = Chain((*england.packs, PackFiles("ashgrove", (("pack.toml", SOMETIMES.encode()),))))
    assert closing(cast, own)["change_seen"] == CHANGE


def test_what_is_missing_is_said_at_once_with_its_clause_beside_the_other_questions(cast):
    case = owned(cast, at=now() - timedelta(days=2))
    page = at_a_browser(cast.owner).post(f"/case/{case.public_id}/close", {"why": ENDING.why})
    beside = page.content.decode().partition('id="change_seen-error"')[2].partition("</p>")[0]
    assert "engaging with an agency is not enough on its own" in beside
    assert 'href="/promises/2.6c"' in beside
    assert "Select how the case ended" in read(page), "all at once"


def test_why_a_case_is_late_or_closes_early_is_asked_of_those_cases_alone(cast):
    questions = closing(cast)
    assert not {"breach_reason", "watched_reason"} & set(questions)
    late = closing(cast, at=now() - timedelta(days=120))
    assert late["breach_reason"] == "The case ran past its target: why?"
    case, owner = owned(cast, at=now() - timedelta(days=2), risk=Risk.STANDARD), at_a_browser(cast.owner)
    begun = {"process": "child_in_need", "lead_practitioner": "Ms Bright"} | day("began_on", now().date())
    assert owner.post(f"/case/{case.public_id}/process", begun).status_code == 302
    page = owner.get(f"/case/{case.public_id}/close")
    assert asked(page)["watched_reason"] == "Another agency’s process still runs: why close now?"
    assert "Somebody else must approve this closing" in read(page)


def test_who_decided_too_is_not_optional_where_a_panel_decides(cast):
    which = concern_under(cast, TOGETHER)
    step = f"/concern/{which}/decide?step=decision"
    questions = asked(at_a_browser(cast.triage_officer).get(step))
    assert questions["with_whom"] == "Who decided this with you?"
    assert questions["hand_to"] == "Who is offered the case? (optional)", "the control"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Equals("subject", "adult"), False),
        (Equals("outcome", "died"), True),
        (AllOf((Equals("subject", "child"), Present("outcome"))), True),
        (AllOf((Equals("subject", "adult"), Present("outcome"))), False),
        (AnyOf((Equals("subject", "adult"), Present("outcome"))), True),
    ],
)
def test_only_what_is_not_answered_yet_is_open(condition, holds):
    assert could_hold(condition, {"subject": "child"}) is holds


def test_of_several_that_would_do_none_is_needed_by_itself():
    either = AnyOf((Present("one"), Present("other")))
    assert needed(AllOf((Present("this"), either))) == {"this"}
    assert needed(either) == needed(None) == frozenset()
