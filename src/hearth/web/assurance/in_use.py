"""What is there where a clause is in use: the words of a list, what a word means, the way to an agency."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.policy.packs import Pack
from hearth.policy.packs.keeping import Keeper, KeeperKind
from hearth.web.ages import ages_said

type There = tuple[str, Sequence[str]]
DONE_HERE = frozenset({KeeperKind.ACT, KeeperKind.RECORD})
"""What people do in Hearth: how often stands behind it, where Hearth counts it month by month."""


def there(keeper: Keeper, pack: Pack) -> There | None:
    """In a sentence how much there is, and each of it; nothing where its name says it all."""
    if keeper.waits_for or keeper.is_idle:
        return None
    match keeper.kind:
        case KeeperKind.WORDS if keeper.name in pack.words:
            words = [each.label for each in pack.words[keeper.name].words]
            return ngettext("%(many)d word", "%(many)d words", len(words)) % {"many": len(words)}, words
        case KeeperKind.SIGN:
            lines = pack.signs[keeper.name].lines
            return (_("What is shown when it is ticked"), lines) if lines else None
        case KeeperKind.DEFINITION:
            return _("What triage is shown"), [ages_said(pack)]
        case KeeperKind.WORDING:
            return _("The words that are shown"), [pack.wordings[keeper.name].text]
        case KeeperKind.ROUTE:
            route = pack.routes[keeper.name]
            ways = [each for each in (route.phone, route.out_of_hours_phone, route.form) if each]
            return (_("How it is reached"), ways) if ways else (_("No number and no form stand in the policy"), ())
    return None
