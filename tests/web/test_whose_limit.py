"""Wherever a list tells a limit, it says where that limit comes from and by which clause."""

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.queries import concern_for
from hearth.housing.operations import record_hazard
from hearth.housing.terms import HazardKind, HazardSource, Vulnerability
from hearth.timescales.queries import clocks_for
from housing.estate import make_home
from walked import owned, raised
from web.signed_in import at_a_browser, read


def test_a_case_in_the_list_says_by_which_clause_its_next_limit_falls_and_whose_it_is(cast):
    case = owned(cast, at=now())
    with acting_as(cast.owner):
        first, *_ = clocks_for(cast.owner, case, at=now(), going_only=True)
    page = read(at_a_browser(cast.owner).get("/cases?whose=mine"))
    assert f"Clause {first.clause} . {first.force_sentence}." in page


def test_an_unsafe_home_in_the_list_says_which_law_sets_its_limit(cast):
    home = make_home(cast.register_keeper, "4 Juniper Court", uprn="100012345")
    with acting_as(cast.reporter):
        hazard = record_hazard(
            home, kind=HazardKind.DAMP_MOULD, vulnerable=[Vulnerability.INFANT], aware_at=now(),
            source=HazardSource.CONCERN, by=cast.reporter, at=now(),
        )  # fmt: skip
    with acting_as(cast.surveyor):
        first, *_ = clocks_for(cast.surveyor, hazard, at=now(), going_only=True)
    page = read(at_a_browser(cast.surveyor).get("/unsafe-homes"))
    assert f"Clause {first.clause} . {first.force_sentence}." in page


def test_a_concern_that_waits_says_by_which_clause_it_is_decided(cast):
    receipt = raised(cast, at=now())
    with acting_as(cast.triage_officer):
        concern = concern_for(cast.triage_officer, receipt.public_id)
        limits = {clock.rule: clock for clock in clocks_for(cast.triage_officer, concern, at=now(), going_only=True)}
    decide, page = limits["concern.triage"], read(at_a_browser(cast.triage_officer).get("/triage"))
    assert f"Clause {decide.clause} . {decide.force_sentence}." in page
