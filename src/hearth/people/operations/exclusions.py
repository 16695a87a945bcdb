"""Whom a person's records are shut to, and when that ends."""

from datetime import datetime

from django.db import connection, transaction

from hearth.access.models import Exclusion
from hearth.access.operations import check
from hearth.access.terms import Act, Refused, Viewer
from hearth.organisation.terms import ChangedMeanwhile

WORK_OUT_ALL = "select coalesce(sum(hearth.work_out_exclusions(shut)), 0) from hearth.users_shut_out() as shut"


@transaction.atomic
def end_exclusion(exclusion: Exclusion, *, by: Viewer, at: datetime) -> int:
    """End somebody's exclusion and work out what opens; returns how many circles did. Nobody ends his own."""
    check(by, Act.END_EXCLUSION)
    if exclusion.user_id == by.id:
        raise Refused(Act.END_EXCLUSION, by.parts)
    if not Exclusion.objects.filter(pk=exclusion.pk, ends_at=None).update(ends_at=at):
        raise ChangedMeanwhile("This exclusion has already ended.")
    return work_out_exclusions(exclusion.user_id)


def work_out_exclusions(user_id: int) -> int:
    """Work out again which circles are shut to somebody; returns how many opened. Asked nightly for all."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth.work_out_exclusions(%s)", [user_id])
        return int(cursor.fetchone()[0])


def work_out_ended_exclusions() -> int:
    """Work out again what is shut to everybody to whom something is; how many circles opened. For the jobs process.

    Exclusions end on a day, links to a colleague's own record are taken back, roles turn out to be somebody else's.
    """
    with connection.cursor() as cursor:
        cursor.execute(WORK_OUT_ALL)
        return int(cursor.fetchone()[0])
