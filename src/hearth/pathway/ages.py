"""Whom a record may call a child or an adult we are worried about: the ages its policy draws, by the day of birth."""

from datetime import datetime

from hearth.access.terms import InACircle
from hearth.organisation.terms import NotPossible
from hearth.people.rules import age_on
from hearth.people.terms import Birth, PartPlayed
from hearth.policy.durations import local_day
from hearth.policy.packs.ages import ages_of
from hearth.policy.packs.documents import Definition
from hearth.timescales.standing import pack_for


def require_age(about: InACircle, birth: Birth, part: PartPlayed, *, field: str, at: datetime) -> None:
    """Raise NotPossible where somebody's day of birth says otherwise. An age that was only guessed stops nobody."""
    if birth.born_on is None or part not in (PartPlayed.SUBJECT_CHILD, PartPlayed.SUBJECT_ADULT):
        return
    age, ages = age_on(Birth(birth.born_on), local_day(at)), ages_of(pack_for(about, at))
    if age is None:
        return
    if part is PartPlayed.SUBJECT_CHILD and ages.child and not ages.is_child(age):
        raise NotPossible(_otherwise(ages.child, f"under {ages.child.under_age}"), field=field)
    if part is PartPlayed.SUBJECT_ADULT and ages.adult and not ages.may_be_adult(age):
        raise NotPossible(_otherwise(ages.adult, f"{ages.adult.from_age} or over"), field=field)


def _otherwise(drawn: Definition, ages: str) -> str:
    return (
        f"{drawn.term}: {ages} (clause {drawn.clause}). Their day of birth says otherwise. Choose another part, "
        "or correct the day of birth."
    )
