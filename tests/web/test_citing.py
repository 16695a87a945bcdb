"""Beside every question the policy asks for stands its clause, whatever the policy and whichever the form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from django.template import engines
from django.urls import reverse

from desk import desk, text
from hearth.access.clock import now
from hearth.cases.terms import Risk
from hearth.partners.terms import STEPS
from hearth.policy.durations import local_day
from hearth.policy.packs import Pack, load
from hearth.policy.packs.conditions import Present, compared
from hearth.policy.packs.keeping import Keeper, KeeperKind
from hearth.web.cases.closing_form import CloseForm
from hearth.web.cases.forms import (
    ContactForm,
    ReviewForm,
)
from hearth.web.citing import Governed, Rests, facts_of, moved_by, questions_of, rests_on, under
from hearth.web.clauses import asked_by
from hearth.web.partners.forms import HappenedForm
from hearth.web.partners.processes import StepForm
from hearth.web.people.forms import AddForm
from hearth.web.people.markers import PutForm
from hearth.web.triage.who import WhoStep
from policy.test_word_lists import forms_asking
from walked import owned, raised
from web.governed import AT, MADE

PACKS = Path(__file__).resolve().parents[2] / "packs"
SHIPPED = ("manchester-2025", "livv-2022", "rbkc-2019", "wirral-s11", "london", "wales", "scotland", "northern-ireland")
# What a gate asks for and nobody is asked on a form: the second person shows himself by approving.
SHOWN_BY_DOING = {"second_approver"}
# What nobody is asked at an act, because the record, the way it came or the hour says it.
KNOWN: Mapping[str, frozenset[str]] = {
    "hazard.recorded": frozenset({"kind"}),
    "hazard.classified": frozenset({"kind", "again"}),
    "hazard.investigated": frozenset({"kind"}),
    "referral.chased": frozenset({"to", "immediate"}),
    "referral.challenged": frozenset({"stage"}),
    "oncall.alerted": frozenset({"kind"}),
    "oncall.passed_on": frozenset({"kind"}),
    "concern.logged": frozenset({"out_of_hours"}),
    "concern.split": frozenset({"decide_again", "about_our_people"}),
    "watch.reviewed": frozenset({"about_our_people"}),
    "case.handover_answered": frozenset({"has_holder"}),
    "case.contact_made": frozenset({"risk_band"}),
    "case.reviewed": frozenset({"risk_band"}),
    "case.reopened": frozenset({"risk_band"}),
    "case.closed": frozenset({"risk_band", "subject", "children_in_household"}),
}
# What begins or stops a limit and asks no question beside which a clause could stand: a button, what the house does by
# itself, and what follows from the decision that opened or closed a record.
UNASKED = frozenset({
    "oncall.alerted", "oncall.passed_on", "oncall.acknowledged", "concern.looked_at", "concern.split", "case.closed",
})  # fmt: skip


def beside(pack: Pack) -> set[str]:
    """Every clause that stands beside a question of some form."""
    shown = (under(made(pack), pack, at=AT) for made in MADE.values())
    return {clause for form in shown for rests in form.rests.values() for clause in rests.clauses}


def wanted(pack: Pack) -> Iterator[tuple[str, str]]:
    """What the policy has people asked for, with its clause: by gates, by days that count, by what is offered."""
    today = local_day(AT)
    for gate in pack.gates.values():
        if {fact for fact, _values in compared(gate.requires)} - SHOWN_BY_DOING and pack.holds_on(gate.clause, today):
            yield f"gate {gate.id}", gate.clause
    for rule in pack.rules.values():
        if (rule.due_on or rule.counts_from) and pack.holds_on(rule.clause, today):
            yield f"rule {rule.id}", rule.clause
    for clause in pack.clauses:
        for keeper in pack.keepers_of(clause):
            if keeper.kind in {
                KeeperKind.WORDS, KeeperKind.SIGN, KeeperKind.DECISION, KeeperKind.ROUTE, KeeperKind.DEFINITION,
                KeeperKind.TRIAGE,
            } and not keeper.waits_for:  # fmt: skip
                yield str(keeper), clause


@pytest.mark.parametrize("name", SHIPPED)
def test_everything_the_policy_has_people_asked_for_has_its_clause_beside_a_question(name: str) -> None:
    """feature 87"""
    pack = load(PACKS / name)
    there = beside(pack)
    assert [each for each in wanted(pack) if each[1] not in there] == []
    assert len({clause for _what, clause in wanted(pack)}) > 10, "the control: there is something to be asked for"


def unasked(pack: Pack) -> Iterator[str]:
    """What a gate wants or stands by, and what a limit goes by, that no form asks beside their clause."""
    today, shown = local_day(AT), [under(made(pack), pack, at=AT) for made in MADE.values()]
    for gate in pack.gates.values():
        for fact in facts_of(gate.requires, gate.when) if pack.holds_on(gate.clause, today) else ():
            if not _any(shown, gate.act, fact, gate.clause):
                yield f"{gate.id}: {fact}"
    for rule in pack.rules.values():
        for act in rule.acts() if pack.holds_on(rule.clause, today) else ():
            missed = (fact for fact in moved_by(rule, act) if not _any(shown, act, fact, rule.clause))
            yield from (f"{rule.id}: {fact} at {act}" for fact in missed)


def _any(shown: list[Governed], act: str, fact: str, clause: str) -> bool:
    return fact in KNOWN.get(act, ()) or fact in SHOWN_BY_DOING or any(_asks(form, act, fact, clause) for form in shown)


def _asks(form: Governed, act: str, fact: str, clause: str) -> bool:
    """Whether a form that leads to an act asks for a fact, with the clause beside the question."""
    asked = questions_of(form)
    name = asked.facts.get(fact) or asked_by(form, fact) or fact
    rests: Mapping[str, Rests] = form.rests
    return act in asked.acts and name in form.fields and name in rests and clause in rests[name].clauses


@pytest.mark.parametrize("name", SHIPPED)
def test_whatever_a_gate_wants_or_a_limit_goes_by_is_asked_beside_its_clause(name: str) -> None:
    """feature 87"""
    pack = load(PACKS / name)
    assert list(unasked(pack)) == []
    gate = next(iter(pack.gates.values()))
    odd = replace(gate, id="odd", requires=Present("colour_of_the_door"))
    assert list(unasked(replace(pack, gates={**pack.gates, "odd": odd}))) == ["odd: colour_of_the_door"], "the control"


def test_every_form_that_says_what_it_asks_for_is_walked() -> None:
    assert set(forms_asking()) <= set(MADE), "add it above"


def unled(pack: Pack) -> Iterator[str]:
    """What begins or stops a limit and no form leads to with the limit's clause beside one of its questions."""
    steps = (StepForm(step=step, pack=pack) for several in STEPS.values() for step in several if not step.begins)
    small = (HappenedForm(did=did, now=AT) for did in ("referral.confirmed_in_writing", "referral.acknowledged"))
    today, forms = local_day(AT), [*(made(pack) for made in MADE.values()), *steps, *small]
    shown = [under(form, pack, at=AT) for form in forms]
    for rule in pack.rules.values():
        for act in dict.fromkeys(each.act for each in (*rule.starts, *rule.stops)):
            leads = (form for form in shown if act in questions_of(form).acts)
            cited = {clause for form in leads for rests in form.rests.values() for clause in rests.clauses}
            if act not in UNASKED and pack.holds_on(rule.clause, today) and rule.clause not in cited:
                yield f"{rule.id}: {act}"


