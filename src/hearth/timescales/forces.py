"""Where a limit comes from, in words for whoever asks."""

from hearth.access.identity import current
from hearth.organisation.terms import Part
from hearth.policy.terms import FOR_THE_LEAD, FORCE_SENTENCE, Force


def force_of(limit: str | None) -> tuple[str, str]:
    """The clause and what its force is called, of what `NextLimit` reads; nothing where nothing runs."""
    clause, _, force = (limit or "").partition(" ")
    return clause, sentence_of(Force(force)) if force else ""


def sentence_of(force: Force) -> str:
    """Where a limit comes from, in words for whoever asks: the lead is not sent to herself."""
    asking = current()
    if force is Force.DEFAULT and asking is not None and Part.LEAD in asking.parts:
        return FOR_THE_LEAD
    return FORCE_SENTENCE[force]


def sentences() -> dict[Force, str]:
    """All of them, in words for whoever asks."""
    return {force: sentence_of(force) for force in Force}
