"""What people ask all day costs the same in a house ten times as old: the plans of every hot page, and how many."""

import re
import uuid
from collections import Counter
from html import unescape

import psycopg
import pytest
from benchmarks.requests import CONCERN
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from access import plans
from api.caller import Caller, token_for
from filled import filled, name_of
from hearth.access.identity import acting_as
from hearth.access.queries import viewer
from hearth.cases.models import Case
from hearth.cli.postgres import databases
from hearth.concerns.models import Concern
from hearth.housing.queries import find_home
from hearth.organisation.models import User
from web.signed_in import at_a_browser

__all__ = ["filled"]

LISTS = (
    "/my-work", "/due", "/triage", "/triage/about-our-people", "/cases", "/cases?whose=mine", "/concerns/mine",
    "/watches", "/watches?whose=all", "/exclusions", "/still-worried", "/unsafe-homes", "/approvals",
    "/waiting-for-others", "/markers", "/emergencies", "/unsent", "/counts", "/access-log",
    "/access-log?sort=looked&person={reader}",
    "/access-log?sort=refused&person={reader}", "/access-log?sort=emergency", "/access-log/samples",
)  # fmt: skip
OF_A_CASE = (
    "/case/{case}", "/case/{case}/contacts", "/case/{case}/notes", "/case/{case}/chronology",
    "/case/{case}/who-looked", "/concern/{concern}",
)  # fmt: skip
API = ("/cases", "/cases/{case}", "/my-work", "/due", "/queue", "/concerns/mine", "/offers", "/hazards", "/worries")
FOUND = ({"name": "Margaret Smith"}, {"name": "smyth"}, {"place": "12 Rowan Walk"}, {"place": "M14 4AA"})
FOLLOWING = re.compile(r'href="(\?[^"]*)" rel="(?:next|prev)"')
JUDGED = {
    "access_circle", "access_grant", "cases_action", "cases_case", "cases_caseconcern", "cases_closure",
    "cases_contact", "cases_note", "cases_riskband", "concerns_concern", "housing_hazard",
    "partners_referral", "people_person", "people_role", "timescales_clock", "triage_decision", "triage_watch",
}  # fmt: skip
READERS = ("lead-", "triage-", "case_worker-")
WORDS = ("bramoxby", "kitchen", "nobody ever wrote this")
# How often a page may say one statement with other values: savepoints, and the same question of two kinds of record.
MOST_TIMES = 8


@pytest.fixture(scope="module")
def explained(filled, postgres):
    """A copy of the filled house in which PostgreSQL tells every plan. Django's connection points at it."""
    databases.create(postgres, "hearth_explained", template=name_of(filled))
    connection.close()
    was = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = "hearth_explained"
    with psycopg.connect(postgres.url("hearth_explained", "postgres"), autocommit=True) as superuser:
        plans.explain_everything(superuser, "hearth_explained")
        plans.as_if_old(superuser)
        empty = superuser.execute("select relname from pg_class where relkind = 'r' and reltuples <= 0").fetchall()
        plans.EMPTY.update(name for (name,) in empty)
        assert not plans.EMPTY & JUDGED, "what is filled in can be judged"
    yield
    connection.close()
    connection.settings_dict["NAME"] = was
    databases.drop(postgres, "hearth_explained")


@pytest.fixture(params=READERS, ids=["lead", "triage", "worker"])
def reader(request, explained):
    """Somebody who reads broadly, and somebody who reads what he works on."""
    return somebody(request.param)


def somebody(called):
    return viewer(User.objects.filter(email__startswith=called, email__endswith="@filled.example").earliest("pk"))


def records_of(reader) -> dict[str, object]:
    with acting_as(reader), transaction.atomic():
        case = Case.objects.exclude(stage="closed").order_by("due_at").first()
        concern = Concern.objects.filter(case_concerns__case=case).first()
    return {"case": case.public_id, "concern": concern.public_id, "reader": reader.public_id}


