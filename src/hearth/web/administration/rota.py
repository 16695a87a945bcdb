"""The on-call rota: who is rung now, the week, and its gaps, each a breach with its clause."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.organisation.queries import companies
from hearth.outbound.operations.rota import cover, put_on_rota, swap
from hearth.outbound.queries.on_call import leads, on_call, own_rotas, rota, rota_gaps, shift_for
from hearth.pathway.administering import people_here
from hearth.policy.queries import adoptions, with_own_policy
from hearth.policy.terms import NoPolicy
from hearth.timescales.standing import pack_of_company
from hearth.web.acting import act_page
from hearth.web.companies import FIELD, Company, company, company_called
from hearth.web.forms import DayField, Line, TimeOfDayField, choices_of
from hearth.web.middleware import Page
from hearth.web.words import moment

A_WEEK, A_DAY = timedelta(days=7), timedelta(days=1)
RUNGS = [("1", gettext_lazy("Rung first")), ("2", gettext_lazy("Rung second")), ("3", gettext_lazy("Rung third"))]
SWAPS_AHEAD = timedelta(weeks=8)


@dataclass(frozen=True)
class Piece:
    """What of a shift, or of a gap, lies in one day."""

    starts_at: datetime
    ends_at: datetime
    shift: Any = None


@dataclass(frozen=True)
class Day:
    """One day of the week view: for each rung who is on call, and when nobody is."""

    day: date
    rungs: dict[int, list[Piece]]
    gaps: list[Piece]


class ShiftForm(forms.Form):
    """From when until when, and with which number."""

    user = forms.ChoiceField(label=gettext_lazy("Who?"), error_messages={"required": gettext_lazy("Choose who")})
    phone = Line(
        label=gettext_lazy("Number to ring"),
        max_length=40,
        help_text=gettext_lazy("A number that is answered at night."),
        missing=gettext_lazy("Enter the number to ring"),
    )
    first_day = DayField(label=gettext_lazy("From which day?"), missing=gettext_lazy("Enter the first day"))
    first_time = TimeOfDayField(label=gettext_lazy("From what time?"), missing=gettext_lazy("Enter the time it begins"))
    last_day = DayField(label=gettext_lazy("Until which day?"), missing=gettext_lazy("Enter the last day"))
    last_time = TimeOfDayField(label=gettext_lazy("Until what time?"), missing=gettext_lazy("Enter the time it ends"))

    def __init__(self, *args: Any, users: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "user").choices = [("", _("Choose somebody")), *users]

    def times(self) -> tuple[datetime, datetime]:
        """Both ends of the shift."""
        told = self.cleaned_data
        return _at(told["first_day"], told["first_time"]), _at(told["last_day"], told["last_time"])


class PutOnForm(ShiftForm):
    """Somebody new on the rota."""

    rung = forms.ChoiceField(label=gettext_lazy("In which order?"), choices=RUNGS)
    field_order = ("user", "rung")


class SwapForm(forms.Form):
    """With which other shift."""

    other = forms.ChoiceField(
        label=gettext_lazy("With which shift?"), error_messages={"required": gettext_lazy("Choose the other shift")}
    )

    def __init__(self, *args: Any, shifts: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "other").choices = [("", _("Choose a shift")), *shifts]


@require_safe
def rota_page(request: Page) -> HttpResponse:
    """Who is on call now, with the number; the week; one's own shifts."""
    now = clock.now()
    whose = company(request, at=now)
    start = _monday(request, now)
    shifts = rota(request.viewer, start=start, end=start + A_WEEK, company=whose.id)
    since = max(start, _promised_since(start))
    gaps = rota_gaps(request.viewer, start=since, end=start + A_WEEK, company=whose.id)
    ahead = rota(request.viewer, start=now, end=now + SWAPS_AHEAD, company=whose.id)
    own = own_rotas(now)
    week = [_day(start + each * A_DAY, shifts, gaps) for each in range(7)]
    page = {
        "now": now,
        "company": whose,
        "own": own.get(whose.id or 0),
        "with_own": sorted(name for pk, name in companies().items() if pk in own),
        "in_gap": any(gap.starts_at <= now < gap.ends_at for gap in gaps),
        "on_call": on_call(now, lambda: whose.id),
        "week": week,
        "rungs": sorted({shift.rung for shift in shifts}) or [1],
        "rung_names": {int(number): name for number, name in RUNGS},
        "days_with_gaps": sum(1 for each in week if each.gaps),
        "mine": [shift for shift in ahead if shift.user_id == request.viewer.id],
        "clause": _clause(whose.id, now),
        "clauses_of": whose.id if whose.id in with_own_policy(now) else None,
        "told": [lead.name for lead in leads(now, company=whose.id)],
        "may_keep": may(request.viewer.parts, Act.KEEP_USERS),
        "before": _week(start - A_WEEK, whose),
        "after": _week(start + A_WEEK + A_DAY, whose),
    }
    return render(request, "administration/rota.jinja", page)


