"""Who asks another agency, where the policy names the posts: `may_refer` of its `[triage]`.

Whoever answered the on-call alert on a record may always refer from it, and a record about our own people is for those
the policy says hear it. Where nobody holds a post that is named, leads and deputies refer: a gap stops nobody.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hearth.access.queries import parts_in
from hearth.access.terms import InACircle, Part, Viewer
from hearth.concerns.terms import NotComplete
from hearth.organisation.queries import colleagues, holding
from hearth.timescales.standing import pack_for


class AboutSomebody(InACircle, Protocol):
    """A concern or a case."""

    @property
    def restricted(self) -> bool: ...


@dataclass(frozen=True)
class Referrers:
    """The posts the policy names, who holds them now, and the clause that says so."""

    titles: tuple[str, ...]
    ids: frozenset[int]
    clause: str

    @property
    def sentence(self) -> str:
        """Whose it is to refer, as it is shown."""
        return f"Other agencies are asked by: {', '.join(self.titles)} ({self.clause})."


def referrers(about: AboutSomebody, *, at: datetime) -> Referrers | None:
    """Whom the policy has refer; nothing where it names nobody."""
    pack = pack_for(about, at)
    if pack.triage is None or not pack.triage.may_refer:
        return None
    posts = [pack.posts[post] for post in pack.triage.may_refer]
    people = holding(posts, at=at) or colleagues({Part.LEAD, Part.DEPUTY}, at=at)
    return Referrers(tuple(post.title for post in posts), frozenset(each.id for each in people), pack.triage.clause)


def why_not_refer(about: AboutSomebody, *, by: Viewer, at: datetime) -> str:
    """Why somebody who may refer otherwise may not under the policy in force, or nothing."""
    named = referrers(about, at=at)
    if named is None or about.restricted or by.id in named.ids:
        return ""
    return "" if Part.ANSWERED_ALERT in parts_in(by, about) else named.sentence


def require_referrer(about: AboutSomebody, *, by: Viewer, at: datetime) -> None:
    """Raise NotComplete where the policy has others refer."""
    if why_not := why_not_refer(about, by=by, at=at):
        raise NotComplete("agency", f"{why_not} Ask one of them to refer.")
