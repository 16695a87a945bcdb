"""Posts: who holds them, who is to, and what the policy requires. What opens records takes two people."""

from datetime import timedelta

import pytest

from at_a_page import day, signed_in, text
from hearth.access.clock import now
from hearth.access.identity import as_the_house
from hearth.access.queries import viewer
from hearth.access.terms import Part
from hearth.ledger.models import Entry
from hearth.organisation import operations
from hearth.organisation.models import Appointment, Post, Proposal, User
from hearth.organisation.terms import UserKind

NO_END = {"last_day-day": "", "last_day-month": "", "last_day-year": "", "cover": "no"}


@pytest.fixture
def halina(cast) -> User:
    """Somebody new, without a post."""
    with cast.acting("administrator"):
        return operations.add_user(email="halina@ashgrove.example", name="Halina Frost", kind=UserKind.EMPLOYEE)


def appointing(user: User, post: str, **more: str) -> dict[str, str]:
    return {"user": str(user.public_id), "post": post, **day("first_day", now().date()), **NO_END, **more}


def waiting(cast) -> Proposal:
    with cast.acting("administrator"):
        return Proposal.objects.get(agreed=None)


def told() -> list[str]:
    with as_the_house():
        return list(Entry.objects.filter(act__startswith="appointment.").order_by("id").values_list("act", flat=True))


def test_a_plain_post_is_held_at_once_and_gives_its_parts_with_the_next_page(browser, halina) -> None:
    admin, hers = browser("administrator"), signed_in(halina)
    assert hers.get("/find").status_code == 404
    answer = admin.post("/posts/appoint", appointing(halina, "housing-officer"), follow=True)
    assert "Halina Frost is put into the post." in text(answer)
    assert viewer(halina).parts == {Part.ANYONE, Part.REGISTER_READER}
    assert hers.get("/find").status_code == 200
    again = admin.post("/posts/appoint", appointing(halina, "housing-officer"))
    assert "This user holds this post already." in text(again)

    held = Appointment.objects.get(user=halina)
    assert held.made_by_id is not None
    admin.post(f"/posts/held/{held.public_id}/end", {"why": "Moved on"})
    assert viewer(halina).parts == {Part.ANYONE}
    assert hers.get("/find").status_code == 404, "it bites at once"
    assert told() == ["appointment.made", "appointment.ended"]
    history = text(admin.get("/post/housing-officer"))
    assert "Halina Frost" in history
    assert "Put there by Administrator" in history
    assert "Ended by Administrator" in history


def test_a_post_that_opens_records_waits_until_a_lead_agrees(browser, cast, halina) -> None:
    """Feature 64: an administrator administers; he does not read, and lets nobody in to read alone."""
    admin, lead, hers = browser("administrator"), browser("lead"), signed_in(halina)
    answer = text(admin.post("/posts/appoint", appointing(halina, "triage"), follow=True))
    assert "a lead or another administrator must agree" in answer
    assert hers.get("/triage").status_code == 404
    asked = waiting(cast)
    page = f"/posts/asked/{asked.public_id}"
    assert "Somebody else must agree to this." in text(admin.post(page, {"agreed": "yes", "why": ""}))
    assert hers.get("/triage").status_code == 404
    assert "Halina Frost, Triage officer" in text(lead.get("/posts/asked"))
    assert f'href="{page}"' in lead.get("/my-work").content.decode(), "she was told"
    assert "Write why not" in text(lead.post(page, {"agreed": "no", "why": ""}))
    lead.post(page, {"agreed": "yes", "why": ""})
    assert hers.get("/triage").status_code == 200, "at once, in the session she has"
    assert told() == ["appointment.asked", "appointment.agreed", "appointment.made"]
    assert lead.get(page).status_code == 404, "it is answered once"


def test_what_a_lead_does_not_agree_to_does_not_happen_and_the_reason_is_kept(browser, cast, halina) -> None:
    admin, lead = browser("administrator"), browser("lead")
    admin.post("/posts/appoint", appointing(halina, "case-worker"))
    asked = waiting(cast)
    lead.post(f"/posts/asked/{asked.public_id}", {"agreed": "no", "why": "She has not been vetted yet"})
    assert not Appointment.objects.filter(user=halina).exists()
    assert told() == ["appointment.asked", "appointment.refused"]
    admin.post("/posts/appoint", appointing(halina, "case-worker"))
    assert waiting(cast).post.key == "case-worker", "it may be asked for again"


