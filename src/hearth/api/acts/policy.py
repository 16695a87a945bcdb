"""Codes of the policy in force, and colleagues by their ids: what other operations take."""

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.acts.people_here import WATCHERS
from hearth.api.door import Asked
from hearth.api.house import operation
from hearth.api.shapes import policy as shapes
from hearth.organisation.queries import colleagues as everybody
from hearth.timescales.standing import pack_for_me
from hearth.triage.levels import levels_in

TAG = "Codes"


@operation("GET", "/policy", Act.READ_OWN_CONCERNS, *Scope, gives={200: shapes.Policy}, tag=TAG)
def policy_codes(request: Asked) -> shapes.Policy:
    """The policy in force for whoever asks: signs, decisions, kinds of harm and clauses. Any scope opens it."""
    pack = pack_for_me(clock.now())
    return shapes.Policy(
        name=pack.name, title=pack.title, version=pack.version,
        signs=[shapes.Coded(code=each.code, label=each.label) for each in pack.signs.values()],
        decisions=[shapes.Coded(code=each.code, label=each.label) for each in pack.decisions.values()],
        harms=[shapes.Coded(code=each.code, label=each.label) for each in pack.words_in("abuse_type").words],
        levels=[shapes.Coded(code=each.code, label=each.label) for each in levels_in(pack)],
        clauses=[shapes.Coded(code=each.id, label=each.text) for each in pack.clauses.values()],
    )  # fmt: skip


@operation("GET", "/colleagues", Act.SEE_DUE, Scope.TRIAGE, Scope.CASES_WRITE, gives={200: shapes.Colleagues}, tag=TAG)
def colleagues(request: Asked) -> shapes.Colleagues:
    """Colleagues who may be offered a case, own an action or keep watch."""
    found = everybody(WATCHERS, at=clock.now())
    return shapes.Colleagues(
        colleagues=[shapes.ColleagueHere(id=each.public_id, name=each.name, post=each.post) for each in found]
    )
