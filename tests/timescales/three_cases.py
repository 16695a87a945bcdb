"""Three cases with their ends, and a policy stricter than the one they were worked under."""

from datetime import datetime, timedelta
from pathlib import Path

from hearth.access.identity import acting_as
from hearth.access.operations import give, make_circle
from hearth.access.terms import CircleKind, Part
from hearth.policy.durations import LOCAL
from hearth.policy.packs import Chain, PackFiles, read_chain
from hearth.timescales.moving import record_of
from hearth.timescales.operations import happened

PACKS = Path(__file__).resolve().parents[2] / "packs"
FRIDAY = datetime(2026, 12, 4, 9, 30, tzinfo=LOCAL)
SPRING = datetime(2027, 4, 1, tzinfo=LOCAL)
ENDED = {
    "outcome": "risk_removed",
    "wishes_answered": True,
    "change_seen": True,
    "child_decision": "safe",
    "subject": "child",
}
STRICTER = """
[pack]
title = "Stricter"
version = "2"
policy = "The same policy with a shorter target"
nation = "england"
inherits = "manchester-2025"

[[override]]
rule = "case.target"
clause = "4.1.6a"
limit = "4 weeks"

[[gate]]
id = "review.band"
act = "case.reviewed"
clause = "3.3b"
sentence = "Judge the risk anew at each review"
requires = { fact = "risk_band", present = true }
"""


def with_more(text: str) -> Chain:
    """The Manchester policy with another built on it."""
    files = PackFiles("stricter", (("pack.toml", text.encode()),))
    return Chain((*read_chain(PACKS / "manchester-2025").packs, files))


def three_cases(lead, owner) -> None:
    """Three cases, closed after three, six and fourteen weeks; the last is restricted."""
    with acting_as(lead):
        for number, weeks in ((1, 3), (2, 6), (3, 14)):
            circle = make_circle(CircleKind.CASE, restricted=number == 3, by=lead, at=FRIDAY)
            give(circle, to=owner.id, part_in_it=Part.OWNS_IT, by=lead, at=FRIDAY)
            case = record_of("case", number, circle)
            for act, at, facts in (
                ("case.opened", FRIDAY, {"risk_band": "standard", "subject": "child"}),
                ("case.reviewed", FRIDAY + timedelta(days=10), {}),
                ("case.closed", FRIDAY + timedelta(weeks=weeks), ENDED),
            ):
                happened(act, about=case, by=lead, at=at, facts=facts)
