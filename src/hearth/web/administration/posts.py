"""Posts, who holds them, who is to hold them, and what the policy requires and nobody holds."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.rules import may
from hearth.access.terms import Act, Part
from hearth.organisation.queries import companies
from hearth.organisation.terms import NotPossible
from hearth.pathway.administering import appointing, people_here, posts_here
from hearth.pathway.administering import posts as acts
from hearth.pathway.administering.policy_posts import staffing
from hearth.policy.durations import local_day
from hearth.timescales.forces import sentences
from hearth.timescales.posts import term_of
from hearth.web.acting import act_page
from hearth.web.administration.forms import (
    PARTS,
    AnswerForm,
    AppointForm,
    PostForm,
    TeamForm,
    WhyForm,
    end_of,
    start_of,
)
from hearth.web.administration.words import EMPLOYERS, FORMATS, LEVELS, SCHEMES
from hearth.web.middleware import Page
from hearth.web.words import last_day


@require_safe
def posts_page(request: Page) -> HttpResponse:
    """Every post with its holders, the gaps with their clauses, and what waits for somebody to agree."""
    now = clock.now()
    page = {"here": posts_here.overview(request.viewer, at=now), "parts": PARTS, "now": now}
    return render(request, "administration/posts.jinja", page)


@require_safe
def policy_posts_page(request: Page) -> HttpResponse:
    """The posts the policy names: who holds each and until when, who covers, and what is asked of its holders."""
    page = {
        "staffing": staffing(request.viewer, at=clock.now()),
        "companies": companies(),
        "force": sentences(),
        "formats": FORMATS,
        "employers": EMPLOYERS,
        "levels": LEVELS,
        "schemes": SCHEMES,
        "may_appoint": may(request.viewer.parts, Act.KEEP_USERS),
    }
    return render(request, "administration/policy_posts.jinja", page)


@require_safe
def post_page(request: Page, key: str) -> HttpResponse:
    """One post: what the policy says of it, and who held it when."""
    post, now = posts_here.post_for(request.viewer, key), clock.now()
    page = {
        "post": post,
        "policy": posts_here.in_policy(key, at=now),
        "history": posts_here.history(request.viewer, post),
        "parts": PARTS,
        "now": now,
    }
    return render(request, "administration/post.jinja", page)


def add_post_page(request: Page) -> HttpResponse:
    """A post: the policy's own, with its title and parts ready, or another."""
    check(request.viewer, Act.KEEP_USERS)
    key = request.GET.get("named", "")
    named = posts_here.in_policy(key, at=clock.now()) if key else None
    ready = {"title": named.title, "parts": sorted(named.parts)} if named else {}
    form = PostForm(request.POST or None, initial=ready, teams=_teams(request))

    def add() -> str:
        told = form.cleaned_data
        acts.add_post(
            told["title"], [Part(part) for part in told["parts"]], team=_team(request, told["team"]),
            by=request.viewer, at=clock.now(), key=named.id if named else "",
        )  # fmt: skip
        return _("The post is there. Now somebody can be put into it.")

    return act_page(
        request, form, title=_("New post"), button=_("Add the post"), back=reverse("posts"), act=add, field="title"
    )


def change_post_page(request: Page, key: str) -> HttpResponse:
    """A post's title, parts or team."""
    post = posts_here.post_for(request.viewer, key)
    known = {"version": post.version, "title": post.title, "parts": post.parts, "team": post.team_id}
    form = PostForm(request.POST or None, initial=known, teams=_teams(request))

    def save() -> str:
        told = form.cleaned_data
        acts.change_post(
            post, version=told["version"] or 0, title=told["title"], parts=[Part(part) for part in told["parts"]],
            team=_team(request, told["team"]), by=request.viewer, at=clock.now(),
        )  # fmt: skip
        return _("The post is changed.")

    back = reverse("post", args=[key])
    return act_page(request, form, title=_("Change a post"), button=_("Save"), back=back, act=save, field="parts")


def add_team_page(request: Page) -> HttpResponse:
    """A team, in a company of the group or in none."""
    check(request.viewer, Act.KEEP_USERS)
    form = TeamForm(request.POST or None)

    def add() -> str:
        told = form.cleaned_data
        acts.add_team(told["name"], company=told["company"], by=request.viewer, at=clock.now())
        return _("The team is there.")

    return act_page(
        request, form, title=_("New team"), button=_("Add the team"), back=reverse("posts"), act=add, field="name"
    )


