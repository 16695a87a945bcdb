"""Changes to the provider's own shape. `pathway` joins them with the gate and the ledger."""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from hearth.organisation.models import Appointment, Entity, OnCallShift, Post, Proposal, Provider, Team, User
from hearth.organisation.terms import ChangedMeanwhile, NotPossible, Part, UserKind

__all__ = ["NotPossible"]

SHORTEST = timedelta(milliseconds=1)  # an appointment that had not begun yet ends as soon as it begins


def found_provider(name: str, *, nation: str = "england", is_demonstration: bool = False) -> Provider:
    """Set up the one provider of this database."""
    if Provider.objects.exists():
        raise NotPossible("This database already belongs to a provider.")
    return Provider.objects.create(name=name, nation=nation, is_demonstration=is_demonstration)


def add_entity(name: str) -> Entity:
    """A company of the group."""
    return Entity.objects.create(name=name)


def add_team(name: str, *, entity: Entity | None = None) -> Team:
    """A team."""
    return Team.objects.create(name=name, entity=entity)


def add_user(
    *,
    email: str,
    name: str,
    kind: UserKind,
    password: str = "",
    employer: str = "",
    until: datetime | None = None,
    is_demonstration: bool = False,
) -> User:
    """Somebody who may sign in; without a password only by a passkey, the provider's own sign-in or a link."""
    if User.objects.filter(email__iexact=email).exists():
        raise NotPossible("Somebody already signs in with this e-mail address.", field="email")
    user = User(
        email=email.lower(), name=name, kind=kind.value, employer=employer, until=until,
        is_demonstration=is_demonstration,
    )  # fmt: skip
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    return user


def add_link_user(name: str) -> User:
    """The identity a reporting link acts under. It can write concerns and read nothing."""
    return add_user(email=f"link-{secrets.token_hex(8)}@links.invalid", name=name, kind=UserKind.LINK)


def end_posts_of(user_ids: Iterable[int], *, at: datetime) -> None:
    """End what these users hold now, and what they were to hold."""
    live = Appointment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), user_id__in=list(user_ids))
    live.filter(starts_at__lt=at).update(ends_at=at)
    live.filter(starts_at__gte=at).update(ends_at=F("starts_at") + SHORTEST)


@transaction.atomic
def change_user(user: User, *, version: int, name: str, employer: str, until: datetime | None) -> None:
    """Change what is known of somebody. His address stays: it is what opens the account."""
    now = User.objects.select_for_update().get(pk=user.pk)
    if now.version != version:
        theirs = {"name": now.name, "employer": now.employer, "last_day": _last_day(now.until)}
        yours = {"name": name, "employer": employer, "last_day": _last_day(until)}
        raise ChangedMeanwhile(theirs=theirs, yours=yours, version=now.version)
    User.objects.filter(pk=user.pk).update(name=name, employer=employer, until=until, version=version + 1)


def _last_day(until: datetime | None) -> str:
    return timezone.localdate(until - timedelta(seconds=1)).isoformat() if until else ""


@transaction.atomic
def switch_off(user: User, *, at: datetime) -> None:
    """End somebody's access and his posts. `hearth.me()` refuses the identity from the next statement on.

    No session of before opens anything again, also when he is switched on again later.
    """
    end_posts_of([user.pk], at=at)
    user.is_active, user.left_at = False, at
    user.times_switched_off = F("times_switched_off") + 1
    user.save(update_fields=["is_active", "left_at", "times_switched_off"])
    user.refresh_from_db(fields=["times_switched_off"])


def switch_on(user: User, *, until: datetime | None) -> None:
    """Let somebody in again. The posts held before do not come back by themselves."""
    user.is_active, user.left_at, user.until = True, None, until
    user.save(update_fields=["is_active", "left_at", "until"])


def link_to_own_record(user: User, person_id: int) -> None:
    """Say which person of the register somebody is himself: what concerns that person is shut to him from now on."""
    if user.person_id is not None:
        raise NotPossible("This user is linked to a person already.")
    user.person_id = person_id
    user.save(update_fields=["person_id"])


def add_post(key: str, title: str, parts: Iterable[Part], *, team: Team | None = None) -> Post:
    """A post by its local title with the parts it plays."""
    return Post.objects.create(key=key, title=title, parts=sorted(part.value for part in parts), team=team)


def appoint(
    user: User, post: Post, *, starts_at: datetime, ends_at: datetime | None = None, is_cover: bool = False
) -> Appointment:
    """Put somebody into a post, for good, for a term or as cover."""
    return Appointment.objects.create(user=user, post=post, starts_at=starts_at, ends_at=ends_at, is_cover=is_cover)


