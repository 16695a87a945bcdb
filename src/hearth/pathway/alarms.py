"""Somebody on call takes an alert: nobody else is rung, and the record it rang for opens to them for a while."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from hearth.access.terms import Viewer
from hearth.concerns.models import Concern
from hearth.outbound.models import Alert
from hearth.outbound.operations.notices import notify
from hearth.outbound.operations.on_call import acknowledge, open_to_answerer
from hearth.outbound.queries.on_call import alert_for
from hearth.outbound.queries.told import who_hears
from hearth.outbound.terms import NoticeWords
from hearth.pathway.whereabouts import Whereabouts
from hearth.policy.durations import due
from hearth.timescales.queries import working_days
from hearth.timescales.standing import pack_for

WHY = "took the alert"


@transaction.atomic
def take_alert(public_id: UUID, *, by: Viewer, at: datetime) -> Whereabouts | None:
    """Take an alert. Returns where the record is, or None where it stays shut: then those who hear it are told.

    Taking an alert without a decider's part opens the record for as long as the policy says. What is restricted or shut
    to whoever took it stays so, however urgent it is.
    """
    acknowledge(public_id, by=by, at=at)
    alert = alert_for(by, public_id)
    pack = pack_for(alert, at)
    until = due(at, pack.opening("on_call").lasts, working_days(pack.nation))
    if until is not None:
        open_to_answerer(public_id, why=WHY, by=by, at=at, until=until.at)
    place = record_behind(by, alert)
    if place is None:
        _tell_those_who_hear_it(alert, at)
    return place


def record_behind(viewer: Viewer, alert: Alert) -> Whereabouts | None:
    """The page of the record an alert rang for, for whoever may open it."""
    concern = Concern.objects.filter(pk=alert.about_id).first() if alert.about_kind == Concern.ledger_kind else None
    return Whereabouts("concern", concern.public_id, concern.reference) if concern else None


def _tell_those_who_hear_it(alert: Alert, at: datetime) -> None:
    """Say inside Hearth, to those the record was given to, that its alert was taken by somebody who cannot read it."""
    for user in who_hears(alert.circle_id, at=at):
        key = f"alert-taken:{alert.pk}:{user.pk}"
        notify(
            user.pk,
            NoticeWords.ON_CALL_ALERT,
            key=key,
            at=at,
            about_kind="concern",
            about=alert.about,
            circle=alert.circle_id,
        )
