"""What is different between two policies, in the words of whoever must read it: no code of the policy's files."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.policy.packs.diffing import GONE, NEW, Difference, in_a_line
from hearth.policy.terms import FORCE_SENTENCE, AppliesTo
from hearth.web.assurance.keepers import KINDS

KIND_WORDS: Mapping[str, object] = {
    **{kind.value: words for kind, words in KINDS.items()},
    "clause": gettext_lazy("Clause"),
    "word": gettext_lazy("Word"),
    "metric": gettext_lazy("Figure"),
    "audit": gettext_lazy("Audit"),
    "entity": gettext_lazy("Company"),
    "policy": gettext_lazy("Policy"),
    "slip": gettext_lazy("Slip of the document"),
}
HOLDS_FOR, FORCE = "holds for promises that are", "force"
VALUES: Mapping[str, tuple[object, Mapping[Any, object]]] = {
    HOLDS_FOR: (
        gettext_lazy("Holds for promises that"),
        {AppliesTo.NEW: gettext_lazy("begin from then on"), AppliesTo.RUNNING: gettext_lazy("run already, too")},
    ),
    FORCE: (gettext_lazy("Where it comes from"), FORCE_SENTENCE),
}
"""What the files say in codes: how the page calls it, and what it says for each code."""


def what_differs(each: Difference) -> tuple[str, tuple[str, ...]]:
    """What it is about, and a line for each thing in it that is different; none where all of it is new or gone."""
    lines = tuple(_line(*one) for one in each.changed)
    if not each.name:
        return _begun(each.kind), tuple(line.partition(": ")[2] for line in lines)
    what = _what(each)
    if each.how == NEW:
        return _("New. %(what)s") % {"what": what}, ()
    if each.how == GONE:
        return _("Taken out. %(what)s") % {"what": what}, (each.why,) if each.why else ()
    return what, lines


def _what(each: Difference) -> str:
    kind = KIND_WORDS[each.kind]
    if each.kind == "clause":
        return f"{kind} {each.name}" if each.changed else f"{kind} {each.name}: {each.label}"
    return f"{kind}: {each.label or each.name.replace('_', ' ')}"


def _line(what: str, before: str, after: str) -> str:
    if what not in VALUES:
        return _begun(in_a_line(what, before, after))
    called, said = VALUES[what]
    return in_a_line(str(called), str(said.get(before, before)), str(said.get(after, after)))


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
