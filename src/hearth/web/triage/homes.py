"""Which home a concern is about, and telling repairs of something unsafe in it that no sign told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hearth.access import clock
from hearth.access.queries import company_of
from hearth.access.terms import Act
from hearth.concerns import queries
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS
from hearth.housing.queries import home as home_of_ours
from hearth.housing.queries import kinds_known
from hearth.housing.terms import HazardKind, Vulnerability
from hearth.organisation.queries import provider_name
from hearth.pathway.unsafe_homes import place_concern, tell_repairs
from hearth.timescales.standing import is_group
from hearth.web.acting import act_page
from hearth.web.cases.work import looked
from hearth.web.citing import Governed, Questions, under_policy_of
from hearth.web.companies import company_called
from hearth.web.concerns.homes import Found, search
from hearth.web.concerns.questions import VULNERABLE
from hearth.web.forms import Choice, Choices, Line, RevealingForm, VersionField, Words, choices_of
from hearth.web.middleware import Page
from hearth.web.words import moment
from hearth.web.work.words import KINDS, what_is_unsafe

NONE_OF_OURS = "none"
FIND = "find"
SINCE_TOLD, NOW = "told", "now"


class HomeForm(Governed, RevealingForm):
    """Looking a home up and choosing it. Looking judges nothing that was typed."""

    revealed = ("home_search",)
    policy = Questions(acts=("hazard.recorded",), on="why")

    version = VersionField()
    home_search = Line(label=gettext_lazy("Address, postcode or UPRN"), required=False, max_length=MOST_SHORT)
    home = Choice(label=gettext_lazy("Which home is it?"), missing=gettext_lazy("Look for the home, and choose it"))
    why = Words(
        label=gettext_lazy("How do you know?"),
        help_text=gettext_lazy("For example, “The school gave the address.” It is kept with the concern."),
        max_length=MOST_WORDS,
        missing=gettext_lazy("Write how you know which home it is"),
    )

    def __init__(self, *args: Any, found: Found, has_home: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found, self.is_looking = found, bool(self.data.get(FIND))
        offered = [(str(each.public_id), each.address) for each in found.homes]
        none = [(NONE_OF_OURS, _("None of our homes"))] if has_home else []
        choices_of(self, "home").choices = [*offered, *none]

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_looking:
            self._errors = ErrorDict()

    def is_valid(self) -> bool:
        return not self.is_looking and super().is_valid()


class UnsafeForm(Governed):
    """What is unsafe, for whom, and since when the landlord has known."""

    policy = Questions(acts=("hazard.recorded",), on="known", keeps={"kind": "act:record_hazard"})

    kind = Choice(
        label=gettext_lazy("What is unsafe?"),
        choices=[(kind, gettext_lazy(words)) for kind, words in KINDS.items()],
        missing=gettext_lazy("Select what is unsafe"),
    )
    vulnerable = Choices(
        label=gettext_lazy("Does any of this fit somebody who lives there?"), required=False, choices=VULNERABLE
    )
    known = Choice(
        label=gettext_lazy("Since when have we known?"),
        help_text=gettext_lazy("The law’s limits run from then."),
        missing=gettext_lazy("Select since when we have known"),
    )

    def __init__(self, *args: Any, told_at: str, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "known").choices = [
            (SINCE_TOLD, _("Since the concern was told, %(when)s") % {"when": told_at}), (NOW, _("Since now")),
        ]  # fmt: skip


def home_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say which home of ours a concern is about, or that another one was meant."""
    concern, now = queries.concern_for(request.viewer, public_id, act=Act.COMPLETE_CONCERN), clock.now()
    looked("concern.read", concern)
    found = search(request.viewer, request.POST.get("home_search", ""), at=now)
    form = HomeForm(
        request.POST or None, found=found, has_home=concern.home is not None, initial={"version": concern.version}
    )
    under_policy_of(form, concern, now)

    def place() -> str:
        told = form.cleaned_data
        home = None if told["home"] == NONE_OF_OURS else home_of_ours(request.viewer, told["home"])
        kinds = place_concern(
            concern, home, why=told["why"], version=told["version"], by=request.viewer, at=clock.now()
        )
        if not kinds:
            return _("It is kept. What was told first stays as it was.") + _stays_where_it_came(concern)
        said = ngettext(
            "It is kept, and repairs are told of this: %(what)s.",
            "It is kept, and repairs are told of these: %(what)s.", len(kinds),
        ) % {"what": ", ".join(what_is_unsafe(kind) for kind in kinds)}  # fmt: skip
        return said + _stays_where_it_came(concern)

    return act_page(
        request, form, title=_("Which home it is"), button=_("This is the home"), back=_to(public_id), act=place,
        template="triage/home.jinja", caption=concern.reference, known=_where(concern),
        corrects=concern.home is not None,
    )  # fmt: skip


def unsafe_page(request: Page, public_id: UUID) -> HttpResponse:
    """Tell repairs of something unsafe in the home of a concern."""
    concern = queries.concern_for(request.viewer, public_id, act=Act.COMPLETE_CONCERN)
    if concern.home is None:
        messages.info(request, _("Say first which home it is. Repairs are told of a home, and of nothing else."))
        return redirect("concern_home", public_id)
    looked("concern.read", concern)
    home, told_at = concern.home, concern.logged_at
    form = UnsafeForm(request.POST or None, told_at=moment(told_at), initial={"vulnerable": concern.vulnerable})
    under_policy_of(form, concern, clock.now())

    def tell() -> str:
        told, now = form.cleaned_data, clock.now()
        tell_repairs(
            concern, HazardKind(told["kind"]), vulnerable=[Vulnerability(word) for word in told["vulnerable"]],
            aware_at=told_at if told["known"] == SINCE_TOLD else now, by=request.viewer, at=now,
        )  # fmt: skip
        return _("Repairs are told. They learn what is unsafe and where, and nothing else of the concern.")

    known = [(_("Home"), home.address)]
    if kinds := kinds_known(home):
        known.append((_("Repairs know of"), ", ".join(what_is_unsafe(kind) for kind in sorted(kinds))))
    return act_page(
        request, form, title=_("Tell repairs of an unsafe home"), button=_("Tell repairs"), back=_to(public_id),
        act=tell, caption=concern.reference, known=known,
        hint=_("They read what is unsafe, at which home, and what fits those who live there: no name and no story."),
    )  # fmt: skip


def _stays_where_it_came(concern: queries.AConcern) -> str:
    """What there is to know where the home turned out to be another company's."""
    if concern.home is None or not is_group():
        return ""
    whose, own = company_called(concern.home.entity_id), company_of(concern.circle_id)
    if whose == own:
        return ""
    said = _("This home is one of %(whose)s. The concern stays with %(own)s, under whose policy it came.")
    provider = provider_name()
    return " " + said % {"whose": whose or provider, "own": own or provider}


def _where(concern: queries.AConcern) -> list[tuple[str, str]]:
    told = [(_("Where, as told"), concern.elsewhere)] if concern.elsewhere else []
    return [*told, (_("Home"), concern.home.address if concern.home else _("Not known"))]


def _to(public_id: UUID) -> str:
    return reverse("concern", kwargs={"public_id": public_id})