@pytest.mark.parametrize("name", SHIPPED)
def test_whatever_begins_or_stops_a_limit_is_done_beside_its_clause(name: str) -> None:
    """feature 87"""
    pack = load(PACKS / name)
    assert list(unled(pack)) == []
    review = pack.rules["case.review"]
    odd = replace(review, id="odd", starts=(), stops=(replace(review.stops[0], act="colour.seen"),))
    assert list(unled(replace(pack, rules={"odd": odd}))) == ["odd: colour.seen"], "the control"


def test_the_questions_about_children_and_whoever_is_put_in_a_record_rest_on_what_is_written_of_them() -> None:
    pack = load(PACKS / "manchester-2025")
    rests: Mapping[str, Rests] = under(MADE[ContactForm](pack), pack, at=AT).rests
    assert "WT18.14a" in rests["child_seen"].clauses, "the child is seen and spoken with"
    assert rests["child_alone"].clauses == rests["child_seen"].clauses
    assert "day" not in rests, "the control"
    assert rests["child_seen"].clauses[0] == "2.6b", "what our own policy asks stands before the guidance"
    review: Mapping[str, Rests] = under(MADE[ReviewForm](pack), pack, at=AT).rests
    assert review["outcome"].clauses == ("3.3b",), "and not the limit whose band a review may choose"
    assert "2.1b" in under(MADE[AddForm](pack), pack, at=AT).rests["who"].clauses


def test_where_no_clause_of_the_policy_governs_a_question_it_says_that_hearth_asks() -> None:
    pack = load(PACKS / "manchester-2025")
    form = under(MADE[PutForm](pack), pack, at=AT)
    assert "Set by Hearth" in str(rests_on(form["on"])), "at the first question, once"
    assert rests_on(form["words"]) == ""
    clause = replace(pack.clauses["2.1b"], kept_by=(Keeper(KeeperKind.ACT, "keep_markers"),))
    named = under(MADE[PutForm](pack), replace(pack, clauses={**pack.clauses, "2.1b": clause}), at=AT)
    assert "/promises/2.1b" in str(rests_on(named["words"])), "the control: a clause that names it stands there instead"
    assert rests_on(named["on"]) == ""


