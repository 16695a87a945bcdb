"""What the policy wants first is said beside the field it asks about, and its clause leads to the policy's own page."""

import re
from datetime import timedelta

from django import forms
from django.template import engines

from desk import desk, text
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.cases.terms import Risk
from hearth.concerns.terms import MOST_SHORT
from hearth.ledger.queries import entries_about
from hearth.timescales.terms import STOPPED, GateUnmet, Unmet
from hearth.web.acting import say_problem
from hearth.web.clauses import Cited
from hearth.web.forms import Words
from walked import ENDING, owned

CLAUSE = '<a class="govuk-link" href="/promises/H.closing">Clause H.closing</a>'
SAYS = "Say what has changed"
MISSING = GateUnmet(
    [
        Unmet("close.change", "H.closing", SAYS, asks=("change_seen",)),
        Unmet("close.second", "H.closing", "A second approver is needed", asks=("second_approver",)),
    ]
)


class Closing(forms.Form):
    """One question of a closing."""

    change_seen = Words(label="What has changed?", max_length=MOST_SHORT, required=False)


def shown(form: forms.Form) -> str:
    page = engines["jinja2"].env.from_string(
        '{% from "components/errors.jinja" import error_summary %}{% from "components/form.jinja" import fields %}'
        "{{ error_summary(form) }}==={{ fields(form) }}"
    )
    return page.render(form=form)


def test_a_gate_stands_beside_its_field_and_its_clause_is_a_link_above_and_beside(cast):
    form = Closing({"change_seen": ""})
    assert form.is_valid()
    say_problem(form, MISSING, None)
    above, _, beside = shown(form).partition("===")
    assert f'<a href="#change_seen">{SAYS}</a> ({CLAUSE})' in above, "two links, one in the other's place"
    assert f"A second approver is needed ({CLAUSE})" in above, "no field asks for it: above alone"
    assert f"{SAYS} ({CLAUSE})" in beside
    assert "A second approver" not in beside


def test_words_of_a_policy_are_no_markup():
    said = Cited(Unmet("gate", "<i>", "<b>Say</b>"))
    assert "<b>" not in said.__html__()
    assert "<i>" not in said.__html__()


def test_a_case_that_cannot_close_says_by_which_clause_with_a_link(cast):
    case = owned(cast, risk=Risk.HIGH, at=now() - timedelta(days=2))
    owner = desk(cast.owner)
    ending = {
        "outcome": ENDING.outcome.value, "why": ENDING.why, "wishes_answered": "fully", "change_seen": "Warm beds",
        "child_decision": "supported_elsewhere", "wishes_why": "", "child_why": "", "breach_reason": "",
        "watched_reason": "",
    }  # fmt: skip
    told = text(owner.post(f"/case/{case.public_id}/close", ending, follow=True))
    assert "cannot close yet" in told
    banner = told.partition("cannot close yet")[2].partition("</p>")[0]
    assert re.search(r'\(<a class="govuk-link" href="/promises/[\w.]+">Clause [\w.]+</a>\)', banner), banner
    with acting_as(cast.owner):
        kept = [each.facts for each in entries_about(case) if each.act == STOPPED]
    assert kept
    assert {each["act"] for each in kept} == {"case.closed"}
    assert "Gate stopped" not in text(owner.get(f"/case/{case.public_id}/chronology")), "it is no part of the story"
