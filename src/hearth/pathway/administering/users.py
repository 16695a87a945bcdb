"""Who may sign in: let in, changed, switched off and on, and linked to his own record. Each act is in the ledger."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from hearth.access.operations import check
from hearth.access.rules import opens_records
from hearth.access.terms import Act, Viewer
from hearth.organisation import operations as organisation
from hearth.organisation.models import Appointment, Post, Proposal, User
from hearth.organisation.queries import is_let_in
from hearth.organisation.terms import KINDS_WITH_AN_END, NotPossible, UserKind
from hearth.outbound.operations.messages import send_way_in
from hearth.outbound.terms import Words
from hearth.timescales.operations import happened


@transaction.atomic
def let_in(
    *, email: str, name: str, kind: UserKind, employer: str, until: datetime | None, by: Viewer, at: datetime
) -> User:
    """Make a user who can do nothing yet but log a concern. Whoever is here for a time says until when."""
    check(by, Act.KEEP_USERS)
    require_end(kind, until, at)
    user = organisation.add_user(email=email, name=name, kind=kind, employer=employer, until=until)
    happened("user.added", about=user, by=by, at=at, facts={"kind": kind.value})
    return user


@transaction.atomic
def change(
    user: User, *, version: int, name: str, employer: str, until: datetime | None, by: Viewer, at: datetime
) -> None:
    """Change somebody's name, employer or the end of his time here."""
    check(by, Act.KEEP_USERS)
    require_somebody_else(user, by)
    require_end(UserKind(user.kind), until, at)
    organisation.change_user(user, version=version, name=name, employer=employer, until=until)
    happened("user.changed", about=user, by=by, at=at)


@transaction.atomic
def send_letter(user: User, *, way_in: Callable[[User], str], key: UUID, by: Viewer, at: datetime) -> None:
    """Send somebody the letter with which he sets his own password. Nobody else ever learns it."""
    check(by, Act.KEEP_USERS)
    if not user.is_active:
        raise NotPossible("This user is switched off. Switch them on first.")
    if send_way_in(user, link=way_in(user), words=Words.WELCOME, key=f"welcome:{key}", at=at):
        happened("user.letter_sent", about=user, by=by, at=at)


@transaction.atomic
def give_code(user: User, *, make: Callable[[User], str], is_guarded: bool, by: Viewer, at: datetime) -> str:
    """A code to hand over in person, with which somebody sets his own password. Returned now, never again.

    Whoever has the code has the account. `is_guarded` says that the account has a second factor, without which nothing
    can be read; where it has none, a code is given before a post that opens records, not after (ADR 0084).
    """
    check(by, Act.KEEP_USERS)
    require_somebody_else(user, by)
    if user.kind == UserKind.LINK or not is_let_in(user, at):
        raise NotPossible("This user is switched off. Switch them on first.")
    if not is_guarded and any(opens_records(post.parts) for post in posts_of_or_asked(user, at)):
        raise NotPossible(
            "They are in a post that opens records and have no second factor yet: whoever held the code could read as"
            " them. End the post, give the code, and put them into the post once they have signed in."
        )
    code = make(user)
    happened("user.code_given", about=user, by=by, at=at)
    return code


def posts_of_or_asked(user: User, at: datetime) -> list[Post]:
    """The posts somebody holds now or later, and those asked for him."""
    held = Appointment.objects.filter(user=user).exclude(ends_at__lte=at)
    asked = Proposal.objects.filter(user=user, agreed=None)
    return list(Post.objects.filter(pk__in=[each.post_id for each in held] + [each.post_id for each in asked]))


@transaction.atomic
def switch_off(user: User, *, why: str, by: Viewer, at: datetime) -> None:
    """End somebody's access at once: every session and token, and every post held."""
    check(by, Act.KEEP_USERS)
    require_somebody_else(user, by)
    if not user.is_active:
        raise NotPossible("This user is already switched off.")
    organisation.switch_off(user, at=at)
    happened("user.switched_off", about=user, by=by, at=at, facts={"by_itself": False}, why=why)


@transaction.atomic
def switch_on(user: User, *, until: datetime | None, why: str, by: Viewer, at: datetime) -> None:
    """Let somebody in again, without the posts held before."""
    check(by, Act.KEEP_USERS)
    if user.is_active:
        raise NotPossible("This user is switched on already.")
    require_end(UserKind(user.kind), until, at)
    organisation.switch_on(user, until=until)
    happened("user.switched_on", about=user, by=by, at=at, why=why)


@transaction.atomic
def link(user: User, reference: str, *, by: Viewer, at: datetime) -> None:
    """Say which person of the register a user is. Everything about that person, and those close to them, is shut."""
    check(by, Act.KEEP_USERS)
    with connection.cursor() as cursor:
        cursor.execute("select hearth.person_called(%s)", [reference])
        (person,) = cursor.fetchone()
    if person is None:
        raise NotPossible("No person of the register has this reference.")
    organisation.link_to_own_record(user, person)
    happened("user.linked", about=user, by=by, at=at)


@transaction.atomic
def switch_off_whose_time_is_over(*, at: datetime) -> int:
    """Switch off everybody whose time here is over; they see nothing already. For the jobs process."""
    over = list(User.objects.select_for_update(skip_locked=True).filter(is_active=True, until__lte=at))
    for user in over:
        organisation.switch_off(user, at=at)
        happened("user.switched_off", about=user, by=None, at=at, facts={"by_itself": True})
    return len(over)


def require_somebody_else(user: User, by: Viewer) -> None:
    """Nobody keeps his own account."""
    if user.pk == by.id:
        raise NotPossible("This is your own account. Ask another administrator.")


def require_end(kind: UserKind, until: datetime | None, at: datetime) -> None:
    """Whoever is here for a time only says until when."""
    if kind in KINDS_WITH_AN_END and until is None:
        raise NotPossible("Say until when this user is here", field="last_day")
    if until is not None and until <= at:
        raise NotPossible("Choose a day that has not passed", field="last_day")
