"""Who looked, who was refused, who opened a record in an emergency; and samples drawn for an audit."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.assurance.access_log import (
    PAGE,
    AlreadyDrawn,
    Asked,
    Line,
    NotOver,
    Position,
    Sort,
    access_log,
    draw_sample,
    people_in_log,
    samples,
)
from hearth.assurance.queries import last_months
from hearth.ledger.operations import record_read
from hearth.policy.durations import LOCAL
from hearth.web.assurance.forms import LogForm, SampleForm
from hearth.web.middleware import Page
from hearth.web.words import unbroken

SORTS = {
    Sort.LOOKED: gettext_lazy("Looked at %(what)s"),
    Sort.EMERGENCY: gettext_lazy("Emergency: %(what)s"),
    Sort.REFUSED: gettext_lazy("Was refused: %(what)s"),
}
ACTS = {
    "access_log.read": gettext_lazy("the list of who looked"),
    "access.glass_broken": gettext_lazy("opened a record in an emergency"),
    "action.read": gettext_lazy("an action of a case"),
    "alert.read": gettext_lazy("an on-call alert"),
    "case.read": gettext_lazy("a case"),
    "cases.listed": gettext_lazy("the list of cases"),
    "chronology.read": gettext_lazy("the chronology of a case"),
    "closure.read": gettext_lazy("what closing a case waits for"),
    "closures.listed": gettext_lazy("the closings that wait for approval"),
    "concern.read": gettext_lazy("a concern"),
    "concern.read_own": gettext_lazy("what became of a concern of their own"),
    "contacts.read": gettext_lazy("the contacts of a case"),
    "counts.downloaded": gettext_lazy("the file of monthly counts"),
    "due.read": gettext_lazy("the list of what is due"),
    "emergencies.read": gettext_lazy("the emergency openings"),
    "exclusions.read": gettext_lazy("who is shut out"),
    "first.read": gettext_lazy("their first page"),
    "handover.read": gettext_lazy("the offer of a case"),
    "handovers.read": gettext_lazy("the offers of cases"),
    "hazard.read": gettext_lazy("an unsafe home"),
    "hazards.read": gettext_lazy("the list of unsafe homes"),
    "home.read": gettext_lazy("a home in the register"),
    "limit.read": gettext_lazy("a limit"),
    "markers.read": gettext_lazy("markers"),
    "my_work.read": gettext_lazy("their own work"),
    "notes.read": gettext_lazy("the notes of a case"),
    "notes.searched": gettext_lazy("words in notes"),
    "people.read": gettext_lazy("the people of a record"),
    "person.read": gettext_lazy("a person in the register"),
    "places.read": gettext_lazy("who is in a case"),
    "process.read": gettext_lazy("another agency’s process"),
    "queue.read": gettext_lazy("the triage queue"),
    "referral.read": gettext_lazy("a referral"),
    "referrals.listed": gettext_lazy("the referrals that wait for an answer"),
    "register.searched": gettext_lazy("the register, by name or address"),
    "register_faults.read": gettext_lazy("what is wrong in files of the register"),
    "restricted_queue.read": gettext_lazy("the queue of restricted concerns"),
    "reviews.read": gettext_lazy("the reviews of a case"),
    "risks.read": gettext_lazy("the judgements of the risk"),
    "samples.read": gettext_lazy("drawn samples"),
    "watch.read": gettext_lazy("a concern that is watched"),
    "watches.listed": gettext_lazy("the concerns that are watched"),
    "who_looked.read": gettext_lazy("who looked at a case"),
    "worries.read": gettext_lazy("reporters who are still worried"),
    "worry.read": gettext_lazy("a reporter who is still worried"),
}


@require_safe
def access_log_page(request: Page) -> HttpResponse:
    """Lines of the log, the newest first, narrowed down by person, kind and days."""
    form = LogForm(request.GET, people=people_in_log(request.viewer))
    asked = _asked(form, request) if form.is_valid() else None
    found = access_log(request.viewer, asked, limit=PAGE + 1) if asked else []
    lines = found[:PAGE]
    ids = [("refusal" if line.sort is Sort.REFUSED else "entry", line.position.id) for line in lines]
    record_read("access_log.read", about=None, ids=ids, durable=False)
    page = {
        "form": form,
        "lines": [(line, _what(line)) for line in lines],
        "next": _following(request, lines[-1].position) if len(found) > PAGE else None,
        "print": f"?{urlencode([*_kept(request), ('print', 'yes')])}",
        "layout": "layouts/print.jinja" if "print" in request.GET else "layouts/page.jinja",
    }
    return render(request, "assurance/access_log.jinja", page)


def samples_page(request: Page) -> HttpResponse:
    """Samples that were drawn; the auditor draws another month."""
    if request.method == "POST":
        check(request.viewer, Act.DRAW_SAMPLE)
    drawn, now = samples(request.viewer), clock.now()
    months = [month for month in reversed(last_months(13, now)[:-1]) if month not in {each.month for each in drawn}]
    form = None
    if may(request.viewer.parts, Act.DRAW_SAMPLE) and months:
        form = SampleForm(request.POST or None, months=months)
        if form.is_valid() and _drawn(request, form, now):
            return redirect("samples")
    record_read("samples.read", about=None, ids=[], durable=True)
    page = {"form": form, "samples": drawn} if form else {"samples": drawn}
    return render(request, "assurance/samples.jinja", page)


def _drawn(request: Page, form: SampleForm, now: datetime) -> bool:
    try:
        draw_sample(form.cleaned_data["month"], asked=form.cleaned_data["many"], by=request.viewer, at=now)
    except (AlreadyDrawn, NotOver) as problem:
        form.add_error("month", str(problem))
        return False
    messages.success(request, _("The sample is drawn. How it was drawn stands in the ledger."))
    return True


def _asked(form: LogForm, request: HttpRequest) -> Asked:
    told = form.cleaned_data
    since, until = told["since"], told["until"]
    return Asked(
        until=_midnight(until + timedelta(days=1)) if until else clock.now() + timedelta(minutes=1),
        since=_midnight(since) if since else Asked.since,
        person=UUID(told["person"]) if told["person"] else None,
        sort=Sort(told["sort"]) if told["sort"] else None,
        before=_position(request.GET.get("before", "")),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)


def _position(typed: str) -> Position | None:
    """After which line the page begins. What cannot be read begins at the start."""
    try:
        moment, sort, number = (int(piece) for piece in typed.split("_"))
        at = datetime.fromtimestamp(0, LOCAL) + timedelta(microseconds=moment)
    except (ValueError, OverflowError):
        return None
    return Position(at, sort, number) if 1 <= sort <= len(SORTS) and 0 <= number < 1 << 63 else None


def _following(request: HttpRequest, last: Position) -> str:
    at = (last.at - datetime.fromtimestamp(0, LOCAL)) // timedelta(microseconds=1)
    return f"?{urlencode([*_kept(request), ('before', f'{at}_{last.sort}_{last.id}')])}"


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in request.GET.items() if name not in ("before", "print") and value]


def _what(line: Line) -> str:
    """What was done or tried, and the record's reference where there is one."""
    told = line.act if line.sort is Sort.REFUSED else ACTS.get(line.act, line.act.replace("_", " ").replace(".", ": "))
    words = SORTS[line.sort] % {"what": told}
    return format_html("{}, {}", words, unbroken(line.reference)) if line.reference else str(words)
