"""The documents of the policies in force: their days, kept apart, when each is looked at again, and warning of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hearth.access.identity import as_the_house
from hearth.access.operations import check
from hearth.access.rules import WHO_MAY
from hearth.access.terms import Act, Viewer
from hearth.organisation.queries import people_in_parts
from hearth.outbound.operations.notices import notify
from hearth.outbound.terms import NoticeWords
from hearth.policy.calendars import WorkingCalendar
from hearth.policy.durations import end_of, moved
from hearth.policy.packs import Pack
from hearth.policy.packs.documents import Definition, Document
from hearth.policy.queries import in_force, pack_of, with_own_policy
from hearth.policy.warnings import last_passed
from hearth.timescales.queries import working_days

# What the notice about a review is about: no record, but the list of documents.
A_REVIEW_IS_DUE = "a_review_is_due"


@dataclass(frozen=True, slots=True)
class Stands:
    """One document of a policy in force, when it is to be looked at again, and whether that is near or over."""

    document: Document
    pack: Pack
    entity: int | None
    review_on: date | None
    warned: str
    is_overdue: bool

    @property
    def clause_text(self) -> str:
        clause = self.pack.clauses.get(self.document.clause)
        return clause.text if clause else ""

    @property
    def policies(self) -> tuple[str, ...]:
        """The policies this document prints."""
        return tuple(each.title for each in self.pack.policies.values() if each.document == self.document.id)

    @property
    def lacks_a_day(self) -> bool:
        """Whether it is looked at again every so often, and nothing says from when."""
        every = self.document.review_every
        return every is not None and every.is_measured and self.review_on is None

    def called(self, *names: str) -> list[str]:
        """Other documents by their titles; what is not one of the pack keeps its name."""
        known = self.pack.documents
        return [known[name].title if name in known else name for name in names if name]

    def approved_by(self) -> list[str]:
        """Who approves it, step by step, a post by its title."""
        posts = self.pack.posts
        return [posts[each.post].title if each.post in posts else each.by for each in self.document.approvals]

    def bound(self) -> list[str]:
        """The companies and services it binds."""
        return [self.pack.entities[name].title for name in self.document.entities]


def documents(viewer: Viewer, *, at: datetime) -> tuple[Stands, ...]:
    """Every document of the policies in force, the organisation's first; what a company inherits stands once."""
    check(viewer, Act.READ_POLICY)
    return tuple(_each(at))


def meanings(at: datetime) -> list[tuple[Definition, int | None]]:
    """What the policies in force mean by their words, and whose each is; what a company inherits stands once."""
    found: dict[Definition, int | None] = {}
    for entity in (None, *sorted(with_own_policy(at))):
        if adopted := in_force(at, entity):
            for each in pack_of(adopted.digest).definitions.values():
                found.setdefault(each, entity)
    return list(found.items())


@transaction.atomic
def warn_of_reviews(*, at: datetime) -> int:
    """Tell whoever may propose a policy that a document is to be looked at again, once for each rung of the policy."""
    with as_the_house():
        near = [each for each in _each(at) if each.warned]
        people = [user for user, _ in people_in_parts(WHO_MAY[Act.ADOPT_POLICY], at=at)] if near else []
        for each in near:
            which = f"{each.entity or 0}:{each.document.id[:40]}:{each.review_on}"
            for user in people:
                notify(
                    user, NoticeWords.SOMETHING_WAITS, key=f"review:{which}:{each.warned}:{user}", at=at,
                    about_kind=A_REVIEW_IS_DUE,
                )  # fmt: skip
    return len(near)


def _each(at: datetime) -> Iterator[Stands]:
    seen: list[Document] = []
    for entity in (None, *sorted(with_own_policy(at))):
        if adopted := in_force(at, entity):
            pack = pack_of(adopted.digest)
            own = [each for each in pack.documents.values() if each not in seen]
            seen += own
            yield from (_stands(each, pack, entity, at) for each in own)


def _stands(document: Document, pack: Pack, entity: int | None, at: datetime) -> Stands:
    days = working_days(pack.nation)
    day = review_day(document, days)
    point = end_of(day) if day else None
    return Stands(
        document=document, pack=pack, entity=entity, review_on=day,
        warned=last_passed(document.remind, point, days, at=at) if point else "",
        is_overdue=point is not None and point.is_over(at),
    )  # fmt: skip


def review_day(document: Document, days: WorkingCalendar) -> date | None:
    """The day by which it is looked at again: the one it names, else so long after it came into force."""
    begun = document.effective_from or document.approved_on
    if document.review_by or begun is None or document.review_every is None or not document.review_every.is_measured:
        return document.review_by
    return moved(begun, document.review_every, days)
