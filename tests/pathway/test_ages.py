"""Who is a child or an adult follows the ages the policy draws, in the policy's nation."""

from datetime import date

import pytest

from adopted import adopted
from hearth.access.identity import acting_as
from hearth.concerns import queries as concerns
from hearth.organisation.terms import NotPossible
from hearth.pathway.people_in_records import change_part, put_known_person
from hearth.people.terms import Birth, PartPlayed
from hearth.policy.packs.ages import ages_of
from policy.small_pack import said, table
from walked import LOGGED, TRIAGED, raised
from web.signed_in import at_a_browser, read

SIXTEEN = """
[[definition]]
id = "adult_at_risk"
term = "Adult at risk of harm"
text = "Somebody of sixteen or more of whom the three points hold."
subject = "adult"
from_age = 16
clause = "P1"
"""
# Sixteen and seventeen when it was told, in December 2026.
SIXTEEN_NOW, SEVENTEEN_NOW, GROWN = date(2010, 12, 1), date(2009, 6, 1), date(1990, 1, 1)


def put(cast, concern_id, born, part, name="Ade"):
    with acting_as(cast.triage_officer):
        concern = concerns.concern_for(cast.triage_officer, concern_id)
        return put_known_person(
            concern, name=name, known_as="", birth=Birth(born), part=part, by=cast.triage_officer, at=TRIAGED, key=None
        )


def test_in_england_somebody_of_seventeen_is_a_child_and_no_adult(cast) -> None:
    which = raised(cast).public_id
    with pytest.raises(NotPossible, match=r"Adult at risk: 18 or over \(clause CA.adult\)") as wrong:
        put(cast, which, SEVENTEEN_NOW, PartPlayed.SUBJECT_ADULT)
    assert wrong.value.field == "part"
    child = put(cast, which, SEVENTEEN_NOW, PartPlayed.SUBJECT_CHILD).role
    with pytest.raises(NotPossible, match=r"Child: under 18 \(clause H.child\)"):
        put(cast, which, GROWN, PartPlayed.SUBJECT_CHILD, name="Grown")
    put(cast, which, GROWN, PartPlayed.SUBJECT_ADULT, name="Grown")
    with acting_as(cast.triage_officer), pytest.raises(NotPossible) as changed:
        concern = concerns.concern_for(cast.triage_officer, which)
        change_part(concern, child, PartPlayed.SUBJECT_ADULT, by=cast.triage_officer, at=TRIAGED)
    assert changed.value.field == "becomes"


def test_where_the_nation_draws_sixteen_somebody_of_seventeen_may_be_either(cast) -> None:
    adopted(cast, SIXTEEN)
    which = raised(cast).public_id
    put(cast, which, SIXTEEN_NOW, PartPlayed.SUBJECT_ADULT)
    put(cast, which, SEVENTEEN_NOW, PartPlayed.SUBJECT_CHILD, name="Bo")
    with pytest.raises(NotPossible, match="Adult at risk of harm: 16 or over"):
        put(cast, which, date(2011, 6, 1), PartPlayed.SUBJECT_ADULT, name="Cy")
    triage = at_a_browser(cast.triage_officer)
    asked = read(triage.get(f"/concern/{which}/decide?step=who"))
    assert "Child: under 18, also one not yet born (H.child). Adult at risk of harm: 16 or over (P1)." in asked


def test_an_age_that_was_guessed_stops_nobody_and_the_form_says_the_ages(cast) -> None:
    which = raised(cast).public_id
    with acting_as(cast.triage_officer):
        concern = concerns.concern_for(cast.triage_officer, which)
        seems = Birth(age_about=17, age_seen_on=LOGGED.date())
        put_known_person(
            concern, name="Older boy", known_as="", birth=seems, part=PartPlayed.SUBJECT_ADULT, by=cast.triage_officer,
            at=TRIAGED, key=None,
        )  # fmt: skip
    page = at_a_browser(cast.triage_officer).post(f"/concern/{which}/people/add", {"name": "Ade", "do": "look"})
    assert "Adult at risk: 18 or over (CA.adult)." in read(page)


def test_two_definitions_that_draw_different_ages_are_a_mistake() -> None:
    def adult(name: str, age: int) -> str:
        return table(
            "definition", f'id = "{name}"', 'term = "Adult"', 'text = "t"', 'subject = "adult"', f"from_age = {age}"
        )

    assert ages_of(said(adult("a", 16))).may_be_adult(16)
    assert not ages_of(said(adult("a", 18))).may_be_adult(17)
    assert ages_of(said("")).child is None
