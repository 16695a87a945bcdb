"""The frame around every page: private, plain, and kind when something went wrong."""

import json
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.utils.translation import gettext as _

from hearth.access.models import Refusal
from hearth.access.terms import Act, Refused
from hearth.organisation.models import User
from hearth.web.gates import for_anyone
from hearth.web.navigation import WAYS

if TYPE_CHECKING:
    from company import Cast

SECRET = "Siobhan at 12 Acacia Road"


def refusing(request: HttpRequest, which: str) -> HttpResponse:
    """A page that writes, then refuses."""
    User.objects.filter(pk=request.user.pk).update(password="written before the refusal")
    raise Refused(Act.READ_CASE)


def ordinary(request: HttpRequest) -> HttpResponse:
    return HttpResponse("read")


@for_anyone
def failing(request: HttpRequest) -> HttpResponse:
    raise ValueError(SECRET)


@for_anyone
def without_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError(SECRET)


@for_anyone
def without_room(request: HttpRequest) -> HttpResponse:
    raise OSError(28, SECRET)


@for_anyone
def overfull(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig(SECRET)


@for_anyone
def wrong_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("posted")


urlpatterns = [
    path("", include("hearth.site.urls")),
    path("refusing/<str:which>", refusing),
    path("ordinary", ordinary),
    path("failing", failing),
    path("without-database", without_database),
    path("without-room", without_room),
    path("overfull", overfull),
    path("wrong-form", wrong_form),
]
from hearth.site.urls import handler400, handler403, handler404, handler429, handler500  # noqa: E402, F401


@pytest.fixture
def pages(house: None) -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(SERVER_NAME="localhost", raise_request_exception=False)


def signed_in(client: Client, cast: "Cast", name: str) -> Client:
    """As if somebody had signed in with both factors."""
    client.force_login(User.objects.get(pk=getattr(cast, name).id))
    session = client.session
    session["hearth_second_factor_by_provider"] = True
    session.save()
    return client


def test_a_page_is_kept_by_nobody_and_tells_nobody_where_it_came_from(pages: Client) -> None:
    answer = pages.get("/sign-in/")
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert len(answer.headers["X-Request-Id"]) == 36
    policy = answer.headers["Content-Security-Policy"]
    for rule in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ):
        assert rule in policy
    assert "unsafe" not in policy
    assert pages.get("/ordinary").headers["Cache-Control"] == "no-store"


def test_only_marked_pages_open_to_whoever_has_not_signed_in(pages: Client) -> None:
    answer = pages.get("/ordinary")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in/?next=%2Fordinary"
    assert pages.get("/sign-in/").status_code == 200


def test_reading_needs_a_second_factor_and_the_first_page_does_not(pages: Client, cast: "Cast") -> None:
    pages.force_login(User.objects.get(pk=cast.lead.id))
    assert pages.get("/ordinary").headers["Location"] == "/sign-in/second-factor?next=%2Fordinary"
    assert pages.get("/").status_code == 200
    assert signed_in(pages, cast, "lead").get("/ordinary").content == b"read"


def test_a_refused_attempt_is_told_as_a_missing_page_and_survives_the_rollback(pages: Client, cast: "Cast") -> None:
    client = signed_in(pages, cast, "relative")
    asked = "6c1f0f0e-8c58-4d4e-9df6-6f3f0a4e3c11"
    refused = client.get(f"/refusing/{asked}")
    missing = client.get("/no-such-page")
    assert (refused.status_code, refused.content) == (missing.status_code, missing.content)
    assert sorted(set(refused.headers) - {"X-Request-Id"}) == sorted(set(missing.headers) - {"X-Request-Id"})
    assert User.objects.get(pk=cast.relative.id).password != "written before the refusal"
    with cast.acting("lead"):
        attempt = Refusal.objects.latest("id")
    assert (attempt.user_id, attempt.act, attempt.asked_for) == (cast.relative.id, "read a case", asked)
    assert attempt.page == "refusing/<str:which>"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/failing", 500, "What you sent was not saved."),
        ("/without-database", 503, "was not saved and nobody has been told"),
        ("/without-room", 503, "was not saved and nobody has been told"),
        ("/overfull", 413, "Nothing was saved."),
        ("/no-such-page", 404, "There is nothing here that you can open."),
    ],
)
def test_a_page_about_a_problem_says_what_to_do_and_nothing_else(
    pages: Client, address: str, status: int, words: str
) -> None:
    with override_settings(HEARTH_RING="0300 555 0100"):
        answer = pages.post(address, {"words": SECRET})
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert (SECRET in page) == (status in (500, 503)), "only where it can be sent again, to whoever has just sent it"
    assert "Traceback" not in page
    assert ("0300 555 0100" in page) == (status != 404)


def test_a_page_about_an_outage_asks_the_database_nothing(pages: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def broken(execute: object, sql: str, *rest: object) -> None:
        asked.append(sql)
        raise OperationalError("the connection is closed")

    with connection.execute_wrapper(broken):  # type: ignore[arg-type]  # it never returns, which is the point
        answer = pages.get("/sign-in/")
    assert answer.status_code == 503
    assert len(asked) == 1
    assert "Hearth cannot be used just now" in answer.content.decode()


def test_what_could_not_be_saved_comes_back_to_be_sent_again_but_never_a_password(pages: Client) -> None:
    typed = {"words": SECRET, "choice": "yes", "form_key": "1f2e"}
    page = pages.post("/without-room", typed).content.decode()
    for name, value in typed.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert f'<blockquote class="hearth-words">{SECRET}</blockquote>' in page
    assert "Send it again" in page
    signing_in = pages.post("/without-room", {"login": "ada@ashgrove.example", "password": SECRET}).content.decode()
    assert SECRET not in signing_in
    assert "Send it again" not in signing_in


def test_a_form_with_a_stale_token_is_told_so(house: None) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        answer = Client(SERVER_NAME="localhost", enforce_csrf_checks=True).post("/wrong-form", {"words": SECRET})
    assert answer.status_code == 403
    assert "That page had been open too long" in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_logs_hold_the_page_and_the_place_in_the_code_but_no_words(
    pages: Client, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    from hearth.site.logs import Plain

    with caplog.at_level(logging.INFO):
        pages.post("/failing?name=Siobhan", {"words": SECRET})
        pages.get(f"/no-such-page/{SECRET}")
    lines = [Plain().format(record) for record in caplog.records]
    assert any('"page": "failing"' in line for line in lines)
    assert any("ValueError" in line and "test_pages.py" in line for line in lines)
    assert [line for line in lines if "Siobhan" in line or "Acacia" in line] == []
    assert "Siobhan" in "".join(record.getMessage() for record in caplog.records), "the control: Django itself says it"
    assert all(isinstance(json.loads(line), dict) for line in lines)


def test_nobody_is_told_of_a_way_he_may_not_take(pages: Client, cast: "Cast") -> None:
    page = signed_in(pages, cast, "outsider").get("/").content.decode()
    assert "Users and posts" not in page
    assert {way.act for way in WAYS} <= set(Act)
    assert _("Home") in page


def test_leaving_signs_out_and_leaves_nothing_behind(pages: Client, cast: "Cast") -> None:
    client = signed_in(pages, cast, "reporter")
    answer = client.get("/leave")
    assert answer.headers["Location"].startswith("https://www.bbc.co.uk/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get("/").headers["Location"] == "/sign-in/"