def everything_asked(reader) -> dict[str, list[plans.Statement]]:
    """What every hot page asks, by page. A page that is not his answers as one that is not there."""
    client, records, asked = at_a_browser(reader), records_of(reader), {}

    def ask(name, method, path, told=None):
        with plans.told_plans() as statements:
            answer = getattr(client, method)(path, told or {}, follow=True)
        assert answer.status_code in (200, 404), (name, answer.status_code)
        asked[f"{answer.status_code} {name}"] = list(statements)
        return unescape(answer.content.decode())

    for path in (*LISTS, *OF_A_CASE):
        page = ask(path, "get", path.format(**records))
        for way in FOLLOWING.findall(page):
            further = ask(f"{path} further", "get", path.split("?")[0].format(**records) + way)
            for back in FOLLOWING.findall(further):
                ask(f"{path} and on, and back", "get", path.split("?")[0].format(**records) + back)
    ask("submit", "post", "/concerns/log", {**CONCERN, "form_key": str(uuid.uuid4())})
    for word in WORDS:
        ask(f"notes: {word}", "post", "/cases/notes", {"words": word})
    for told in FOUND:
        ask(f"find: {told}", "post", "/find", told)
    caller = Caller(token_for(reader)[1])
    for path in API:
        with plans.told_plans() as statements:
            caller.get(path.format(**records))
        asked[f"api {path}"] = list(statements)
    return asked


def test_no_plan_of_a_hot_page_grows_with_the_house(reader):
    asked = everything_asked(reader)
    assert sum(name.startswith("200") for name in asked) >= 15, sorted(asked)
    assert all(asked.values()), "PostgreSQL told the plans of every page"
    found = {
        f"{name}: {fault}: {' '.join(statement.said.split())[:200]}"
        for name, statements in asked.items()
        for statement in statements
        for fault in plans.faults(statement)
    }
    assert not found, "\n" + "\n".join(sorted(found))


def test_no_page_asks_the_same_for_each_of_its_rows(reader):
    """What a page says itself, not what policies and functions of PostgreSQL say behind it."""
    client, records = at_a_browser(reader), records_of(reader)
    for path in (*LISTS, *OF_A_CASE):
        with CaptureQueriesContext(connection) as said:
            client.get(path.format(**records))
        again = said_again(said)
        assert not again, (path, again)


@pytest.mark.parametrize("place", ["f-00000017", "100000000017"], ids=["reference", "uprn or reference"])
def test_a_home_is_found_by_its_number_by_an_index(reader, place):
    with plans.told_plans() as told, acting_as(reader), transaction.atomic():
        found = find_home(reader, place)
    assert [home.reference for home in found] == ["F-00000017"] * (place[0] == "f")
    assert any("home_by_reference" in plans.indexes(each) for each in told)


def test_a_function_asked_for_every_row_and_a_question_for_every_line_are_noticed(reader):
    """The controls."""
    with acting_as(reader), transaction.atomic(), pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("select id from cases_case where hearth.is_open(circle_id)")  # not theirs to ask
    asked_for_each = "select id from cases_note where written_by_id = hearth.me() + 0 * id"
    assert any("is asked for every row" in fault for fault in faults_of(asked_for_each, reader))
    asked_first = "select id from cases_note where hearth.reaches(circle_id) or id > 0"
    assert any("hearth.reaches() is asked for every row" in fault for fault in faults_of(asked_first, reader))
    with CaptureQueriesContext(connection) as said, acting_as(reader), transaction.atomic():
        for case in Case.objects.order_by("id")[: MOST_TIMES + 1]:
            assert case.opened_by.name
    assert said_again(said)


@pytest.mark.parametrize(("index", "page"), [("case_worklist", "/cases"), ("concern_queue", "/triage")])
def test_an_index_that_is_gone_is_noticed(explained, postgres, index, page):
    """The control: without it a hot page reads too much."""
    lead = somebody("lead-")
    client = at_a_browser(lead)
    with psycopg.connect(postgres.url("hearth_explained", "postgres"), autocommit=True) as superuser:
        was = superuser.execute("select pg_get_indexdef(%s::regclass)", [index]).fetchone()
        superuser.execute(f"alter index {index} rename to gone")
        superuser.execute("update pg_index set indisvalid = false where indexrelid = 'gone'::regclass")
        try:
            with plans.told_plans() as told:
                client.get(page)
            assert {fault for each in told for fault in plans.faults(each)}, was
        finally:
            superuser.execute("update pg_index set indisvalid = true where indexrelid = 'gone'::regclass")
            superuser.execute(f"alter index gone rename to {index}")


def faults_of(statement, reader) -> set[str]:
    with plans.told_plans() as told, acting_as(reader), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return {fault for each in told if each.said.endswith(statement) for fault in plans.faults(each)}


def said_again(said) -> dict[str, int]:
    often = Counter(plans.in_general(each["sql"]) for each in said.captured_queries)
    return {words[:200]: times for words, times in often.items() if times > MOST_TIMES}
