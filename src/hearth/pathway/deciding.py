"""Triage decides, and what was decided is begun in the same breath."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from hearth.access.operations import end_grant, give, restrict
from hearth.access.queries import places_in
from hearth.access.terms import Part, Viewer
from hearth.cases.models import Case
from hearth.cases.operations.handing_over import hand_over
from hearth.cases.operations.opening import join_concern, open_case
from hearth.cases.terms import Risk
from hearth.concerns.models import Concern
from hearth.concerns.terms import NotComplete
from hearth.ledger.transactions import all_or_nothing
from hearth.outbound.operations.notices import notify, take_as_read
from hearth.outbound.operations.on_call import stop_ringing
from hearth.outbound.queries import told
from hearth.outbound.terms import NoticeWords
from hearth.partners.models import Referral
from hearth.partners.operations import refer
from hearth.partners.queries import agencies_told
from hearth.partners.terms import Asked
from hearth.pathway.hearing import who_hears
from hearth.timescales.standing import pack_for
from hearth.triage.models import Decision
from hearth.triage.operations import decide
from hearth.triage.referrers import why_not_refer
from hearth.triage.telling import FIRST, still_to_tell, to_tell
from hearth.triage.terms import Judgement, Outcome


@dataclass(frozen=True)
class Begin:
    """What is begun with a decision: the case and who is offered it, the case joined, the agency asked.

    An allegation about one of ours goes to the lead, and where it is or may be `about_the_lead` to whoever hears that.
    """

    risk: Risk | None = None
    risk_why: str = ""
    hand_to: int | None = None
    what_matters: str = ""
    join: Case | None = None
    asked: Asked | None = None
    about_the_lead: bool | None = None


@dataclass(frozen=True)
class Decided:
    """What came of it."""

    decision: Decision
    case: Case | None
    referral: Referral | None
    is_new: bool


@all_or_nothing
def decide_concern(
    concern: Concern, judgement: Judgement, begin: Begin, *, by: Viewer, at: datetime, key: uuid.UUID
) -> Decided:
    """Decide on a concern and begin what was decided: all of it or nothing."""
    _fits(concern, judgement, begin)
    _tells(concern, judgement, begin, by=by, at=at)
    decision, is_new = decide(concern, judgement, by=by, at=at, key=key)
    if not is_new:
        return Decided(decision, None, None, is_new=False)
    case = _case(concern, judgement, begin, by=by, at=at)
    referral = None
    if begin.asked is not None:
        referral = refer(concern, case, begin.asked, by=by, at=at, key=key)
    stop_ringing(concern, by=by, at=at)
    if concern.restricted:  # those who hear it were told that its alert was taken by somebody who cannot read it
        take_as_read(concern.public_id, NoticeWords.ON_CALL_ALERT, at=at)
    _end_intake(concern, by=by, at=at)
    if judgement.outcome is Outcome.ALLEGATION and not concern.restricted:
        _wall_off(concern, about_the_lead=bool(begin.about_the_lead), by=by, at=at)
    return Decided(decision, case, referral, is_new=True)


def _fits(concern: Concern, judgement: Judgement, begin: Begin) -> None:
    if judgement.outcome is Outcome.OPEN_CASE and begin.risk is None:
        raise NotComplete("risk", "Say how high the risk is. Nothing is assumed to be low.")
    if judgement.outcome is Outcome.JOIN and begin.join is None:
        raise NotComplete("join", "Choose the case this concern joins")
    if judgement.outcome is Outcome.REFER_NOW and begin.asked is None:
        raise NotComplete("agency", "Say which agency you refer to and what you ask of it")
    if judgement.outcome is Outcome.ALLEGATION and not concern.restricted and begin.about_the_lead is None:
        raise NotComplete("about_the_lead", "Say whether it is, or may be, about the safeguarding lead")


def _tells(concern: Concern, judgement: Judgement, begin: Begin, *, by: Viewer, at: datetime) -> None:
    """Whom the policy always has told of this harm is told with the decision, by whoever may refer, or was before."""
    rules = to_tell(pack_for(concern, at), judgement.harm, judgement.subject)
    told = {begin.asked.agency} if begin.asked else set()
    left = still_to_tell(rules, told)
    missing = still_to_tell(left, agencies_told(by, concern)) if left else ()
    if missing and not why_not_refer(concern, by=by, at=at):
        raise NotComplete("agency" if begin.asked else "refers", f"{missing[0].sentence} {FIRST}")


def _case(concern: Concern, judgement: Judgement, begin: Begin, *, by: Viewer, at: datetime) -> Case | None:
    if judgement.outcome is Outcome.JOIN and begin.join is not None:
        join_concern(begin.join, concern, by=by, at=at)
        return begin.join
    if judgement.outcome is not Outcome.OPEN_CASE or begin.risk is None:
        return None
    case = open_case(
        concern, risk=begin.risk, why=begin.risk_why, subject=judgement.subject.value,
        children_in_household=judgement.children_in_household.value, is_offered=begin.hand_to is not None, by=by, at=at,
    )  # fmt: skip
    if begin.hand_to is not None:
        hand_over(case, to=begin.hand_to, what_matters=begin.what_matters, by=by, at=at)
    return case


def _wall_off(concern: Concern, *, about_the_lead: bool, by: Viewer, at: datetime) -> None:
    """Keep an allegation about somebody who works with us for those the policy has hear it, and tell them of it."""
    hearing = who_hears(pack_for(concern, at), about_the_lead=about_the_lead)
    give(concern.circle_id, to=hearing, part_in_it=Part.WORKS_ON_IT, why="allegation", by=by, at=at)
    restrict(concern.circle_id, by=by)
    for user in told.who_hears(concern.circle_id, at=at):
        notify(
            user.pk, NoticeWords.RECORD_RESTRICTED, key=f"restricted:{concern.circle_id}:{user.pk}", at=at,
            about_kind=concern.ledger_kind, about=concern.public_id, circle=concern.circle_id,
        )  # fmt: skip


def _end_intake(concern: Concern, *, by: Viewer, at: datetime) -> None:
    for grant in places_in(by, concern.circle_id):
        if grant.part == Part.INTAKE:
            end_grant(grant.id, by=by, at=at)
