"""The first decision on a concern, with its reasons, also when the answer is no."""

import uuid
from collections.abc import Container
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from hearth.access.operations import check, end_grant, give
from hearth.access.terms import Act, Part, Viewer
from hearth.concerns.models import Concern
from hearth.concerns.operations import move
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS, NotComplete, Stage
from hearth.ledger.inserting import insert
from hearth.ledger.terms import Fact
from hearth.ledger.transactions import all_or_nothing
from hearth.outbound.operations.notices import notify
from hearth.outbound.terms import NoticeWords
from hearth.policy.durations import local_day
from hearth.timescales.operations import happened, require_gates
from hearth.timescales.queries import next_due
from hearth.timescales.standing import pack_for
from hearth.triage.deciders import require_deciders
from hearth.triage.factors import require_factors
from hearth.triage.levels import require_level
from hearth.triage.models import Decision, Watch
from hearth.triage.terms import NEEDS_DETAIL, Judgement, Outcome, WatchOutcome


@all_or_nothing
def decide(
    concern: Concern, judgement: Judgement, *, by: Viewer, at: datetime, key: uuid.UUID
) -> tuple[Decision, bool]:
    """Decide on a concern. Returns the decision and whether it is new; the same key twice decides once."""
    check(by, Act.TRIAGE_CONCERN, concern)
    earlier = Decision.objects.filter(decided_by_id=by.id, idempotency_key=key)
    if earlier.exists():
        return earlier.get(), False
    _complete(judgement, pack_for(concern, at).clauses)
    require_level(concern, judgement.level, at=at)
    require_factors(concern, judgement.factors, at=at)
    require_deciders(concern, judgement, by_id=by.id, at=at)
    facts = _facts(concern, judgement)
    require_gates("concern.triaged", about=concern, facts=facts, at=at)
    decision = insert(Decision(
        circle_id=concern.circle_id, concern=concern, idempotency_key=key, decided_by_id=by.id, decided_at=at,
        **_columns(judgement),
    ))  # fmt: skip
    move(
        concern,
        to=Stage.DECIDED,
        outcome=judgement.outcome,
        feedback=judgement.feedback,
        feedback_held=judgement.hold_feedback,
        looked_at_by_id=_looked(concern, by),
    )
    if judgement.outcome is Outcome.WATCH:
        _watch(concern, judgement, by=by, at=at)
    _tell_others(decision, concern, at=at)
    _tell_reporter(decision, concern, at=at)
    happened("concern.triaged", about=concern, by=by, at=at, facts=facts, why=judgement.why)
    happened("concern.feedback_given", about=concern, by=by, at=at, facts={"held": judgement.hold_feedback})
    return decision, True


def _looked(concern: Concern, by: Viewer) -> int | None:
    """Who looked before the decision: its reporter saw that somebody does, also where nobody said who."""
    was_shown = concern.stage == Stage.LOOKED_AT and not concern.feedback_held
    return concern.looked_at_by_id or (by.id if was_shown else None)


def _complete(judgement: Judgement, clauses: Container[str]) -> None:
    if not judgement.why.strip():
        raise NotComplete("why", "Write why you decided this")
    if len(judgement.why) > MOST_WORDS:
        raise NotComplete("why", f"Write at most {MOST_WORDS} characters here. Nothing has been cut off.")
    if not judgement.clause:
        raise NotComplete("clause", "Choose the clause this decision rests on")
    if judgement.clause not in clauses:
        raise NotComplete("clause", "Choose a clause of the policy in force")
    if judgement.outcome in judgement.considered:
        raise NotComplete("considered", "Choose what else you considered, not the decision itself")
    if judgement.is_about_an_adult and judgement.limbs is None:
        raise NotComplete("care_needs", "Answer the three parts of the adult test. “Not known” is an answer.")
    for limb in judgement.limbs.unshown() if judgement.limbs else ():
        raise NotComplete(f"{limb}_why", "Write what shows it")
    if judgement.outcome in NEEDS_DETAIL and not judgement.detail.strip():
        raise NotComplete("detail", NEEDS_DETAIL[judgement.outcome])
    if len(judgement.detail) > MOST_SHORT or len(judgement.feedback) > MOST_SHORT:
        raise NotComplete("detail", f"Write at most {MOST_SHORT} characters here. Nothing has been cut off.")


def _facts(concern: Concern, judgement: Judgement) -> dict[str, Fact]:
    limbs = judgement.limbs
    return {
        "outcome": judgement.outcome.value,
        "reason_given": bool(judgement.why.strip()),
        "options_considered": bool(judgement.considered),
        "subject": judgement.subject.value,
        "children_in_household": judgement.children_in_household.value,
        "limb_needs": limbs.care_needs.value if limbs else None,
        "limb_risk": limbs.at_risk.value if limbs else None,
        "limb_unable": limbs.unable_to_protect.value if limbs else None,
        "domestic_abuse": judgement.domestic_abuse,
        "child_decision": judgement.child_decision or None,
        "adult_wishes_only": judgement.adult_wishes_only,
        "danger_now": "yes" if concern.danger_now else "no",
        "harm": judgement.harm or None,
        "level": judgement.level or None,
        "together": len(judgement.with_whom) + 1,
    }


def _columns(judgement: Judgement) -> dict[str, object]:
    return {
        "outcome": judgement.outcome,
        "considered": [outcome.value for outcome in judgement.considered],
        "why": judgement.why,
        "clause": judgement.clause,
        "harm": judgement.harm,
        "factors": list(judgement.factors),
        "level": judgement.level,
        "subject": judgement.subject,
        "children_in_household": judgement.children_in_household,
        "domestic_abuse": judgement.domestic_abuse,
        "child_decision": judgement.child_decision,
        "adult_wishes_only": judgement.adult_wishes_only,
        "detail": judgement.detail,
        "with_whom": list(judgement.with_whom),
        **(asdict(judgement.limbs) if judgement.limbs else {}),
    }


