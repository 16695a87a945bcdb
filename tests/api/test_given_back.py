"""Why a case was given back is read by the same people as on its page."""

from api.caller import caller
from hearth.access.identity import acting_as
from hearth.cases import queries as cases
from hearth.cases.operations.handing_over import accept, give_back, hand_over
from walked import TRIAGED, opened, owned
from web.signed_in import at_a_browser, read

WHY = "I know the family"


def offered_and_given_back(cast, case, *, by):
    with acting_as(by):
        hand_over(case, to=cast.worker.id, what_matters="The children", by=by, at=TRIAGED)
    with acting_as(cast.worker):
        give_back(cases.offered_to_me(cast.worker)[0], why=WHY, by=cast.worker, at=TRIAGED)


def reads_why(viewer, case):
    """What the API answers, where the page agrees that this reader is told."""
    told = caller(viewer).get(f"/cases/{case.public_id}").body["given_back"]
    assert (WHY in read(at_a_browser(viewer).get(f"/case/{case.public_id}"))) is (told is not None)
    return told


def test_while_nobody_has_it_everybody_who_reads_it_is_told_why_until_it_is_offered_again(cast):
    case = opened(cast).case
    assert reads_why(cast.lead, case) is None, "it was never offered"
    offered_and_given_back(cast, case, by=cast.triage_officer)
    for reader in (cast.triage_officer, cast.lead):
        told = reads_why(reader, case)
        assert (told["by"], told["why"]) == (cast.worker.name, WHY)
        assert told["at"].startswith("2026-12-04")
    assert caller(cast.outsider).get(f"/cases/{case.public_id}").status == 404
    with acting_as(cast.triage_officer):
        hand_over(case, to=cast.owner.id, what_matters="The children", by=cast.triage_officer, at=TRIAGED)
    assert reads_why(cast.lead, case) is None


def test_where_somebody_has_it_whoever_offered_it_is_told_alone(cast):
    case = owned(cast)
    offered_and_given_back(cast, case, by=cast.owner)
    assert reads_why(cast.owner, case)["why"] == WHY
    assert reads_why(cast.lead, case) is None


def test_whoever_takes_it_afterwards_reads_nothing_of_it(cast):
    case = opened(cast).case
    offered_and_given_back(cast, case, by=cast.triage_officer)
    with acting_as(cast.triage_officer):
        hand_over(case, to=cast.owner.id, what_matters="The children", by=cast.triage_officer, at=TRIAGED)
    with acting_as(cast.owner):
        accept(cases.offered_to_me(cast.owner)[0], by=cast.owner, at=TRIAGED)
    assert reads_why(cast.owner, case) is None
