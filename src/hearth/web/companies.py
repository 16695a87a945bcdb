"""For which company of the group something is: chosen in the address, and said plainly. One company has no choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.access.terms import NotHere
from hearth.organisation.queries import companies, provider_name
from hearth.policy.queries import with_own_policy
from hearth.web.forms import choices_of

FIELD = "company"


class NoSuchCompany(NotHere):
    """The group has no such company, or it has nothing to choose here."""


class CompanyForm(forms.Form):
    """For which company."""

    company = forms.ChoiceField(label=gettext_lazy("For which company?"))


@dataclass(frozen=True)
class Company:
    """The company that is chosen, or the organisation; and what else there is to choose."""

    id: int | None
    name: str
    form: CompanyForm | None
    covered: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    @property
    def asked(self) -> str:
        """What an address ends with that keeps the choice."""
        return f"?{FIELD}={self.id}" if self.id else ""

    @property
    def covers(self) -> str:
        """Whom it is for, in a sentence; nothing where there is only one."""
        if self.form is None:
            return ""
        if self.id is not None:
            told = _("It is for %(company)s alone: its records, and the people who work in its teams.")
            return told % {"company": self.name}
        words = _("It is for %(provider)s as a whole.") % {"provider": self.name}
        if self.covered:
            words += " " + _("It covers: %(names)s.") % {"names": ", ".join(self.covered)}
        if self.own:
            words += " " + _("It does not cover, since each has a policy of its own: %(names)s.") % {
                "names": ", ".join(self.own)
            }
        return words


def company(request: HttpRequest, *, at: datetime) -> Company:
    """The company asked for in the address, or the organisation. Raises NoSuchCompany."""
    return _chosen(request, companies(), at)


def company_with_policy(request: HttpRequest, *, at: datetime) -> Company:
    """The same among those that have a policy of their own in force."""
    own = with_own_policy(at)
    return _chosen(request, {pk: name for pk, name in companies().items() if pk in own} if own else {}, at)


def company_called(entity: int | None) -> str:
    """What a company is called where something is its own; nothing for what is the organisation's."""
    return companies().get(entity, "") if entity else ""


def _chosen(request: HttpRequest, known: Mapping[int, str], at: datetime) -> Company:
    asked = request.GET.get(FIELD, "")
    if not known and not asked:
        return Company(None, "", None)
    if asked and asked not in {str(pk) for pk in known}:
        raise NoSuchCompany
    chosen = int(asked) if asked else None
    provider = provider_name()
    form = CompanyForm(initial={FIELD: asked})
    choices_of(form, FIELD).choices = [
        ("", _("%(provider)s as a whole") % {"provider": provider}), *((str(pk), name) for pk, name in known.items())
    ]  # fmt: skip
    own, every = with_own_policy(at), companies()
    return Company(
        chosen,
        known[chosen] if chosen else provider,
        form,
        covered=tuple(name for pk, name in every.items() if pk not in own),
        own=tuple(name for pk, name in every.items() if pk in own),
    )
