"""What a concern mentions: by its signs, by its answers, and by the words somebody typed.

Out of hours somebody looks the same evening at what mentions a child, domestic abuse or a weapon. Whoever stands on a
doorstep types one line and ticks nothing, so the words count as much as the boxes: one look too many is borne.
"""

from collections.abc import Iterable

from hearth.concerns.terms import Known, Told
from hearth.housing.terms import Vulnerability
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.shapes import Sign


def mentions(told: Told, ticked: Iterable[Sign], pack: Pack) -> frozenset[str]:
    """Codes of what it mentions: `child`, `domestic_abuse`, `weapon`. The words looked for are the pack's."""
    by_sign = {mention for sign in ticked for mention in sign.mentions}
    by_word = pack.words_in("mention").spoken_in(typed(told)) if "mention" in pack.words else frozenset[str]()
    return by_word | by_sign | ({"child"} if _a_child_is_answered(told) else frozenset())


def typed(told: Told) -> str:
    """All that somebody wrote in words of his own about them; a line between two answers, so that no word joins up."""
    answers = (told.noticed, told.who, told.thinks, told.did, told.wishes, told.something_else, told.parent_why_not)
    return "\n|\n".join(filter(None, answers))


def _a_child_is_answered(told: Told) -> bool:
    """Whether any answer says that there is a child, not only the question about children."""
    lives_there = {Vulnerability.INFANT.value, Vulnerability.CHILD.value} & set(told.vulnerable)
    return told.children_there == Known.YES or bool(lives_there) or told.parent_told is not None
