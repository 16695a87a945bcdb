"""Who signed in and out, and who could not, in the ledger: how, never an address or a password.

A session that simply stops being used has no entry of its end: nobody is there to end it. The next visit writes one.
"""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from hearth.access.identity import acting_as, as_the_house
from hearth.access.queries import viewer
from hearth.ledger.operations import record
from hearth.organisation.models import User
from hearth.organisation.queries import is_let_in
from hearth.organisation.terms import UserKind
from hearth.outbound.operations.messages import send_way_in
from hearth.outbound.terms import Words
from hearth.timescales.operations import happened


def may_act(user_id: int, *, at: datetime) -> bool:
    """Whether somebody is let in at all: neither switched off nor past the end of his time here."""
    user = User.objects.filter(pk=user_id).first()
    return user is not None and is_let_in(user, at)


def signed_in(user_id: int, *, how: str, at: datetime) -> None:
    """Keep that somebody signed in, and with what."""
    _note("user.signed_in", user_id, how, at)


def signed_out(user_id: int, *, how: str, at: datetime) -> None:
    """Keep that somebody signed out, or that a limit did it for him."""
    _note("user.signed_out", user_id, how, at)


@transaction.atomic
def sign_in_failed(*, email: str = "", user_id: int | None = None, how: str, at: datetime) -> None:
    """Keep that somebody could not sign in: about the account that was meant, where there is one."""
    meant = User.objects.filter(pk=user_id) if user_id else User.objects.filter(email__iexact=email.strip())
    user = meant.first()
    with as_the_house():
        record("user.sign_in_failed", about=user, happened_at=at, facts={"how": how})


@transaction.atomic
def code_used(user_id: int, *, at: datetime) -> None:
    """Keep that the code somebody was given was used to set a password."""
    with as_the_house():
        record("user.code_used", about=User.objects.get(pk=user_id), happened_at=at)


@transaction.atomic
def forgot_password(user_id: int, *, link: str, at: datetime) -> None:
    """Send somebody who asked the letter with which he sets a new password. Nobody is told whether it was sent."""
    user = User.objects.get(pk=user_id)
    if is_let_in(user, at) and user.kind != UserKind.LINK:
        send_way_in(user, link=link, words=Words.FORGOTTEN, key=f"forgotten:{uuid4()}", at=at)


@transaction.atomic
def _note(act: str, user_id: int, how: str, at: datetime) -> None:
    user = User.objects.filter(pk=user_id).first()
    if user is None or not is_let_in(user, at):
        return
    who = viewer(user)
    with acting_as(who):
        happened(act, about=user, by=who, at=at, facts={"how": how})
