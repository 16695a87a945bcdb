"""An administrator lets people in and switches them off. He administers; he does not read."""

from datetime import timedelta

import pytest
from django.test import Client

from at_a_page import day, signed_in, text
from hearth.access.clock import now
from hearth.access.identity import acting_as, as_the_house
from hearth.access.models import ApiToken
from hearth.access.queries import viewer
from hearth.access.terms import Scope
from hearth.access.tokens import make_token
from hearth.ledger.models import Entry
from hearth.organisation.models import Appointment, User
from hearth.outbound.models import Message

NEW = {"name": "Halina Frost", "email": "halina.frost@ashgrove.example", "kind": "employee", "employer": ""}
NO_DAY = {"last_day-day": "", "last_day-month": "", "last_day-year": ""}


def acts() -> list[str]:
    with as_the_house():
        return list(Entry.objects.filter(act__startswith="user.").order_by("id").values_list("act", flat=True))


def test_somebody_new_is_let_in_with_a_letter_and_can_do_nothing_yet(browser) -> None:
    admin = browser("administrator")
    made = admin.post("/users/new", {**NEW, **NO_DAY})
    user = User.objects.get(email=NEW["email"])
    assert made.headers["Location"] == f"/user/{user.public_id}"
    assert (user.is_active, user.has_usable_password(), viewer(user).parts) == (True, False, {"anyone"})
    with as_the_house():
        (letter,) = Message.objects.select_related("decision")
        assert (letter.words, letter.user_id, letter.decision.kind) == ("welcome", user.pk, "own_account")
    assert acts() == ["user.added", "user.letter_sent"]
    page = text(admin.get(f"/user/{user.public_id}"))
    assert "They hold no post: they can log a concern and nothing else." in page
    assert "Letter to set a password sent" in page
    again = admin.post("/users/new", {**NEW, **NO_DAY})
    assert "Somebody already signs in with this e-mail address." in text(again)
    assert 'value="Halina Frost"' in again.content.decode(), "what was typed stays"


@pytest.mark.parametrize("kind", ["agency", "contractor", "volunteer", "guest", "auditor"])
def test_whoever_is_here_for_a_time_says_until_when(browser, kind: str) -> None:
    admin = browser("administrator")
    without = admin.post("/users/new", {**NEW, "kind": kind, **NO_DAY})
    assert "Say until when this user is here" in text(without)
    assert not User.objects.filter(email=NEW["email"]).exists()
    last = now().date() + timedelta(days=30)
    admin.post("/users/new", {**NEW, "kind": kind, **day("last_day", last)})
    until = User.objects.get(email=NEW["email"]).until
    assert until is not None
    assert (until - timedelta(seconds=1)).date() == last


def test_the_list_is_by_name_in_pages_and_counts_nobody(browser, cast) -> None:
    with cast.acting("administrator"):
        User.objects.bulk_create(
            User(email=f"n{number}@ashgrove.example", name=f"Aaron {number:02}", kind="employee")
            for number in range(30)
        )
    admin = browser("administrator")
    first = admin.get("/users")
    assert "Aaron 24" in text(first)
    assert "Aaron 25" not in text(first)
    following = first.content.decode().split('href="?after=')[1].split('"')[0]
    assert "Aaron 25" in text(admin.get(f"/users?after={following}"))
    found = text(admin.post("/users", {"called": "aaron 07"}))
    assert "Aaron 07" in found
    assert "Aaron 08" not in found
    assert "Nobody is called so." in text(admin.post("/users", {"called": "xyz"}))
    assert "Brightgas" not in text(admin.post("/users", {"called": "brightgas"})), "a link is not a user"
    assert admin.get("/users?after=nonsense").status_code == 200


def test_only_an_administrator_gets_there_and_everybody_else_finds_no_such_page(browser, cast) -> None:
    someone = User.objects.get(pk=cast.worker.id).public_id
    pages = [
        "/users",
        "/users/new",
        f"/user/{someone}",
        f"/user/{someone}/off",
        "/posts",
        "/posts/new",
        "/posts/appoint",
    ]
    for who, answers in (("administrator", 200), ("lead", 404), ("worker", 404), ("auditor", 404)):
        client = browser(who)
        assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, answers), who


