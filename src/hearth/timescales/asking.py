"""What the policy in force will ask for before an act, so that a form says so before anybody sends it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from hearth.access.identity import as_the_house
from hearth.ledger.terms import Subject
from hearth.policy.terms import Fact
from hearth.timescales import gates
from hearth.timescales.operations import clocks_in
from hearth.timescales.standing import company_with_policy_of, ground_of
from hearth.timescales.terms import Need


def needs_before(act: str, *, about: Subject, known: Mapping[str, Fact], at: datetime) -> list[Need]:
    """The answers the gates of an act will want here and now, told what is known of the record already."""
    ground = ground_of(about.circle_id)
    pack = ground.packs.in_force(at)
    if pack is None:
        return []
    before = []
    if any(gate.if_over or gate.if_running for gate in pack.gates_for(act)):
        with as_the_house():
            before = clocks_in(about)
    found = gates.needs(pack, act, known, at=at, before=before, ground=ground)
    entity = company_with_policy_of(about, at) if found else None
    return [replace(each, entity=entity) for each in found]
