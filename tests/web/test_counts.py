"""The page of monthly counts: the same for everybody who may see it, and all that a board champion sees."""

import csv
import io
import re
import uuid

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.rules import WHO_MAY
from hearth.access.terms import Act
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.organisation.models import User
from hearth.pathway.raising import raise_concern

SEE_THEM = ("lead", "deputy", "auditor", "champion", "manager")
DO_NOT = ("reporter", "intake_adviser", "triage_officer", "worker", "owner", "administrator", "repairs", "outsider")
WORDS = "Shouting every night behind the bakery"


@pytest.fixture
def seven(cast):
    """Seven concerns logged this month, and one about somebody who works with us."""
    told = Told(danger_now=False, about_staff=AboutStaff.NO, place=Place.NOT_KNOWN, noticed=WORDS, told_by="neighbour")
    with acting_as(cast.reporter):
        for _ in range(7):
            raise_concern(told, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
        about_us = Told(danger_now=False, about_staff=AboutStaff.YES, place=Place.NOT_KNOWN, noticed=WORDS)
        raise_concern(about_us, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    return cast


def test_everybody_who_may_see_counts_sees_the_same_and_nobody_else_finds_the_page(seven):
    pages = {name: _main(_as(getattr(seven, name)).get("/counts").content.decode()) for name in SEE_THEM}
    assert len(set(pages.values())) == 1, "published figures are the same for everybody"
    last = re.findall(r"<tr class=\"govuk-table__row\" role=\"row\">(.*?)</tr>", pages["champion"], re.DOTALL)[-1]
    assert re.findall(r">([^<\s][^<]*)<", last)[1:] == ["7", "7", "0", "0", "0"]
    assert "By staff, signed in" in pages["champion"]
    assert ">4.1.4a</a>:" in pages["champion"], "what it means stands under a clause"
    for name in DO_NOT:
        assert _as(getattr(seven, name)).get("/counts").status_code == 404, name
        assert _as(getattr(seven, name)).get("/counts.csv").status_code == 404, name


def test_a_small_number_is_told_as_small(seven):
    with acting_as(seven.reporter):
        told = Told(danger_now=False, about_staff=AboutStaff.NO, place=Place.NOT_KNOWN, noticed=WORDS)
        raise_concern(told, by=seven.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAPER)
    page = _as(seven.champion).get("/counts").content.decode()
    assert "fewer than 5" in page
    assert "not shown" in page, "seven and eight would give it away"
    worried = _as(seven.champion).get("/counts?measure=promise.concern.triage&months=24").content.decode()
    assert worried.count('<th scope="row"') == 24
    assert "Not kept yet" in worried


def test_what_cannot_be_asked_is_asked_as_the_first_figure(seven):
    page = _as(seven.champion).get("/counts?measure=nonsense&months=999999999999")
    assert page.status_code == 200
    assert page.content.decode().count('<th scope="row"') == 12


def test_the_file_holds_what_the_page_tells_without_names(seven):
    answer = _as(seven.champion).get("/counts.csv?months=12")
    assert answer["Content-Disposition"] == 'attachment; filename="counts.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Figure", "Clause", "Month", "Part", "Number"]
    assert ["Concerns logged", "4.1.4a", f"{now():%Y-%m}", "In all", "7"] in rows
    assert not re.search(r"Outsider|Shouting|C-\w{4}", answer.content.decode())


def test_the_database_lets_nobody_else_count(seven):
    asked = "select count(*) from hearth.monthly_counts(array['concerns_logged'], '2020-01-01', '2040-01-01')"
    for name in (*SEE_THEM, *DO_NOT):
        with acting_as(getattr(seven, name)), connection.cursor() as cursor:
            if name in SEE_THEM:
                cursor.execute(asked)
                assert cursor.fetchone() == (1,)
            else:
                with pytest.raises(Exception, match="no post of yours sees monthly counts"), transaction.atomic():
                    cursor.execute(asked)
    with acting_as(seven.lead), connection.cursor() as cursor:
        cursor.execute("select hearth.counting_parts()")
        assert set(cursor.fetchone()[0]) == {part.value for part in WHO_MAY[Act.SEE_COUNTS]}
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            cursor.execute("select * from assurance_delta")


def test_champion_and_board_see_nothing_but_the_counts_and_the_policy(seven):
    """Every table that carries a circle is empty for them, and every page that lists anything is not there."""
    board = seven.outsider  # a member of the board without the champion's post holds no post at all
    for somebody in (seven.champion, board):
        assert _rows_seen(somebody) == 0
    assert _rows_seen(seven.lead) > 0, "the control"
    own = {
        "home",
        "counts",
        "counts_file",
        "log_concern",
        "my_concerns",
        "my_account",
        "my_work",
        "time_left",
        "policy",
        "promises",
        "promises_file",
        "documents",
        "receipt",  # asks for a code and knows nobody
    }
    for name in sorted(_pages() - own):
        answer = _as(seven.champion).get(reverse(name))
        assert answer.status_code in (302, 404, 405), name
    assert _as(seven.lead).get(reverse("queue")).status_code == 200, "the control"


def _rows_seen(somebody) -> int:
    with acting_as(somebody), connection.cursor() as cursor:
        cursor.execute("select hearth.is_broad()")
        seen = 0
        for table in (
            "access_circle",
            "concerns_concern",
            "cases_case",
            "timescales_clock",
            "ledger_entry",
            "access_refusal",
        ):
            cursor.execute(f"select count(*) from {table}")
            seen += cursor.fetchone()[0]
    return seen


def _pages() -> set[str]:
    """Pages of Hearth that need nothing in their address, without those of signing in."""
    found = set()
    for each in get_resolver().url_patterns:
        for page in getattr(each, "url_patterns", []):
            if isinstance(page, URLPattern) and page.name and str(each.pattern) == "":
                try:
                    reverse(page.name)
                except NoReverseMatch:
                    continue
                found.add(page.name)
    return found


def _main(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def _as(viewer) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=viewer.id))
    session = client.session
    session["hearth_second_factor_by_provider"] = True
    session.save()
    return client


def test_a_promise_the_policy_defines_a_figure_of_is_shown_with_that_definition(seven):
    page = _main(_as(seven.lead).get("/counts?measure=promise.concern.triage").content.decode())
    assert (
        "The policy calls this “Concerns decided in time” and defines it: Of the concerns decided in the month" in page
    )
    assert "What is counted here:" in page
    assert "The policy calls this" not in _main(_as(seven.lead).get("/counts").content.decode()), "it is its own figure"
