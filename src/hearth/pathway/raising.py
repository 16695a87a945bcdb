"""A concern comes in: kept, known to whom it must be, alarms rung, an unsafe home recorded. Then the receipt."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from hearth.access.queries import note_entity
from hearth.access.terms import Part, Viewer
from hearth.concerns.models import Concern, ReportingLink
from hearth.concerns.operations import log_concern
from hearth.concerns.terms import Came, Told
from hearth.housing.models import Home
from hearth.ledger.terms import Fact
from hearth.ledger.transactions import all_or_nothing
from hearth.outbound.operations.on_call import alert
from hearth.outbound.terms import AlertKind
from hearth.pathway.hearing import not_to_ring, who_hears
from hearth.pathway.mentioning import mentions
from hearth.pathway.unsafe_homes import kinds_told, note_unsafe_home
from hearth.policy.durations import elapsed
from hearth.policy.office_hours import is_open
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.shapes import Sign
from hearth.policy.queries import with_own_policy
from hearth.policy.routes import Way, after_danger, ways
from hearth.timescales.operations import happened
from hearth.timescales.queries import Promise, begun_by, promised, soonest_of_ours, working_days
from hearth.timescales.standing import company_of_new, is_group, pack_of_company


@dataclass(frozen=True)
class Receipt:
    """What a reporter is told when the concern is kept: never whether anybody is known to us."""

    is_new: bool
    next_steps: Sequence[Promise]
    concern: Concern
    not_to_ring: frozenset[int] = frozenset()
    repairs_told: bool = False
    is_urgent: bool = False
    ring: tuple[Way, ...] = ()

    @property
    def reference(self) -> str:
        return self.concern.reference

    @property
    def public_id(self) -> uuid.UUID:
        return self.concern.public_id


@all_or_nothing
def raise_concern(
    told: Told, *, by: Viewer, at: datetime, key: uuid.UUID, came_by: Came, link: ReportingLink | None = None
) -> Receipt:
    """Log a concern and set off what the policy promises. Sent twice, it is one concern with one receipt."""
    entity = company_of_new(lambda: _company(told, link))
    pack = pack_of_company(entity, at)
    signs = {**signs_shown(at, link), **pack.signs}
    ticked = [signs[code] for code in told.signs if code in signs]
    receiver = who_hears(pack, about_the_lead=told.about_the_lead)
    never, unsafe = not_to_ring(told, at, receiver=receiver), kinds_told(told, ticked)
    facts = _facts(told, ticked, pack, at, came_by)
    steps = begun_by("concern.logged", Concern.ledger_kind, facts=facts, at=at, entity=entity)
    concern, is_new = log_concern(
        told, by=by, at=at, key=key, came_by=came_by, receiver=receiver, link=link,
        triage_due_at=soonest_of_ours(steps, but_of=Part.ON_CALL.value),
    )  # fmt: skip
    if is_new:
        if is_group():
            note_entity(concern.circle_id, entity)
        happened("concern.logged", about=concern, by=by, at=at, facts=facts, is_new=True)
        if pack.on_call is not None and (kind := _alert_kind(told, ticked, steps)):
            is_danger = kind is AlertKind.DANGER
            within = elapsed(pack.on_call.acknowledge_within if is_danger else pack.on_call.look_within)
            alert(concern, kind=kind, by=by, at=at, pass_on_after=within, not_to_ring=never)
        note_unsafe_home(told, unsafe, by=by, at=at)
    else:
        steps = promised(concern, [rule.id for rule in pack.rules_for("concern.logged")], at=at)
    urgent = _rings(told, ticked)
    ring = ways(pack, after_danger(pack), at=at, days=partial(working_days, pack.nation)) if urgent else []
    return Receipt(is_new, _soonest_first(steps, at), concern, never, bool(unsafe), urgent, tuple(ring))


def signs_shown(at: datetime, link: ReportingLink | None) -> Mapping[str, Sign]:
    """The signs whoever logs a concern chooses from."""
    return policy_shown(at, link).signs


def policy_shown(at: datetime, link: ReportingLink | None) -> Pack:
    """The policy whoever logs a concern reads: that of his own company, before anybody knows which home."""
    return pack_of_company(_of_new(link), at)


def clauses_shown_of(at: datetime, link: ReportingLink | None) -> int | None:
    """The company whose own policy that is."""
    entity = _of_new(link)
    return entity if entity in with_own_policy(at) else None


def _of_new(link: ReportingLink | None) -> int | None:
    return company_of_new(lambda: link.entity_id if link else None)


def _company(told: Told, link: ReportingLink | None) -> int | None:
    """The company of the home, else of the link it came by."""
    if told.home_id is None:
        return link.entity_id if link else None
    home = Home.objects.filter(pk=told.home_id).values_list("entity_id", flat=True).first()
    return home or (link.entity_id if link else None)


def _soonest_first(steps: Sequence[Promise], at: datetime) -> Sequence[Promise]:
    """What the policy promises about the concern and by when. Who told it may know."""
    dated = [step for step in steps if step.due_at]
    return sorted(dated, key=lambda step: step.due_at or at)


def _rings(told: Told, ticked: Sequence[Sign]) -> bool:
    return told.danger_now or any("immediate" in sign.alarms for sign in ticked)


def _alert_kind(told: Told, ticked: Sequence[Sign], steps: Sequence[Promise]) -> AlertKind | None:
    """Danger now; else a first look, where the policy now promises something that whoever is on call keeps."""
    if _rings(told, ticked):
        return AlertKind.DANGER
    return AlertKind.FIRST_LOOK if any(step.owner_part == Part.ON_CALL for step in steps) else None


def _facts(told: Told, ticked: Sequence[Sign], pack: Pack, at: datetime, came_by: Came) -> dict[str, Fact]:
    mentioned = mentions(told, ticked, pack)
    return {
        "danger_now": "yes" if told.danger_now else "no",
        "about_our_people": told.about_staff.value,
        "children_there": told.children_there or None,
        "mentions_child": "child" in mentioned,
        "mentions_domestic_abuse": "domestic_abuse" in mentioned,
        "mentions_weapon": "weapon" in mentioned,
        "immediate": _rings(told, ticked),
        "same_evening": any("same_evening" in sign.alarms for sign in ticked),
        "unsafe_home": any("unsafe_home" in sign.alarms for sign in ticked),
        "out_of_hours": not is_open(pack, at, working_days(pack.nation)),
        "came_by": came_by.value,
        "told_by": told.told_by or None,
        "signs": len(told.signs),
    }
