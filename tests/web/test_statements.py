"""How many statements hot requests send: each is a trip to PostgreSQL and back, and budgets rest on the number."""

import uuid
from dataclasses import replace
from datetime import date

import psycopg
import pytest
from benchmarks.requests import CONCERN, STEPS

from hearth.access.clock import now
from hearth.access.identity import acting_as, reading
from hearth.access.postgres import saying
from hearth.access.queries import parts_in
from hearth.cases.operations.working import plan_action
from hearth.organisation.terms import Part
from walked import COLD, RINGS_NOBODY, owned, raised
from web.signed_in import at_a_browser

MOST = {"submit": 32, "open": 65, "my work": 20, "case": 24}


@pytest.fixture
def sent(monkeypatch):
    """Every statement, also those that say who acts."""
    statements: list[str] = []
    execute = psycopg.Cursor.execute

    def noted(cursor, query, *values, **options):
        statements.append(str(query))
        return execute(cursor, query, *values, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", noted)
    return statements


@pytest.fixture
def submitting(cast):
    browser = at_a_browser(cast.reporter)

    def submit():
        answer = browser.post("/concerns/log", {**CONCERN, "form_key": str(uuid.uuid4())})
        assert answer.status_code == 302, answer.content

    return submit


def test_submitting_a_concern_sends_few_statements(submitting, sent):
    submitting()
    sent.clear()
    submitting()
    assert len(sent) <= MOST["submit"], "\n".join(sent)


def test_a_needless_statement_is_noticed(submitting, sent, monkeypatch):
    """The control: who acts is said before every statement, as if nothing stood."""

    class Forgetful(dict):
        def setdefault(self, key, default=None):
            return default

    monkeypatch.setattr(saying, "_running", Forgetful())
    submitting()
    assert len(sent) > MOST["submit"]


def test_opening_a_case_sends_few_statements(cast, sent):
    browser = at_a_browser(cast.triage_officer)
    quiet = replace(COLD, **RINGS_NOBODY)
    address = f"/concern/{raised(cast, quiet, at=now()).public_id}/decide"
    for step, told in STEPS.items():
        more = {"hand_to": cast.worker.id} if step == "decision" else {}
        assert browser.post(f"{address}?step={step}", {**told, **more, "act": "next"}).status_code == 302
    sent.clear()
    answer = browser.post(f"{address}?step=check")
    assert "/case" in answer.url
    assert len(sent) <= MOST["open"], "\n".join(sent)


def test_my_work_and_a_case_ask_one_question_for_a_list_and_not_one_for_each_line(cast, sent):
    case, owner = owned(cast, at=now()), cast.owner
    browser = at_a_browser(owner)
    asked = {}
    for lines in (1, 6):
        with acting_as(owner):
            for _ in range(lines):
                told = {"text": "Ask the school", "owner_id": owner.id, "due_on": date(2030, 1, 1)}
                plan_action(case, **told, by=owner, at=now(), key=uuid.uuid4())
        for name, page in {"my work": "/my-work", "case": f"/case/{case.public_id}"}.items():
            browser.get(page)
            sent.clear()
            assert browser.get(page).status_code == 200
            asked.setdefault(name, []).append(len([each for each in sent if "hearth.identity" not in each]))
            assert len(sent) <= MOST[name], "\n".join(sent)
    assert all(few == many for few, many in asked.values()), asked


def test_which_part_somebody_plays_is_asked_once_on_a_page_and_anew_in_every_act(cast, sent):
    case, owner = owned(cast, at=now()), cast.owner
    with acting_as(owner), reading(True):
        assert Part.OWNS_IT in parts_in(owner, case)
        sent.clear()
        assert Part.OWNS_IT in parts_in(owner, case)
        assert not sent
    with acting_as(owner), reading(False):
        parts_in(owner, case)
        parts_in(owner, case)
        assert len([each for each in sent if "parts_in" in each]) == 2, "the control: an act may change it"
