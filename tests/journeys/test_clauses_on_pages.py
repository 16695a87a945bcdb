"""The policy on the pages: its clause beside each question, what stands behind a promise, a change half typed."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.cases.terms import Risk
from hearth.timescales.operations import require_gates
from hearth.timescales.stopping import keep_stopped
from hearth.timescales.terms import GateUnmet
from walked import owned, raised

WIDTHS = ("phone", "desktop")


@pytest.fixture
def case(own_cast):
    """A case its owner took on, and tried to close six times before anything had changed."""
    with transaction.atomic():
        found = owned(own_cast, risk=Risk.HIGH, at=clock.now() - timedelta(days=2))
        with acting_as(own_cast.owner):
            for _ in range(6):
                try:
                    require_gates("case.closed", about=found, facts={"outcome": "risk_reduced"}, at=clock.now())
                except GateUnmet as problem:
                    keep_stopped(problem, at=clock.now())
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_the_clause_stands_beside_each_question_and_opens_beside_the_form(case, request, width, enter, axe, shot):
    """feature 87"""
    page = request.getfixturevalue(width)
    enter(page, "owner").goto(f"/case/{case.public_id}/close")
    axe(page)
    shot(page, f"close-cited-{width}")
    page.get_by_label("What has changed that you saw yourself?").fill("The little one sleeps in a warm bed")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=re.compile("Clause 2.6c on “What has changed")).click()
    expect(opened.value.get_by_role("heading", name="Clause 2.6c")).to_be_visible()
    expect(page.get_by_label("What has changed that you saw yourself?")).to_have_value(re.compile("warm bed"))


@pytest.mark.parametrize("width", WIDTHS)
def test_triage_finds_the_clauses_what_words_mean_and_what_else_the_policy_looks_for(
    own_cast, request, width, enter, axe, shot
):
    with transaction.atomic():
        concern = raised(own_cast, at=clock.now() - timedelta(hours=2))
    page = request.getfixturevalue(width)
    enter(page, "triage_officer").goto(f"/concern/{concern.public_id}/decide?step=who")
    axe(page)
    shot(page, f"who-folded-{width}")
    page.get_by_text("What the policy means by its words").click()
    page.get_by_text("What else the policy looks for").click()
    page.get_by_label("Overcrowding").check()
    axe(page)
    shot(page, f"who-open-{width}")
    page.goto("/concerns/log")
    axe(page)
    shot(page, f"log-cited-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_behind_a_promise_stand_what_a_gate_stopped_and_the_ways_one_may_take(case, request, width, enter, axe, shot):
    page = request.getfixturevalue(width)
    enter(page, "lead").goto("/promises/H.closing")
    expect(page.get_by_text("Hearth stops the act each time until this is there.").first).to_be_visible()
    expect(page.get_by_role("heading", name="Asked before it goes on", exact=False).first).to_be_visible()
    axe(page)
    shot(page, f"promise-gate-{width}")
    page.goto("/promises/3.3a")
    axe(page)
    shot(page, f"promise-post-{width}")
    page.goto("/promises?keeper=words:abuse_type")
    expect(page.get_by_text("Only what is kept by this: List of words: abuse type.")).to_be_visible()
    axe(page)
    shot(page, f"promises-of-a-list-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_half_typed_change_is_saved_as_it_is_typed_and_something_is_taken_out(
    own_cast, request, width, enter, axe, shot
):
    page = request.getfixturevalue(width)
    enter(page, "lead").goto("/policy/changes/limit/case.target")
    page.get_by_label("Limit", exact=True).fill("6 wee")
    expect(page.get_by_text(re.compile("Saved at .* Not sent yet"))).to_be_visible()
    axe(page)
    page.goto("/policy/changes")
    shot(page, f"changes-{width}")
    page.goto("/policy/changes/limit/case.target")
    expect(page.get_by_label("Limit", exact=True)).to_have_value("6 wee")
    page.goto("/policy/changes/sign/money")
    page.get_by_role("link", name="Take it out of the policy instead").click()
    axe(page)
    shot(page, f"take-out-{width}")
    page.get_by_label("Why is it taken out?").fill("We ask it elsewhere")
    page.get_by_label("Which clause says so?").select_option("2.12a")
    page.get_by_role("button", name="Take it out").click()
    expect(page.get_by_text("We ask it elsewhere, 2.12a")).to_be_visible()
    axe(page)
    shot(page, f"changes-after-{width}")
