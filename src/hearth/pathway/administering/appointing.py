"""Who holds which post. A post that opens records is asked for by one person and agreed to by another (ADR 0072)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from hearth.access.operations import check
from hearth.access.rules import WHO_MAY, opens_records
from hearth.access.terms import Act, NotHere, Viewer
from hearth.ledger.terms import Fact
from hearth.organisation import operations as organisation
from hearth.organisation.models import Appointment, Post, Proposal, User
from hearth.organisation.queries import had_a_lead, is_let_in, people_in_parts
from hearth.organisation.terms import NotPossible
from hearth.outbound.operations.notices import notify, take_as_read
from hearth.outbound.terms import NoticeWords
from hearth.timescales.operations import happened
from hearth.timescales.posts import term_of


class NoSuchProposal(NotHere):
    """There is none that waits."""


@transaction.atomic
def appoint(
    user: User, post: Post, *, starts_at: datetime, ends_at: datetime | None, is_cover: bool, by: Viewer, at: datetime
) -> Appointment | Proposal:
    """Put somebody into a post, for good, for a term or as cover; into one that opens records, ask for it.

    Where the policy gives the post for a time, it ends with that time or sooner.
    """
    check(by, Act.KEEP_USERS)
    require_free(user, post, starts_at, by=by, at=at)
    ends_at = ends_at if is_cover else within_term(post, starts_at, ends_at, at=at)
    if ends_at is not None and ends_at <= starts_at:
        raise NotPossible("The appointment ends before it begins", field="last_day")
    if opens_records(post.parts) and had_a_lead():
        asked = organisation.propose(
            user, post, starts_at=starts_at, ends_at=ends_at, is_cover=is_cover, asked_by=by.id, at=at
        )
        say("appointment.asked", asked, by=by, at=at)
        tell_who_may_agree(asked, at=at)
        return asked
    made = organisation.appoint(user, post, starts_at=starts_at, ends_at=ends_at, is_cover=is_cover)
    say("appointment.made", made, by=by, at=at)
    return made


def waits(made: Appointment | Proposal) -> bool:
    """Whether what was asked for waits for somebody else to agree."""
    return isinstance(made, Proposal)


@transaction.atomic
def answer(public_id: UUID, *, agreed: bool, why: str, by: Viewer, at: datetime) -> None:
    """Agree to what somebody else asked for, and it is so at once; or do not, with a reason."""
    check(by, Act.AGREE_APPOINTMENT)
    asked = Proposal.objects.select_for_update().filter(public_id=public_id, agreed=None).first()
    if asked is None:
        raise NoSuchProposal
    if asked.user_id == by.id or (agreed and asked.asked_by_id == by.id):
        raise NotPossible("Somebody else must agree to this.")
    if agreed and asked.ends_at is not None and asked.ends_at <= at:
        raise NotPossible("The time asked for is over. Ask for a new one.")
    if not agreed and not why.strip():
        raise NotPossible("Write why not", field="why")
    organisation.answer(asked, agreed=agreed, answered_by=by.id, at=at)
    take_as_read(public_id, NoticeWords.SOMETHING_WAITS, at=at)
    say("appointment.agreed" if agreed else "appointment.refused", asked, by=by, at=at, why=why)
    if agreed:
        begins = max(asked.starts_at, at)
        made = organisation.appoint(
            asked.user, asked.post, starts_at=begins, ends_at=asked.ends_at, is_cover=asked.is_cover
        )
        say("appointment.made", made, by=by, at=at)


@transaction.atomic
def end(public_id: UUID, *, why: str, by: Viewer, at: datetime, ends_at: datetime | None = None) -> None:
    """End somebody's time in a post, now or on a later day. It bites with the next statement."""
    check(by, Act.KEEP_USERS)
    held = Appointment.objects.select_for_update(of=("self",)).select_related("user", "post").get(public_id=public_id)
    if held.user_id == by.id:
        raise NotPossible("This is your own post. Ask another administrator.")
    organisation.end_appointment(held, at=ends_at or at, by_id=by.id)
    say("appointment.ended", held, by=by, at=at, why=why)


def within_term(post: Post, starts_at: datetime, ends_at: datetime | None, *, at: datetime) -> datetime | None:
    """When an appointment ends: as was said, or with the time for which the policy gives the post; never later."""
    term = term_of(post.key, at=at)
    if term is None:
        return ends_at
    latest = term.latest(starts_at, ends_at)
    return ends_at or latest


def require_free(user: User, post: Post, starts_at: datetime, *, by: Viewer, at: datetime) -> None:
    """Somebody who is let in, is not the one who appoints, and does not hold the post already."""
    if user.pk == by.id:
        raise NotPossible("Nobody appoints himself. Ask another administrator.")
    if not is_let_in(user, at):
        raise NotPossible("This user is switched off. Switch them on first.")
    held = Appointment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=starts_at), user=user, post=post)
    if held.exists():
        raise NotPossible("This user holds this post already.")


def say(act: str, about: Appointment | Proposal, *, by: Viewer, at: datetime, why: str = "") -> None:
    """Keep in the ledger, about the user, what was done about a post of his."""
    facts: dict[str, Fact] = {"post": about.post_id, "cover": about.is_cover}
    happened(act, about=about.user, by=by, at=at, facts=facts, why=why)


def tell_who_may_agree(asked: Proposal, *, at: datetime) -> None:
    """Tell every lead and administrator but the two concerned that something waits for one of them."""
    for user_id, _ in people_in_parts(WHO_MAY[Act.AGREE_APPOINTMENT], at=at):
        if user_id not in (asked.user_id, asked.asked_by_id):
            notify(
                user_id, NoticeWords.SOMETHING_WAITS, key=f"proposal:{asked.pk}:{user_id}", at=at,
                about_kind="proposal", about=asked.public_id,
            )  # fmt: skip
