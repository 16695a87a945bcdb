"""Another system reads everything kept in a case, a page at a time, and nobody reads more than on screen."""

import uuid
from datetime import timedelta

import pytest

from api.caller import caller
from hearth.access.identity import acting_as
from hearth.cases.operations.judging import set_risk
from hearth.cases.operations.working import record_contact, write_note
from hearth.cases.terms import ContactKind, ContactMade, ContactOutcome, Risk, Seen
from walked import TRIAGED, owned

MANY = 27


@pytest.fixture
def case(cast):
    case, owner = owned(cast), cast.owner
    with acting_as(owner):
        for number in range(MANY):
            at = TRIAGED + timedelta(hours=number)
            write_note(case, text=f"Note {number}", by=owner, at=at, key=uuid.uuid4())
            made = ContactMade(
                kind=ContactKind.VISIT, outcome=ContactOutcome.NO_ACCESS, happened_at=at, note=f"Contact {number}",
                child_seen=Seen.NO, child_alone=Seen.NO,
            )  # fmt: skip
            record_contact(case, made, by=owner, at=at, key=uuid.uuid4())
            set_risk(case, risk=Risk.MEDIUM, why=f"Risk {number}", by=owner, at=at)
    return case


@pytest.mark.parametrize(("what", "said"), [("notes", "text"), ("contacts", "note"), ("risks", "why")])
def test_what_is_older_is_on_the_next_page(cast, case, what, said):
    system, found, start = caller(cast.owner), [], ""
    for _page in range(3):
        answer = system.get(f"/cases/{case.public_id}/{what}?from={start}")
        assert answer.status == 200
        found += [each[said] for each in answer.body[what]]
        start = answer.body["next"]
        if start is None:
            break
    word = what.removesuffix("s").capitalize()
    assert found[:MANY] == [f"{word} {number}" for number in reversed(range(MANY))], "the newest first, and none twice"
    assert start is None


@pytest.mark.parametrize("what", ["notes", "contacts", "risks", "reviews"])
def test_who_may_not_read_the_case_finds_nothing(cast, case, what):
    hidden = caller(cast.outsider).get(f"/cases/{case.public_id}/{what}")
    missing = caller(cast.outsider).get(f"/cases/{uuid.uuid4()}/{what}")
    assert hidden.status == missing.status == 404
    assert caller(cast.lead).get(f"/cases/{case.public_id}/{what}").status == 200


def test_a_place_somebody_made_up_begins_at_the_start(cast, case):
    answer = caller(cast.owner).get(f"/cases/{case.public_id}/notes?from=x--")
    assert answer.body["notes"][0]["text"] == f"Note {MANY - 1}"


@pytest.mark.parametrize("said", ["%00", "%00" * 101, "1%00"], ids=["one", "too many", "among others"])
def test_a_nul_in_the_address_is_named_and_not_left_out(cast, said):
    lead = caller(cast.lead)
    for address, field in (("/referrals?from=", "from"), ("/due?after=", "after")):
        answer = lead.get(address + said)
        assert (answer.status, answer.where.keys()) == (422, {field}), address
        assert lead.get(address).status == 200, "the control"
