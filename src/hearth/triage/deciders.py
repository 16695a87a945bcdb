"""Who decides on a concern where the policy names it: somebody of its posts, or several of them together.

Referring at once is never held back for it, and a concern about our own people is for those the policy says hear it.
Where fewer hold the posts than decide together, leads and deputies are of them too: a gap in a panel stops nobody.
"""

from dataclasses import dataclass
from datetime import datetime

from hearth.concerns.models import Concern
from hearth.concerns.terms import NotComplete
from hearth.organisation.queries import Colleague, colleagues, holding
from hearth.organisation.terms import Part
from hearth.policy.packs.diffing import in_words
from hearth.policy.packs.shapes import Rule
from hearth.timescales.forces import sentence_of
from hearth.timescales.standing import pack_for
from hearth.triage.referrers import referrers
from hearth.triage.terms import Judgement, Outcome


@dataclass(frozen=True)
class Target:
    """The promise the policy calls the target of triage, by when, by which clause, and where it comes from."""

    promise: str
    limit: str
    clause: str
    force: str


@dataclass(frozen=True)
class Deciders:
    """The posts the policy names, who is of them now, how many decide together, by when, and by which clause."""

    titles: tuple[str, ...]
    people: tuple[Colleague, ...]
    together: int
    clause: str
    target: Target

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(each.id for each in self.people)

    @property
    def sentence(self) -> str:
        """Whose decision it is, as it is shown."""
        posts = ", ".join(self.titles)
        if self.together > 1:
            return f"{self.together} of these decide together: {posts} ({self.clause})."
        return f"This is decided by: {posts} ({self.clause})."


def deciders_on(concern: Concern, *, at: datetime) -> Deciders | None:
    """Whom the policy has decide on a concern; nothing where it names nobody."""
    pack = pack_for(concern, at)
    if pack.triage is None or concern.restricted:
        return None
    posts = [pack.posts[post] for post in pack.triage.posts]
    people = {each.id: each for each in holding(posts, at=at)}
    if len(people) < pack.triage.together:
        people = {each.id: each for each in colleagues({Part.LEAD, Part.DEPUTY}, at=at)} | people
    together = min(pack.triage.together, max(len(people), 1))
    return Deciders(
        titles=tuple(post.title for post in posts),
        people=tuple(people.values()),
        together=together,
        clause=pack.triage.clause,
        target=target_of(pack.rules[pack.triage.target]),
    )


def target_of(rule: Rule) -> Target:
    """The target as it is shown: a limit by bands says each."""
    return Target(rule.promise, in_words(rule.bands), rule.clause, sentence_of(rule.force))


def require_deciders(concern: Concern, judgement: Judgement, *, by_id: int, at: datetime) -> None:
    """Raise NotComplete where somebody else decides, or where others decide too and are not named."""
    panel = deciders_on(concern, at=at)
    named = set(judgement.with_whom)
    if panel is None or judgement.outcome is Outcome.REFER_NOW:
        if named:
            raise NotComplete("with_whom", "The policy has this decided by one person. Name nobody else.")
        return
    if by_id not in panel.ids:
        raise NotComplete("outcome", f"{panel.sentence} {_instead(concern, by_id, at)}")
    if by_id in named or not named <= panel.ids:
        raise NotComplete("with_whom", f"Name others, of those who decide. {panel.sentence}")
    if len(named) + 1 < panel.together:
        raise NotComplete("with_whom", f"Say who decided this with you. {panel.sentence}")


def _instead(concern: Concern, by_id: int, at: datetime) -> str:
    named = referrers(concern, at=at)
    if named is None or by_id in named.ids:
        return "You can add to the concern, or refer at once."
    return "You can add to the concern."
