"""What happens beside the path from concern to closure, for stories that need one of each, told by the cast.

Everything is committed by itself: the people of these stories do not wait for one another.
"""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.access.models import Grant
from hearth.cases.models import Case
from hearth.cases.operations.working import plan_action
from hearth.cases.queries import case_for
from hearth.concerns.queries import concern_for
from hearth.housing.imports.terms import SheetKind
from hearth.housing.imports.uploads import upload, work_on_next
from hearth.housing.models import Marker
from hearth.housing.operations import On, put_marker
from hearth.housing.terms import MarkerKind
from hearth.organisation.terms import Part
from hearth.outbound.operations import deliver, tell_staff
from hearth.outbound.queries.messages import dead_letters
from hearth.outbound.terms import Channel, Words
from hearth.partners import operations as partners
from hearth.partners.models import StatutoryProcess
from hearth.partners.terms import Answer, Asked, Process
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.emergencies import open_in_emergency
from hearth.pathway.limits import pause_limit
from hearth.timescales.queries import clock_for, clocks_for, clocks_in_circle
from hearth.triage.queries import my_watches
from hearth.triage.terms import Outcome
from on_duty import as_jobs_process
from walked import ASKED, OPEN

HOMES = b"home reference,address line 1,postcode\nH-1,1 Elder Row,M14 4AA\nH-2,,M14 4AA\n"


def files_with_a_fault(cast, content=HOMES) -> uuid.UUID:
    """Files for the register that the jobs process has looked at: one home is new, one row has no address."""
    keeper, at = cast.register_keeper, clock.now()
    with acting_as(keeper), transaction.atomic():
        row = upload({SheetKind.HOMES: content}, by=keeper, at=at)
    with as_jobs_process():
        assert work_on_next(at=at)
    return row.public_id


def message_that_did_not_leave(cast) -> uuid.UUID:
    """A message to somebody, and whatever else waits, while sending is switched off."""
    at = clock.now()
    with acting_as(cast.lead), transaction.atomic():
        tell_staff(
            cast.worker.id, address="worker@ashgrove.example", channel=Channel.EMAIL, words=Words.SOMETHING_WAITS,
            key="aside", at=at,
        )  # fmt: skip
    with as_jobs_process():
        while deliver(at=at):
            pass
    with acting_as(cast.lead), transaction.atomic():
        return next(each.id for each in dead_letters(cast.lead) if each.words == Words.SOMETHING_WAITS)


def watched(cast, concern_id: uuid.UUID, *, by="worker", until: date, at: datetime) -> uuid.UUID:
    """Triage keeps a concern in view: somebody looks again, by a day."""
    triage, owner = cast.triage_officer, getattr(cast, by)
    watch = replace(
        OPEN, outcome=Outcome.WATCH, considered=(Outcome.OPEN_CASE,), watch_owner_id=owner.id, watch_until=until
    )
    with acting_as(triage), transaction.atomic():
        decide_concern(concern_for(triage, concern_id), watch, Begin(), by=triage, at=at, key=uuid.uuid4())
    with acting_as(owner), transaction.atomic():
        return my_watches(owner)[0].public_id


def opened_in_emergency(cast, reference: str, *, by: str, why="She rang, crying; nobody on call answers") -> uuid.UUID:
    """Somebody opens a record he has no part in, and a lead will look at that again."""
    opener = getattr(cast, by)
    with acting_as(opener), transaction.atomic():
        open_in_emergency("concern", reference, why=why, by=opener, at=clock.now())
    with acting_as(cast.lead), transaction.atomic():
        return Grant.objects.get(part_in_it="broke_glass", user_id=opener.id).public_id


def marked(about, home, *, by, at: datetime, words="Visit in pairs") -> Marker:
    """A marker that a record puts on a home, for the repairs desk."""
    until = (at + timedelta(days=90)).date()
    with acting_as(by), transaction.atomic():
        return put_marker(
            about, On(home=home), kind=MarkerKind.VISIT, words=words, until=until,
            shown_to=[Part.REPAIRS_DESK], by=by, at=at,
        )  # fmt: skip


def enquiry_begun(case_id: uuid.UUID, *, by, at: datetime) -> uuid.UUID:
    """The council has begun a section 47 enquiry."""
    days = {"referred_on": at.date(), "strategy_discussion_on": at.date()}
    with acting_as(by), transaction.atomic():
        case: Case = case_for(by, case_id)
        partners.process_step(
            case, process=Process.SECTION_47, step="case.section_47_started", by=by, at=at, facts=days, on=at.date(),
            lead_practitioner="Ms Okoro",
        )  # fmt: skip
        return StatutoryProcess.objects.get(case=case).public_id


def referred(case_id: uuid.UUID, *, by, at: datetime, asked: Asked = ASKED, answered=False) -> uuid.UUID:
    """A telephoned referral of a case. `answered`: the agency said no, and we disagree."""
    with acting_as(by), transaction.atomic():
        made = partners.refer(None, case_for(by, case_id), asked, by=by, at=at, key=uuid.uuid4())
        if answered:
            partners.record_answer(made, answer=Answer.NO_FURTHER_ACTION, why="Below threshold", by=by, at=at)
            made.refresh_from_db()
            partners.challenge(made, stage=1, why="An infant sleeps in mould", by=by, at=at)
        return made.public_id


def limit_of(case_id: uuid.UUID, rule: str, *, by, at: datetime) -> uuid.UUID:
    """A limit of a case."""
    with acting_as(by), transaction.atomic():
        clocks = clocks_for(by, case_for(by, case_id), at=at)
        return next(each.public_id for each in clocks if each.rule == rule)


def late_limit_of(case_id: uuid.UUID, *, by, at: datetime) -> uuid.UUID:
    """A limit of a case that has run over, on whichever day of the week it is asked: an action of yesterday."""
    planned, day = at - timedelta(days=2), (at - timedelta(days=1)).date()
    with acting_as(by), transaction.atomic():
        case = case_for(by, case_id)
        plan_action(
            case, text="Ask the school what they see", owner_id=by.id, due_on=day, by=by, at=planned, key=uuid.uuid4()
        )
        clocks = clocks_in_circle(by, case.circle_id, at=at)
        return next(each.public_id for each in clocks if each.about_kind == "action" and each.is_over)


def paused(case_id: uuid.UUID, rule: str, *, by, at: datetime) -> uuid.UUID:
    """A limit of a case that stands still, because the police asked."""
    limit = limit_of(case_id, rule, by=by, at=at)
    with acting_as(by), transaction.atomic():
        pause_limit(clock_for(by, limit), ground="police_asked", why="DC Marsh, by e-mail", by=by, at=at)
    return limit
