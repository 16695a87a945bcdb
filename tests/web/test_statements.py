"""How many statements two hot requests send: each is a trip to PostgreSQL and back, and budgets rest on the number."""

import uuid

import psycopg
import pytest
from benchmarks.requests import CONCERN, STEPS

from hearth.access.clock import now
from hearth.access.postgres import saying
from walked import COLD, raised
from web.signed_in import at_a_browser

MOST = {"submit": 32, "open": 62}


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
        def get(self, key, default=None):
            return default

    monkeypatch.setattr(saying, "_said", Forgetful())
    submitting()
    assert len(sent) > MOST["submit"]


def test_opening_a_case_sends_few_statements(cast, sent):
    browser = at_a_browser(cast.triage_officer)
    address = f"/concern/{raised(cast, COLD, at=now()).public_id}/decide"
    for step, told in STEPS.items():
        more = {"hand_to": cast.worker.id} if step == "decision" else {}
        assert browser.post(f"{address}?step={step}", {**told, **more, "act": "next"}).status_code == 302
    sent.clear()
    answer = browser.post(f"{address}?step=check")
    assert "/case" in answer.url
    assert len(sent) <= MOST["open"], "\n".join(sent)
