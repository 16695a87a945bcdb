"""What waits for others, what is watched, and limits, as owner, watcher and lead see them on a phone and on a desk."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.concerns import queries as concerns
from hearth.pathway.deciding import Begin, decide_concern
from hearth.triage.terms import Outcome
from walked import OPEN, owned, raised

if TYPE_CHECKING:
    from company import Cast


@pytest.fixture
def case(own_cast: "Cast") -> str:
    """The address of a case that its owner took on two days ago."""
    with transaction.atomic():
        return f"/case/{owned(own_cast, at=clock.now() - timedelta(days=2)).public_id}"


@pytest.fixture
def watched(own_cast: "Cast") -> str:
    """The reference of a concern that the worker keeps in view."""
    triage, worker = own_cast.triage_officer, own_cast.worker
    soon = clock.now().date() + timedelta(days=5)
    judgement = replace(
        OPEN, outcome=Outcome.WATCH, considered=(Outcome.OPEN_CASE,), watch_owner_id=worker.id, watch_until=soon
    )
    with transaction.atomic():
        receipt = raised(own_cast, at=clock.now() - timedelta(days=1))
        with acting_as(triage):
            concern = concerns.concern_for(triage, receipt.public_id)
            decide_concern(concern, judgement, Begin(), by=triage, at=clock.now(), key=uuid.uuid4())
        return receipt.reference


def yesterday(page: Page, field: str = "day") -> None:
    on = clock.now() - timedelta(days=1)
    for part in ("day", "month", "year"):
        page.locator(f"#{field}-{part}").fill(str(getattr(on, part)))
    if field == "day":
        page.get_by_label("At what time?").fill("9am")


def test_a_referral_is_made_chased_and_answered(case, phone, enter, axe, shot):
    owner = enter(phone, "owner")
    owner.goto(case)
    owner.get_by_role("link", name="Refer to another agency").click()
    axe(owner)
    shot(owner, "phone-refer")
    owner.get_by_label("Which agency do you refer to?").select_option("council_children")
    owner.get_by_label("By telephone").check()
    yesterday(owner)
    owner.get_by_role("group", name="Is it urgent?").get_by_label("No").check()
    owner.get_by_label("A child", exact=True).check()
    owner.get_by_label("What do you ask the agency to do").fill("Two children sleep in mould")
    owner.get_by_role("radio", name="They refused").check()
    owner.get_by_role("button", name="Record the referral").click()
    expect(owner.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(owner)
    shot(owner, "phone-refer-errors")
    owner.get_by_label("Consent is not needed").check()
    owner.get_by_label("A task in the public interest").check()
    owner.get_by_role("button", name="Record the referral").click()
    owner.goto("/waiting-for-others")
    axe(owner)
    shot(owner, "phone-waiting")
    owner.get_by_role("link", name="Manchester children").click()
    axe(owner)
    shot(owner, "phone-referral")
    owner.get_by_role("link", name="I chased it").click()
    axe(owner)
    owner.get_by_label("Whom did you speak or write to?").fill("Mr Webb, duty desk")
    yesterday(owner)
    owner.get_by_label("What was said?").fill("They look at it tomorrow")
    owner.get_by_role("button", name="Record").click()
    expect(owner.get_by_text("They look at it tomorrow")).to_be_visible()
    owner.get_by_role("link", name="They answered").click()
    owner.get_by_label("No further action").check()
    yesterday(owner)
    owner.get_by_label("What reason did they give?").fill("They know the family")
    owner.get_by_role("button", name="Record").click()
    expect(owner.get_by_role("link", name="We disagree")).to_be_visible()
    axe(owner)
    shot(owner, "phone-referral-answered")


def test_a_watch_is_looked_at_again(watched, no_scripts, phone, enter, axe, shot):
    worker = enter(phone, "worker")
    worker.goto("/my-work")
    axe(worker)
    worker.get_by_role("link", name="Concerns I keep in view").click()
    axe(worker)
    shot(worker, "phone-watches")
    plain = enter(no_scripts, "worker")
    plain.goto("/watches")
    plain.get_by_role("link", name=watched).first.click()
    plain.get_by_label("What did you find?").fill("Quiet all week, the school saw them daily")
    plain.get_by_label("Keep watching until another day").check()
    plain.get_by_role("button", name="Record the review").click()
    expect(plain.get_by_text("Enter the day on which it is looked at again").first).to_be_visible()
    assert plain.get_by_label("What did you find?").input_value().startswith("Quiet all week")
    shot(plain, "phone-watch-errors")
    later = clock.now() + timedelta(days=20)
    for part in ("day", "month", "year"):
        plain.locator(f"#keep_until-{part}").fill(str(getattr(later, part)))
    plain.get_by_role("button", name="Record the review").click()
    expect(plain.get_by_text("Your review is recorded")).to_be_visible()


def test_a_limit_is_paused_on_a_ground_and_refused_contact_is_none(case, desktop, enter, axe, shot):
    owner = enter(desktop, "owner")
    owner.goto(case)
    axe(owner)
    shot(owner, "case-with-limits")
    owner.get_by_role("link", name="Find a resolution").click()
    axe(owner)
    shot(owner, "limit")
    owner.get_by_role("button", name="Pause").click()
    expect(owner.get_by_role("radio")).to_have_count(3)
    axe(owner)
    shot(owner, "limit-pause")
    for name in ("refused contact", "no access", "engaging"):
        assert owner.get_by_role("radio", name=name).count() == 0, name
    owner.get_by_role("radio").first.evaluate("box => { box.value = 'refused_contact' }")
    owner.get_by_role("radio").first.check()
    owner.get_by_label("Who asked, when").fill("Nobody opens the door")
    owner.get_by_role("button", name="Pause").click()
    expect(owner.get_by_text("never pause a limit").first).to_be_visible()
    assert owner.get_by_label("Who asked, when").input_value() == "Nobody opens the door"
    owner.get_by_label("The police asked us in writing").check()
    owner.get_by_label("Who asked, when").fill("DC Marsh, by e-mail this morning")
    owner.get_by_role("button", name="Pause").click()
    expect(owner.get_by_text("Stands still").first).to_be_visible()
    axe(owner)
    shot(owner, "limit-paused")


def test_who_is_in_a_case_and_processes_and_joining_look_right(case, desktop, phone, enter, axe, shot):
    owner = enter(desktop, "owner")
    for name in ("who-is-in", "invite", "process", "high-risk", "close"):
        owner.goto(f"{case}/{name}")
        axe(owner)
        shot(owner, f"case-{name}")
    manager = enter(phone, "manager")
    manager.goto("/approvals")
    axe(manager)
    manager.goto(case)
    expect(manager.get_by_role("link", name="Review as manager")).to_be_visible()
    lead = enter(desktop, "lead")
    lead.goto(f"{case}/join")
    axe(lead)
    shot(lead, "case-join")


def test_a_case_begins_with_its_content_on_a_phone_and_with_a_keyboard(case, phone, enter):
    owner = enter(phone, "owner")
    owner.goto(case)
    owner.keyboard.press("Tab")
    expect(owner.get_by_role("link", name="Skip to main content")).to_be_focused()
    owner.keyboard.press("Enter")
    expect(owner.locator("#main-content")).to_be_focused()
    before = owner.evaluate(
        """() => {
            const limits = [...document.querySelectorAll('main h2')].find(each => each.textContent === 'Limits')
            return [...document.querySelectorAll('main a')].filter(
                each => each.compareDocumentPosition(limits) & Node.DOCUMENT_POSITION_FOLLOWING).length
        }"""
    )
    assert before <= 4, "what the case is comes before what can be done with it"
    owner.get_by_role("link", name="More you can do").click()
    expect(owner.get_by_role("heading", name="More you can do")).to_be_in_viewport()
    for limit in owner.locator(".hearth-limits > li:visible").all():
        box = limit.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 360
