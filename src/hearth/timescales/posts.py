"""The posts the policies in force name, and for how long they give each. The page and a file of staff ask alike."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hearth.organisation.queries import fill
from hearth.organisation.terms import NotPossible
from hearth.policy.calendars import WorkingCalendar
from hearth.policy.durations import Duration, end_of, local_day, moved
from hearth.policy.packs import Pack
from hearth.policy.packs.shapes import Post as PolicyPost
from hearth.policy.queries import in_force, pack_of, with_own_policy
from hearth.timescales.queries import working_days


@dataclass(frozen=True, slots=True)
class Named:
    """A post a policy in force names, with that policy and the company whose it is."""

    post: PolicyPost
    pack: Pack
    entity: int | None

    @property
    def clause_text(self) -> str:
        clause = self.pack.clauses.get(self.post.clause)
        return clause.text if clause else ""


def named_posts(at: datetime) -> list[Named]:
    """The posts the policies in force name, the organisation's first, each once."""
    found: dict[str, Named] = {}
    for entity in (None, *sorted(with_own_policy(at))):
        if adopted := in_force(at, entity):
            pack = pack_of(adopted.digest)
            found = {key: Named(post, pack, entity) for key, post in pack.posts.items()} | found
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Term:
    """For how long the policy gives a post."""

    lasts: Duration
    clause: str
    days: WorkingCalendar

    def last_day(self, first: date) -> date:
        """The last day of an appointment that begins on a day: a year from 23 November ends on 22 November."""
        return moved(first, self.lasts, self.days) - timedelta(days=1)

    @property
    def words(self) -> str:
        """How long, with the clause that says so."""
        return f"{self.lasts} (clause {self.clause})" if self.clause else str(self.lasts)

    def latest(self, starts_at: datetime, ends_at: datetime | None) -> datetime:
        """The latest end of an appointment that begins then. NotPossible where a later one is asked for."""
        last = self.last_day(local_day(starts_at))
        latest = end_of(last).at
        if ends_at is not None and ends_at > latest:
            raise NotPossible(
                f"The policy gives this post for {self.words}: the last day is {last:%-d %B %Y} at the latest",
                field="last_day",
            )
        return latest


def term_of(key: str, *, at: datetime) -> Term | None:
    """For how long the policies in force give a post, or nothing where it is given for good."""
    named = {each.post.id: each for each in named_posts(at) if each.post.appointed_for}
    found = fill((each.post for each in named.values()), key) if named else []
    of = named[found[0].id] if found else None
    lasts = of.post.appointed_for if of else None
    return Term(lasts, of.post.clause, working_days(of.pack.nation)) if of and lasts else None
