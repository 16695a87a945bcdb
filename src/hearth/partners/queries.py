"""Questions about referrals and watched processes."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from hearth.access.queries import CompanyName, visible
from hearth.access.terms import Act, NotHere, Viewer
from hearth.cases.chronology import Event, events
from hearth.cases.models import Case
from hearth.concerns.models import Concern
from hearth.ledger.asking import Asked
from hearth.ledger.paging import PAGE, By, Order, Paged, Place
from hearth.ledger.queries import entries_about
from hearth.partners.models import Referral, StatutoryProcess

# What the ways in call this row; they reach no table.
type AReferral = Referral
OF_CASE = Asked(lambda case: Referral.objects.filter(case_id=case).order_by("-made_at"))
PROCESSES = Asked(lambda case: StatutoryProcess.objects.filter(case_id=case).order_by("started_on"))
WAITING = Order((By("due_at", datetime, may_lack=True), By("made_at", datetime), By("id", int)))


class NoSuchProcess(NotHere):
    """No such process is watched here for whoever asks."""


class NoSuchReferral(NotHere):
    """There is no such referral for whoever asks."""


def referral_for(viewer: Viewer, public_id: uuid.UUID | str, *, act: Act = Act.READ_CONCERN) -> Referral:
    """A referral, or NoSuchReferral."""
    referral = Referral.objects.select_related("concern", "case", "made_by").filter(public_id=public_id).first()
    if referral is None:
        raise NoSuchReferral
    visible(Referral.objects.none(), to=viewer, act=act, about=referral)
    return referral


def history_of(viewer: Viewer, referral: Referral) -> Sequence[Event]:
    """What happened to a referral, by the ledger, the oldest first: who chased whom, and what was said."""
    visible(Referral.objects.none(), to=viewer, act=Act.READ_CONCERN, about=referral)
    return events(entries_about(referral))


def waiting_for_others(viewer: Viewer, *, place: Place | None = None, limit: int = PAGE) -> Paged[Referral]:
    """Referrals no agency has answered, the soonest chase first; those that nothing reminds of any more last."""
    unanswered = Referral.objects.filter(answered_at=None, withdrawn_at=None)
    rows = visible(unanswered.annotate(company=CompanyName("circle_id")), to=viewer, act=Act.SEE_DUE)
    return WAITING.page(rows.select_related("case", "concern", "made_by"), place, limit=limit)


def referrals_of_case(viewer: Viewer, case: Case) -> list[Referral]:
    """The referrals made from a case, the newest first."""
    visible(Referral.objects.none(), to=viewer, act=Act.READ_CASE, about=case)
    return OF_CASE(case.pk)


def referrals_of_concern(viewer: Viewer, concern: Concern) -> list[Referral]:
    """The referrals made from a concern, the newest first."""
    rows = visible(Referral.objects.filter(concern=concern), to=viewer, act=Act.READ_CONCERN, about=concern)
    return list(rows.order_by("-made_at"))


def agencies_told(viewer: Viewer, concern: Concern) -> frozenset[str]:
    """The agencies that were asked to act from a concern, taken-back referrals left out."""
    return frozenset(each.agency for each in referrals_of_concern(viewer, concern) if each.withdrawn_at is None)


def process_for(viewer: Viewer, public_id: uuid.UUID | str, *, act: Act = Act.READ_CASE) -> StatutoryProcess:
    """A process we watch, or NoSuchProcess."""
    process = StatutoryProcess.objects.select_related("case").filter(public_id=public_id).first()
    if process is None:
        raise NoSuchProcess
    visible(StatutoryProcess.objects.none(), to=viewer, act=act, about=process)
    return process


def processes_of(viewer: Viewer, case: Case) -> list[StatutoryProcess]:
    """The statutory processes of others that we watch in a case."""
    visible(StatutoryProcess.objects.none(), to=viewer, act=Act.READ_CASE, about=case)
    return PROCESSES(case.pk)
