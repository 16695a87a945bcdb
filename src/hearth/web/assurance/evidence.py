"""The ways from what keeps a clause to what it does: for each viewer those he may take, and no other."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.access.rules import may
from hearth.access.terms import Act, Viewer
from hearth.policy.packs import Pack
from hearth.policy.packs.keeping import Keeper, KeeperKind
from hearth.policy.packs.shapes import Gate
from hearth.web.addresses import address
from hearth.web.navigation import WAYS

type Way = tuple[Act, str, str | Promise]

# From a kind of keeper to the pages that show what it does: the act that opens each, the page and its words.
TO: Mapping[KeeperKind, tuple[Way, ...]] = {
    KeeperKind.CLOCK: ((Act.SEE_DUE, "due", _("Those of them that run and that you may see")),),
    KeeperKind.POST: ((Act.KEEP_USERS, "posts", _("Who holds which post")),),
    KeeperKind.TRIAGE: (
        (Act.SEE_QUEUE, "queue", _("What waits to be decided")),
        (Act.KEEP_USERS, "posts", _("Who holds which post")),
    ),
    KeeperKind.DECISION: ((Act.SEE_QUEUE, "queue", _("What waits to be decided")),),
    KeeperKind.ROUTE: (
        (Act.SEE_DUE, "waiting_for_others", _("Referrals that wait for an answer and that you may see")),
    ),
    KeeperKind.SIGN: ((Act.LOG_CONCERN, "log_concern", _("The form that offers it")),),
    KeeperKind.OPENING: ((Act.REVIEW_BREAK_GLASS, "emergencies", _("Emergency openings")),),
}
# Where the records are of which an entry tells, by the first word of its name.
OF_RECORDS: Mapping[str, Way] = {
    "concern": (Act.SEE_QUEUE, "queue", _("What waits to be decided")),
    "case": (Act.SEARCH_NOTES, "cases", _("Cases you may read")),
    "action": (Act.SEARCH_NOTES, "cases", _("Cases you may read")),
    "referral": (Act.SEE_DUE, "waiting_for_others", _("Referrals that wait for an answer and that you may see")),
    "hazard": (Act.READ_HAZARD, "hazards", _("Unsafe homes")),
    "access": (Act.REVIEW_BREAK_GLASS, "emergencies", _("Emergency openings")),
}


def ways_to(keeper: Keeper, viewer: Viewer, pack: Pack) -> list[tuple[str, str]]:
    """Where this viewer may look further: each with its address and its words."""
    if keeper.waits_for or keeper.is_idle:
        return []
    ways: list[Way] = [*TO.get(keeper.kind, ())]
    if keeper.kind is KeeperKind.RECORD and (kept := OF_RECORDS.get(keeper.name.partition(".")[0])):
        ways.append(kept)
    if keeper.kind is KeeperKind.GATE and (stands := _where(pack.gates[keeper.name])):
        ways.append(stands)
    if keeper.kind is KeeperKind.ACT:
        ways += [(way.act, way.page, way.title) for way in WAYS if way.act == Act[keeper.name.upper()]]
    asked = f"?rule={keeper.name}" if keeper.kind is KeeperKind.CLOCK else ""
    return [(address(page) + asked, str(words)) for act, page, words in ways if may(viewer.parts, act)]


def _where(gate: Gate) -> Way | None:
    """The records before whose acts a gate stands."""
    return OF_RECORDS.get(gate.act.partition(".")[0])
