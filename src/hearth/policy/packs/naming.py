"""What pages call steps of the law and answers of our forms. The words are the pack's; here stand the codes."""

from collections.abc import Iterator, Mapping

from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import Problem
from hearth.policy.packs.shapes import Clause

CODES: Mapping[str, tuple[str, ...]] = {
    "heading": ("adult_test",),
    "adult_test": (
        "care_needs", "care_needs_why", "at_risk", "at_risk_why", "unable_to_protect", "unable_to_protect_why", "whose",
    ),
    "process": ("assessment", "s47", "child_in_need", "child_protection_plan", "s42", "marac"),
    "process_step": (
        "assessment_started", "assessment_completed", "section_47_started", "conference_held", "section_47_ended",
        "statutory_plan_started", "core_group_held", "conference_reviewed", "statutory_plan_ended",
        "section_42_started", "section_42_ended", "marac_listed", "marac_held",
    ),
    "process_day": ("referred_on", "strategy_discussion_on", "meets_on"),
    "plan": ("protection_plan", "child_in_need_plan", "no_plan"),
    "answer": (
        "accepted", "screening_only", "early_help", "returned", "need_more", "no_further_action", "no_section_42",
        "not_accepted",
    ),
    "who_told": (
        "saw_it", "the_person", "family", "resident", "neighbour", "contractor", "agency", "anonymous",
    ),
    "risk_band": ("high", "medium", "standard"),
    "hazard_class": ("emergency", "significant", "not_significant", "no_hazard"),
    "outcome": ("risk_removed", "risk_reduced", "risk_remains", "transferred", "not_engaged", "died"),
    "wishes_answered": ("fully", "partly", "not_met", "none_said", "not_asked"),
    "child_decision": ("safe", "supported_elsewhere", "no_child"),
}  # fmt: skip


def called(pack: Pack, listed: str, code: str) -> str:
    """What the policy calls something of these lists; its code in plain letters where the policy does not say."""
    return pack.label(listed, code, code.replace("_", " ").capitalize())


def unconfirmed(pack: Pack, *lists: str) -> tuple[Clause, ...]:
    """The clauses that words of these lists rest on and that nobody has confirmed yet, each once."""
    cited = [word.clause for listed in lists if listed in pack.words for word in pack.words[listed].words]
    clauses = [pack.clauses[each] for each in dict.fromkeys(cited) if each in pack.clauses]
    return tuple(each for each in clauses if not each.is_confirmed)


def check_naming(pack: Pack) -> Iterator[Problem]:
    """A word for something no page asks about would never be seen."""
    for listed, codes in CODES.items():
        for word in pack.words[listed].words if listed in pack.words else ():
            if word.code not in codes:
                yield Problem(
                    pack.words[listed].place,
                    f"nothing is called “{word.code}” in {listed}; these are: {', '.join(codes)}",
                )
