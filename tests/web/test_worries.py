"""Whoever answers somebody who is still worried sees by when, by which clause and where that limit comes from."""

import pytest

from hearth.access.identity import acting_as
from hearth.concerns.models import Worry
from hearth.concerns.operations import answer_worry
from hearth.policy.terms import Force
from hearth.timescales.forces import sentence_of
from hearth.timescales.models import Clock
from pathway.test_still_worried import OURS, worried
from walked import COLD, TRIAGED
from web.signed_in import at_a_browser, read

RULE = "concern.worry"


@pytest.mark.parametrize("about", [COLD, OURS], ids=["open", "restricted"])
def test_the_limit_stands_with_clause_and_force_in_the_list_and_beside_the_answer(cast, about):
    worried(cast, about)
    with acting_as(cast.lead):
        worry = Worry.objects.get()
        limit = Clock.objects.get(about_id=worry.concern_id, rule=RULE)
        others = Clock.objects.filter(about_id=worry.concern_id).exclude(rule=RULE).values_list("clause", flat=True)
        assert others
        force = sentence_of(Force(limit.force))
    browser = at_a_browser(cast.lead)
    answer = f"/still-worried/{worry.public_id}"
    for address, places in (("/still-worried", 1), (answer, 2)):  # with the limit, and beside the question
        page = read(browser.get(address))
        assert page.count(f"Clause {limit.clause} ") == places, address
        assert page.count(force) == 1, address
        assert not [each for each in others if f"Clause {each} " in page], "limits of other kinds run beside it"
        assert "7 December 2026" in page, "one working day after a Friday"


def test_where_it_is_answered_no_limit_stands(cast):
    worried(cast, COLD)
    with acting_as(cast.lead):
        (limit,) = Clock.objects.filter(rule=RULE)
        answer_worry(Worry.objects.get(), answer="We went", by=cast.lead, at=TRIAGED, decided_by=frozenset())
    assert f"Clause {limit.clause} " not in read(at_a_browser(cast.lead).get("/still-worried"))
