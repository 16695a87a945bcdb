"""An administrator's first day: from three commands to the first concern, worked on as a case. All of it in browsers.

It tells what `docs/guides/for-administrators.md` tells, in the same order.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hearth.access.queries import viewer
from hearth.organisation.models import User
from journeys.incoming import choose, jobs_do_their_round
from journeys.people_at_work import A_YEAR, WORD, Day, letter, the_day

ROOT = Path(__file__).resolve().parents[2]
KWAME = "kwame@homes.example"
RING = "0161 496 0155"
HOMES = "home reference,address line 1,postcode\nA-1,1 Elder Row,M14 4AA\nA-2,,M14 4AA\n"
STAFF = (
    "e-mail,name,kind,employer,post\n"
    "mira@homes.example,Mira Sands,employee,,Housing Support Officer\n"
    "tom@homes.example,Tom Birch,employee,,Neighbourhood Officer\n"
    "jo@homes.example,Jo Reed,employee,,Gardener\n"
)
NOTICED = "A little boy alone in the hall after ten at night, twice this week. “Mum is at work,” he said."


@pytest.fixture
def own_database(cloned, tmp_path: Path) -> Iterator[str]:
    """What the commands of the guide leave behind: a provider with its policy and posts, and one administrator."""
    with cloned(founded=False) as address:
        told = {**os.environ, "HEARTH_DATABASE_URL": address, "HEARTH_HOME": str(tmp_path), "PYTHONPATH": "src"}

        def hearth(*words: str, typed: str = "") -> str:
            command = [sys.executable, "-m", "hearth.cli", *words]
            ran = subprocess.run(command, env=told, input=typed, capture_output=True, text=True, cwd=ROOT, timeout=300)
            assert ran.returncode == 0, ran.stderr
            return ran.stdout

        hearth("migrate")
        hearth("found", "Ashgrove Homes", "--pack", "packs/manchester-2025")
        hearth("user", "add", KWAME, "Kwame Field", "--post", "systems_administrator", typed=f"{WORD}\n")
        yield address


@pytest.fixture
def day(more_browsers, axe, shot) -> Day:
    return Day(more_browsers, axe, shot)


def test_from_an_empty_house_to_the_first_case(day: Day, tmp_path: Path) -> None:
    admin = day.admin
    admin.goto("/")
    day.look(admin, "sign-in")
    day.sign_in(admin, KWAME)
    day.look(admin, "home-without-second-factor")
    day.set_up_a_second_factor(admin, "admin")
    admin.goto("/")
    expect(admin.get_by_text("8 to fill")).to_be_visible()
    expect(admin.get_by_text("Nobody now")).to_be_visible()
    day.look(admin, "home")
    admin.get_by_role("link", name="Posts", exact=True).click()
    day.look(admin, "posts-empty")

    lead = the_lead_comes_first(day)
    the_policy_is_in_force(day, lead)
    triage = everybody_else(day, lead)
    somebody_is_on_call(day)
    worker, officer = homes_and_staff_come_in(day, lead, tmp_path)
    link = a_link_for_a_firm(day)
    admin.goto("/posts")
    day.look(admin, "posts-at-the-end")
    admin.goto("/")
    expect(admin.get_by_text("4 to fill")).to_be_visible()
    expect(admin.get_by_text("Nobody now")).to_have_count(0)
    day.look(admin, "home-at-the-end")

    somebody_without_an_account_tells(day, link)
    a_concern_is_logged(day, officer)
    case = triage_opens_a_case(day, triage)
    the_worker_takes_it(day, worker, case)


def the_lead_comes_first(day: Day) -> Page:
    admin = day.admin
    admin.goto("/users")
    day.look(admin, "users")
    first = day.new_user("Ruth Alder", "ruth@homes.example")
    day.look(admin, "user")
    day.put_into("Head of ASB & Safeguarding")
    expect(admin.get_by_text("It takes effect at once")).to_be_visible()
    day.look(admin, "posts-with-a-lead")
    lead = day.more()
    lead.goto(first)
    day.look(lead, "first-password")
    lead.close()
    lead = day.first_password(first, "ruth@homes.example")
    day.set_up_a_second_factor(lead)
    lead.goto("/")
    day.look(lead, "home-of-the-lead")
    return lead


def the_policy_is_in_force(day: Day, lead: Page) -> None:
    lead.get_by_role("link", name="Policy", exact=True).click()
    expect(lead.get_by_text("Manchester Housing Services").first).to_be_visible()
    day.look(lead, "policy")


def everybody_else(day: Day, lead: Page) -> Page:
    """A team, and posts that two people give."""
    admin = day.admin
    admin.goto("/posts")
    admin.get_by_role("button", name="New team").click()
    admin.get_by_label("Name of the team").fill("Support north")
    admin.get_by_label("Company of the group").fill("Ashgrove North")
    day.look(admin, "team-new")
    admin.get_by_role("button", name="Add the team").click()
    admin.get_by_role("link", name="Housing Support Officer").click()
    day.look(admin, "post")
    admin.get_by_role("button", name="Change the post").click()
    admin.get_by_label("Team").select_option(label="Support north, Ashgrove North")
    day.look(admin, "post-change")
    admin.get_by_role("button", name="Save").click()
    first = day.new_user("Halina Frost", "halina@homes.example", kind="Agency worker", last_day=True)
    day.put_into("Safeguarding Triage Officer")
    expect(admin.get_by_text("must agree")).to_be_visible()
    day.new_user("Priya Larch", "priya@homes.example")
    day.put_into("Housing Support Manager")
    day.new_user("Grace Holm", "grace@board.example", kind="Board member")
    day.put_into("Board Safeguarding Champion")
    day.look(admin, "posts-that-wait")
    agrees(day, lead, "Halina Frost, Safeguarding Triage Officer")
    agrees(day, lead, "Priya Larch, Housing Support Manager")
    triage = day.first_password(first, "halina@homes.example")
    day.set_up_a_second_factor(triage)
    return triage


def agrees(day: Day, lead: Page, asked: str) -> None:
    lead.goto("/")
    lead.get_by_role("link", name="New readers").click()
    lead.get_by_role("link", name=asked).click()
    day.look(lead, "agree")
    lead.get_by_label("Yes, they hold the post from now on").check()
    lead.get_by_role("button", name="Answer").click()
    expect(lead.get_by_text("They hold the post now.")).to_be_visible()


def somebody_is_on_call(day: Day) -> None:
    admin = day.admin
    admin.goto("/rota")
    day.look(admin, "rota-empty")
    admin.get_by_role("button", name="Put somebody on the rota").click()
    admin.get_by_label("Who?").select_option(label="Ruth Alder")
    admin.get_by_label("Number to ring").fill(RING)
    the_day(admin, "first_day")
    admin.get_by_label("From what time?").fill("midnight")
    the_day(admin, "last_day", after=A_YEAR)
    admin.get_by_label("Until what time?").fill("9am")
    day.look(admin, "rota-new")
    admin.get_by_role("button", name="Put on the rota").click()
    expect(admin.get_by_role("link", name=RING)).to_be_visible()
    day.look(admin, "rota")


def homes_and_staff_come_in(day: Day, lead: Page, folder: Path) -> tuple[Page, Page]:
    """Two rows are wrong: they are told, and left out."""
    admin = day.admin
    keeper = viewer(User.objects.get(email=KWAME))
    admin.goto("/")
    admin.get_by_role("link", name="Import").click()
    day.look(admin, "import")
    choose(admin, folder, homes=HOMES, staff=STAFF)
    jobs_do_their_round(keeper, state="looking")
    admin.get_by_role("button", name="See how far it is").click()
    expect(admin.get_by_text("Homes, row 3")).to_be_visible()
    expect(admin.get_by_text("Staff, row 4")).to_be_visible()
    day.look(admin, "import-looked")
    admin.get_by_role("button", name="Bring it in").click()
    jobs_do_their_round(keeper, state="importing")
    admin.get_by_role("button", name="See how far it is").click()
    expect(admin.get_by_role("heading", name="Brought in", exact=True)).to_be_visible()
    day.look(admin, "import-done")
    agrees(day, lead, "Mira Sands, Housing Support Officer")
    pages = []
    for name in ("Mira Sands", "Tom Birch"):
        admin.goto("/users")
        admin.get_by_role("link", name=name).click()
        admin.get_by_role("button", name="Send the letter to set a password").click()
        expect(admin.get_by_text("No letter leaves").first, "no e-mail here, and the message is kept").to_be_visible()
        email = f"{name.split()[0].lower()}@homes.example"
        pages.append(day.first_password(letter(email), email))
    day.set_up_a_second_factor(pages[0])
    return pages[0], pages[1]


def a_link_for_a_firm(day: Day) -> str:
    admin = day.admin
    admin.goto("/")
    admin.get_by_role("link", name="Reporting links").click()
    day.look(admin, "links")
    admin.get_by_label("Who is it for?").fill("Brightgas vans")
    admin.get_by_role("button", name="Make the link").click()
    day.look(admin, "link-sheet")
    return admin.locator(".hearth-secret").inner_text()


def somebody_without_an_account_tells(day: Day, link: str) -> None:
    plasterer = day.more()
    plasterer.goto(link)
    tell(plasterer, "A man shouted at the lady upstairs and she cried.")
    day.look(plasterer, "receipt-by-link")


def a_concern_is_logged(day: Day, officer: Page) -> None:
    """By somebody with a password alone, at a home of the register, by night."""
    day.look(officer, "home-of-an-officer")
    officer.get_by_role("link", name="Log a concern").first.click()
    officer.get_by_label("At one of our homes").check()
    officer.get_by_label("Address, postcode or UPRN").fill("1 elder row")
    officer.get_by_role("button", name="Find the home").click()
    officer.get_by_label("1 Elder Row").check()
    tell(officer, NOTICED, somewhere=False)
    expect(officer.get_by_role("heading", name="We have your concern")).to_be_visible()
    day.look(officer, "receipt")


def tell(page: Page, noticed: str, *, somewhere: bool = True) -> None:
    page.get_by_role("group", name="Is anyone in danger now?").get_by_label("No", exact=True).check()
    if somewhere:
        page.get_by_label("I don’t know where").check()
    page.get_by_label("What did you see, hear or were you told?").fill(noticed)
    page.locator("#about_staff-3").check()
    page.get_by_role("button", name="Send", exact=True).first.click()


def triage_opens_a_case(day: Day, triage: Page) -> str:
    triage.goto("/")
    day.look(triage, "home-of-triage")
    triage.get_by_role("link", name="Triage", exact=True).first.click()
    day.look(triage, "queue")
    triage.get_by_role("link").filter(has_text="C-").filter(has_text="Elder Row").or_(
        triage.get_by_role("listitem").filter(has_text="Elder Row").get_by_role("link").first
    ).first.click()
    expect(triage.get_by_text(NOTICED)).to_be_visible()
    day.look(triage, "concern")
    triage.get_by_role("button", name="Decide on this concern").click()
    triage.get_by_label("A child", exact=True).check()
    triage.get_by_role("group", name="Do children live there or visit?").get_by_label("Yes").check()
    triage.get_by_role("group", name="Is domestic abuse part of it").get_by_label("No").check()
    triage.get_by_role("button", name="Continue").click()
    triage.get_by_role("group", name="What should happen?").get_by_label("Open a case").check()
    triage.get_by_role("group", name="How high is the risk?").get_by_label("Medium").check()
    triage.get_by_label("Why is the risk what you say?").fill("A small boy alone at night")
    triage.get_by_label("Who is offered the case?").select_option(label="Mira Sands, Housing Support Officer")
    triage.get_by_label("What matters most").fill("Who is with him in the evening")
    triage.get_by_role("group", name="What else did you consider?").get_by_label("Watch").check()
    triage.get_by_role("group", name="Do you refer to another agency now?").get_by_label("No").check()
    triage.get_by_role("button", name="Continue").click()
    triage.get_by_role("group", name="rest only on what the adults wish").get_by_label("No").check()
    triage.get_by_label("Why did you decide this?").fill("He is six and was alone twice.")
    triage.get_by_label("Which clause does it rest on?").select_option(index=3)
    triage.get_by_label("What may we tell the person who raised it?").fill("Thank you. We are acting on it.")
    triage.get_by_role("button", name="Continue").click()
    triage.get_by_role("button", name="Record the decision").click()
    expect(triage.get_by_role("heading", name="Limits")).to_be_visible()
    day.look(triage, "case")
    return triage.url


def the_worker_takes_it(day: Day, worker: Page, case: str) -> None:
    worker.goto("/")
    worker.get_by_role("link", name="My work").first.click()
    day.look(worker, "my-work")
    worker.goto("/cases")
    worker.get_by_role("link", name="offers you case").click()
    day.look(worker, "offered")
    worker.get_by_label("Yes, I take it on").check()
    worker.get_by_role("button", name="Answer").click()
    expect(worker.get_by_role("link", name="offers you case")).to_have_count(0)
    worker.goto(case)
    expect(worker.get_by_text("With Mira Sands.")).to_be_visible()
    day.look(worker, "case-taken")
