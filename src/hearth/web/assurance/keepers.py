"""What keeps a clause, in the words of whoever reads a policy."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.access.terms import Act
from hearth.assurance.promises import Evidence
from hearth.policy.packs.keeping import TO_COME, KeeperKind

KINDS: dict[KeeperKind, Promise] = {
    KeeperKind.CLOCK: _("Limit"),
    KeeperKind.GATE: _("Asked before it goes on"),
    KeeperKind.SIGN: _("Sign on the form"),
    KeeperKind.WORDS: _("List of words"),
    KeeperKind.POST: _("Post"),
    KeeperKind.ROUTE: _("Way to another agency"),
    KeeperKind.DECISION: _("Decision in triage"),
    KeeperKind.TRIAGE: _("Who decides in triage"),
    KeeperKind.PATTERN: _("Pattern"),
    KeeperKind.TRAINING: _("Training"),
    KeeperKind.VETTING: _("Vetting"),
    KeeperKind.REPORT: _("Report"),
    KeeperKind.STANDARD: _("Audit standard"),
    KeeperKind.STATEMENT: _("Attested"),
    KeeperKind.DEFINITION: _("Meaning of a word"),
    KeeperKind.DOCUMENT: _("Document"),
    KeeperKind.BASIS: _("Lawful basis"),
    KeeperKind.RETENTION: _("How long it is kept"),
    KeeperKind.REFERRING: _("Who is told of a kind of harm"),
    KeeperKind.WORDING: _("Words shown"),
    KeeperKind.OPENING: _("How long a record stays open to somebody"),
    KeeperKind.REGISTER: _("List that is kept"),
    KeeperKind.RECORD: _("Written down each time"),
    KeeperKind.ACT: _("Done in Hearth"),
    KeeperKind.PLANNED: _("To come"),
}


def kept_by(evidence: Evidence) -> str:
    """ "Limit: Decide on the concern"; with what it waits for, where that is still to come."""
    keeper = evidence.keeper
    later = f" ({_('to come: %(part)s') % {'part': TO_COME[keeper.waits_for]}})" if _waits(evidence) else ""
    return f"{KINDS[keeper.kind]}: {_plain(evidence)}{later}"


def _waits(evidence: Evidence) -> bool:
    return bool(evidence.keeper.waits_for) and evidence.keeper.kind is not KeeperKind.PLANNED


def _plain(evidence: Evidence) -> str:
    """Names of the house as words: an act by what it does, a happening by its record and what happened to it."""
    keeper = evidence.keeper
    match keeper.kind:
        case KeeperKind.PLANNED:
            return TO_COME[keeper.name]
        case KeeperKind.TRIAGE:
            return str(_("the posts the policy names"))
        case KeeperKind.ACT:
            return Act[keeper.name.upper()].value
        case KeeperKind.RECORD:
            return keeper.name.replace(".", ", ").replace("_", " ")
        case KeeperKind.WORDS | KeeperKind.OPENING | KeeperKind.RETENTION:
            return keeper.name.replace("_", " ")
        case KeeperKind.VETTING:
            return keeper.name.replace("_", " ").replace("dbs", "DBS")
        case KeeperKind.PATTERN:
            return keeper.name.replace(".", " ").replace("_", " ")
        case _:
            return evidence.named
