"""Of whom figures are told: of a whole group together, of one company with a policy of its own, or of the others."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from hearth.organisation.queries import companies, provider_name
from hearth.policy.queries import with_own_policy
from hearth.web.companies import FIELD, NoSuchCompany

TOGETHER, OTHERS = "all", "others"


@dataclass(frozen=True)
class Group:
    """What was chosen, and what there is to choose. A house whose companies share one policy has no choice."""

    asked: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def is_together(self) -> bool:
        return self.asked == TOGETHER

    @property
    def company(self) -> int | None:
        """The company whose figures and policy it is; none is the organisation's."""
        return None if self.asked in {TOGETHER, OTHERS} else int(self.asked)

    @property
    def name(self) -> str:
        return dict(self.choices).get(self.asked, "")

    @property
    def also(self) -> str:
        """What an address goes on with that keeps the choice."""
        return "" if self.is_together else f"&{FIELD}={self.asked}"


def chosen_group(request: HttpRequest, *, at: datetime) -> Group:
    """What the address asks for. Raises NoSuchCompany."""
    asked, own = request.GET.get(FIELD, ""), with_own_policy(at)
    if not own and not asked:
        return Group(TOGETHER)
    named = {str(pk): name for pk, name in companies().items() if pk in own}
    provider = provider_name()
    choices = {
        TOGETHER: _("All companies of the group together"),
        **named,
        OTHERS: _("%(provider)s without these companies") % {"provider": provider},
    }
    if not own or (asked or TOGETHER) not in choices:
        raise NoSuchCompany
    return Group(asked or TOGETHER, tuple(choices.items()))