def test_clauses_stand_beside_their_question_and_not_beside_another() -> None:
    form = under(MADE[CloseForm](load(PACKS / "manchester-2025")), load(PACKS / "manchester-2025"), at=AT)
    rests: dict[str, Rests] = form.rests
    assert rests["breach_reason"].clauses == ("4.1.6a",)
    assert rests["change_seen"].clauses == ("2.6c",)
    assert "why" not in rests, "nobody asks for the story by a clause"


def test_a_link_opens_beside_what_is_typed_and_says_for_whom_cannot_see_what_it_is_about() -> None:
    pack = load(PACKS / "rbkc-2019")
    form = under(MADE[WhoStep](pack), pack, at=AT, entity=7)
    shown = str(rests_on(form["harm"]))
    assert shown.count('target="_blank" rel="noopener"') == 3, "two clauses, and one link to all the others"
    assert f'href="{reverse("promises")}?keeper=words:abuse_type&amp;company=7"' in shown
    assert "more clauses" in shown
    assert "on “What kind of harm, as you see it now?” (opens in a new tab)" in shown
    assert "/promises/DA.children" in str(rests_on(form["domestic_abuse"])), "by it the decision for a child is asked"
    form = under(MADE[ContactForm](pack), pack, at=AT)
    assert rests_on(form["their_words"]) == "", "nothing asks for it by a clause"
    assert rests_on(object()) == ""


def test_the_form_component_shows_it_under_the_hint_of_whichever_field() -> None:
    pack = load(PACKS / "manchester-2025")
    form = under(MADE[CloseForm](pack), pack, at=AT)
    page = engines["jinja2"].env.from_string('{% from "components/form.jinja" import fields %}{{ fields(form) }}')
    cited = re.findall(r'<p class="hearth-clause hearth-cited">.*?</p>', page.render(form=form))
    assert not [each for each in cited if "more clause" in each], "one clause, and no others behind it"
    assert len(cited) == len(form.rests)


def test_a_policy_calls_our_answers_as_it_likes_and_the_page_follows() -> None:
    pack = load(PACKS / "manchester-2025")
    listed = pack.words["outcome"]
    other = replace(listed, words=tuple(replace(each, label=f"{each.label}!") for each in listed.words))
    form = under(MADE[CloseForm](pack), replace(pack, words={**pack.words, "outcome": other}), at=AT)
    assert {str(label)[-1] for _code, label in form.fields["outcome"].choices} == {"!"}  # type: ignore[attr-defined]  # a field of answers
    again = under(MADE[CloseForm](pack), pack, at=AT)
    assert "!" not in "".join(str(label) for _code, label in again.fields["outcome"].choices), "the class is untouched"  # type: ignore[attr-defined]  # as above


def test_whoever_closes_a_case_or_decides_finds_the_clauses_on_the_page(cast):
    case = owned(cast, risk=Risk.HIGH)
    owner, triage = desk(cast.owner), desk(cast.triage_officer)
    assert 'href="/promises/2.6c" target="_blank"' in text(owner.get(f"/case/{case.public_id}/close"))
    assert 'href="/promises/3.3c" target="_blank"' in text(owner.get(f"/case/{case.public_id}/action"))
    concern = raised(cast, at=now())
    assert 'href="/promises/2.6a" target="_blank"' in text(triage.get(f"/concern/{concern.public_id}/decide?step=who"))


def test_on_the_form_for_a_concern_they_stand_for_those_who_may_read_the_policy_alone(cast):
    staff = desk(cast.reporter)
    assert "hearth-cited" in text(staff.get("/concerns/log"))
    session = staff.session
    del session["hearth_second_factor_by_provider"]
    session.save()
    assert "hearth-cited" not in text(staff.get("/concerns/log")), "a password alone opens no policy"


def test_the_clauses_one_thing_keeps_are_one_link_away(cast):
    page = text(desk(cast.reporter).get("/promises?keeper=words:abuse_type"))
    assert "Only what is kept by this: List of words: abuse type." in page
    assert ">2.12a<" in page
    assert ">4.1.4b<" not in page
    assert "Sign on the form" in text(desk(cast.reporter).get("/promises?keeper=sign"))
    assert "No clause has all these words" in text(desk(cast.reporter).get("/promises?keeper=sign:nothing"))


def test_the_step_of_an_enquiry_stands_under_the_law_that_governs_it() -> None:
    """Manchester's policy has no clause on it: the nation's stands there, and not that of another process."""
    pack = load(PACKS / "manchester-2025")
    steps = {step.act: step for several in STEPS.values() for step in several}

    def cited(act: str) -> tuple[str, ...]:
        form = under(StepForm(step=steps[act], pack=pack), pack, at=AT)
        return form.rests["on"].clauses

    assert cited("case.section_42_ended") == ("CA.42",)
    assert "CA.42" not in cited("case.conference_held")
