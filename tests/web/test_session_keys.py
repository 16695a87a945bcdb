"""A stolen table of sessions opens nothing: it holds digests, and a digest is not a key."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.test import Client

from hearth.organisation.models import User
from hearth.web.session_keys import SessionStore, digest

PASSWORD = "eleven green bottles"


@pytest.fixture
def signed_in(cast):
    """A case worker's browser, signed in."""
    user = User.objects.get(pk=cast.worker.id)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    client = Client(SERVER_NAME="localhost")
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    assert client.get("/").status_code == 200
    return client


def with_cookie(value):
    thief = Client(SERVER_NAME="localhost")
    thief.cookies[settings.SESSION_COOKIE_NAME] = value
    return thief.get("/")


def test_what_stands_in_the_table_is_no_cookie(signed_in):
    cookie = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    (row,) = Session.objects.all()
    assert row.session_key == digest(cookie)
    assert cookie not in row.session_key
    assert cookie not in str(row.get_decoded())
    assert with_cookie(row.session_key).headers["Location"].startswith("/sign-in/")
    assert with_cookie(cookie).status_code == 200, "the control: the key itself opens"


def test_django_s_own_table_would_have_opened(house):
    """The control: with Django's engine the table's key is the cookie's."""
    plain = db.SessionStore()
    plain.create()
    assert Session.objects.get().session_key == plain.session_key


def test_signing_out_and_a_new_key_leave_nothing_behind(signed_in):
    first = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    signed_in.post("/sign-in/out")
    assert not Session.objects.filter(session_key=digest(first)).exists()
    store = SessionStore()
    store["a"] = 1
    store.create()
    old = store.session_key
    store.cycle_key()
    assert [row.session_key for row in Session.objects.filter(session_key__in=[digest(old)])] == []
    assert SessionStore(store.session_key)["a"] == 1


def test_a_key_nobody_gave_and_one_whose_time_is_over_open_an_empty_session(house):
    store = SessionStore()
    store["a"] = 1
    store.create()
    assert store.exists(store.session_key)
    Session.objects.update(expire_date=datetime.now(UTC) - timedelta(seconds=1))
    for key in (store.session_key, "neverGivenToAnybodyAtAll0000000", None):
        late = SessionStore(key)
        assert "a" not in late
        assert late.session_key is None