def test_nobody_appoints_himself_and_his_name_is_not_offered(browser, cast) -> None:
    admin, me = browser("administrator"), User.objects.get(pk=cast.administrator.id)
    assert str(me.public_id) not in admin.get("/posts/appoint").content.decode()
    answer = admin.post("/posts/appoint", appointing(me, "lead"))
    assert answer.status_code == 200
    assert viewer(me).parts == {Part.ANYONE, Part.ADMINISTRATOR}


def test_an_administrator_and_a_colleague_he_invented_get_nowhere_together(browser, cast, halina) -> None:
    """The colleague cannot be made an administrator either without somebody who is there already."""
    admin = browser("administrator")
    admin.post("/posts/appoint", appointing(halina, "administrator"))
    assert viewer(halina).parts == {Part.ANYONE}
    changed = admin.post(
        "/post/administrator/change", {"title": "Admin", "parts": ["lead"], "version": "1", "team": ""}
    )
    assert "Another administrator changes its parts." in text(changed)


def test_a_post_somebody_holds_does_not_grow_into_one_that_opens_records(browser, halina) -> None:
    admin = browser("administrator")
    admin.post("/posts/appoint", appointing(halina, "income"))
    form = {"title": "Income officer", "parts": ["income", "triage"], "version": "1", "team": ""}
    assert "Somebody holds this post." in text(admin.post("/post/income/change", form))
    admin.post("/post/income/change", {**form, "parts": ["income", "register_reader"]})
    assert Post.objects.get(key="income").parts == ["income", "register_reader"]
    stale = text(admin.post("/post/income/change", {**form, "parts": ["income"], "title": "Rent officer"}))
    assert "What somebody else saved while you were writing" in stale
    assert "Income officer" in stale
    assert "Income, Reads the register of homes and people" in stale, "in the words of the form"
    assert "register_reader</dd>" not in stale


def test_a_required_post_nobody_holds_is_a_gap_with_its_clause(browser, cast) -> None:
    admin = browser("administrator")
    before = text(admin.get("/posts"))
    assert "On-call safeguarding lead Gap" not in before, "two people hold its part under another title"
    with cast.acting("administrator"):
        for each in Appointment.objects.filter(post__key="champion"):
            operations.end_appointment(each, at=now() - timedelta(minutes=10))
    page = text(admin.get("/posts"))
    assert "Board Safeguarding Champion Gap Clause 3.4b" in page


def test_the_policys_own_post_is_made_with_its_title_and_its_parts(browser) -> None:
    admin = browser("administrator")
    ready = admin.get("/posts/new?named=neighbourhood_officer").content.decode()
    assert 'value="Neighbourhood Officer"' in ready
    admin.post(
        "/posts/new?named=neighbourhood_officer",
        {"title": "Neighbourhood Officer", "parts": ["register_reader"], "team": ""},
    )
    assert Post.objects.get(key="neighbourhood_officer").title == "Neighbourhood Officer"
    assert "There is a post of this title already." in text(
        admin.post("/posts/new?named=neighbourhood_officer", {"title": "Again", "parts": ["income"], "team": ""})
    )


def test_several_hold_one_post_somebody_covers_and_a_later_day_is_later(browser, cast, halina) -> None:
    admin, tomorrow = browser("administrator"), now().date() + timedelta(days=1)
    cover = appointing(halina, "income", cover="yes") | day("last_day", tomorrow + timedelta(days=6))
    admin.post("/posts/appoint", cover)
    page = text(admin.get("/posts"))
    assert "Halina Frost (cover) until" in page
    assert "Income Officer" in page
    other = User.objects.get(pk=cast.outsider.id)
    admin.post("/posts/appoint", appointing(other, "income") | day("first_day", tomorrow))
    assert viewer(other).parts == {Part.ANYONE}
    yesterday = appointing(other, "champion") | day("first_day", now().date() - timedelta(days=1))
    assert "Choose today or a later day" in text(admin.post("/posts/appoint", yesterday))


def test_teams_stand_in_companies_of_the_group(browser) -> None:
    admin = browser("administrator")
    admin.post("/teams/new", {"name": "Money advice", "company": "Ashgrove Care"})
    assert "There is a team of this name already." in text(
        admin.post("/teams/new", {"name": "money advice", "company": ""})
    )
    assert "Money advice, Ashgrove Care" in text(admin.get("/posts/new"))
