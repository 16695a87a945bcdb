"""The ages a policy draws, in words: beside the question who is a child or an adult, and beside a name."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from hearth.people.rules import age_on
from hearth.people.terms import Birth
from hearth.policy.packs import Pack
from hearth.policy.packs.ages import ages_of
from hearth.policy.queries import in_force, pack_of


def ages_said(pack: Pack) -> str:
    """`Child: under 18, also one not yet born (H.child). Adult at risk of harm: 16 or over (ASP.adult).`"""
    return " ".join(_said(pack))


def stages_in(at: datetime, entity: int | None) -> Callable[[Birth, date], list[str]]:
    """What the policy of a company calls a child; one who may be an adult too is called both. Before there is a
    policy, nobody is called either."""
    adopted = in_force(at, entity)
    ages = ages_of(pack_of(adopted.digest)) if adopted else None

    def stages(birth: Birth, today: date) -> list[str]:
        age = age_on(birth, today)
        if ages is None or age is None or not ages.is_child(age):
            return []
        return [_("Child"), *([ages.adult.term] if ages.adult and ages.may_be_adult(age) else [])]

    return stages


def _said(pack: Pack) -> Iterator[str]:
    ages = ages_of(pack)
    if ages.child:
        told = {"term": ages.child.term, "age": ages.child.under_age, "clause": ages.child.clause}
        if ages.unborn:
            yield _("%(term)s: under %(age)s, also one not yet born (%(clause)s).") % told
        else:
            yield _("%(term)s: under %(age)s (%(clause)s).") % told
    if ages.adult:
        told = {"term": ages.adult.term, "age": ages.adult.from_age, "clause": ages.adult.clause}
        yield _("%(term)s: %(age)s or over (%(clause)s).") % told
