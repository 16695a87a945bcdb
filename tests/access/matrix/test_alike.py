"""Every act that the pages and the API both offer is let and refused alike; what only one offers has a reason."""

from dataclasses import replace

from access.matrix.counterparts import pages_alone, unlike, without_counterpart
from access.matrix.routes import EVERY_ROW
from hearth.access.terms import Act
from hearth.api.openapi import operations


def test_an_act_is_let_and_refused_alike_on_its_page_and_in_the_api(world, everybody):
    assert unlike(operations(), EVERY_ROW, world, everybody) == []


def test_every_operation_has_its_page_or_a_reason_why_not():
    assert without_counterpart(operations(), EVERY_ROW) == []


def test_what_only_a_page_offers_has_a_reason():
    assert pages_alone(operations(), EVERY_ROW) == []


def test_a_page_that_no_operation_offers_is_found_and_so_is_an_old_reason():
    without = [each for each in operations() if each.name != "write_note"]
    assert pages_alone(without, EVERY_ROW) == ["write_note: no operation, no reason"]
    both = [*operations(), replace(operations()[0], name="calendar")]
    assert pages_alone(both, EVERY_ROW) == ["calendar: a reason for nothing"]


def test_an_operation_that_lets_somebody_do_what_the_page_refuses_is_found(world, everybody):
    looser = [replace(each, acts=(Act.READ_CASE,)) if each.name == "close_case" else each for each in operations()]
    found = unlike(looser, EVERY_ROW, world, everybody)
    assert "close_case and the page close_case: “works_on_it” is let by one and refused by the other" in found
    assert "close_case and the page close_case: colleague and case" in found


def test_a_page_that_refuses_what_the_api_lets_somebody_do_is_found(world, everybody):
    stricter = [replace(row, post=(Act.REVIEW_CASE,)) if row.name == "write_note" else row for row in EVERY_ROW]
    assert any("owner and case" in each for each in unlike(operations(), stricter, world, everybody))


def test_an_operation_without_page_and_reason_is_found():
    alone = replace(operations()[0], name="tell_everybody")
    assert "tell_everybody: no page, no reason" in without_counterpart([*operations(), alone], EVERY_ROW)
    assert "log_concern: no page, no reason" in without_counterpart(
        operations(), [row for row in EVERY_ROW if row.name != "log_concern"]
    )
