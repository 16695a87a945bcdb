"""What is sent twice is done once, and answered as it was: also where the record has moved on or is shut by then."""

import uuid

import pytest

from api.caller import telling
from api.world import DECISION, World, make_world
from hearth.access.identity import acting_as
from hearth.ledger.models import Entry


@pytest.fixture
def world(cast):
    return make_world(cast)


def keyed(world: World, who: str, method: str, path: str, sent=None, *, key: str = ""):
    headers = {"Idempotency-Key": key} if key else {}
    return world.callers[who].call(method, path, {} if sent is None else sent, **headers)


def test_whoever_gave_a_case_back_is_answered_alike_though_he_sees_it_no_more(world):
    giving, key = f"/offers/{world.ids['offer_id']}/return", str(uuid.uuid4())
    why = {"why": "I know the family."}
    first = keyed(world, "owner", "POST", giving, why, key=key)
    again = keyed(world, "owner", "POST", giving, why, key=key)
    assert (first.status, first.raw) == (again.status, again.raw) == (204, b"")
    assert keyed(world, "owner", "POST", giving, why).status == 404, "without a key it is another act"
    assert keyed(world, "owner", "POST", giving, why, key=str(uuid.uuid4())).status == 404
    assert keyed(world, "lead", "POST", giving, why, key=key).status == 404, "the key is his alone"


def test_a_decision_that_opened_a_case_names_it_again(world):
    concern = world.ok("reporter", "POST", "/concerns", telling(children_there="yes"))["id"]
    deciding = {**DECISION, "key": str(uuid.uuid4()), "open_case": {"risk": "medium"}}
    first = keyed(world, "triage_officer", "POST", f"/concerns/{concern}/decision", deciding)
    again = keyed(world, "triage_officer", "POST", f"/concerns/{concern}/decision", deciding)
    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    assert again.body["case"]


def test_whoever_shut_a_record_to_himself_is_answered_alike(world):
    case, key = world.ids["case_id"], str(uuid.uuid4())
    knowing = {"person": world.ids["person"], "why": "We went to school together."}
    assert keyed(world, "owner", "POST", f"/cases/{case}/conflicts", knowing, key=key).status == 204
    assert world.callers["owner"].get(f"/cases/{case}").status == 404
    assert keyed(world, "owner", "POST", f"/cases/{case}/conflicts", knowing, key=key).status == 204
    assert keyed(world, "owner", "POST", f"/cases/{case}/conflicts", knowing).status == 404


def test_a_refusal_by_the_policy_is_answered_alike_and_what_was_kept_stays(world):
    case, key = world.ids["closing_case"], str(uuid.uuid4())
    closing = {
        "outcome": "risk_reduced", "why": "Dry", "wishes_answered": "fully", "child_decision": "safe",
        "change_seen": "Both in warm beds",
    }  # fmt: skip
    sent = [keyed(world, "owner", "POST", f"/cases/{case}/close", closing, key=key) for _ in range(2)]
    assert sent[0].status == sent[1].status == 422
    assert sent[0].body["gates"] == sent[1].body["gates"] != []
    assert sent[1].headers["Content-Type"] == "application/problem+json"


def test_other_words_with_the_same_key_are_told_and_a_mistake_leaves_the_key_free(world):
    path, key = f"/cases/{world.ids['case_id']}/risk", str(uuid.uuid4())
    wrong = keyed(world, "owner", "POST", path, {"risk": "unheard of", "why": "Dry"}, key=key)
    assert wrong.status == 422
    assert keyed(world, "owner", "POST", path, {"risk": "medium", "why": "Dry"}, key=key).status == 204
    other = keyed(world, "owner", "POST", path, {"risk": "high", "why": "Wet"}, key=key)
    assert (other.status, other.body["type"]) == (409, "/api/docs#sent-before")


def test_both_texts_that_are_answered_to_a_key_are_kept_as_read(world, cast):
    path = f"/cases/{world.ids['case_id']}/summary"
    world.ok("lead", "PUT", path, {"version": 1, "summary": "Mould in two rooms."})
    before, key = reads(cast), str(uuid.uuid4())
    stale = keyed(world, "owner", "PUT", path, {"version": 1, "summary": "The heating is off."}, key=key)
    assert (stale.status, stale.body["theirs"]) == (409, {"summary": "Mould in two rooms."})
    assert reads(cast) == before + 1
    assert keyed(world, "owner", "PUT", path, {"version": 2, "summary": "Both."}, key=key).status == 204


def reads(cast) -> int:
    with acting_as(cast.owner):
        return Entry.objects.filter(act="case.read", by_id=cast.owner.id).count()