def appoint_page(request: Page) -> HttpResponse:
    """Put somebody into a post. One that opens records waits until somebody else agrees."""
    now = clock.now()
    choose = {
        "users": people_here.who_may_be_chosen(request.viewer, at=now),
        "posts": posts_here.every_post(request.viewer),
    }
    wanted, today = request.GET.get("post", ""), local_day(now)
    term = term_of(wanted, at=now) if wanted else None
    ready = {
        "user": request.GET.get("who", ""),
        "post": wanted,
        "first_day": today,
        "last_day": term.last_day(today) if term else None,
    }
    form = AppointForm(request.POST or None, initial=ready, **choose)

    def put() -> str:
        return _appoint(request, form, now)

    back = reverse("posts")
    return act_page(
        request, form, title=_("Put somebody into a post"), button=_("Put into the post"), back=back, act=put,
        field="user",
    )  # fmt: skip


def end_appointment_page(request: Page, public_id: UUID) -> HttpResponse:
    """End somebody's time in a post at once."""
    check(request.viewer, Act.KEEP_USERS)
    form = WhyForm(request.POST or None)
    held = posts_here.appointment_for(request.viewer, public_id)

    def end() -> str:
        appointing.end(public_id, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        return _("Their time in the post has ended. It took effect at once.")

    title = _("End %(name)s’s time as %(post)s") % {"name": held.user.name, "post": held.post.title}
    back = reverse("user", args=[held.user.public_id])
    return act_page(request, form, title=title, button=_("End it now"), back=back, act=end, field="why")


@require_safe
def proposals_page(request: Page) -> HttpResponse:
    """What waits for a lead or another administrator to agree."""
    page = {"asked": posts_here.waiting(request.viewer), "parts": PARTS, "me": request.viewer.id}
    return render(request, "administration/proposals.jinja", page)


def answer_proposal_page(request: Page, public_id: UUID) -> HttpResponse:
    """Agree that somebody holds a post that opens records, or do not."""
    asked = posts_here.proposal_for(request.viewer, public_id)
    form = AnswerForm(request.POST or None)

    def answer() -> str:
        agreed = form.cleaned_data["agreed"] == "yes"
        appointing.answer(public_id, agreed=agreed, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        return _("They hold the post now.") if agreed else _("They do not hold the post.")

    known = [
        (_("Who"), asked.user.name),
        (_("Post"), asked.post.title),
        (_("What its holders do"), ", ".join(str(PARTS[Part(part)]) for part in asked.post.parts)),
        (_("Asked for by"), asked.asked_by.name if asked.asked_by else ""),
    ]
    back = reverse("posts") if may(request.viewer.parts, Act.KEEP_USERS) else reverse("proposals")
    return act_page(
        request, form, title=_("New reader"), button=_("Answer"), back=back, act=answer,
        known=known, field="agreed",
    )  # fmt: skip


def _appoint(request: Page, form: AppointForm, now: datetime) -> str:
    told = form.cleaned_data
    user = people_here.user_for(request.viewer, UUID(told["user"]))
    post = posts_here.post_for(request.viewer, told["post"])
    starts_at = start_of(told["first_day"], now)
    if starts_at < now:
        raise NotPossible(_("Choose today or a later day: what was, stays as it was"), field="first_day")
    made = appointing.appoint(
        user, post, starts_at=starts_at, ends_at=end_of(told["last_day"]), is_cover=told["cover"] == "yes",
        by=request.viewer, at=now,
    )  # fmt: skip
    if appointing.waits(made):
        return _("This post opens records, so a lead or another administrator must agree. They have been told.")
    said = _("%(name)s is put into the post. It takes effect at once, or on the day you chose.") % {"name": user.name}
    if told["last_day"] is None and made.ends_at is not None:
        ends = _("The policy gives this post for a time: it ends on %(day)s.") % {"day": last_day(made.ends_at)}
        return f"{said} {ends}"
    return said


def _teams(request: Page) -> list[tuple[int, str]]:
    found = posts_here.teams(request.viewer)
    return [(team.pk, f"{team.name}, {team.entity.name}" if team.entity else team.name) for team in found]


def _team(request: Page, number: int | None) -> posts_here.Team | None:
    return next((team for team in posts_here.teams(request.viewer) if team.pk == number), None)
