"""Two policies of one provider share a promise: each is cited, and a band by the clause that sets it."""

import pytest

from adopted import adopted
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.cases.terms import Risk
from hearth.timescales.queries import clocks_for
from walked import owned
from web.signed_in import at_a_browser, read

CLAUSES = """
[[clause]]
id = "A1"
text = "Adults: a review each month."
source = "Adults policy"

[[clause]]
id = "A2"
text = "Adults at high risk: a review each week."
source = "Adults policy"
"""
SHARED = """
[[override]]
rule = "case.review"
clause = "P1"
also = ["A1"]
bands = [{ when = { fact = "risk_band", equals = "high" }, limit = "7 calendar days", clause = "A2" }]
limit = "1 month"
"""


def review(cast, risk):
    with acting_as(cast.owner):
        limits = clocks_for(cast.owner, owned(cast, at=now(), risk=risk), at=now())
        return next(each for each in limits if each.rule == "case.review")


@pytest.mark.parametrize(("risk", "clause"), [(Risk.HIGH, "A2"), (Risk.MEDIUM, "P1")])
def test_a_limit_is_of_the_clause_that_sets_it_and_names_those_that_ask_the_same(cast, risk, clause):
    adopted(cast, CLAUSES + SHARED)
    limit = review(cast, risk)
    assert (limit.clause, limit.also) == (clause, (("A1", "Adults: a review each month."),))
    lead = at_a_browser(cast.lead)
    page = lead.get(f"/limit/{limit.public_id}").content.decode()
    assert f'href="/promises/{clause}"' in page
    assert 'href="/promises/A1"' in page
    assert "And clause A1 : Adults: a review each month." in read(lead.get(f"/limit/{limit.public_id}"))


def test_each_of_the_clauses_is_kept_by_the_promise(cast):
    adopted(cast, CLAUSES + SHARED)
    for clause in ("P1", "A1", "A2"):
        assert "Review the case as its manager" in read(at_a_browser(cast.lead).get(f"/promises/{clause}"))


def test_the_control_a_promise_that_one_policy_makes_names_one_clause(cast):
    adopted(cast, CLAUSES + SHARED.replace('also = ["A1"]', "").replace(', clause = "A2"', ""))
    limit = review(cast, Risk.HIGH)
    assert (limit.clause, limit.also) == ("P1", ())
    assert "Nothing keeps this clause" in read(at_a_browser(cast.lead).get("/promises/A1"))
