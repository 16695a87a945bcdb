"""What happened to the records of the matrix: the path of concerns and cases, told through the real operations."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

import aside
from access.matrix.endings import endings_of
from access.matrix.people import of_the_cast
from access.matrix.policies import asked_to_read, changed, proposed, tried
from access.matrix.record import Record
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.operations import declare_exclusion
from hearth.access.terms import Part, Scope
from hearth.access.tokens import make_token
from hearth.cases import queries as cases
from hearth.cases.operations import handing_over, placing, working
from hearth.cases.terms import Risk
from hearth.concerns import queries as concerns
from hearth.concerns.links import make_link
from hearth.concerns.operations import still_worried
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.housing.models import Hazard, Home
from hearth.organisation.models import Appointment, OnCallShift, Proposal, User
from hearth.outbound.models import Alert, Notice
from hearth.outbound.operations.notices import notify
from hearth.outbound.terms import NoticeWords
from hearth.partners.models import Referral
from hearth.partners.terms import Agency, Asked, How
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.raising import raise_concern
from hearth.people.models import Person
from hearth.people.operations import add_known_person, add_role
from hearth.people.terms import PartPlayed
from hearth.triage.terms import ChildThere, Judgement, Outcome, SubjectKind

SHUT_OUT = frozenset({"relative", "relative_in_triage"})
IN_HOMES = {Part.REPAIRS_DESK: Part.REPAIRS_DESK, Part.REPAIRS_COMPETENT: Part.REPAIRS_COMPETENT}
OPEN = Judgement(
    outcome=Outcome.OPEN_CASE, considered=(Outcome.WATCH,), why="Two small children in mould", clause="4.1.5a",
    subject=SubjectKind.CHILD, children_in_household=ChildThere.YES, adult_wishes_only=False, feedback="We are acting",
)  # fmt: skip
ASKED = Asked(
    agency=Agency.COUNCIL_CHILDREN, how=How.PHONE, what="Two children may be neglected", consent="not_needed",
    subject="child", basis="public_task",
)  # fmt: skip


class Cast:
    def __getattr__(self, name: str):
        return of_the_cast(name)


@dataclass
class Story:
    cast: Cast
    at: datetime
    home: Home
    person: Person
    secret: str = ""
    decided: uuid.UUID | None = None  # a concern that triage has decided to watch
    joined: uuid.UUID | None = None  # and one that was joined to the case

    def told(self) -> dict[str, Record]:
        """Everything that happened, and who may know of what came of it."""
        at_home = {"place": Place.HOME, "home_id": self.home.pk, "elsewhere": "", "signs": ("damp_or_mould",)}
        concern = self.raised(danger_now=True, **at_home)
        waiting = self.raised(danger_now=True)
        staff = self.raised(about_staff=AboutStaff.YES)
        case = self.opened(concern, "owner", asked=ASKED)
        offered = self.opened(self.raised(), "worker")
        self._shuts_out_relatives(concern, waiting)
        self._is_about_him(case)
        team = {
            "owner": Part.OWNS_IT, "colleague": Part.WORKS_ON_IT, "guest": Part.INVITED, "manager": Part.MANAGES_IT,
        }  # fmt: skip
        mine, made_it = {"parts": team, "shut_to": SHUT_OUT}, {"own": {"reporter": Part.REPORTED_IT}}
        action, handover = self._works(case), self._waits_for(offered)
        offered_to = {"worker": Part.OFFERED_IT}
        return {
            "concern": Record(concern, **mine, **made_it),
            "waiting": Record(waiting, posts={Part.INTAKE: Part.INVITED}, shut_to=SHUT_OUT, **made_it),
            "staff": Record(staff, open_to_posts=False, posts={Part.LEAD: Part.INVITED}, **made_it),
            "case": Record(case, **mine),
            "offered_case": Record(offered, parts={**offered_to, "manager": Part.MANAGES_IT}),
            "action": Record(action, **mine),
            "handover": Record(handover, open_to_posts=False, parts=offered_to),
            "worry": Record(self._worried(concern), **mine, **made_it),
            "alert": Record(self._alert(concern), own={"lead": Part.ANYONE, "deputy": Part.ANYONE}, **mine),
            "ringing": Record(
                self._alert(waiting),
                own={"lead": Part.ANYONE, "deputy": Part.ANYONE},
                posts={Part.INTAKE: Part.INVITED},
                shut_to=SHUT_OUT,
            ),
            "hazard": Record(self._hazard(), posts=IN_HOMES),
            "limit": Record(self._limit(case), **mine),
            "referral": Record(self._referral(), **mine),
            "link": Record(self._link(), everybody=True),
            **self._of_the_house(),
            "home": Record(self.home.public_id, everybody=True),
            "person": Record(self.person.public_id, everybody=True),
            "known_person": Record(self._known(concern), **mine),
            "token": Record(self._token(), open_to_posts=False, own={"owner": Part.ANYONE}),
            "notice": Record(self._notice(case), open_to_posts=False, own={"owner": Part.ANYONE}),
            **self._beside(),
            "paused": Record(aside.paused(case, "case.contact", by=self.cast.owner, at=self.later(10)), **mine),
            "answered": Record(aside.referred(case, by=self.cast.owner, at=self.later(10), answered=True), **mine),
            "process": Record(aside.enquiry_begun(case, by=self.cast.owner, at=self.later(10)), **mine),
            "concern_marker": Record(self._marked(concerns.concern_for, concern), **mine),
            "case_marker": Record(self._marked(cases.case_for, case), **mine),
            **endings_of(self, case),
        }

    def _beside(self) -> dict[str, Record]:
        """A watch, an emergency opening, files for the register, and a message that did not leave."""
        until = (now() + timedelta(days=9)).date()
        self.decided = self.raised()
        watch = aside.watched(self.cast, self.decided, by="colleague", until=until, at=self.later(3))
        opening = aside.opened_in_emergency(self.cast, self.reference(self.raised()), by="other_worker")
        files = aside.files_with_a_fault(self.cast)
        return {
            "watch": Record(watch, parts={"colleague": Part.WORKS_ON_IT}),
            "watched": Record(self.decided, parts={"colleague": Part.WORKS_ON_IT}, own={"reporter": Part.REPORTED_IT}),
            "emergency": Record(opening, everybody=True),
            "files": Record(files, open_to_posts=False, own={"register_keeper": Part.ANYONE}),
            "message": Record(aside.message_that_did_not_leave(self.cast), everybody=True),
        }

    def reference(self, concern: uuid.UUID) -> str:
        with acting_as(self.cast.lead), transaction.atomic():
            return concerns.concern_for(self.cast.lead, concern).reference

    def _marked(self, found: Callable, which: uuid.UUID) -> uuid.UUID:
        lead = self.cast.lead
        with acting_as(lead), transaction.atomic():
            about = found(lead, which)
        return aside.marked(about, self.home, by=lead, at=self.later(4)).public_id

    def raised(self, at: datetime | None = None, **more: object) -> uuid.UUID:
        told = {
            "danger_now": False, "about_staff": AboutStaff.NO, "place": Place.ELSEWHERE, "elsewhere": "Over the bakery",
            "noticed": "Two children on bare mattresses", "children_there": "yes", **more,
        }  # fmt: skip
        by = self.cast.reporter
        with acting_as(by), transaction.atomic():
            return raise_concern(Told(**told), by=by, at=at or self.at, key=uuid.uuid4(), came_by=Came.PAGE).public_id

    def opened(
        self,
        concern: uuid.UUID,
        to: str,
        asked: Asked | None = None,
        at: datetime | None = None,
        risk: Risk = Risk.HIGH,
    ) -> uuid.UUID:
        by, who = self.cast.triage_officer, getattr(self.cast, to)
        begin = Begin(risk=risk, risk_why="Mould", hand_to=who.id, what_matters="The children", asked=asked)
        with acting_as(by), transaction.atomic():
            found = concerns.concern_for(by, concern)
            done = decide_concern(found, OPEN, begin, by=by, at=at or self.later(1), key=uuid.uuid4())
            return done.case.public_id

    def _shuts_out_relatives(self, *about: uuid.UUID) -> None:
        lead = self.cast.lead
        with acting_as(lead), transaction.atomic():
            for concern in about:
                found = concerns.concern_for(lead, concern)
                add_role(found, self.person, PartPlayed.SUBJECT_ADULT, by=lead, at=self.later(2))
            for name in sorted(SHUT_OUT):
                who = getattr(self.cast, name).id
                declare_exclusion(user_id=who, person_id=self.person.pk, why="Family", by=lead, at=self.later(2))

    def _is_about_him(self, case_id: uuid.UUID) -> None:
        lead = self.cast.lead
        with acting_as(lead), transaction.atomic():
            case, at = cases.case_for(lead, case_id), self.later(2)
            add_role(case, self.person, PartPlayed.SUBJECT_ADULT, by=lead, at=at)
            add_known_person(case, name="His daughter", part=PartPlayed.HOUSEHOLD_MEMBER, by=lead, at=at)

    def _works(self, case_id: uuid.UUID) -> uuid.UUID:
        owner = self.cast.owner
        with acting_as(owner), transaction.atomic():
            handing_over.accept(cases.offered_to_me(owner)[0], by=owner, at=self.later(2))
            case, at = cases.case_for(owner, case_id), self.later(3)
            placing.add_worker(case, user_id=self.cast.colleague.id, why="Visits with me", by=owner, at=at)
            until = now() + timedelta(days=30)
            placing.invite(case, user_id=self.cast.guest.id, why="Knows the school", until=until, by=owner, at=at)
            working.write_note(case, text="Grandmother brings blankets", by=owner, at=at, key=uuid.uuid4())
            due_on = (now() + timedelta(days=9)).date()
            return working.plan_action(
                case, text="Buy beds", owner_id=owner.id, due_on=due_on, by=owner, at=at, key=uuid.uuid4()
            ).public_id

    def _waits_for(self, case_id: uuid.UUID) -> uuid.UUID:
        worker = self.cast.worker
        with acting_as(worker), transaction.atomic():
            (handover,) = cases.offered_to_me(worker)
            assert handover.case.public_id == case_id
            return handover.public_id

    def _worried(self, concern: uuid.UUID) -> uuid.UUID:
        by = self.cast.reporter
        with acting_as(by), transaction.atomic():
            found = concerns.my_concern(by, concern)
            return still_worried(found, why="Still cold", by=by, at=self.later(5), key=uuid.uuid4()).public_id

    def _of_the_house(self) -> dict[str, Record]:
        """What an administrator keeps: open to be looked up, so that the act alone decides."""
        with acting_as(self.cast.administrator), transaction.atomic():
            found = {
                "user": User.objects.get(name="Outsider").public_id,
                "leaver": User.objects.get(name="Leaver").public_id,
                "appointment": Appointment.objects.filter(user__name="Champion").get().public_id,
                "proposal": Proposal.objects.get(agreed=None).public_id,
                "shift": OnCallShift.objects.get(rung=2).public_id,
            }
        changed(self.cast, self.later(2))
        shown = {name: Record(which, everybody=True) for name, which in found.items()}
        return shown | {
            "proposed_policy": Record(proposed(self.cast, self.later(24)), everybody=True),
            "trial": Record(tried(self.cast, self.at), everybody=True),
            "reading": Record(asked_to_read(self.cast, self.at), open_to_posts=False, own={"owner": Part.ANYONE}),
        }

    def _limit(self, case_id: uuid.UUID) -> uuid.UUID:
        return aside.limit_of(case_id, "case.target", by=self.cast.owner, at=self.later(3))

    def _referral(self) -> uuid.UUID:
        with acting_as(self.cast.lead), transaction.atomic():
            return Referral.objects.get().public_id

    def _known(self, concern: uuid.UUID) -> uuid.UUID:
        lead = self.cast.lead
        with acting_as(lead), transaction.atomic():
            found, part = concerns.concern_for(lead, concern), PartPlayed.SOURCE_OF_HARM
            return add_known_person(found, name="A tall man", part=part, by=lead, at=self.later(4)).person.public_id

    def _alert(self, concern: uuid.UUID) -> uuid.UUID:
        """The one about danger: at other hours the others ring too, for they mention children."""
        with acting_as(self.cast.lead), transaction.atomic():
            return Alert.objects.get(about=concern).public_id

    def _hazard(self) -> uuid.UUID:
        with acting_as(self.cast.surveyor), transaction.atomic():
            return Hazard.objects.get().public_id

    def _link(self) -> uuid.UUID:
        lead = self.cast.lead
        with acting_as(lead), transaction.atomic():
            made, self.secret = make_link("Van 12", by=lead, at=self.at)
            return made.public_id

    def _notice(self, case: uuid.UUID) -> uuid.UUID:
        owner = self.cast.owner
        with acting_as(owner), transaction.atomic():
            circle = cases.case_for(owner, case).circle_id
            notify(owner.id, NoticeWords.SOMETHING_WAITS, key="matrix", at=self.at, circle=circle)
            return Notice.objects.get(user_id=owner.id, key="matrix").public_id

    def _token(self) -> uuid.UUID:
        owner, until = self.cast.owner, now() + timedelta(days=30)
        with acting_as(owner), transaction.atomic():
            return make_token("Repairs system", [Scope.WORK], ends_at=until, by=owner, at=self.at)[0].public_id

    def later(self, hours: int) -> datetime:
        return self.at + timedelta(hours=hours)
