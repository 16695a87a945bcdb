"""What the steps of a decision offer, and what the policy says of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearth.policy.packs import Pack
from hearth.policy.packs.words import WordList
from hearth.triage.deciders import Deciders
from hearth.triage.levels import Levels
from hearth.triage.telling import FIRST, ToTell, still_to_tell, to_tell


@dataclass(frozen=True)
class Offered:
    """What the forms offer: the policy, the people one may name, the cases at the same home, whom it is about."""

    pack: Pack
    people: Sequence[tuple[int, str]]
    cases: Sequence[tuple[str, str]]
    panel: Deciders | None = None
    viewer_id: int = 0
    others_refer: str = ""
    levels: Levels | None = None
    subject: str = ""
    is_restricted: bool = False
    clauses_of: int | None = None
    harm: str = ""
    told: frozenset[str] = frozenset()

    @property
    def to_tell(self) -> tuple[ToTell, ...]:
        """What the policy says of whom to tell of the harm chosen."""
        return to_tell(self.pack, self.harm, self.subject)

    def still_to_tell(self, agency: str = "") -> str:
        """Whom the policy always has told and nobody told yet, as it is shown; nothing where others refer."""
        left = () if self.others_refer else still_to_tell(self.to_tell, {*self.told, agency})
        return f"{left[0].sentence} {FIRST}" if left else ""


def also_called(listed: WordList) -> dict[str, str]:
    """Beside each word what else it is or was called, and what a local word counts as."""
    hints = {}
    for word in listed.words:
        said = [_("also: %(words)s") % {"words": ", ".join(word.legacy)}] if word.legacy else []
        said += [_("counts as: %(word)s") % {"word": listed.label_of(word.means)}] if word.means else []
        if said:
            hints[word.code] = "; ".join(said).capitalize()
    return hints
