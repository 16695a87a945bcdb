"""Working on a case: contacts, notes, plan, risk, reviews and the summary."""

import uuid

from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.door import Asked
from hearth.api.house import Wrong, one_key, operation
from hearth.api.once import IdempotencyKey
from hearth.api.shapes import actions
from hearth.api.shapes import cases as shapes
from hearth.api.words import Made
from hearth.cases import queries
from hearth.cases.operations import giving, judging, working
from hearth.cases.planned import may_be_given_actions
from hearth.cases.terms import ContactMade
from hearth.ledger.operations import record_read

TAG = "Work on a case"
WRITE = Scope.CASES_WRITE


@operation("PUT", "/cases/{uuid:case_id}/summary", Act.WORK_CASE, WRITE, gives={204: None}, tag=TAG)
def change_summary(request: Asked, case_id: uuid.UUID, summary: shapes.Summary) -> Status[None]:
    """Change the summary. Where somebody else saved meanwhile, both texts are answered and neither is lost."""
    case = queries.case_for(request.viewer, case_id, act=Act.WORK_CASE)
    record_read("case.read", about=case, ids=[("case", case.id)], durable=case.restricted)
    working.change_summary(case, version=summary.version, text=summary.summary, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/actions", Act.WORK_CASE, WRITE, gives={201: Made}, tag=TAG)
def plan_action(
    request: Asked, case_id: uuid.UUID, planning: actions.Planning, idempotency_key: IdempotencyKey
) -> Status[Made]:
    """Put an action on the plan: what, who and by when."""
    key = one_key(planning.key, idempotency_key)
    case = queries.case_for(request.viewer, case_id, act=Act.WORK_CASE)
    action = working.plan_action(
        case, text=planning.text, owner_id=_who_can(request, case, planning.owner), due_on=planning.due_on,
        for_whom=planning.for_whom, by=request.viewer, at=clock.now(), key=key,
    )  # fmt: skip
    return Status(201, Made(id=action.public_id))


@operation("PUT", "/actions/{uuid:action_id}", Act.WORK_CASE, WRITE, gives={204: None}, tag=TAG)
def change_action(request: Asked, action_id: uuid.UUID, replanning: actions.Replanning) -> Status[None]:
    """Change what an action says or when it is due."""
    action = queries.action_for(request.viewer, action_id)
    record_read("action.read", about=action, ids=[("action", action.id)], durable=action.restricted)
    working.change_action(
        action, version=replanning.version, text=replanning.text, due_on=replanning.due_on, by=request.viewer,
        at=clock.now(),
    )  # fmt: skip
    return Status(204, None)


@operation("POST", "/actions/{uuid:action_id}/done", Act.WORK_CASE, WRITE, gives={204: None}, tag=TAG)
def finish_action(request: Asked, action_id: uuid.UUID, finishing: actions.Finishing) -> Status[None]:
    """Say that an action is done, and what came of it."""
    action = queries.action_for(request.viewer, action_id)
    working.finish_action(action, result=finishing.result, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/actions/{uuid:action_id}/give", Act.WORK_CASE, WRITE, gives={204: None}, tag=TAG)
def give_action(request: Asked, action_id: uuid.UUID, handing: actions.Giving) -> Status[None]:
    """Give an action to somebody else who works on the case. Its day stays."""
    action = queries.action_for(request.viewer, action_id)
    record_read("action.read", about=action, ids=[("action", action.id)], durable=action.restricted)
    to = _who_can(request, action.case, handing.owner)
    giving.give_action(action, to=to, words=handing.words, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/actions/{uuid:action_id}/drop", Act.DROP_ACTION, WRITE, gives={204: None}, tag=TAG)
def drop_action(request: Asked, action_id: uuid.UUID, dropping: actions.Dropping) -> Status[None]:
    """Say that an action is no longer needed, and why. Of the team, whoever was to do it may say so too."""
    action = queries.action_to_drop(request.viewer, action_id)
    giving.drop_action(action, why=dropping.why, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/contacts", Act.WORK_CASE, WRITE, gives={204: None}, tag=TAG)
def record_contact(
    request: Asked, case_id: uuid.UUID, contact: shapes.RecordingContact, idempotency_key: IdempotencyKey
) -> Status[None]:
    """Record a contact or the attempt at one. No access and refusal are recorded and stop nothing."""
    key = one_key(contact.key, idempotency_key)
    case = queries.case_for(request.viewer, case_id, act=Act.WORK_CASE)
    made = ContactMade(**contact.model_dump(exclude={"key"}))
    working.record_contact(case, made, by=request.viewer, at=clock.now(), key=key)
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/notes", Act.WORK_CASE, WRITE, gives={201: Made}, tag=TAG)
def write_note(
    request: Asked, case_id: uuid.UUID, writing: shapes.Writing, idempotency_key: IdempotencyKey
) -> Status[Made]:
    """Write a note. It is never changed; to correct one, write another that says so."""
    key = one_key(writing.key, idempotency_key)
    case = queries.case_for(request.viewer, case_id, act=Act.WORK_CASE)
    note = working.write_note(case, text=writing.text, by=request.viewer, at=clock.now(), key=key)
    return Status(201, Made(id=note.public_id))


@operation("POST", "/cases/{uuid:case_id}/risk", Act.WORK_CASE, WRITE, gives={204: None}, tag=TAG)
def judge_risk(request: Asked, case_id: uuid.UUID, judging_it: shapes.JudgingRisk) -> Status[None]:
    """Judge the risk anew, with reasons. The limits that depend on it follow."""
    case = queries.case_for(request.viewer, case_id, act=Act.WORK_CASE)
    judging.set_risk(case, risk=judging_it.risk, why=judging_it.why, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/reviews", Act.REVIEW_CASE, WRITE, gives={204: None}, tag=TAG)
def review_case(request: Asked, case_id: uuid.UUID, reviewing: shapes.Reviewing) -> Status[None]:
    """Review a case as its manager."""
    case = queries.case_for(request.viewer, case_id, act=Act.REVIEW_CASE)
    judging.review_case(case, outcome=reviewing.outcome, text=reviewing.text, by=request.viewer, at=clock.now())
    return Status(204, None)


def _who_can(request: Asked, case: queries.ACase, public_id: uuid.UUID) -> int:
    """The colleague meant, among those who may work on the case."""
    people = may_be_given_actions(request.viewer, case, at=clock.now())
    found = next((each for each in people if each.public_id == public_id), None)
    if found is None:
        raise Wrong("owner", "Send the id of a colleague who can work on this case.")
    return found.id
