"""Questions about referrals and watched processes."""

import uuid

from hearth.access.queries import visible
from hearth.access.terms import Act, NotHere, Viewer
from hearth.cases.models import Case
from hearth.concerns.models import Concern
from hearth.partners.models import Referral, StatutoryProcess

# What the ways in call this row; they reach no table.
type AReferral = Referral


class NoSuchReferral(NotHere):
    """There is no such referral for whoever asks."""


def referral_for(viewer: Viewer, public_id: uuid.UUID | str) -> Referral:
    """A referral, or NoSuchReferral."""
    referral = Referral.objects.select_related("concern", "case").filter(public_id=public_id).first()
    if referral is None:
        raise NoSuchReferral
    visible(Referral.objects.none(), to=viewer, act=Act.READ_CONCERN, about=referral)
    return referral


def referrals_of_case(viewer: Viewer, case: Case) -> list[Referral]:
    """The referrals made from a case, the newest first."""
    rows = visible(Referral.objects.filter(case=case), to=viewer, act=Act.READ_CASE, about=case)
    return list(rows.order_by("-made_at"))


def referrals_of_concern(viewer: Viewer, concern: Concern) -> list[Referral]:
    """The referrals made from a concern, the newest first."""
    rows = visible(Referral.objects.filter(concern=concern), to=viewer, act=Act.READ_CONCERN, about=concern)
    return list(rows.order_by("-made_at"))


def processes_of(viewer: Viewer, case: Case) -> list[StatutoryProcess]:
    """The statutory processes of others that we watch in a case."""
    rows = visible(StatutoryProcess.objects.filter(case=case), to=viewer, act=Act.READ_CASE, about=case)
    return list(rows.order_by("started_on"))
