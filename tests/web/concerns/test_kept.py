"""What is typed survives signing out and stale pages: feature 5. For its writer alone, and unseen until he signs in."""

from datetime import timedelta

import pytest
from django.test import Client

from filled_in import ENOUGH, NOTICED
from hearth.access.clock import now
from hearth.concerns.models import Concern
from hearth.organisation.models import User


@pytest.fixture
def typing(enter):
    """Somebody with the form open, whose session is then over."""
    browser = enter("reporter")
    browser.see()
    return browser


def end_session(browser):
    session = browser.client.session
    session["hearth_seen"] = (now() - timedelta(minutes=16)).isoformat()
    session.save()


def test_a_form_sent_after_the_session_ended_waits_for_its_writer(typing, cast):
    end_session(typing)
    page = typing.press(**ENOUGH, signs=["hurt"])
    assert "What you typed is kept" in page
    assert NOTICED not in page, "the sign-in page shows nothing of it"
    assert typing.answer.redirect_chain[-1][0] == "/sign-in/?next=%2Fconcerns%2Flog"
    with cast.acting("triage_officer"):
        assert not Concern.objects.exists(), "signed out, nothing is sent in anybody's name"
    typing.client.force_login(User.objects.get(pk=cast.outsider.id))
    assert NOTICED not in typing.see()
    typing.client.force_login(User.objects.get(pk=cast.reporter.id))
    page = typing.see()
    assert NOTICED in page
    typing.press(**ENOUGH)
    with cast.acting("triage_officer"):
        assert Concern.objects.get().noticed == NOTICED


def test_what_a_script_saves_signed_out_is_kept_too(typing, cast):
    end_session(typing)
    answer = typing.client.post(
        "/concerns/log", {**typing.hidden, "noticed": NOTICED, "act": "keep"}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 302
    assert NOTICED not in answer.content.decode()
    typing.client.force_login(User.objects.get(pk=cast.reporter.id))
    assert NOTICED in typing.see()


def test_a_page_that_was_open_too_long_loses_no_word(cast, typing):
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.force_login(User.objects.get(pk=cast.reporter.id))
    page = strict.post("/concerns/log", {**typing.hidden, **ENOUGH}, follow=True)
    assert NOTICED in page.content.decode().replace("&#34;", '"')
    with cast.acting("triage_officer"):
        assert not Concern.objects.exists()
    without = strict.post("/concerns/log", ENOUGH)
    assert without.status_code == 403, "the control: a form that says not whose it is, is refused"


def test_somebody_elses_form_is_kept_for_him_and_not_shown_to_who_posts_it(cast, typing):
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.force_login(User.objects.get(pk=cast.outsider.id))
    page = strict.post("/concerns/log", {**typing.hidden, **ENOUGH}, follow=True).content.decode()
    assert "keeps the heating off" not in page
    assert "keeps the heating off" in typing.see()


@pytest.mark.parametrize("seal", ["", "x", "AAAA", "\0"])
def test_a_forged_seal_keeps_nothing(cast, seal):
    page = Client(SERVER_NAME="localhost").post("/concerns/log", {**ENOUGH, "draft_signature": seal}, follow=True)
    assert "is kept" not in page.content.decode()
