"""The posts the policies in force name: who holds each and until when, who covers it, and what its holders owe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hearth.access.identity import as_the_house
from hearth.access.operations import check
from hearth.access.rules import WHO_MAY
from hearth.access.terms import Act, Viewer
from hearth.organisation.models import Appointment
from hearth.organisation.queries import given, held, people_in_parts
from hearth.outbound.operations.notices import notify
from hearth.outbound.terms import NoticeWords
from hearth.policy.durations import Due, end_of, local_day
from hearth.policy.packs import Pack
from hearth.policy.packs.information import Register
from hearth.policy.packs.workforce import Asked, Statement, Training, Vetting, is_owed
from hearth.policy.warnings import last_passed
from hearth.timescales.posts import Named, named_posts
from hearth.timescales.queries import working_days

# What the notice about an appointment that ends is about: no record, but the list of posts.
A_POST_ENDS = "a_post_ends"

# A course or a check, and the company whose policy asks for it.
type Whose = tuple[Asked, int | None]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post."""

    name: str
    public_id: UUID
    is_cover: bool
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Cover:
    """The post that stands in, and who holds it beside those it stands in for: nobody covers himself."""

    key: str
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One post of the policy as it stands: holders, cover, the last day of an appointment, and what is asked."""

    named: Named
    holders: tuple[Holder, ...]
    cover: Cover | None
    was: Holder | None
    ends_soon: bool
    training: tuple[Training, ...]
    vetting: tuple[Vetting, ...]
    attests: tuple[Statement, ...]
    keeps: tuple[Register, ...]

    @property
    def missing(self) -> int:
        """How many more the policy requires."""
        return max(0, self.named.post.holders - len(self.holders)) if self.named.post.required else 0

    @property
    def overstays(self) -> bool:
        """Whether somebody holds for good what the policy gives for a time: put there before it did."""
        given_for_good = any(each.ends_at is None and not each.is_cover for each in self.holders)
        return self.named.post.appointed_for is not None and given_for_good

    @property
    def lacks_cover(self) -> bool:
        """Whether the policy names who stands in and nobody does, for a post that is held or must be."""
        stands_in = any(holder.is_cover for holder in self.holders)
        return self.cover is not None and not self.cover.names and not stands_in and bool(
            self.holders or self.named.post.required
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Staffing:
    """Every post of the policies in force, and what they ask of everybody and of whoever meets residents."""

    posts: tuple[Standing, ...]
    of_everybody: tuple[Whose, ...]
    of_whoever_meets_residents: tuple[Whose, ...]


def staffing(viewer: Viewer, *, at: datetime) -> Staffing:
    """How the policy's posts stand, for whoever gives posts or agrees to them."""
    check(viewer, Act.AGREE_APPOINTMENT)
    named = named_posts(at)
    asked = {(each.id, type(each)): (each, one.entity) for one in reversed(named) for each in asked_in(one.pack)}
    everybody = [whose for whose in reversed(asked.values()) if whose[0].is_for_everybody]
    return Staffing(
        posts=standing(named, at=at),
        of_everybody=tuple(whose for whose in everybody if not whose[0].meets_residents),
        of_whoever_meets_residents=tuple(whose for whose in everybody if whose[0].meets_residents),
    )


def standing(named: Sequence[Named], *, at: datetime) -> tuple[Standing, ...]:
    """How each of these posts stands at an instant."""
    posts = [each.post for each in named]
    holding = held(posts, at=at)
    terms = given(each for each in posts if each.appointed_for)
    return tuple(_standing(each, holding, terms.get(each.post.id, ()), at) for each in named)


def asked_in(pack: Pack) -> tuple[Asked, ...]:
    """Every course and check a policy asks of people."""
    return (*pack.training.values(), *pack.vetting.values())


@transaction.atomic
def warn_of_ends(*, at: datetime) -> int:
    """Tell whoever gives posts or agrees to them that somebody's time in one ends, once for each rung of the policy."""
    with as_the_house():
        named = {each.post.id: each for each in named_posts(at) if each.post.remind}
        terms = given(each.post for each in named.values())
        ending = [(named[key], each) for key, rows in terms.items() for each in _last(rows, named[key].post.holders)]
        told = [(each, rung) for of, each in ending if (rung := _rung_passed(of, each, at))]
        people = [user for user, _ in people_in_parts(WHO_MAY[Act.AGREE_APPOINTMENT], at=at)] if told else []
        for each, rung in told:
            for user in people:
                notify(
                    user, NoticeWords.SOMETHING_WAITS, key=f"term:{each.pk}:{rung}:{user}", at=at,
                    about_kind=A_POST_ENDS,
                )  # fmt: skip
    return len(told)


def _standing(
    named: Named, holding: Mapping[str, Sequence[Appointment]], terms: Sequence[Appointment], at: datetime
) -> Standing:
    post, here = named.post, holding[named.post.id]
    over = [each for each in terms if each.ends_at is not None and each.ends_at <= at]
    owed = [each for each in asked_in(named.pack) if is_owed(each, post) and not each.is_for_everybody]
    return Standing(
        named=named,
        holders=tuple(holder(each) for each in here),
        cover=_cover(named, holding),
        was=holder(max(over, key=_ends)) if over and not here else None,
        ends_soon=any(_rung_passed(named, each, at) for each in _last(terms, post.holders) if each in here),
        training=tuple(each for each in owed if isinstance(each, Training)),
        vetting=tuple(each for each in owed if isinstance(each, Vetting)),
        attests=tuple(each for each in named.pack.statements.values() if each.by == post.id),
        keeps=tuple(each for each in named.pack.registers.values() if each.by == post.id),
    )


def _cover(named: Named, holding: Mapping[str, Sequence[Appointment]]) -> Cover | None:
    cover = named.pack.posts.get(named.post.cover)
    if cover is None:
        return None
    himself = {each.user_id for each in holding[named.post.id]}
    others = {each.user_id: each.user.name for each in holding.get(cover.id, ()) if each.user_id not in himself}
    return Cover(cover.id, cover.title, tuple(others.values()))


def holder(row: Appointment) -> Holder:
    return Holder(row.user.name, row.user.public_id, row.is_cover, row.starts_at, row.ends_at)


def _last(rows: Sequence[Appointment], holders: int) -> list[Appointment]:
    """The appointments after which nobody follows: as many of the latest as the post has holders."""
    return sorted(rows, key=_ends)[-holders:]


def _ends(row: Appointment) -> datetime:
    return row.ends_at or datetime.max.replace(tzinfo=timezone.get_current_timezone())


def _rung_passed(named: Named, row: Appointment, at: datetime) -> str:
    """The last rung of the policy's warnings that has passed; nothing for what has no end, or was ended by hand."""
    if row.ends_at is None or row.ended_by_id is not None:
        return ""
    return last_passed(named.post.remind, _as_due(row.ends_at), working_days(named.pack.nation), at=at)


def _as_due(ends_at: datetime) -> Due:
    """The end of an appointment as the limit it is: what ends at midnight ends with the day before."""
    day = end_of(local_day(ends_at) - timedelta(days=1))
    return day if day.at == ends_at else Due(ends_at)
