"""The first letter opens the whole way: a password, an authenticator app, and in."""

import re

from django.core.cache import cache
from django.test import Client

from journeys.entering import code_for, newest_letter

NEW = {"name": "Halina Frost", "email": "halina@ashgrove.example", "kind": "employee", "employer": ""}
NO_DAY = {"last_day-day": "", "last_day-month": "", "last_day-year": ""}
WORD = "four quiet herons wade"


def test_with_the_letter_she_sets_a_password_and_an_app_and_is_in(browser) -> None:
    """Feature 71."""
    browser("administrator").post("/users/new", {**NEW, **NO_DAY})
    link = newest_letter(NEW["email"])
    hers = Client(SERVER_NAME="localhost")
    page = hers.get(link.removeprefix("http://localhost"), follow=True)
    done = hers.post(page.redirect_chain[-1][0], {"password1": WORD, "password2": WORD}, follow=True)
    said = done.content.decode().partition("<body")[2]
    assert said.count("Your password is changed") == 1, "the heading says it, and nothing says it again"
    hers.post("/sign-in/", {"login": NEW["email"], "password": WORD})
    assert hers.get("/").status_code == 200
    app = hers.get("/sign-in/account/app")
    assert app.status_code == 200, app.headers.get("Location")
    found = re.search(r'class="hearth-secret">([A-Z2-7]+)<', app.content.decode())
    assert found
    cache.clear()
    assert (
        hers.post("/sign-in/account/app", {"code": code_for(found[1])}).headers["Location"]
        == "/sign-in/account/recovery-codes"
    )
    assert hers.get("/sign-in/second-factor").headers["Location"] == "/", "she may read what her posts let her"
