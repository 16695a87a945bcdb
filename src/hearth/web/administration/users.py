"""Users: who may sign in. An administrator sees accounts and posts, never what anybody reads or wrote."""

from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.terms import Act
from hearth.organisation.terms import NotPossible, UserKind
from hearth.pathway.administering import people_here
from hearth.pathway.administering import users as acts
from hearth.web.acting import act_page
from hearth.web.administration.forms import (
    KINDS,
    ChangeUserForm,
    FindUserForm,
    LinkPersonForm,
    SwitchOnForm,
    UserForm,
    WhyForm,
    end_of,
    last_day_of,
)
from hearth.web.administration.words import DONE, HOW
from hearth.web.context import can_send_mail
from hearth.web.middleware import Page
from hearth.web.signing_in.given import has_second_factor, new_code
from hearth.web.signing_in.letters import way_in

LETTER = "letter"


def users_page(request: Page) -> HttpResponse:
    """Everybody who may sign in, a page at a time, or those called so. Whom one looked for stands in no address."""
    form = FindUserForm(request.POST or None)
    called = form.cleaned_data["called"] if form.is_valid() else ""
    rows, more = people_here.users(request.viewer, at=clock.now(), called=called, after=_after(request))
    page = {"form": form, "users": rows, "called": called, "more": more, "kinds": KINDS}
    page["next"] = f"?after={rows[-1].public_id}" if more and not called else None
    return render(request, "administration/users.jinja", page)


@require_safe
def user_page(request: Page, public_id: UUID) -> HttpResponse:
    """One user: the account, the posts, and what was done about them."""
    account = _account(request, public_id)
    page = {
        "account": account,
        "user": account.user,
        "kinds": KINDS,
        "done": DONE,
        "how": HOW,
        "letter_key": uuid4(),
        "is_me": account.user.pk == request.viewer.id,
        "last_day": last_day_of(account.user.until),
        "now": clock.now(),
    }
    return render(request, "administration/user.jinja", page)


def add_user_page(request: Page) -> HttpResponse:
    """Somebody new, and the letter with which they set a password."""
    check(request.viewer, Act.KEEP_USERS)
    form = UserForm(request.POST or None)
    made: list[UUID] = []

    def add() -> str:
        told = form.cleaned_data
        user = acts.let_in(
            email=told["email"], name=told["name"], kind=UserKind(told["kind"]), employer=told["employer"],
            until=end_of(told["last_day"]), by=request.viewer, at=clock.now(),
        )  # fmt: skip
        acts.send_letter(user, way_in=way_in(request), key=uuid4(), by=request.viewer, at=clock.now())
        made.append(user.public_id)
        return _about_the_letter(
            _("The letter is on its way. They can sign in as soon as they have set a password."),
            _("The user is added."),
        )

    answer = act_page(request, form, title=_("New user"), button=_("Add the user"), back=reverse("users"), act=add)
    return redirect("user", made[0]) if made else answer


def change_user_page(request: Page, public_id: UUID) -> HttpResponse:
    """Somebody's name, employer or last day."""
    user = _account(request, public_id).user
    known = {"version": user.version, "name": user.name, "employer": user.employer, "last_day": last_day_of(user.until)}
    form = ChangeUserForm(request.POST or None, initial=known)

    def save() -> str:
        told = form.cleaned_data
        acts.change(
            user, version=told["version"], name=told["name"], employer=told["employer"],
            until=end_of(told["last_day"]), by=request.viewer, at=clock.now(),
        )  # fmt: skip
        return _("The user is changed.")

    return act_page(
        request, form, title=_("Change a user"), button=_("Save"), back=_to(public_id), act=save, field="last_day"
    )


def letter_page(request: Page, public_id: UUID) -> HttpResponse:
    """Send the letter to set a password, once for each time the page was shown."""
    user = _account(request, public_id).user
    if request.method != "POST":
        return redirect("user", public_id)
    try:
        key = UUID(request.POST.get("key", ""))
        acts.send_letter(user, way_in=way_in(request), key=key, by=request.viewer, at=clock.now())
        messages.success(request, _about_the_letter(_("The letter is on its way.")))
    except (NotPossible, ValueError) as problem:
        messages.error(request, str(problem))
    return redirect("user", public_id)


def give_code_page(request: Page, public_id: UUID) -> HttpResponse:
    """A code to hand over in person, shown on this one answer and nowhere again."""
    user = _account(request, public_id).user
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            guarded = has_second_factor(user)
            code = acts.give_code(user, make=new_code, is_guarded=guarded, by=request.viewer, at=clock.now())
            hours = settings.HEARTH_CODE_HOURS
            return render(request, "administration/code.jinja", {"user": user, "code": code, "hours": hours})
        except NotPossible as problem:
            form.add_error(None, str(problem))
    return render(request, "administration/give_code.jinja", {"user": user, "form": form})


def switch_off_page(request: Page, public_id: UUID) -> HttpResponse:
    """End somebody's access at once."""
    user = _account(request, public_id).user
    form = WhyForm(request.POST or None)

    def switch() -> str:
        acts.switch_off(user, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        return _("The user is switched off. Every session, token and post has ended.")

    warn = _("They are signed out everywhere at once, and every post they hold ends.")
    return act_page(
        request, form, title=_("Switch off %(name)s") % {"name": user.name}, button=_("Switch off"),
        back=_to(public_id), act=switch, warn=warn, field="why",
    )  # fmt: skip


def switch_on_page(request: Page, public_id: UUID) -> HttpResponse:
    """Let somebody in again, without posts."""
    user = _account(request, public_id).user
    form = SwitchOnForm(request.POST or None)

    def switch() -> str:
        told = form.cleaned_data
        acts.switch_on(user, until=end_of(told["last_day"]), why=told["why"], by=request.viewer, at=clock.now())
        return _("The user may sign in again. The posts held before did not come back.")

    return act_page(
        request, form, title=_("Switch on %(name)s") % {"name": user.name}, button=_("Switch on"),
        back=_to(public_id), act=switch, field="last_day",
    )  # fmt: skip


def link_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say who somebody is in the register."""
    user = _account(request, public_id).user
    form = LinkPersonForm(request.POST or None)

    def tie() -> str:
        acts.link(user, form.cleaned_data["reference"], by=request.viewer, at=clock.now())
        return _("They are linked. Whatever concerns them or those close to them is shut to them from now on.")

    warn = _("A wrong link is not undone here: ask the safeguarding lead before you link.")
    return act_page(
        request, form, title=_("Link %(name)s to their own record") % {"name": user.name}, button=_("Link"),
        back=_to(public_id), act=tie, warn=warn, field="reference",
    )  # fmt: skip


def _about_the_letter(on_its_way: str, done: str = "") -> str:
    """What became of it: where Hearth sends no e-mail, nobody may wait for one."""
    if can_send_mail():
        return on_its_way
    no_letter = _(
        "No letter leaves: Hearth sends no e-mail here. They sign in with your organisation’s account, or you give them"
        " a code to set a password."
    )
    return f"{done} {no_letter}".strip()


def _account(request: Page, public_id: UUID) -> people_here.Account:
    return people_here.account(request.viewer, public_id, at=clock.now())


def _after(request: Page) -> UUID | None:
    try:
        return UUID(request.GET["after"])
    except (KeyError, ValueError):
        return None


def _to(public_id: UUID) -> str:
    return reverse("user", args=[public_id])
