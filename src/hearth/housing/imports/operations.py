"""Bringing in the register: look first, then import everything usable in one transaction."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import connection, transaction

from hearth.access.identity import acting_as
from hearth.access.operations import check
from hearth.access.terms import Act, Viewer
from hearth.housing.imports.homes import Homes
from hearth.housing.imports.people import People
from hearth.housing.imports.plans import Plan
from hearth.housing.imports.staff import Staff
from hearth.housing.imports.tenancies import Tenancies
from hearth.housing.imports.terms import (
    Count,
    HomeRow,
    PersonRow,
    Preview,
    Progress,
    Register,
    Sheet,
    StaffRow,
    TenancyRow,
)
from hearth.housing.models import RegisterImport
from hearth.timescales.operations import happened

# A big register may take longer than a page may.
LONG_ENOUGH = "15min"
ONE_AT_A_TIME = 7_204_611
STEPS = 6


def silent(done: int, total: int, what: str) -> None:
    """Progress nobody watches."""


class _Comparison:
    """The files compared with what is kept, in the order in which they build on each other."""

    def __init__(self, register: Register, *, by: Viewer, at: datetime) -> None:
        self.register = register
        self.homes = Homes(register.homes)
        self.tenancies = Tenancies(register.tenancies, self.homes.known)
        self.people = People(register.people, self.tenancies)
        self.staff = Staff(register.staff, self.people, by=by, at=at)

    def preview(self) -> Preview:
        pairs = list(self._pairs())
        counts = {sheet.kind: plan.count(sheet.faults) for sheet, plan in pairs if sheet.digest}
        faults = tuple(fault for sheet, plan in pairs for fault in (*sheet.faults, *plan.faults))
        return Preview(counts, tuple(sorted(faults, key=lambda fault: (fault.sheet.value, fault.row))))

    def _pairs(self) -> Iterable[tuple[Sheet[HomeRow] | Sheet[TenancyRow] | Sheet[PersonRow] | Sheet[StaffRow], Plan]]:
        yield self.register.homes, self.homes.plan
        yield self.register.tenancies, self.tenancies.plan
        yield self.register.people, self.people.plan
        yield self.register.staff, self.staff.plan


def preview(register: Register, *, by: Viewer, at: datetime) -> Preview:
    """What an import would do: how many rows are new, changed and unchanged, and what is wrong with the rest."""
    _check(register, by)
    return _Comparison(register, by=by, at=at).preview()


@transaction.atomic
def import_register(
    register: Register, *, by: Viewer, at: datetime, progress: Progress = silent
) -> tuple[RegisterImport, Preview]:
    """Import everything usable, or nothing. The same files again change nothing; what they leave out stays as it is."""
    _check(register, by)
    take_time()
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    progress(0, STEPS, "Comparing the files with the register")
    comparison = _Comparison(register, by=by, at=at)
    ids: dict[str, tuple[int, int]] = {}
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("Writing homes", comparison.homes.write),
        ("Writing tenancies", lambda: ids.update(comparison.tenancies.write(comparison.homes.known))),
        ("Writing people", lambda: comparison.people.write(ids)),
        ("Ending stays", _end_stays),
        ("Writing staff", comparison.staff.write),
    )
    for done, (what, write) in enumerate(steps, start=1):
        progress(done, STEPS, what)
        with acting_as(by):  # the signed identity lives for minutes; a big register may need it anew
            write()
    seen = comparison.preview()
    run = _note(register, seen, by=by, at=at)
    progress(STEPS, STEPS, "Done")
    return run, seen


def take_time() -> None:
    """Let this transaction run longer than a page may."""
    with connection.cursor() as cursor:
        cursor.execute("set local transaction_timeout = 0")
        cursor.execute("select set_config('transaction_timeout', %s, true)", [LONG_ENOUGH])


def _check(register: Register, by: Viewer) -> None:
    if register.homes.digest or register.tenancies.digest or register.people.digest:
        check(by, Act.IMPORT_REGISTER)
    if register.staff.digest:
        check(by, Act.KEEP_USERS)


def _end_stays() -> None:
    """Whoever lived in a household whose tenancy has ended has left with it, also where the file does not say so."""
    with connection.cursor() as cursor:
        cursor.execute("""
            update people_householdmember m set until = t.until from housing_tenancy t
            where t.household_id = m.household_id and t.until is not null and m.until is null
              and (m.since is null or m.since <= t.until)""")


def _note(register: Register, seen: Preview, *, by: Viewer, at: datetime) -> RegisterImport:
    sheets = (register.homes, register.tenancies, register.people, register.staff)
    run = RegisterImport.objects.create(
        imported_by_id=by.id,
        imported_at=at,
        files={sheet.kind.value: sheet.digest for sheet in sheets if sheet.digest},
        counts={kind.value: _numbers(count) for kind, count in seen.counts.items()},
    )
    total = {name: sum(_numbers(count)[name] for count in seen.counts.values()) for name in _numbers(Count())}
    happened("register.imported", about=run, by=by, at=at, facts=dict(total))
    return run


def _numbers(count: Count) -> dict[str, int]:
    return {"new": count.new, "changed": count.changed, "unchanged": count.unchanged, "left_out": count.left_out}