def end_appointment(appointment: Appointment, *, at: datetime, by_id: int | None = None) -> None:
    """End somebody's time in a post."""
    if appointment.ends_at is not None and appointment.ends_at <= at:
        raise NotPossible("This appointment has already ended.")
    appointment.ends_at, appointment.ended_by_id = max(at, appointment.starts_at + SHORTEST), by_id
    appointment.save(update_fields=["ends_at", "ended_by"])


def propose(
    user: User,
    post: Post,
    *,
    starts_at: datetime,
    ends_at: datetime | None,
    is_cover: bool,
    asked_by: int,
    at: datetime,
) -> Proposal:
    """Ask that somebody be put into a post that opens records. Somebody else agrees."""
    if Proposal.objects.filter(user=user, post=post, agreed=None).exists():
        raise NotPossible("This has been asked for already and waits for somebody to agree.")
    return Proposal.objects.create(
        user=user, post=post, starts_at=starts_at, ends_at=ends_at, is_cover=is_cover, asked_by_id=asked_by, asked_at=at
    )


def answer(proposal: Proposal, *, agreed: bool, answered_by: int, at: datetime) -> None:
    """Agree, or do not, to what somebody else asked for."""
    proposal.agreed, proposal.answered_by_id, proposal.answered_at = agreed, answered_by, at
    proposal.save(update_fields=["agreed", "answered_by", "answered_at"])


@transaction.atomic
def change_post(post: Post, *, version: int, title: str, parts: Iterable[Part], team: Team | None) -> None:
    """Change a post's local title, its parts or its team."""
    held = sorted(part.value for part in parts)
    now = Post.objects.select_for_update().get(pk=post.pk)
    if now.version != version:
        theirs = {"title": now.title, "parts": ", ".join(now.parts), "team": str(now.team_id or "")}
        yours = {"title": title, "parts": ", ".join(held), "team": str(team.pk if team else "")}
        raise ChangedMeanwhile(theirs=theirs, yours=yours, version=now.version)
    Post.objects.filter(pk=post.pk).update(title=title, parts=held, team=team, version=version + 1)


def rename_post(key: str, *, was: str, title: str, entity: int | None = None, but: Collection[int] = ()) -> Post | None:
    """Call a post otherwise where it is still called as it was: of one company, or of all but those with their own.

    Returns it, or nothing where it is not.
    """
    where = Q(team__entity=entity) if entity else ~Q(team__entity__in=but)
    found = Post.objects.filter(where, key=key, title=was)
    post = Post.objects.select_for_update().filter(pk__in=found).first()
    if post is None:
        return None
    post.title, post.version = title, post.version + 1
    post.save(update_fields=["title", "version"])
    return post


def exchange(one: OnCallShift, other: OnCallShift) -> None:
    """Let two people take each other's shift."""
    one.user, other.user = other.user, one.user
    one.phone, other.phone = other.phone, one.phone
    for shift in (one, other):
        shift.save(update_fields=["user", "phone"])


def add_shift(
    user: User, *, rung: int, phone: str, starts_at: datetime, ends_at: datetime, entity: int | None = None
) -> OnCallShift:
    """Put somebody on the on-call rota, the provider's or a company's own; rung 1 is rung first."""
    if ends_at <= starts_at:
        raise NotPossible("The shift ends before it starts.")
    return OnCallShift.objects.create(
        user=user, rung=rung, phone=phone, starts_at=starts_at, ends_at=ends_at, entity_id=entity
    )


def stand_in(
    shift: OnCallShift, somebody: User, *, phone: str, starts_at: datetime, ends_at: datetime
) -> list[OnCallShift]:
    """Let somebody cover a part of a shift: what comes before and after stays with the one it belongs to."""
    if not shift.starts_at <= starts_at < ends_at <= shift.ends_at:
        raise NotPossible("The cover does not lie inside the shift.")
    whose, number, began_at, was_until = shift.user, shift.phone, shift.starts_at, shift.ends_at
    same = partial(add_shift, rung=shift.rung, entity=shift.entity_id)
    if starts_at == began_at:
        shift.user, shift.phone, shift.ends_at = somebody, phone, ends_at
        shifts = [shift]
    else:
        shift.ends_at = starts_at
        shifts = [shift, same(somebody, phone=phone, starts_at=starts_at, ends_at=ends_at)]
    shift.save(update_fields=["user", "phone", "ends_at"])
    if ends_at < was_until:
        shifts.append(same(whose, phone=number, starts_at=ends_at, ends_at=was_until))
    return shifts
