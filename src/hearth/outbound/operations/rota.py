"""Keeping the on-call rota: somebody is put on it, covered or swapped. Each is in the ledger."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from hearth.access.operations import check
from hearth.access.terms import Act, Viewer
from hearth.ledger.terms import Fact
from hearth.organisation.models import OnCallShift, User
from hearth.organisation.operations import add_shift, exchange, stand_in
from hearth.organisation.queries import is_let_in
from hearth.organisation.terms import NotPossible
from hearth.outbound.queries.on_call import shift_for
from hearth.timescales.operations import happened


@transaction.atomic
def put_on_rota(
    user: User, *, rung: int, phone: str, starts_at: datetime, ends_at: datetime, by: Viewer, at: datetime,
    company: int | None = None,
) -> OnCallShift:  # fmt: skip
    """Put somebody on the provider's rota or on a company's own, or another beside him as cover.

    A company has a rota of its own from its first shift to the end of its last.
    """
    check(by, Act.KEEP_USERS)
    _require_free(user, starts_at, ends_at, at, company)
    shift = add_shift(user, rung=rung, phone=phone, starts_at=starts_at, ends_at=ends_at, entity=company)
    facts: dict[str, Fact] = {"rung": rung, "who": user.pk}
    happened("rota.put_on", about=shift, by=by, at=at, facts=facts | ({"entity": company} if company else {}))
    return shift


@transaction.atomic
def cover(
    public_id: UUID, cover_by: User, *, phone: str, starts_at: datetime, ends_at: datetime, by: Viewer, at: datetime
) -> None:
    """Let somebody else stand in for a part of a shift; the rest stays as it was."""
    check(by, Act.KEEP_USERS)
    shift = OnCallShift.objects.select_for_update().get(pk=shift_for(by, public_id).pk)
    _require_free(cover_by, starts_at, ends_at, at, shift.entity_id)
    stand_in(shift, cover_by, phone=phone, starts_at=starts_at, ends_at=ends_at)
    happened("rota.covered", about=shift, by=by, at=at, facts={"rung": shift.rung, "who": cover_by.pk})


@transaction.atomic
def swap(public_id: UUID, other_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Let two people take each other's shift, each with his own number."""
    check(by, Act.KEEP_USERS)
    one, other = shift_for(by, public_id), shift_for(by, other_id)
    locked = OnCallShift.objects.select_for_update().in_bulk([one.pk, other.pk])
    one, other = locked[one.pk], locked[other.pk]
    if one.ends_at <= at or other.ends_at <= at:
        raise NotPossible("One of these shifts is over.")
    if one.entity_id != other.entity_id:
        raise NotPossible("These shifts are of different rotas.", field="other")
    if one.user_id == other.user_id:
        raise NotPossible("Both shifts belong to the same person.")
    exchange(one, other)
    happened("rota.swapped", about=one, by=by, at=at, facts={"who": one.user_id, "with_whom": other.user_id})


def _require_free(user: User, starts_at: datetime, ends_at: datetime, at: datetime, company: int | None) -> None:
    """Somebody who is let in for the whole time, and is not on that rota then already."""
    if not is_let_in(user, at) or (user.until is not None and user.until < ends_at):
        raise NotPossible("This user is switched off, or leaves before the shift ends.", field="user")
    if ends_at <= at:
        raise NotPossible("This time is over", field="last_day")
    if ends_at <= starts_at:
        raise NotPossible("The shift ends before it starts", field="last_day")
    same = OnCallShift.objects.filter(user=user, entity=company)
    if same.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise NotPossible("They are on the rota at that time already.", field="user")
