"""Cases: opened from a concern, worked, and most of them closed."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hearth.cli.filling.concerns import Concern, give
from hearth.cli.filling.language import one_of, sentence, text
from hearth.cli.filling.story import Desk, Story
from hearth.timescales.clocks import Ref

AGENCIES = ("council_children", "council_adults", "early_help", "health", "police", "marac", "other")
USUAL_DAYS, SPREAD, SHORTEST = math.log(55), 0.7, 4.0
CONTACTS = (("visit", "seen"), ("visit", "seen"), ("call", "spoken_to"), ("visit", "no_access"), ("call", "no_answer"),
            ("meeting", "spoken_to"), ("visit", "refused"))  # fmt: skip
RISKS = ("standard", "standard", "medium", "medium", "high")
ENDINGS = ("risk_removed", "risk_reduced", "risk_reduced", "risk_remains", "transferred", "not_engaged")
TWO_HOURS = timedelta(hours=2)


@dataclass
class Case:
    """A case while its story is told. Its row is written when the story has ended."""

    id: int
    concern: Concern
    worker: int
    opened_at: datetime
    accepted_at: datetime
    ends_at: datetime
    risk: str
    row: dict[str, object]

    @property
    def ref(self) -> Ref:
        return ("case", self.id)

    @property
    def story(self) -> Story:
        return self.concern.story

    @property
    def place(self) -> Mapping[str, int]:
        """The columns of everything that hangs on it."""
        return {"case_id": self.id, "circle_id": self.story.circle}


def open_case(desk: Desk, concern: Concern, at: datetime) -> Case:
    """Triage opens it, and a worker takes it on."""
    rng, number = desk.rng, desk.numbers.new("cases_case")
    accepted = desk.later(at, 2, 20)
    lasts = max(SHORTEST, rng.lognormvariate(USUAL_DAYS, SPREAD))
    row = {
        "id": number, "public_id": desk.key(), "reference": desk.numbers.reference("K"), "opened_at": at,
        "opened_by_id": concern.decider, "subject": concern.subject, "children_in_household": concern.children,
        "home_id": concern.home.id, "circle_id": concern.story.circle, "summary": text(rng, "summary", 0, 1),
    }  # fmt: skip
    desk.sheets.add("hearth.reference", taken=row["reference"])
    worker = one_of(rng, desk.team.workers)
    ends = accepted + timedelta(days=lasts)
    case = Case(number, concern, worker, at, accepted, ends, one_of(rng, RISKS), row)
    _tell_opening(desk, case)
    _hand_over(desk, case)
    return case


def _tell_opening(desk: Desk, case: Case) -> None:
    concern, why = case.concern, text(desk.rng, "why", 1, 2)
    case.story.happened(
        "case.opened", case.ref, by=concern.decider, at=case.opened_at, words={"why": why}, concern=concern.id,
        risk_band=case.risk, subject=concern.subject, concern_logged_on=concern.logged_at.date(),
    )  # fmt: skip
    desk.sheets.add(
        "cases_caseconcern", concern.decider, id=desk.numbers.new("cases_caseconcern"), joined_at=case.opened_at,
        is_origin=True, concern_id=concern.id, joined_by_id=concern.decider, **case.place,
    )  # fmt: skip
    _judge_risk(desk, case, why, by=concern.decider, at=case.opened_at)
    children = [person for person, is_child in concern.home.people if is_child]
    adults = [person for person, is_child in concern.home.people if not is_child]
    parts = [("subject_child", children[:1])] if concern.subject != "adult" else []
    parts += [("subject_adult", adults[:1])] if concern.subject != "child" else [("carer", adults[:1])]
    for part, people in parts:
        for person in people:
            desk.sheets.add(
                "people_role", concern.decider, id=desk.numbers.new("people_role"), about_id=case.id, part=part,
                recorded_at=case.opened_at, circle_id=case.story.circle, person_id=person,
                recorded_by_id=concern.decider,
            )  # fmt: skip


def _hand_over(desk: Desk, case: Case) -> None:
    by, worker, circle, story = case.concern.decider, case.worker, case.story.circle, case.story
    matters, opened, accepted = text(desk.rng, "matters", 1, 2), case.opened_at, case.accepted_at
    offered = give(
        desk, circle, opened, by=by, part_in_it="offered_it", user_id=worker, why="offered the case", ended_at=accepted
    )
    give(desk, circle, accepted, by=worker, part_in_it="owns_it", user_id=worker, why="took the case on")
    story.happened("case.handed_over", case.ref, by=by, at=opened, words={"what matters": matters})
    story.happened("case.handover_answered", case.ref, by=worker, at=accepted, answer="accepted")
    story.happened("case.owner_changed", case.ref, by=worker, at=accepted, owner=worker)
    desk.sheets.add(
        "cases_handover", by, id=desk.numbers.new("cases_handover"), public_id=desk.key(), offered_at=opened,
        grant_id=offered, what_matters=matters, state="accepted", answered_at=accepted, offered_by_id=by,
        offered_to_id=worker, **case.place,
    )  # fmt: skip
    case.row["owner_id"] = worker
    if desk.rng.random() < 0.1:
        other = one_of(desk.rng, desk.team.workers)
        give(desk, circle, accepted, by=worker, part_in_it="works_on_it", user_id=other, why="joint visits")
        story.happened("case.worker_added", case.ref, by=worker, at=accepted, worker=other)


def _judge_risk(desk: Desk, case: Case, why: str, *, by: int, at: datetime) -> None:
    desk.sheets.add(
        "cases_riskband", by, id=desk.numbers.new("cases_riskband"), band=case.risk, why=why, set_at=at, set_by_id=by,
        **case.place,
    )  # fmt: skip


def work(desk: Desk, case: Case, planted: tuple[str, ...]) -> None:
    """Everything that is done in it while it is open."""
    until = min(case.ends_at - TWO_HOURS, desk.now)
    days = (until - case.accepted_at).total_seconds() / 86400
    for _ in range(1 + int(desk.rng.random() * min(3, 1 + days / 20))):
        _contact(desk, case, _between(desk, case.accepted_at, until))
    notes = 1 + int(desk.rng.random() * 4)
    for turn in range(notes):
        _note(desk, case, _between(desk, case.accepted_at, until), planted if turn == 0 else ())
    for _ in range(int(desk.rng.random() * 3)):
        _action(desk, case, _between(desk, case.accepted_at, until), until)
    if days > 20 and desk.rng.random() < 0.7:
        _review(desk, case, _between(desk, case.accepted_at, until))
    if desk.rng.random() < 0.35:
        _refer(desk, case, _between(desk, case.accepted_at, until), until)
    if desk.rng.random() < 0.15:
        _band_anew(desk, case, _between(desk, case.accepted_at, until))


def _between(desk: Desk, start: datetime, end: datetime) -> datetime:
    return start + timedelta(seconds=int((end - start).total_seconds() * desk.rng.random()))


def _contact(desk: Desk, case: Case, at: datetime) -> None:
    rng, (kind, outcome) = desk.rng, one_of(desk.rng, CONTACTS)
    met = outcome in ("seen", "spoken_to")
    seen = "no_child" if case.concern.children == "no" else "yes" if kind == "visit" and met else "no"
    alone = seen if seen != "yes" else one_of(rng, ("yes", "no"))
    desk.sheets.add(
        "cases_contact", case.worker, id=desk.numbers.new("cases_contact"), idempotency_key=desk.key(), kind=kind,
        outcome=outcome, happened_at=at, child_seen=seen, child_alone=alone, told_afterwards=met,
        their_words=sentence(rng, "said") if met else "", note=text(rng, "contact", 1, 3),
        recorded_by_id=case.worker, **case.place,
    )  # fmt: skip
    case.story.happened(
        "case.contact_made", case.ref, by=case.worker, at=at, kind=kind, outcome=outcome, child_seen=seen,
        child_alone=alone, told_afterwards=met, risk_band=case.risk,
    )  # fmt: skip


def _note(desk: Desk, case: Case, at: datetime, planted: tuple[str, ...]) -> None:
    words = text(desk.rng, "note", 2, 5)
    if planted:
        words = f"{words} Also seen: {', '.join(planted)}."
    desk.sheets.add(
        "cases_note", case.worker, id=desk.numbers.new("cases_note"), public_id=desk.key(), idempotency_key=desk.key(),
        text=words, written_at=at, written_by_id=case.worker, **case.place,
    )  # fmt: skip
    case.story.happened("case.note_added", case.ref, by=case.worker, at=at)


def _action(desk: Desk, case: Case, at: datetime, until: datetime) -> None:
    number, due_on = desk.numbers.new("cases_action"), (at + timedelta(days=7 + int(desk.rng.random() * 14))).date()
    about, done_at = ("action", number), _between(desk, at, until)
    done: dict[str, object] = {}
    case.story.happened("action.planned", about, by=case.worker, at=at, due_on=due_on, owner=case.worker, case=case.id)
    if case.ends_at <= desk.now or desk.rng.random() < 0.6:
        result = sentence(desk.rng, "result")
        done = {"done_at": done_at, "done_by_id": case.worker, "result": result, "version": 2}
        case.story.happened("action.done", about, by=case.worker, at=done_at, words={"result": result}, case=case.id)
    desk.sheets.add(
        "cases_action", case.worker, id=number, public_id=desk.key(), idempotency_key=desk.key(),
        text=sentence(desk.rng, "action"), due_on=due_on, added_at=at, added_by_id=case.worker, owner_id=case.worker,
        **case.place, **done,
    )  # fmt: skip


def _review(desk: Desk, case: Case, at: datetime) -> None:
    by, words = desk.team.manager, text(desk.rng, "review", 1, 2)
    desk.sheets.add(
        "cases_review", by, id=desk.numbers.new("cases_review"), text=words, reviewed_at=at, reviewed_by_id=by,
        **case.place,
    )  # fmt: skip
    case.story.happened(
        "case.reviewed", case.ref, by=by, at=at, words={"review": words}, outcome="continue", risk_band=case.risk
    )


def _refer(desk: Desk, case: Case, at: datetime, until: datetime) -> None:
    number, agency = desk.numbers.new("partners_referral"), one_of(desk.rng, AGENCIES)
    about, by, asked = ("referral", number), case.worker, text(desk.rng, "asked", 1, 2)
    acknowledged = min(desk.later(at, 4, 40), until)
    answered = min(desk.later(acknowledged, 20, 400), until)
    outcome = one_of(desk.rng, ("accepted", "accepted", "early_help", "need_more"))
    why = sentence(desk.rng, "answered")
    story, subject = case.story, case.concern.subject
    story.happened(
        "referral.made", about, by=by, at=at, words={"asked": asked}, to=agency, by_phone=False, immediate=False,
        subject=subject, consent="given", override_ground=None, case=case.id,
    )  # fmt: skip
    story.happened("referral.acknowledged", about, by=by, at=acknowledged)
    story.happened("referral.decided", about, by=by, at=answered, words={"why": why}, to=agency, outcome=outcome)
    desk.sheets.add(
        "partners_referral", by, id=number, public_id=desk.key(), idempotency_key=desk.key(), agency=agency,
        asked=asked, made_at=at, made_by_id=by, subject=subject, confirmed_at=at, acknowledged_at=acknowledged,
        answer=outcome, answer_why=why, answered_at=answered, version=3, **case.place,
    )  # fmt: skip


def _band_anew(desk: Desk, case: Case, at: datetime) -> None:
    case.risk = one_of(desk.rng, RISKS)
    why = text(desk.rng, "why", 1, 2)
    _judge_risk(desk, case, why, by=case.worker, at=at)
    case.story.happened("case.risk_banded", case.ref, by=case.worker, at=at, words={"why": why}, risk_band=case.risk)
