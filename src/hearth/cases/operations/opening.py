"""A case is opened from a concern, takes over its circle, and other concerns join it or are split off again."""

from datetime import datetime

from django.db import transaction

from hearth.access.operations import check, link_circles, unlink_circles
from hearth.access.references import claim
from hearth.access.terms import Act, Viewer
from hearth.cases.models import Case, CaseConcern, RiskBand
from hearth.cases.terms import Risk, Stage
from hearth.concerns.models import Concern
from hearth.concerns.terms import NotComplete
from hearth.concerns.terms import Stage as ConcernStage
from hearth.housing.models import Home
from hearth.ledger.inserting import insert
from hearth.ledger.terms import Fact
from hearth.ledger.transactions import all_or_nothing
from hearth.timescales.operations import happened
from hearth.timescales.queries import begun_by, soonest_of_ours
from hearth.triage.operations import back_to_triage, end_watches


@all_or_nothing
def open_case(
    concern: Concern,
    *,
    risk: Risk,
    why: str,
    subject: str,
    children_in_household: str,
    is_offered: bool,
    by: Viewer,
    at: datetime,
) -> Case:
    """Open a case from a concern. Everybody in the concern's circle keeps the reach they have.

    `is_offered` says that somebody is offered it at once; nobody holds a new case, and the policy may limit that.
    """
    check(by, Act.TRIAGE_CONCERN, concern)
    if not why.strip():
        raise NotComplete("risk_why", "Write why the risk is what you say")
    facts: dict[str, Fact] = {
        "concern": concern.id, "risk_band": risk.value, "subject": subject,
        "concern_logged_on": concern.logged_at.date(), "is_offered": is_offered,
    }  # fmt: skip
    case = insert(Case(
        reference=claim("K"), circle_id=concern.circle_id, home_id=concern.home_id, opened_at=at, opened_by_id=by.id,
        risk=risk, subject=subject, children_in_household=children_in_household,
        due_at=soonest_of_ours(begun_by("case.opened", Case.ledger_kind, facts=facts, at=at)),
    ))  # fmt: skip
    insert(
        CaseConcern(
            circle_id=case.circle_id, case=case, concern=concern, joined_at=at, joined_by_id=by.id, is_origin=True
        )
    )
    insert(RiskBand(circle_id=case.circle_id, case=case, band=risk, why=why, set_by_id=by.id, set_at=at))
    happened("case.opened", about=case, by=by, at=at, facts=facts, words={"why": why}, is_new=True)
    return case


def move_to_home(concern: Concern, *, before: int | None, home: Home | None) -> None:
    """A case goes with the concern it was opened from to the home that concern is about, unless it had gone elsewhere.

    Whoever may complete the concern has been asked already: `concerns.operations.set_home`.
    """
    opened = CaseConcern.objects.filter(concern=concern, is_origin=True).values("case_id")
    Case.objects.filter(pk__in=opened, home_id=before).update(home=home)


@transaction.atomic
def join_concern(case: Case, concern: Concern, *, by: Viewer, at: datetime, why: str = "") -> CaseConcern:
    """Join a concern to a case: the case's full members reach its circle, its reporter gains nothing.

    Nobody is copied: people and their roles stay where they were put down.
    """
    check(by, Act.JOIN_CONCERN, concern)
    check(by, Act.READ_CASE, case)
    if case.stage == Stage.CLOSED:
        raise NotComplete("case", "This case is closed. Reopen it, or open a new one.")
    if CaseConcern.objects.filter(case=case, concern=concern, split_at=None).exists():
        raise NotComplete("case", "This concern is already in the case")
    if concern.restricted and not _is_restricted(case):
        raise NotComplete("case", "A concern about somebody who works with us is never joined to an ordinary case")
    if case.circle_id != concern.circle_id:
        link_circles(case_circle=case.circle_id, joined=concern.circle_id, by=by, at=at)
    joined = insert(CaseConcern(circle_id=case.circle_id, case=case, concern=concern, joined_at=at, joined_by_id=by.id))
    happened("concern.joined", about=concern, by=by, at=at, facts={"case": case.id}, why=why)
    end_watches(concern, why=why or "joined to a case", by=by, at=at)
    return joined


@transaction.atomic
def split_concern(case: Case, concern: Concern, *, by: Viewer, at: datetime, why: str = "") -> None:
    """Take a concern out of a case it was joined to by mistake. The case's members lose what only it told.

    A concern that is then in no case goes back to triage, with the policy's limit: nobody else would look at it.
    """
    check(by, Act.JOIN_CONCERN, concern)
    done = CaseConcern.objects.filter(case=case, concern=concern, split_at=None, is_origin=False).update(split_at=at)
    if not done:
        raise NotComplete("concern", "This concern cannot be taken out: it is the one the case was opened from")
    if case.circle_id != concern.circle_id:
        unlink_circles(case_circle=case.circle_id, joined=concern.circle_id, by=by, at=at)
    is_alone = not CaseConcern.objects.filter(concern=concern, split_at=None).exists()
    facts: dict[str, Fact] = {
        "case": case.id, "decide_again": is_alone, "about_our_people": concern.about_staff
    }  # fmt: skip
    happened("concern.split", about=concern, by=by, at=at, facts=facts, why=why)
    if is_alone and concern.stage == ConcernStage.DECIDED:
        back_to_triage(concern)


def _is_restricted(case: Case) -> bool:
    case.refresh_from_db(fields=["restricted"])
    return case.restricted