def put_on_page(request: Page) -> HttpResponse:
    """Put somebody on the provider's rota or on a company's own, in the order people are rung."""
    now = clock.now()
    whose = company(request, at=now)
    form = PutOnForm(request.POST or None, users=people_here.who_may_be_chosen(request.viewer, at=now))

    def put() -> str:
        user = people_here.user_for(request.viewer, UUID(form.cleaned_data["user"]))
        starts_at, ends_at = form.times()
        put_on_rota(
            user, rung=int(form.cleaned_data["rung"]), phone=form.cleaned_data["phone"], starts_at=starts_at,
            ends_at=ends_at, by=request.viewer, at=now, company=whose.id,
        )  # fmt: skip
        return _("%(name)s is on the rota.") % {"name": user.name}

    return act_page(
        request, form, title=_("Put somebody on the rota"), button=_("Put on the rota"), back=_back(whose.id), act=put,
        known=[(_("Rota"), whose.name)] if whose.form else [],
    )  # fmt: skip


def cover_page(request: Page, public_id: UUID) -> HttpResponse:
    """Let somebody stand in for all or a part of a shift."""
    now, shift = clock.now(), _shift(request, public_id)
    here = [timezone.localtime(each) for each in (max(shift.starts_at, now), shift.ends_at)]
    ready = {"first_day": here[0].date(), "first_time": f"{here[0]:%H:%M}"}
    ready |= {"last_day": here[1].date(), "last_time": f"{here[1]:%H:%M}"}
    users = people_here.who_may_be_chosen(request.viewer, at=now)
    form = ShiftForm(request.POST or None, users=users, initial=ready)

    def stand_in() -> str:
        user = people_here.user_for(request.viewer, UUID(form.cleaned_data["user"]))
        starts_at, ends_at = form.times()
        cover(
            public_id, user, phone=form.cleaned_data["phone"], starts_at=starts_at, ends_at=ends_at,
            by=request.viewer, at=now,
        )  # fmt: skip
        return _("%(name)s stands in. The rest of the shift stays as it was.") % {"name": user.name}

    return act_page(
        request, form, title=_("Cover a shift"), button=_("Let them stand in"), back=_back(shift.entity_id),
        act=stand_in, known=_of(shift), field="first_day",
    )  # fmt: skip


def swap_page(request: Page, public_id: UUID) -> HttpResponse:
    """Let two people take each other's shift."""
    now, shift = clock.now(), _shift(request, public_id)
    ahead = rota(request.viewer, start=now, end=now + SWAPS_AHEAD, company=shift.entity_id)
    others = [(str(each.public_id), _said(each)) for each in ahead if each.user_id != shift.user_id]
    form = SwapForm(request.POST or None, shifts=others)

    def exchange() -> str:
        swap(public_id, UUID(form.cleaned_data["other"]), by=request.viewer, at=now)
        return _("The two shifts are swapped.")

    return act_page(
        request, form, title=_("Swap a shift"), button=_("Swap"), back=_back(shift.entity_id), act=exchange,
        known=_of(shift), field="other",
    )  # fmt: skip


def _shift(request: Page, public_id: UUID) -> Any:
    check(request.viewer, Act.KEEP_USERS)
    return shift_for(request.viewer, public_id)


def _of(shift: Any) -> list[tuple[str, str]]:
    whose = [(_("Rota"), company_called(shift.entity_id))] if shift.entity_id else []
    return [(_("Now"), _said(shift)), (_("Number"), shift.phone), *whose]


def _back(entity: int | None) -> str:
    """The rota that somebody came from."""
    return reverse("rota") + (f"?{FIELD}={entity}" if entity else "")


def _week(day: datetime, whose: Company) -> str:
    chosen = {FIELD: whose.id} if whose.id else {}
    return "?" + urlencode({"week": day.date().isoformat(), **chosen})


def _said(shift: Any) -> str:
    return f"{shift.user.name}, {moment(shift.starts_at)} – {moment(shift.ends_at)}"


def _at(day: date, clock_time: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock_time))


def _monday(request: Page, now: datetime) -> datetime:
    """The first moment of the week that is asked for, or of this one."""
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        asked = timezone.localdate(now)
    return _at(asked - timedelta(days=asked.weekday()), time())


def _day(start: datetime, shifts: list[Any], gaps: list[Any]) -> Day:
    """What of the shifts and gaps lies in the day that begins here."""
    day = timezone.localdate(start + timedelta(hours=12))
    begins, ends = _at(day, time()), _at(day + A_DAY, time())
    rungs: dict[int, list[Piece]] = {}
    for shift in shifts:
        if shift.starts_at < ends and shift.ends_at > begins:
            piece = Piece(max(shift.starts_at, begins), min(shift.ends_at, ends), shift)
            rungs.setdefault(shift.rung, []).append(piece)
    open_times = [
        Piece(max(gap.starts_at, begins), min(gap.ends_at, ends))
        for gap in gaps
        if gap.starts_at < ends and gap.ends_at > begins
    ]
    return Day(day, rungs, open_times)


def _promised_since(start: datetime) -> datetime:
    """From when on a policy promised that somebody answers: before that there was nothing to break."""
    return min((each.in_force_from for each in adoptions()), default=start)


def _clause(entity: int | None, now: datetime) -> tuple[str, str] | None:
    """The clause that promises that somebody answers, as the policy in force for the company has it."""
    try:
        pack = pack_of_company(entity, now)
    except NoPolicy:
        return None
    clause = pack.clauses.get(pack.on_call.clause) if pack.on_call else None
    return (clause.id, clause.text) if clause else None