def test_an_administrator_reads_no_concern_no_case_and_nobody_in_the_register(browser) -> None:
    """Feature 64."""
    admin = browser("administrator")
    closed = ["/triage", "/cases", "/cases/notes", "/find", "/unsafe-homes"]
    assert {page: admin.get(page).status_code for page in closed} == dict.fromkeys(closed, 404)


def test_switched_off_she_is_out_at_once_and_her_posts_have_ended(browser, cast) -> None:
    admin, officer = browser("administrator"), browser("triage_officer")
    user = User.objects.get(pk=cast.triage_officer.id)
    assert officer.get("/triage").status_code == 200
    assert "Write why" in text(admin.post(f"/user/{user.public_id}/off", {"why": " "}))
    admin.post(f"/user/{user.public_id}/off", {"why": "She left us"})
    assert officer.get("/triage").headers["Location"].startswith("/sign-in/")
    assert not Appointment.objects.filter(user=user, ends_at=None).exists()
    assert acts() == ["user.switched_off"]

    admin.post(f"/user/{user.public_id}/on", {"why": "She came back", **NO_DAY})
    user.refresh_from_db()
    assert user.is_active
    assert officer.get("/triage").headers["Location"].startswith("/sign-in/"), "the old session stays shut"
    assert signed_in(user).get("/triage").status_code == 404, "her posts did not come back"


def test_switched_off_her_api_tokens_have_ended_and_do_not_come_back(browser, cast) -> None:
    her, user = cast.worker, User.objects.get(pk=cast.worker.id)
    with acting_as(her):
        make_token("Rota screen", [Scope.WORK], ends_at=now() + timedelta(days=9), by=her, at=now())
        assert ApiToken.objects.get().ended_at is None
    admin = browser("administrator")
    admin.post(f"/user/{user.public_id}/off", {"why": "She left us"})
    admin.post(f"/user/{user.public_id}/on", {"why": "She came back", **NO_DAY})
    with acting_as(her):
        assert ApiToken.objects.get().ended_at is not None


def test_nobody_keeps_his_own_account(browser, cast) -> None:
    admin, me = browser("administrator"), User.objects.get(pk=cast.administrator.id)
    assert "This is your own account" in text(admin.get(f"/user/{me.public_id}"))
    for page, form in (("off", {"why": "x"}), ("change", {"name": "A", "version": "1", "employer": "", **NO_DAY})):
        assert "Ask another administrator." in text(admin.post(f"/user/{me.public_id}/{page}", form))
    me.refresh_from_db()
    assert me.is_active


def test_two_administrators_change_one_user_and_neither_text_is_lost(browser, cast) -> None:
    admin, user = browser("administrator"), User.objects.get(pk=cast.worker.id)
    page = f"/user/{user.public_id}/change"
    form = {"version": str(user.version), "name": "Worker Larch", "employer": "", **NO_DAY}
    admin.post(page, form)
    stale = text(admin.post(page, {**form, "name": "Worker Birch"}))
    assert "What somebody else saved while you were writing" in stale
    assert "Worker Larch" in stale
    assert 'value="Worker Birch"' in admin.post(page, {**form, "name": "Worker Birch"}).content.decode()
    user.refresh_from_db()
    assert user.name == "Worker Larch"


def test_linked_to_her_own_record_she_is_shut_out_of_what_concerns_her(browser, cast) -> None:
    admin, user = browser("administrator"), User.objects.get(pk=cast.worker.id)
    page = f"/user/{user.public_id}/own-record"
    assert "No person of the register has this reference." in text(admin.post(page, {"reference": "P-404"}))
    user.refresh_from_db()
    assert user.person_id is None


def test_the_letter_goes_once_for_each_time_it_is_asked_for(browser, cast) -> None:
    admin, user = browser("administrator"), User.objects.get(pk=cast.worker.id)
    key = "0d9f2f6e-6d0b-4f6e-9c52-0a8c2f6f1b11"
    for _ in range(2):
        admin.post(f"/user/{user.public_id}/letter", {"key": key})
    with as_the_house():
        assert Message.objects.count() == 1
    admin.post(f"/user/{user.public_id}/letter", {"key": "no key"})
    with as_the_house():
        assert Message.objects.count() == 1


def test_a_visitor_is_asked_to_sign_in(house: None) -> None:
    assert Client(SERVER_NAME="localhost").get("/users").headers["Location"].startswith("/sign-in/")
