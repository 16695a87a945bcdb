"""Changes to the provider's own shape. `pathway` joins them with the gate and the ledger."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from hearth.organisation.models import Appointment, Entity, OnCallShift, Post, Provider, Team, User
from hearth.organisation.terms import Part, UserKind


class NotPossible(Exception):
    """The change cannot be made; the message says why."""


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
    *, email: str, name: str, kind: UserKind, password: str = "", employer: str = "", is_demonstration: bool = False
) -> User:
    """Somebody who may sign in; without a password only by a passkey, the provider's own sign-in or a link."""
    if User.objects.filter(email__iexact=email).exists():
        raise NotPossible("Somebody already signs in with this e-mail address.")
    user = User(email=email.lower(), name=name, kind=kind.value, employer=employer, is_demonstration=is_demonstration)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    return user


def add_link_user(name: str) -> User:
    """The identity a reporting link acts under. It can write concerns and read nothing."""
    return add_user(email=f"link-{secrets.token_hex(8)}@links.invalid", name=name, kind=UserKind.LINK)


def switch_off(user: User, *, at: datetime) -> None:
    """End somebody's access. `hearth.me()` refuses the identity from the next statement on."""
    user.is_active, user.left_at = False, at
    user.save(update_fields=["is_active", "left_at"])


def add_post(key: str, title: str, parts: Iterable[Part], *, team: Team | None = None) -> Post:
    """A post by its local title with the parts it plays."""
    return Post.objects.create(key=key, title=title, parts=sorted(part.value for part in parts), team=team)


def appoint(
    user: User, post: Post, *, starts_at: datetime, ends_at: datetime | None = None, is_cover: bool = False
) -> Appointment:
    """Put somebody into a post, for good, for a term or as cover."""
    return Appointment.objects.create(user=user, post=post, starts_at=starts_at, ends_at=ends_at, is_cover=is_cover)


def end_appointment(appointment: Appointment, *, at: datetime) -> None:
    """End somebody's time in a post."""
    if appointment.ends_at is not None and appointment.ends_at <= at:
        raise NotPossible("This appointment has already ended.")
    appointment.ends_at = at
    appointment.save(update_fields=["ends_at"])


def add_shift(user: User, *, rung: int, phone: str, starts_at: datetime, ends_at: datetime) -> OnCallShift:
    """Put somebody on the on-call rota; rung 1 is rung first."""
    if ends_at <= starts_at:
        raise NotPossible("The shift ends before it starts.")
    return OnCallShift.objects.create(user=user, rung=rung, phone=phone, starts_at=starts_at, ends_at=ends_at)


def stand_in(
    shift: OnCallShift, somebody: User, *, phone: str, starts_at: datetime, ends_at: datetime
) -> list[OnCallShift]:
    """Let somebody cover a part of a shift: what comes before and after stays with the one it belongs to."""
    if not shift.starts_at <= starts_at < ends_at <= shift.ends_at:
        raise NotPossible("The cover does not lie inside the shift.")
    whose, number, began_at, was_until = shift.user, shift.phone, shift.starts_at, shift.ends_at
    if starts_at == began_at:
        shift.user, shift.phone, shift.ends_at = somebody, phone, ends_at
        shifts = [shift]
    else:
        shift.ends_at = starts_at
        shifts = [shift, add_shift(somebody, rung=shift.rung, phone=phone, starts_at=starts_at, ends_at=ends_at)]
    shift.save(update_fields=["user", "phone", "ends_at"])
    if ends_at < was_until:
        shifts.append(add_shift(whose, rung=shift.rung, phone=number, starts_at=ends_at, ends_at=was_until))
    return shifts
