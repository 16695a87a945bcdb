"""Signing in: what opens the door, what keeps it shut, and how long it stays open."""

import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from hearth.access import clock
from hearth.access.identity import as_the_house
from hearth.access.sealed import unseal
from hearth.ledger.models import Entry
from hearth.organisation.models import User
from hearth.organisation.operations import switch_off, switch_on
from hearth.outbound.models import Decision, Message
from journeys.entering import code_for
from web.signed_in import at_a_browser

if TYPE_CHECKING:
    from company import Cast

PASSWORD = "eleven green bottles"
NOT_RIGHT = "The e-mail address or password is not right"
LATER = "Too many tries"


@pytest.fixture
def client(house: None) -> Client:
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def worker(cast: "Cast") -> User:
    """A case worker with a password."""
    user = User.objects.get(pk=cast.worker.id)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


class Clock:
    """The one clock, in the test's hand."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> Clock:
    hand = Clock()
    monkeypatch.setattr(clock, "now", hand.now)
    return hand


def sign_in(client: Client, email: str, password: str = PASSWORD) -> str:
    answer = client.post("/sign-in/", {"login": email, "password": password}, follow=True)
    return answer.content.decode()


def set_up_app(client: Client) -> str:
    """Set an authenticator app up; the secret it holds."""
    page = client.get("/sign-in/account/app").content.decode()
    found = re.search(r'class="hearth-secret">([A-Z2-7]+)<', page)
    assert found
    answer = client.post("/sign-in/account/app", {"code": code_for(found[1])})
    assert answer.headers["Location"] == "/sign-in/account/recovery-codes"
    return found[1]


def test_the_right_password_opens_and_a_wrong_one_does_not(client: Client, worker: User) -> None:
    assert NOT_RIGHT in sign_in(client, worker.email, "eleven green bottle")
    assert NOT_RIGHT not in sign_in(client, worker.email)
    assert client.get("/").status_code == 200


def test_an_unknown_address_and_somebody_switched_off_get_the_answer_of_a_wrong_password(
    client: Client, cast: "Cast", worker: User
) -> None:
    def plain(page: str, address: str) -> str:
        return re.sub(r'value="[^"]{64}"', "", page).replace(address, "")

    wrong = plain(sign_in(client, worker.email, "not the password at all"), worker.email)
    unknown = plain(sign_in(client, "nobody@ashgrove.example"), "nobody@ashgrove.example")
    with cast.acting("administrator"):
        switch_off(worker, at=datetime.now(UTC))
    off = plain(sign_in(client, worker.email), worker.email)
    assert NOT_RIGHT in wrong
    assert wrong == unknown == off


def test_guessing_is_stopped_for_the_account_whatever_the_guess(client: Client, worker: User) -> None:
    for _ in range(5):
        assert NOT_RIGHT in sign_in(client, worker.email, secrets.token_urlsafe(12))
    assert LATER in sign_in(client, worker.email)
    cache.clear()
    assert LATER not in sign_in(client, worker.email)


def test_asking_again_and_again_for_a_link_is_stopped(client: Client) -> None:
    answers = [client.post("/sign-in/password/forgotten", {"email": "nobody@ashgrove.example"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Wait five minutes, then try again." in answers[-1].content.decode()


def test_somebody_switched_off_is_out_with_the_next_page(client: Client, cast: "Cast", worker: User) -> None:
    sign_in(client, worker.email)
    assert client.get("/").status_code == 200
    with cast.acting("administrator"):
        switch_off(worker, at=datetime.now(UTC))
    assert client.get("/").headers["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("waits", "is_in"),
    [([14, 14, 14], True), ([14, 16], False), ([10] * 59, True), ([10] * 61, False)],
    ids=["used again and again", "idle for a quarter of an hour", "just under ten hours", "over ten hours"],
)
def test_a_session_ends_when_idle_and_at_the_end_of_a_long_day(
    client: Client, worker: User, moved: Clock, waits: list[int], is_in: bool
) -> None:
    sign_in(client, worker.email)
    for minutes in waits:
        moved.ahead += timedelta(minutes=minutes)
        answer = client.get("/")
    assert (answer.status_code == 200) == is_in
    if not is_in:
        assert "You were signed out because you had" in client.get("/sign-in/").content.decode()


def test_an_authenticator_app_opens_what_may_be_read(client: Client, worker: User) -> None:
    sign_in(client, worker.email)
    assert client.get("/sign-in/second-factor").status_code == 200
    secret = set_up_app(client)
    assert client.get("/sign-in/second-factor").headers["Location"] == "/", "the first code counted"

    client.post("/sign-in/out")
    cache.clear()
    assert "Enter your code" in sign_in(client, worker.email)
    assert client.get("/").headers["Location"] == "/sign-in/", "half signed in is not signed in"
    wrong = client.post("/sign-in/code", {"code": "000000"}).content.decode()
    assert "The code is not right, or too old" in wrong
    assert client.post("/sign-in/code", {"code": code_for(secret)}).headers["Location"] == "/"
    assert client.get("/sign-in/second-factor").headers["Location"] == "/"


def test_without_the_phone_somebody_gets_in_but_not_to_what_may_be_read(client: Client, worker: User) -> None:
    sign_in(client, worker.email)
    secret = set_up_app(client)
    client.post("/sign-in/out")
    cache.clear()
    sign_in(client, worker.email)
    client.post("/sign-in/without-code")
    assert "You signed in without a second factor" in client.get("/").content.decode()
    asked = client.get("/sign-in/second-factor?next=/somewhere")
    assert asked.headers["Location"] == "/sign-in/code/again?next=%2Fsomewhere"
    for page in ("/sign-in/account/app/remove", "/sign-in/account/passkeys/add", "/sign-in/password"):
        assert client.get(page).headers["Location"] == "/sign-in/second-factor", "a password alone changes no key"
    answer = client.post("/sign-in/code/again?next=/somewhere", {"code": code_for(secret), "next": "/somewhere"})
    assert answer.headers["Location"] == "/somewhere"
    assert client.get("/sign-in/second-factor").headers["Location"] == "/"


def test_a_recovery_code_opens_once(client: Client, worker: User) -> None:
    sign_in(client, worker.email)
    set_up_app(client)
    page = client.get("/sign-in/account/recovery-codes").content.decode()
    code = re.findall(r"<li>([0-9]{8})</li>", page)[0]
    for is_right in (True, False):
        client.post("/sign-in/out")
        cache.clear()
        sign_in(client, worker.email)
        answer = client.post("/sign-in/code", {"code": code})
        assert (answer.status_code == 302) == is_right


def test_secrets_of_second_factors_lie_encrypted(client: Client, worker: User) -> None:
    from allauth.mfa.models import Authenticator

    sign_in(client, worker.email)
    secret = set_up_app(client)
    kept = Authenticator.objects.get(user_id=worker.pk, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    cache.clear()
    assert kept.wrap().validate_code(code_for(secret))


@pytest.mark.parametrize(
    ("password", "complaint"),
    [("short one", "too short"), ("1qaz2wsx3edc4rfv", "too common"), ("four quiet herons wade", "")],
)
def test_a_password_is_long_and_not_common_and_that_is_all(
    client: Client, worker: User, password: str, complaint: str
) -> None:
    sign_in(client, worker.email)
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post("/sign-in/password", form)
    assert (answer.status_code == 302) == (not complaint)
    assert complaint in answer.content.decode()


def test_every_page_of_signing_in_can_be_drawn(client: Client, worker: User) -> None:
    pages = ["/sign-in/", "/sign-in/password/forgotten", "/sign-in/password/sent", "/sign-in/password/changed"]
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
    sign_in(client, worker.email)
    set_up_app(client)
    own = ["account", "again", "password", "account/app/remove", "account/recovery-codes", "account/recovery-codes/new"]
    own += ["account/passkeys", "account/passkeys/add", "code/again", "out"]
    assert {page: client.get(f"/sign-in/{page}").status_code for page in own} == dict.fromkeys(own, 200)


def test_somebody_who_signs_in_by_a_directory_sets_a_first_password_by_our_own_words(cast: "Cast") -> None:
    page = at_a_browser(cast.lead).get(reverse("account_set_password")).content.decode()
    assert "Three words that have nothing to do with you" in page
    assert "&lt;" not in page, "no markup among the words"


def enclosed() -> list[tuple[str, str, str]]:
    """What waits in the outbox: the words, whom they are for and the link inside, as the jobs process would send it."""
    with as_the_house():
        waiting = list(Message.objects.order_by("made_at").select_related("user"))
    return [
        (row.words, row.user.email, unseal(row.enclosed, table="outbound_message", row=str(row.id), column="enclosed"))
        for row in waiting
    ]


def test_somebody_who_forgot_the_password_is_sent_a_link_that_names_nobody(client: Client, worker: User) -> None:
    for address in (worker.email, "nobody@ashgrove.example"):
        answer = client.post("/sign-in/password/forgotten", {"email": address})
        assert answer.headers["Location"] == "/sign-in/password/sent"
    ((words, to, link),) = enclosed()
    assert (words, to) == ("forgotten", worker.email)
    assert worker.name not in link
    with as_the_house():
        decision = Decision.objects.get()
    assert (decision.kind, decision.is_allowed, decision.why, decision.user_id) == (
        "own_account",
        True,
        "own_address",
        worker.pk,
    )
    page = client.get(link.removeprefix("http://localhost"), follow=True)
    new = {"password1": "four quiet herons wade", "password2": "four quiet herons wade"}
    client.post(page.redirect_chain[-1][0], new)
    assert NOT_RIGHT not in sign_in(client, worker.email, "four quiet herons wade")


def test_the_link_leads_to_our_own_front_door_whatever_host_was_asked(client: Client, worker: User) -> None:
    with override_settings(HEARTH_ADDRESS="https://hearth.homes.example/"):
        client.post("/sign-in/password/forgotten", {"email": worker.email})
    ((_, _, link),) = enclosed()
    assert link.startswith("https://hearth.homes.example/sign-in/password/new/")


def test_a_reporting_link_and_somebody_whose_time_is_over_are_sent_nothing(
    client: Client, cast: "Cast", worker: User
) -> None:
    with cast.acting("administrator"):
        User.objects.filter(pk=worker.pk).update(until=datetime.now(UTC) - timedelta(minutes=1))
    link = User.objects.get(kind="link")
    for address in (worker.email, link.email):
        client.post("/sign-in/password/forgotten", {"email": address})
    assert enclosed() == []


def noted() -> list[tuple[str, str, int | None, int | None]]:
    with as_the_house():
        told = Entry.objects.filter(act__startswith="user.").order_by("id")
        return [(entry.act, entry.facts["how"], entry.about_id, entry.by_id) for entry in told]


def test_signing_in_and_out_and_failing_to_are_in_the_ledger(client: Client, worker: User) -> None:
    """Feature 70. Neither address nor password stands in an entry."""
    sign_in(client, worker.email, "a guess by somebody")
    sign_in(client, "nobody@ashgrove.example", "a guess by somebody")
    sign_in(client, worker.email)
    secret = set_up_app(client)
    client.post("/sign-in/out")
    cache.clear()
    sign_in(client, worker.email)
    client.post("/sign-in/code", {"code": "000000"})
    client.post("/sign-in/code", {"code": code_for(secret)})
    client.get("/leave")
    me = worker.pk
    assert noted() == [
        ("user.sign_in_failed", "password", me, None),
        ("user.sign_in_failed", "password", None, None),
        ("user.signed_in", "password", me, me),
        ("user.signed_out", "asked", me, me),
        ("user.sign_in_failed", "code", me, None),
        ("user.signed_in", "password-mfa", me, me),
        ("user.signed_out", "left", me, me),
    ]
    with as_the_house():
        told = str(list(Entry.objects.values()))
    assert worker.email not in told
    assert PASSWORD not in told
    assert "guess" not in told


def test_a_limit_that_signs_somebody_out_is_in_the_ledger(client: Client, worker: User, moved: Clock) -> None:
    sign_in(client, worker.email)
    moved.ahead += timedelta(minutes=16)
    client.get("/")
    assert noted()[-1] == ("user.signed_out", "idle", worker.pk, worker.pk)


def test_somebody_whose_time_here_is_over_is_out_with_the_next_page_and_stays_out(
    client: Client, cast: "Cast", worker: User
) -> None:
    with cast.acting("administrator"):
        User.objects.filter(pk=worker.pk).update(until=datetime.now(UTC) + timedelta(hours=1))
    sign_in(client, worker.email)
    assert client.get("/").status_code == 200, "the control: an hour is left"
    with cast.acting("administrator"):
        User.objects.filter(pk=worker.pk).update(until=datetime.now(UTC) - timedelta(seconds=1))
    assert client.get("/").headers["Location"] == "/sign-in/"
    assert NOT_RIGHT in sign_in(client, worker.email)


def test_a_session_of_before_opens_nothing_after_somebody_is_switched_on_again(
    client: Client, cast: "Cast", worker: User
) -> None:
    sign_in(client, worker.email)
    with cast.acting("administrator"):
        switch_off(worker, at=datetime.now(UTC))
        switch_on(worker, until=None)
    assert client.get("/").headers["Location"] == "/sign-in/"
    sign_in(client, worker.email)
    assert client.get("/").status_code == 200, "the control: a new session opens"


def test_invented_people_in_a_demonstration_need_no_second_factor_and_nobody_else_is_spared(
    client: Client, worker: User
) -> None:
    sign_in(client, worker.email)
    assert worker.is_demonstration
    assert "Set up a second factor" in client.get("/sign-in/second-factor").content.decode(), "real keys spare nobody"
    with override_settings(DEMONSTRATION=True):
        assert client.get("/sign-in/second-factor").headers["Location"] == "/"
        assert "Everybody in here is invented." in client.get("/").content.decode()
        User.objects.filter(pk=worker.pk).update(is_demonstration=False)
        assert "Set up a second factor" in client.get("/sign-in/second-factor").content.decode()
