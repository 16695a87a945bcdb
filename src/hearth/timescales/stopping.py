"""What the policy stopped: kept, once the act that was tried is undone, so that a gate can be seen to hold."""

from datetime import datetime

from hearth.ledger.operations import record
from hearth.timescales.terms import STOPPED, GateUnmet


def keep_stopped(problem: GateUnmet, *, at: datetime) -> None:
    """Write down each gate that was in the way, under its clause. Whose act it was says the entry itself."""
    for each in problem.unmet if problem.about is not None else ():
        facts = {"gate": each.gate, "act": problem.act}
        record(STOPPED, about=problem.about, happened_at=at, facts=facts, clause=each.clause)
