"""Where no letter reaches somebody: a code shown once, handed over, and used once to set a password."""

import re

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings

from hearth.access.clock import now
from hearth.access.identity import acting_as, as_the_house
from hearth.ledger.models import Entry
from hearth.organisation.models import User
from hearth.organisation.operations import switch_off, switch_on

NEW = {"name": "Halina Frost", "email": "halina@ashgrove.example", "kind": "employee", "employer": ""}
NO_DAY = {"last_day-day": "", "last_day-month": "", "last_day-year": ""}
WORD = "four quiet herons wade"
WRONG = "The code is not right, was used before, or has ended."
CODE = re.compile(r'hearth-secret">([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<')


@pytest.fixture
def halina(browser):
    """Somebody new, in no post yet."""
    browser("administrator").post("/users/new", {**NEW, **NO_DAY})
    cache.clear()
    return User.objects.get(email=NEW["email"])


def given(browser, user):
    page = browser("administrator").post(f"/user/{user.public_id}/code").content.decode()
    found = CODE.search(page)
    assert found, page
    return found[1]


def tried(code, *, email=NEW["email"], client=None):
    client = client or Client(SERVER_NAME="localhost")
    return client.post("/sign-in/given-code", {"email": email, "code": code})


def test_with_the_code_she_sets_a_password_of_her_own_and_signs_in(browser, halina):
    code = given(browser, halina)
    hers = Client(SERVER_NAME="localhost")
    answer = tried(code.lower().replace("-", " "), client=hers)
    assert answer.status_code == 302
    assert code not in answer.headers["Location"]
    page = hers.get(answer.headers["Location"])
    assert page.status_code == 200
    hers.post(answer.headers["Location"], {"password1": WORD, "password2": WORD})
    hers.post("/sign-in/", {"login": NEW["email"], "password": WORD})
    assert hers.get("/").status_code == 200
    with as_the_house():
        told = Entry.objects.filter(act__in=["user.code_given", "user.code_used"]).order_by("id")
        assert [(each.act, each.by_id is None) for each in told] == [
            ("user.code_given", False),
            ("user.code_used", True),
        ]


def test_it_is_shown_once_and_only_its_digest_is_kept(browser, halina):
    code = given(browser, halina)
    admin = browser("administrator")
    assert code not in admin.get(f"/user/{halina.public_id}").content.decode()
    with acting_as(None), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select value from hearth_cache")
        kept = [row[0] for row in cursor.fetchall()]
    assert kept
    assert not any(code in each or code.replace("-", "") in each for each in kept)


def test_a_code_works_once_and_another_ends_the_one_before(browser, halina):
    before, code = given(browser, halina), given(browser, halina)
    assert WRONG in tried(before).content.decode()
    assert tried(code).status_code == 302
    assert WRONG in tried(code).content.decode()


def test_it_ends_with_its_hours_with_a_password_and_when_she_is_switched_off(browser, halina, cast):
    with override_settings(HEARTH_CODE_HOURS=0):
        assert WRONG in tried(given(browser, halina)).content.decode(), "its time is over"
    code = given(browser, halina)
    with acting_as(cast.administrator):
        switch_off(halina, at=now())
    assert WRONG in tried(code).content.decode()
    with acting_as(cast.administrator):
        switch_on(halina, until=None)
    assert WRONG in tried(code).content.decode(), "also when she is let in again"
    halina.refresh_from_db()
    code = given(browser, halina)
    halina.set_password(WORD)
    halina.save(update_fields=["password"])
    assert WRONG in tried(code).content.decode()


def test_wrong_codes_say_the_same_for_nobody_are_kept_and_must_wait(browser, halina):
    given(browser, halina)
    known, unknown = tried("2222-2222-2222"), tried("2222-2222-2222", email="nobody@ashgrove.example")
    assert WRONG in known.content.decode()
    assert WRONG in unknown.content.decode()
    with as_the_house():
        assert Entry.objects.filter(act="user.sign_in_failed", facts__how="given_code").count() == 2
    answers = [tried("2222-2222-2222").status_code for _ in range(12)]
    assert answers[-1] == 429


def test_nobody_gets_a_code_for_an_account_that_could_read_with_it_alone(browser, cast):
    """Two people let somebody read; a code must not be a way around it."""
    worker = User.objects.get(pk=cast.worker.id)
    page = browser("administrator").post(f"/user/{worker.public_id}/code").content.decode()
    assert "They are in a post that opens records" in page
    assert not CODE.search(page)


def test_nobody_gives_one_to_himself_and_nobody_but_an_administrator_gives_any(browser, halina, cast):
    mine = User.objects.get(pk=cast.administrator.id)
    assert not CODE.search(browser("administrator").post(f"/user/{mine.public_id}/code").content.decode())
    for name in ("lead", "worker"):
        assert browser(name).post(f"/user/{halina.public_id}/code").status_code == 404
