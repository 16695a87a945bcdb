"""The rows of the matrix stand for records; these are they. One provider, told through the real operations, once.

Every record says who may know of it and which part they play in it, because the story made it so: what the matrix
expects is worked out from that and from WHO_MAY, never asked of the code under test.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from access.matrix.people import of_the_cast
from access.matrix.policies import asked_to_read, proposed, tried
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.operations import declare_exclusion
from hearth.access.terms import Part, Scope
from hearth.access.tokens import make_token
from hearth.cases import queries as cases
from hearth.cases.operations import closing, handing_over, placing, working
from hearth.cases.terms import ChildDecision, CloseOutcome, Ending, Risk, WishesAnswered
from hearth.concerns import queries as concerns
from hearth.concerns.links import make_link
from hearth.concerns.operations import still_worried
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.housing.models import Hazard, Home
from hearth.organisation.models import Appointment, OnCallShift, Post, Proposal, User
from hearth.organisation.operations import add_user, answer, appoint, propose
from hearth.organisation.terms import UserKind
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
from hearth.timescales.queries import clocks_for
from hearth.triage.terms import ChildThere, Judgement, Outcome, SubjectKind
from housing.estate import let, make_home
from on_duty import rota
from people.records import tenant

SHUT_OUT = frozenset({"relative", "relative_in_triage"})
IN_HOMES = {Part.REPAIRS_DESK: Part.REPAIRS_DESK, Part.REPAIRS_COMPETENT: Part.REPAIRS_COMPETENT}
OPEN = Judgement(
    outcome=Outcome.OPEN_CASE, considered=(Outcome.WATCH,), why="Two small children in mould", clause="4.1.5a",
    subject=SubjectKind.CHILD, children_in_household=ChildThere.YES, adult_wishes_only=False, feedback="We are acting",
)  # fmt: skip
ASKED = Asked(
    agency=Agency.COUNCIL_CHILDREN, how=How.PHONE, what="Two children may be neglected", consent="not_needed",
    subject="child",
)  # fmt: skip
ENDING = Ending(
    outcome=CloseOutcome.RISK_REDUCED, why="Warm and dry", wishes_answered=WishesAnswered.FULLY,
    child_decision=ChildDecision.SUPPORTED_ELSEWHERE, change_seen="Both children in warm beds",
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """Something with an address. `parts` are the places people hold in it, `posts` those that whole posts hold; `own`
    are people who may know of it by a lesser reach, and as what."""

    public_id: uuid.UUID
    open_to_posts: bool = True  # a restricted record is open to no post
    parts: Mapping[str, Part] = field(default_factory=dict)
    posts: Mapping[Part, Part] = field(default_factory=dict)
    own: Mapping[str, Part] = field(default_factory=dict)
    shut_to: frozenset[str] = frozenset()
    everybody: bool = False  # not confidential: the act alone decides


@dataclass(frozen=True)
class World:
    records: Mapping[str, Record]
    secret: str  # what a reporting link carries
    ids: Mapping[str, int]  # of people, for forms that choose somebody
    arguments: Mapping[str, object]  # what stands in an address beside the record


def built() -> World:
    """Build it, committed, in the database Django is pointed at."""
    at = now() - timedelta(days=3)
    _three_more(at)
    cast = _Cast()
    rota(cast, ("lead", 1), ("deputy", 2), start=at - timedelta(hours=1), hours=24 * 30)
    with transaction.atomic():
        home = make_home(cast.register_keeper, "4 Juniper Court", reference="H-4")
        person = tenant(cast.register_keeper, "Declan Heath", "P-4")
        let(cast.register_keeper, home, person, reference="T-4")
    story = _Story(cast, at, home, person)
    records = story.told()
    ids = {name: getattr(cast, name).id for name in ("worker", "owner", "lead")}
    return World(
        records,
        story.secret,
        ids,
        {
            "person": person.public_id,
            "channel": "phone",
            "key": "triage",
            "kind": "limit",
            "which": "case.target",
            "concern": records["concern"].public_id,
        },
    )


class _Cast:
    def __getattr__(self, name: str):
        return of_the_cast(name)


def _three_more(at: datetime) -> None:
    administrator, lead = of_the_cast("administrator"), of_the_cast("lead")
    for name, post in (("colleague", "case-worker"), ("other_worker", "case-worker"), ("guest", "")):
        with acting_as(administrator), transaction.atomic():
            user = add_user(
                email=f"{name}@ashgrove.example", name=name.replace("_", " ").title(), kind=UserKind.EMPLOYEE
            )
            asked = _asked_for(user, post, at) if post else None
        if asked:
            with acting_as(lead), transaction.atomic():
                answer(asked, agreed=True, answered_by=lead.id, at=at)
                appoint(user, asked.post, starts_at=asked.starts_at)
    with acting_as(administrator), transaction.atomic():
        _asked_for(User.objects.get(name="Guest"), "champion", at)


def _asked_for(user: User, post: str, at: datetime) -> Proposal:
    return propose(
        user, Post.objects.get(key=post), starts_at=at - timedelta(days=365), ends_at=None, is_cover=False,
        asked_by=of_the_cast("administrator").id, at=at,
    )  # fmt: skip


@dataclass
class _Story:
    cast: _Cast
    at: datetime
    home: Home
    person: Person
    secret: str = ""

    def told(self) -> dict[str, Record]:
        """Everything that happened, and who may know of what came of it."""
        at_home = {"place": Place.HOME, "home_id": self.home.pk, "elsewhere": "", "signs": ("damp_or_mould",)}
        concern = self._raised(danger_now=True, **at_home)
        waiting = self._raised()
        staff = self._raised(about_staff=AboutStaff.YES)
        case = self._opened(concern, "owner", asked=ASKED)
        offered = self._opened(self._raised(), "worker")
        self._shuts_out_relatives(concern, waiting)
        self._is_about_him(case)
        team = {
            "owner": Part.OWNS_IT, "colleague": Part.WORKS_ON_IT, "guest": Part.INVITED, "manager": Part.MANAGES_IT,
        }  # fmt: skip
        mine, made_it = {"parts": team, "shut_to": SHUT_OUT}, {"own": {"reporter": Part.REPORTED_IT}}
        action, handover = self._works(case), self._waits_for(offered)
        self._asks_to_close(case)
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
            "alert": Record(self._alert(), own={"lead": Part.ANYONE, "deputy": Part.ANYONE}, **mine),
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
        }

    def _raised(self, **more: object) -> uuid.UUID:
        told = {
            "danger_now": False, "about_staff": AboutStaff.NO, "place": Place.ELSEWHERE, "elsewhere": "Over the bakery",
            "noticed": "Two children on bare mattresses", "children_there": "yes", **more,
        }  # fmt: skip
        by = self.cast.reporter
        with acting_as(by), transaction.atomic():
            return raise_concern(Told(**told), by=by, at=self.at, key=uuid.uuid4(), came_by=Came.PAGE).public_id

    def _opened(self, concern: uuid.UUID, to: str, asked: Asked | None = None) -> uuid.UUID:
        by, who = self.cast.triage_officer, getattr(self.cast, to)
        begin = Begin(risk=Risk.HIGH, risk_why="Mould", hand_to=who.id, what_matters="The children", asked=asked)
        with acting_as(by), transaction.atomic():
            found = concerns.concern_for(by, concern)
            done = decide_concern(found, OPEN, begin, by=by, at=self._later(1), key=uuid.uuid4())
            return done.case.public_id

    def _shuts_out_relatives(self, *about: uuid.UUID) -> None:
        lead = self.cast.lead
        with acting_as(lead), transaction.atomic():
            for concern in about:
                found = concerns.concern_for(lead, concern)
                add_role(found, self.person, PartPlayed.SUBJECT_ADULT, by=lead, at=self._later(2))
            for name in sorted(SHUT_OUT):
                who = getattr(self.cast, name).id
                declare_exclusion(user_id=who, person_id=self.person.pk, why="Family", by=lead, at=self._later(2))

    def _is_about_him(self, case_id: uuid.UUID) -> None:
        lead = self.cast.lead
        with acting_as(lead), transaction.atomic():
            case, at = cases.case_for(lead, case_id), self._later(2)
            add_role(case, self.person, PartPlayed.SUBJECT_ADULT, by=lead, at=at)
            add_known_person(case, name="His daughter", part=PartPlayed.HOUSEHOLD_MEMBER, by=lead, at=at)

    def _works(self, case_id: uuid.UUID) -> uuid.UUID:
        owner = self.cast.owner
        with acting_as(owner), transaction.atomic():
            handing_over.accept(cases.offered_to_me(owner)[0], by=owner, at=self._later(2))
            case, at = cases.case_for(owner, case_id), self._later(3)
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

    def _asks_to_close(self, case_id: uuid.UUID) -> None:
        owner = self.cast.owner
        with acting_as(owner), transaction.atomic():
            closing.ask_to_close(cases.case_for(owner, case_id), ENDING, by=owner, at=self._later(9))

    def _worried(self, concern: uuid.UUID) -> uuid.UUID:
        by = self.cast.reporter
        with acting_as(by), transaction.atomic():
            found = concerns.my_concern(by, concern)
            return still_worried(found, why="Still cold", by=by, at=self._later(5), key=uuid.uuid4()).public_id

    def _of_the_house(self) -> dict[str, Record]:
        """What an administrator keeps: open to be looked up, so that the act alone decides."""
        with acting_as(self.cast.administrator), transaction.atomic():
            found = {
                "user": User.objects.get(name="Outsider").public_id,
                "appointment": Appointment.objects.filter(user__name="Champion").get().public_id,
                "proposal": Proposal.objects.get(agreed=None).public_id,
                "shift": OnCallShift.objects.get(rung=2).public_id,
            }
        shown = {name: Record(which, everybody=True) for name, which in found.items()}
        return shown | {
            "proposed_policy": Record(proposed(self.cast, self.at), everybody=True),
            "trial": Record(tried(self.cast, self.at), everybody=True),
            "reading": Record(asked_to_read(self.cast, self.at), open_to_posts=False, own={"owner": Part.ANYONE}),
        }

    def _limit(self, case_id: uuid.UUID) -> uuid.UUID:
        owner = self.cast.owner
        with acting_as(owner), transaction.atomic():
            return clocks_for(owner, cases.case_for(owner, case_id), at=self._later(3), going_only=True)[0].public_id

    def _referral(self) -> uuid.UUID:
        with acting_as(self.cast.lead), transaction.atomic():
            return Referral.objects.get().public_id

    def _known(self, concern: uuid.UUID) -> uuid.UUID:
        lead = self.cast.lead
        with acting_as(lead), transaction.atomic():
            found, part = concerns.concern_for(lead, concern), PartPlayed.SOURCE_OF_HARM
            return add_known_person(found, name="A tall man", part=part, by=lead, at=self._later(4)).person.public_id

    def _alert(self) -> uuid.UUID:
        with acting_as(self.cast.lead), transaction.atomic():
            return Alert.objects.get().public_id

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

    def _later(self, hours: int) -> datetime:
        return self.at + timedelta(hours=hours)
