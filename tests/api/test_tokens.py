"""Tokens: shown once, kept as a digest, narrower than their owner, ended at once."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings

from api.caller import TELLING, Caller, caller, telling, token_for
from hearth.access import clock, tokens
from hearth.access.identity import acting_as
from hearth.access.models import ApiToken
from hearth.access.terms import Scope
from hearth.organisation.models import User
from hearth.organisation.operations import switch_off

ADDRESS = "/sign-in/account/tokens"
SECRET = re.compile(r"hearth_[\w-]{43}")


@pytest.fixture
def worker_s_browser(cast):
    """The case worker, signed in with both factors."""
    return browser_of(cast.worker)


def browser_of(somebody, *, second_factor=True):
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=somebody.id))
    if second_factor:
        session = client.session
        session["hearth_second_factor_by_provider"] = True
        session.save()
    return client


def form_of(client, **changes):
    """The form as it was shown, filled in."""
    page = client.get(ADDRESS).content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    last = clock.now() + timedelta(days=20)
    day = {"last_day-day": last.day, "last_day-month": last.month, "last_day-year": last.year}
    return {"form_key": key, "name": "Repairs system", "scopes": ["hazards", "work"], **day, **changes}


def test_a_token_is_shown_once_and_only_its_digest_is_kept(cast, worker_s_browser):
    sent = form_of(worker_s_browser)
    made = worker_s_browser.post(ADDRESS, sent)
    shown = html.unescape(made.content.decode())
    (secret,) = set(SECRET.findall(shown))
    assert "It is not shown again." in shown
    assert secret not in re.search(r"<title>(.*?)</title>", shown, re.DOTALL)[1]
    assert made.headers["Cache-Control"] == "no-store"

    again = worker_s_browser.post(ADDRESS, sent, follow=True).content.decode()
    assert "shown only once" in html.unescape(again)
    assert not SECRET.search(again)
    assert not SECRET.search(worker_s_browser.get(ADDRESS).content.decode())
    assert secret not in str(dict(worker_s_browser.session))

    with acting_as(cast.worker), transaction.atomic():
        (token,) = ApiToken.objects.all()
        assert secret not in str(vars(token))
        assert len(token.digest) == 64
        assert token.scopes == ["hazards", "work"]
    assert Caller(secret).get("/my-work").status == 200


def test_making_one_needs_a_second_factor(cast):
    with override_settings(DEMONSTRATION=False):
        answer = browser_of(cast.worker, second_factor=False).get(ADDRESS)
    assert answer.status_code == 302
    assert "second-factor" in answer.headers["Location"]


def test_a_token_ends_within_the_days_that_are_set(worker_s_browser, cast):
    far = clock.now() + timedelta(days=200)
    day = {"last_day-day": far.day, "last_day-month": far.month, "last_day-year": far.year}
    page = worker_s_browser.post(ADDRESS, form_of(worker_s_browser, **day)).content.decode()
    assert "The last day must be within the next 90 days" in page
    with acting_as(cast.worker), pytest.raises(tokens.NotPossible, match="90"):
        tokens.make_token("x", [Scope.WORK], ends_at=far, by=cast.worker, at=clock.now())


def test_nobody_else_sees_or_ends_a_token_not_even_a_lead(cast, worker_s_browser):
    token, secret = token_for(cast.worker, Scope.WORK)
    with acting_as(cast.lead), transaction.atomic():
        assert not ApiToken.objects.exists()
    refused = browser_of(cast.lead).post(f"{ADDRESS}/{token.public_id}/end")
    assert refused.status_code == 404
    assert Caller(secret).get("/my-work").status == 200

    worker_s_browser.post(f"{ADDRESS}/{token.public_id}/end")
    assert Caller(secret).get("/my-work").status == 401


def test_making_and_ending_one_stand_in_the_ledger(own_cast, owner_of):
    token, _ = token_for(own_cast.worker, Scope.HAZARDS, Scope.WORK)
    with acting_as(own_cast.worker):
        tokens.end_token(token, by=own_cast.worker, at=clock.now())
        tokens.end_token(token, by=own_cast.worker, at=clock.now())
    with owner_of(connection.settings_dict["NAME"]) as owner:
        owner.execute("set role hearth_definer")  # rows that belong to no circle are nobody else's to read
        kept = "select act, by_id, about_id, facts ->> 'scopes' from ledger_entry where act like 'token.%' order by id"
        assert owner.execute(kept).fetchall() == [
            ("token.made", own_cast.worker.id, token.pk, "hazards/work"),
            ("token.ended", own_cast.worker.id, token.pk, None),
        ]


def test_unknown_over_ended_and_switched_off_get_one_answer(cast):
    unknown = Caller("hearth_" + "x" * 43).get("/my-work")
    nobody = Caller().get("/my-work")
    now = clock.now()
    with acting_as(cast.worker):
        _, over = tokens.make_token(
            "Long ago", [Scope.WORK], ends_at=now - timedelta(days=1), by=cast.worker, at=now - timedelta(days=5)
        )
    secret = token_for(cast.worker, Scope.WORK)[1]
    assert Caller(secret).get("/my-work").status == 200
    with acting_as(cast.administrator), transaction.atomic():
        switch_off(User.objects.get(pk=cast.worker.id), at=now)
    gone = Caller(secret).get("/my-work")
    answers = [unknown, nobody, Caller(over).get("/my-work"), gone]
    assert {answer.status for answer in answers} == {401}
    assert len({answer.raw for answer in answers}) == 1
    assert all(answer.headers["WWW-Authenticate"] == "Bearer" for answer in answers)
    assert gone.headers["Content-Type"] == "application/problem+json"


def test_a_missing_scope_is_said_and_a_scope_never_widens(cast):
    narrow = caller(cast.lead, Scope.CONCERNS_LOG)
    refused = narrow.get("/queue")
    assert refused.status == 403
    assert "concerns:read" in refused.body["detail"]
    assert narrow.post("/concerns", telling()).status == 201
    assert caller(cast.lead, Scope.CONCERNS_READ).get("/queue").status == 200
    assert caller(cast.reporter).get("/queue").status == 404, "every scope, and still only a reporter"


def test_a_session_does_not_open_the_api(cast, worker_s_browser):
    assert worker_s_browser.get("/my-work").status_code == 200, "the page opens"
    assert worker_s_browser.get("/api/my-work").status_code == 401
    told = worker_s_browser.post("/api/concerns", {**TELLING}, content_type="application/json")
    assert told.status_code == 401
    # A browser signed in as one person and a token of another: the token says who acts.
    secret = token_for(cast.reporter)[1]
    headers = {"Authorization": f"Bearer {secret}"}
    sent = worker_s_browser.post("/api/concerns", telling(), content_type="application/json", headers=headers)
    assert sent.status_code == 201
    assert caller(cast.reporter).get("/concerns/mine").body["concerns"][0]["id"] == sent.json()["id"]


def test_a_token_used_too_often_waits_but_a_concern_is_always_taken(cast):
    with override_settings(HEARTH_TOKEN_USES_A_MINUTE=3):
        busy = caller(cast.lead)
        assert [busy.get("/queue").status for _ in range(4)] == [200, 200, 200, 429]
        refused = busy.get("/queue")
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert busy.post("/concerns", telling()).status == 201
        assert caller(cast.lead).get("/queue").status == 200, "another token of hers has a pace of its own"


def test_when_a_token_was_used_is_kept_to_the_hour(cast):
    token, secret = token_for(cast.worker, Scope.WORK)
    Caller(secret).get("/my-work")
    with acting_as(cast.worker), transaction.atomic():
        used = ApiToken.objects.get(pk=token.pk).last_used_at
        assert (used.minute, used.second) == (0, 0)
        with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"), transaction.atomic():
            cursor.execute("update access_apitoken set ends_at = now() + interval '9 years' where id = %s", [token.pk])
