"""What waits for me, and everything that is due."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from hearth.access import clock
from hearth.access.rules import may
from hearth.access.terms import Act, Part
from hearth.cases.invited import invited_into
from hearth.cases.planned import actions_of_leavers
from hearth.cases.queries import my_actions, my_closures
from hearth.concerns.queries import worries_waiting
from hearth.ledger.operations import record_read
from hearth.outbound.operations.notices import mark_read
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.terms import NoticeWords, Told
from hearth.pathway.administering.policy_posts import A_POST_ENDS
from hearth.pathway.adopting.documents import A_REVIEW_IS_DUE
from hearth.pathway.adopting.turns import steps_due
from hearth.pathway.many_by_link import MANY_BY_A_LINK
from hearth.pathway.whereabouts import whereabouts
from hearth.timescales.queries import DUE, due, due_for_me
from hearth.triage.queries import my_watches
from hearth.web.middleware import Page
from hearth.web.paging import place, turning
from hearth.web.work.waiting import (
    beside,
    first_of_all,
    limits_named_by,
    named_in,
    not_said_yet,
    policies_in,
    things,
)

NOTICES = {
    NoticeWords.ON_CALL_ALERT: gettext_lazy("Somebody may be in danger now: take the alert"),
    NoticeWords.ON_CALL_PASSED_ON: gettext_lazy("An alert was passed on to you"),
    NoticeWords.NOBODY_ON_CALL: gettext_lazy("An alert rang and nobody was on call"),
    NoticeWords.FIRST_LOOK: gettext_lazy("A concern wants a first look this evening"),
    NoticeWords.FIRST_LOOK_PASSED_ON: gettext_lazy("A first look this evening was passed on to you"),
    NoticeWords.ROTA_GAP: gettext_lazy("There is a gap in the on-call rota"),
    NoticeWords.CLOCK_WARNING: gettext_lazy("A limit is near"),
    NoticeWords.CLOCK_BREACH: gettext_lazy("A limit has passed"),
    NoticeWords.SOMETHING_WAITS: gettext_lazy("Something waits for you"),
    NoticeWords.STILL_WORRIED: gettext_lazy("A reporter is still worried"),
    NoticeWords.HANDOVER: gettext_lazy("A case is offered to you"),
    NoticeWords.ACTION_GIVEN: gettext_lazy("An action was given to you"),
    NoticeWords.CLOSING_REFUSED: gettext_lazy("A closing you asked for was not approved"),
    NoticeWords.FEEDBACK: gettext_lazy("There is an answer to a concern you logged"),
    NoticeWords.BREAK_GLASS: gettext_lazy("Somebody opened a record in an emergency"),
    NoticeWords.HAZARD: gettext_lazy("An unsafe home was recorded"),
    NoticeWords.RECORD_RESTRICTED: gettext_lazy(
        "A record is now restricted: somebody in it works with us or is close to a colleague"
    ),
    NoticeWords.CONFLICT_DECLARED: gettext_lazy("A colleague says that they know somebody in a record"),
    NoticeWords.SHUT_OUT_TRIED: gettext_lazy("Somebody who is shut out of a record tried to open it"),
    NoticeWords.DECIDED_TOGETHER: gettext_lazy("A colleague recorded a decision as made together with you"),
}
PAGES = {
    "concern": "concern", "case": "case", "hazard": "hazard", "alert": "alert", "proposal": "answer_proposal",
    "emergency": "review_emergency", "policy": "proposed_policy", "reading": "read_policy", "clock": "limit",
    "worry": "answer_worry", "action": "finish_action",
}  # fmt: skip
# What is about no record but about a list.
SENTENCES = {
    MANY_BY_A_LINK: gettext_lazy("Very many concerns came by one link within an hour"),
    A_POST_ENDS: gettext_lazy("Somebody’s time in a post is nearly over, or has ended"),
    A_REVIEW_IS_DUE: gettext_lazy("A policy document is to be looked at again"),
}
LISTS = {MANY_BY_A_LINK: "queue", A_POST_ENDS: "policy_posts", A_REVIEW_IS_DUE: "documents"}
WITHOUT_A_RECORD = {NoticeWords.SHUT_OUT_TRIED: "access_log", NoticeWords.FEEDBACK: "my_concerns"}


@require_safe
def my_work_page(request: Page) -> HttpResponse:
    """What waits for me, soonest first, each one click from the act."""
    viewer, now = request.viewer, clock.now()
    waiting = due_for_me(viewer, at=now)
    actions, watches, first = my_actions(viewer), my_watches(viewer), first_of_all(viewer, at=now)
    left_over = actions_of_leavers(viewer, at=now)
    worries = worries_waiting(viewer) if may(viewer.parts, Act.ANSWER_WORRY) else []
    lists = {"actions": actions, "watches": watches, "closures": my_closures(viewer), "worries": worries}
    shown = things(first, lists)
    limits, left = beside(waiting, shown)
    notices = not_said_yet(notices_for(viewer, unread_only=True), shown, policies_in(first))
    sees_due, invited = may(viewer.parts, Act.SEE_DUE), invited_into(viewer, at=now)
    works_on = [] if sees_due else invited_into(viewer, at=now, part=Part.WORKS_ON_IT)
    ids = [(promise.about_kind, promise.about_id) for promise in waiting]
    record_read(
        "my_work.read",
        about=None,
        ids=[
            *ids,
            *named_in(first),
            *(("action", each.id) for each in (*actions, *left_over)),
            *(("case", each.id) for each in (*invited, *works_on)),
        ],
        durable=False,
    )
    page = {
        "now": now,
        "waiting": left,
        "places": whereabouts(viewer, left),
        "limits": limits,
        **first,
        **lists,
        "sees_due": sees_due,
        "invited": invited,
        "works_on": works_on,
        "left_over": left_over,
        "notices": [(notice, _sentence_of(notice), _page_of(notice)) for notice in notices],
        "named": limits_named_by(viewer, notices, at=now),
    }
    return render(request, "work/my_work.jinja", page)


@require_safe
def due_page(request: Page) -> HttpResponse:
    """Every running limit this viewer may know of, or those of one promise, the soonest first, with their clause."""
    now, rule = clock.now(), request.GET.get("rule", "")
    promises = due(request.viewer, at=now, place=place(request, DUE), rule=rule)
    ids = [(promise.about_kind, promise.about_id) for promise in promises]
    record_read("due.read", about=None, ids=ids, durable=False)
    begins_here = not rule and promises.previous is None
    page = {
        "now": now,
        "steps": steps_due(request.viewer, at=now) if begins_here else [],
        "promises": promises,
        "places": whereabouts(request.viewer, promises),
        "rule": rule,
        **turning(promises, **({"rule": rule} if rule else {})),
    }
    return render(request, "work/due.jinja", page)


def _sentence_of(notice: Told) -> str:
    """What a notice says: by what it is about where there is a sentence for that, else by its words."""
    return str(SENTENCES.get(notice.about_kind, NOTICES[notice.words]))


def _page_of(notice: Told) -> str:
    """Where a notice leads, or nowhere."""
    if notice.about is None:
        page = LISTS.get(notice.about_kind) or WITHOUT_A_RECORD.get(notice.words)
        return reverse(page) if page else ""
    page = PAGES.get(notice.about_kind)
    return reverse(page, kwargs={"public_id": notice.about}) if page else ""


@require_POST
def read_notice_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say that one has read a notice."""
    mark_read(public_id, by=request.viewer, at=clock.now())
    return redirect("my_work")
