"""Asking another agency to act, and what comes of it."""

import uuid

from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.acts.deciding import agency_asked, require_ground
from hearth.api.door import Asked
from hearth.api.house import Start, begin, one_key, operation
from hearth.api.once import IdempotencyKey
from hearth.api.shapes import referrals as shapes
from hearth.api.words import Made, Reason
from hearth.cases.queries import case_for
from hearth.concerns.queries import concern_for
from hearth.ledger.operations import record_read
from hearth.partners import operations
from hearth.partners.queries import WAITING, AReferral, referral_for, waiting_for_others
from hearth.partners.terms import Agency, Answer, How

TAG = "Referrals"
WRITE = Scope.CASES_WRITE
ONE = "/referrals/{uuid:referral_id}"


@operation("POST", "/cases/{uuid:case_id}/referrals", Act.REFER, WRITE, gives={201: Made}, tag=TAG)
def refer(
    request: Asked, case_id: uuid.UUID, referring: shapes.ReferringFromCase, idempotency_key: IdempotencyKey
) -> Status[Made]:
    """Refer from a case. Hearth keeps that you did; it sends the agency nothing. The same key twice refers once."""
    key = one_key(referring.key, idempotency_key)
    case = case_for(request.viewer, case_id, act=Act.REFER)
    require_ground(referring, "override_why")
    asked = agency_asked(referring, case.subject, now=referring.is_immediate)
    made = operations.refer(None, case, asked, by=request.viewer, at=clock.now(), key=key)
    return Status(201, Made(id=made.public_id))


@operation("POST", "/concerns/{uuid:concern_id}/referrals", Act.REFER, WRITE, Scope.TRIAGE, gives={201: Made}, tag=TAG)
def refer_from_concern(
    request: Asked, concern_id: uuid.UUID, referring: shapes.ReferringFromConcern, idempotency_key: IdempotencyKey
) -> Status[Made]:
    """Refer from a concern that has no case. Hearth keeps that you did; it sends the agency nothing."""
    key = one_key(referring.key, idempotency_key)
    concern = concern_for(request.viewer, concern_id, act=Act.REFER)
    require_ground(referring, "override_why")
    asked = agency_asked(referring, referring.subject, now=referring.is_immediate)
    made = operations.refer(concern, None, asked, by=request.viewer, at=clock.now(), key=key)
    return Status(201, Made(id=made.public_id))


@operation("GET", "/referrals", Act.SEE_DUE, Scope.CASES_READ, gives={200: shapes.Referrals}, tag=TAG)
def referrals_waiting(request: Asked, start: Start) -> shapes.Referrals:
    """Referrals that no agency has answered, the soonest chase first."""
    page = waiting_for_others(request.viewer, place=begin(WAITING, start))
    ids = [("referral", each.id) for each in page]
    record_read("referrals.listed", about=None, ids=ids, durable=any(each.restricted for each in page))
    return shapes.Referrals(referrals=[_shown(each) for each in page], next=page.next)


@operation("GET", ONE, Act.READ_CONCERN, Scope.CASES_READ, gives={200: shapes.Referral}, tag=TAG)
def read_referral(request: Asked, referral_id: uuid.UUID) -> shapes.Referral:
    """A referral and where it stands."""
    referral = referral_for(request.viewer, referral_id)
    record_read("referral.read", about=referral, ids=[("referral", referral.id)], durable=referral.restricted)
    return _shown(referral)


def _shown(row: AReferral) -> shapes.Referral:
    return shapes.Referral(
        id=row.public_id, case=row.case.public_id if row.case else None,
        concern=row.concern.public_id if row.concern else None, agency=Agency(row.agency), office=row.office,
        how=How(row.how), asked=row.asked, consent=shapes.Consent(row.consent), made_at=row.made_at,
        override_ground=row.override_ground, override_why=row.override_why, basis=row.basis,
        special_basis=row.special_basis,
        is_immediate=row.is_immediate, confirmed_at=row.confirmed_at, acknowledged_at=row.acknowledged_at,
        chased_at=row.chased_at, answer=Answer(row.answer) if row.answer else None, answer_why=row.answer_why,
        answered_at=row.answered_at,
    )  # fmt: skip


@operation("POST", f"{ONE}/confirmed", Act.REFER, WRITE, gives={204: None}, tag=TAG)
def confirm_referral(request: Asked, referral_id: uuid.UUID) -> Status[None]:
    """Say that a telephoned referral has gone in writing."""
    referral = referral_for(request.viewer, referral_id, act=Act.REFER)
    operations.confirm_in_writing(referral, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", f"{ONE}/acknowledged", Act.REFER, WRITE, gives={204: None}, tag=TAG)
def acknowledge_referral(request: Asked, referral_id: uuid.UUID) -> Status[None]:
    """Record that the agency said it has the referral."""
    operations.acknowledge(referral_for(request.viewer, referral_id, act=Act.REFER), by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", f"{ONE}/chased", Act.REFER, WRITE, gives={204: None}, tag=TAG)
def chase_referral(request: Asked, referral_id: uuid.UUID) -> Status[None]:
    """Record that the agency was asked again for its answer."""
    operations.chase(referral_for(request.viewer, referral_id, act=Act.REFER), by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", f"{ONE}/answer", Act.REFER, WRITE, gives={204: None}, tag=TAG)
def answer_referral(request: Asked, referral_id: uuid.UUID, answering: shapes.AgencyAnswer) -> Status[None]:
    """Record what the agency decided, and its reason."""
    referral = referral_for(request.viewer, referral_id, act=Act.REFER)
    operations.record_answer(referral, answer=answering.answer, why=answering.why, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", f"{ONE}/challenge", Act.REFER, WRITE, gives={204: None}, tag=TAG)
def challenge_referral(request: Asked, referral_id: uuid.UUID, challenging: shapes.Challenge) -> Status[None]:
    """Disagree with the agency, one stage after the other."""
    referral = referral_for(request.viewer, referral_id, act=Act.REFER)
    operations.challenge(referral, stage=challenging.stage, why=challenging.why, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", f"{ONE}/withdrawn", Act.REFER, WRITE, gives={204: None}, tag=TAG)
def withdraw_referral(request: Asked, referral_id: uuid.UUID, reason: Reason) -> Status[None]:
    """Take a referral back that was not answered. What ran for it ends."""
    referral = referral_for(request.viewer, referral_id, act=Act.REFER)
    operations.withdraw(referral, why=reason.why, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", f"{ONE}/agreed", Act.REFER, WRITE, gives={204: None}, tag=TAG)
def agree_with_agency(request: Asked, referral_id: uuid.UUID, agreeing: shapes.AgencyAnswer) -> Status[None]:
    """End a disagreement: the agency decides otherwise, or you accept what it decided. No further stage runs."""
    referral = referral_for(request.viewer, referral_id, act=Act.REFER)
    operations.agree(referral, answer=agreeing.answer, why=agreeing.why, by=request.viewer, at=clock.now())
    return Status(204, None)
