"""Concerns, and what hangs on one."""

from collections.abc import Iterable, Sequence

from hearth.api.shapes import concerns as shapes
from hearth.api.shapes.decisions import AdultTest
from hearth.api.shapes.limits import limit
from hearth.api.words import Who
from hearth.concerns.queries import AConcern, AnAddition, AWorry, MyConcern
from hearth.concerns.terms import AboutStaff, Agreed, Came, Known, Knows, Place, Stage, ToldBy
from hearth.outbound.terms import Acknowledgement
from hearth.partners.queries import AReferral
from hearth.pathway.raising import Receipt
from hearth.people.queries import ARole
from hearth.people.terms import PartPlayed
from hearth.timescales.queries import Promise
from hearth.timescales.standing import pack_for
from hearth.triage.queries import ADecision
from hearth.triage.terms import ChildThere, ForChildren, Limb, SubjectKind


def receipt(kept: Receipt, on_call: Acknowledgement, ring: str) -> shapes.ConcernReceipt:
    """The receipt of a concern: whether somebody on call has taken it, and whom to ring until then."""
    steps = [
        shapes.Next(
            promise=step.promise, clause=step.clause, source=step.force_sentence, due_at=step.due_at,
            due_day=step.due_day,
        )
        for step in kept.next_steps
    ]  # fmt: skip
    return shapes.ConcernReceipt(
        id=kept.public_id, reference=kept.reference, is_new=kept.is_new, next_steps=steps, on_call=on_call,
        ring=ring, repairs_told=kept.repairs_told,
    )  # fmt: skip


def mine(concern: MyConcern) -> shapes.MyConcern:
    """One's own concern."""
    worries = [
        shapes.MyWorry(raised_at=each.raised_at, why=each.why, answered_at=each.answered_at, answer=each.answer)
        for each in concern.worries
    ]
    return shapes.MyConcern(
        id=concern.public_id, reference=concern.reference, logged_at=concern.logged_at,
        progress=Stage(concern.progress), feedback=concern.feedback, worries=worries,
    )  # fmt: skip


def line(concern: AConcern) -> shapes.ConcernLine:
    """A concern in a list."""
    return shapes.ConcernLine(
        id=concern.public_id, reference=concern.reference, logged_at=concern.logged_at,
        danger_now=concern.danger_now, stage=Stage(concern.stage), address=address(concern),
        triage_due_at=concern.triage_due_at,
    )  # fmt: skip


def address(concern: AConcern) -> str:
    """Where it is: the home's address, or what was told."""
    return concern.home.address if concern.home else concern.elsewhere


def people(roles: Iterable[ARole]) -> list[shapes.PersonInIt]:
    """Who plays which part."""
    return [
        shapes.PersonInIt(person=role.person.public_id, name=role.person.name, part=PartPlayed(role.part))
        for role in roles
    ]


def additions(rows: Iterable[AnAddition]) -> list[shapes.Addition]:
    """What was added."""
    return [
        shapes.Addition(
            added_at=row.added_at, added_by=row.added_by.name, text=row.text,
            home=row.home.public_id if row.home else None,
            home_before=row.home_before.public_id if row.home_before else None,
        )
        for row in rows
    ]  # fmt: skip


def decisions(concern: AConcern, rows: Iterable[ADecision]) -> list[shapes.DecisionMade]:
    """What was decided."""
    return [
        shapes.DecisionMade(
            id=row.public_id, decided_at=row.decided_at, decided_by=row.decided_by.name, outcome=row.outcome,
            considered=list(row.considered), why=row.why, clause=row.clause, detail=row.detail,
            subject=SubjectKind(row.subject), children_in_household=ChildThere(row.children_in_household),
            domestic_abuse=row.domestic_abuse, adult_wishes_only=row.adult_wishes_only,
            child_decision=ForChildren(row.child_decision) if row.child_decision else None,
            adult_test=_adult_test(row) if row.care_needs else None, harm=row.harm, level=row.level,
            harm_national=_national(concern, row), factors=list(row.factors),
        )
        for row in rows
    ]  # fmt: skip


def _national(concern: AConcern, row: ADecision) -> dict[str, str]:
    if not row.harm:
        return {}
    return dict(pack_for(concern, row.decided_at).words_in("abuse_type").nationals_of(row.harm))


def _adult_test(row: ADecision) -> AdultTest:
    return AdultTest(
        care_needs=Limb(row.care_needs), care_needs_why=row.care_needs_why, at_risk=Limb(row.at_risk),
        at_risk_why=row.at_risk_why, unable_to_protect=Limb(row.unable_to_protect),
        unable_to_protect_why=row.unable_to_protect_why,
    )  # fmt: skip


def referrals(rows: Iterable[AReferral]) -> list[shapes.ReferralLine]:
    """What was asked of other agencies."""
    return [
        shapes.ReferralLine(id=row.public_id, agency=row.agency, made_at=row.made_at, answer=row.answer) for row in rows
    ]


def worry(row: AWorry) -> shapes.WaitingWorry:
    """A reporter who is still worried."""
    return shapes.WaitingWorry(
        id=row.public_id, concern=row.concern.public_id, reference=row.concern.reference, raised_at=row.raised_at,
        why=row.why,
    )  # fmt: skip


def whole(
    concern: AConcern,
    *,
    added: Iterable[AnAddition],
    roles: Iterable[ARole],
    earlier: Iterable[AConcern],
    decided: Iterable[ADecision],
    referred: Iterable[AReferral],
    promises: Sequence[Promise],
    company: int | None,
) -> shapes.Concern:
    """A concern with everything its page shows."""
    looking = concern.looks
    return shapes.Concern(
        id=concern.public_id, version=concern.version, reference=concern.reference, stage=Stage(concern.stage),
        restricted=concern.restricted, company=str(company) if company else None,
        logged_at=concern.logged_at, came_by=Came(concern.came_by), reported_by=concern.reported_by.name,
        danger_now=concern.danger_now, about_staff=AboutStaff(concern.about_staff), place=Place(concern.place),
        home=concern.home.public_id if concern.home else None, address=address(concern), who=concern.who,
        noticed=concern.noticed, thinks=concern.thinks, did=concern.did, wishes=concern.wishes,
        told_by=ToldBy(concern.told_by) if concern.told_by else None, may_contact=concern.may_contact,
        keep_name_from_family=concern.keep_name_from_family, contact=concern.contact,
        children_there=Known(concern.children_there) if concern.children_there else None,
        signs=list(concern.signs), vulnerable=list(concern.vulnerable), something_else=concern.something_else,
        knows=Knows(concern.knows) if concern.knows else None,
        agreed=Agreed(concern.agreed) if concern.agreed else None, parent_told=concern.parent_told,
        parent_why_not=concern.parent_why_not, outcome=concern.outcome,
        looked_at_by=Who(id=looking.public_id, name=looking.name) if looking else None,
        additions=additions(added), people=people(roles), earlier=[line(each) for each in earlier],
        decisions=decisions(concern, decided), referrals=referrals(referred), limits=[limit(each) for each in promises],
    )  # fmt: skip