def _tell_others(decision: Decision, concern: Concern, *, at: datetime) -> None:
    """Whoever is named as having decided too is told, and finds the decision where he may see the concern."""
    for user_id in decision.with_whom:
        notify(
            user_id, NoticeWords.DECIDED_TOGETHER, key=f"decided:{decision.public_id}:{user_id}", at=at,
            about_kind="concern", about=concern.public_id, circle=concern.circle_id,
        )  # fmt: skip


def _tell_reporter(decision: Decision, concern: Concern, *, at: datetime) -> None:
    """Whoever told of it with an account hears that there are words for him, where there are and nothing holds them."""
    if concern.feedback and not concern.feedback_held and concern.link_id is None:
        notify(
            concern.reported_by_id, NoticeWords.FEEDBACK, key=f"feedback:{decision.public_id}", at=at,
            circle=concern.circle_id,
        )  # fmt: skip


def _watch(concern: Concern, judgement: Judgement, *, by: Viewer, at: datetime) -> None:
    if judgement.watch_owner_id is None or judgement.watch_until is None:
        raise NotComplete("watch_until", "Say who keeps watch and when it is looked at again")
    if judgement.watch_until <= local_day(at):
        raise NotComplete("watch_until", "Choose a day in the future")
    facts: dict[str, Fact] = {"owner": judgement.watch_owner_id, "review_on": judgement.watch_until}
    require_gates("watch.set", about=concern, facts=facts, at=at)
    owner = judgement.watch_owner_id
    grant = give(concern.circle_id, to=owner, part_in_it=Part.WORKS_ON_IT, why="keeps watch", by=by, at=at)
    insert(Watch(
        circle_id=concern.circle_id, concern=concern, owner_id=owner, grant_id=grant, review_on=judgement.watch_until,
        set_at=at,
    ))  # fmt: skip
    happened("watch.set", about=concern, by=by, at=at, facts=facts)


@transaction.atomic
def review_watch(
    watch: Watch, *, outcome: WatchOutcome, text: str, by: Viewer, at: datetime, keep_until: date | None = None
) -> None:
    """Look again at a concern kept in view: keep watching until another day, stop, or have it decided again."""
    check(by, Act.REVIEW_WATCH, watch)
    _require_words("text", text, "Write what you found, and why you decide so")
    if (outcome is WatchOutcome.KEEP_WATCHING) is (keep_until is None):
        raise NotComplete("keep_until", "Say until which day you keep watching, or choose that you stop")
    if keep_until is not None and keep_until <= local_day(at):
        raise NotComplete("keep_until", "Choose a day in the future")
    _mark_reviewed(watch, text, by=by, at=at)
    concern = watch.concern
    facts: dict[str, Fact] = {
        "outcome": outcome.value, "review_on": keep_until, "owner": watch.owner_id,
        "about_our_people": concern.about_staff,
    }  # fmt: skip
    if keep_until is not None:
        require_gates("watch.set", about=concern, facts={"owner": watch.owner_id, "review_on": keep_until}, at=at)
    happened("watch.reviewed", about=concern, by=by, at=at, facts=facts, why=text)
    if keep_until is not None:
        insert(Watch(
            circle_id=watch.circle_id, concern=concern, owner_id=watch.owner_id, grant_id=watch.grant_id,
            review_on=keep_until, set_at=at,
        ))  # fmt: skip
        return
    if outcome is WatchOutcome.TRIAGE_AGAIN:
        back_to_triage(concern)
    _leave(watch, by=by, at=at)


def back_to_triage(concern: Concern) -> None:
    """Put a concern that was decided back into the queue, with the limit the policy now sets.

    Nobody looks at it any more. What is held stays held, and its reporter sees it where he saw it before.
    """
    looked = concern.looked_at_by_id if concern.feedback_held else None
    due = next_due(concern, but_of=Part.ON_CALL.value)
    move(concern, to=Stage.LOOKED_AT, looked_at_by_id=looked, triage_due_at=due)


@transaction.atomic
def end_watches(concern: Concern, *, why: str, by: Viewer, at: datetime) -> None:
    """End every watch on a concern that is taken up otherwise: joined to a case, or decided again."""
    for watch in Watch.objects.select_related("concern").filter(concern=concern, reviewed_at=None):
        _mark_reviewed(watch, why, by=by, at=at)
        happened("watch.ended", about=concern, by=by, at=at, why=why)
        _leave(watch, by=by, at=at)


def _mark_reviewed(watch: Watch, text: str, *, by: Viewer, at: datetime) -> None:
    done = Watch.objects.filter(pk=watch.pk, reviewed_at=None).update(reviewed_at=at, reviewed_by_id=by.id, review=text)
    if not done:
        raise NotComplete("text", "Somebody has already looked at this again")


def _leave(watch: Watch, *, by: Viewer, at: datetime) -> None:
    """The owner's place ends with the watch. Last, for it may be the place of whoever is doing this."""
    if watch.grant_id is not None:
        end_grant(watch.grant_id, by=by, at=at)


def _require_words(field: str, text: str, message: str) -> None:
    if not text.strip():
        raise NotComplete(field, message)
    if len(text) > MOST_SHORT:
        raise NotComplete(field, f"Write at most {MOST_SHORT} characters here. Nothing has been cut off.")
