"""What the API answers: one answer for hidden and missing, both texts when stale, clauses where a gate is shut."""

import uuid

from django.db import transaction

from api.caller import TELLING, caller, telling
from hearth.access.identity import acting_as
from hearth.access.models import Refusal
from hearth.access.terms import Scope
from hearth.concerns.models import Concern
from hearth.ledger.models import Entry
from walked import owned

DECISION = {
    "outcome": "open_case",
    "considered": ["advice"],
    "why": "Two small children without warm bedding.",
    "clause": "4.1.5a",
    "subject": "child",
    "children_in_household": "yes",
    "domestic_abuse": False,
    "adult_wishes_only": False,
    "open_case": {"risk": "medium"},
}


def logged(cast, **changes):
    """A concern the reporter logged; its id."""
    return caller(cast.reporter).post("/concerns", telling(**changes)).body["id"]


def opened(cast):
    """A case the lead opened from a concern and took on; its id."""
    lead = caller(cast.lead)
    me = next(each for each in lead.get("/colleagues").body["colleagues"] if each["name"] == "Lead")
    decision = {**DECISION, "key": str(uuid.uuid4())}
    decision["open_case"] = {"risk": "medium", "hand_to": me["id"], "what_matters": "The little one."}
    made = lead.post(f"/concerns/{logged(cast)}/decision", decision)
    assert made.status == 201, made.body
    (offer,) = lead.get("/offers").body["offers"]
    assert lead.post(f"/offers/{offer['id']}/accept").status == 204
    return made.body["case"]


def test_the_same_key_twice_is_one_concern(cast):
    key, system = str(uuid.uuid4()), caller(cast.reporter, Scope.CONCERNS_LOG)
    first = system.post("/concerns", TELLING, **{"Idempotency-Key": key})
    second = system.post("/concerns", telling(key=key))
    assert (first.status, second.status) == (201, 200)
    assert first.body["reference"] == second.body["reference"]
    assert (first.body["is_new"], second.body["is_new"]) == (True, False)
    other = system.post("/concerns", telling(key=key, noticed="Something else."))
    assert (other.status, other.body["type"]) == (409, "/api/docs#sent-before")
    assert "key" in system.post("/concerns", TELLING).where
    assert "key" in system.post("/concerns", telling(), **{"Idempotency-Key": key}).where
    with acting_as(cast.lead), transaction.atomic():
        assert Concern.objects.count() == 1
        assert Concern.objects.get().came_by == "api"


def test_an_outsider_gets_one_answer_for_hidden_and_missing_and_the_attempt_is_kept(cast):
    concern, case = logged(cast), opened(cast)
    nobody = str(uuid.uuid4())
    outsider = caller(cast.outsider)
    for there in (f"/concerns/{concern}", f"/cases/{case}", f"/cases/{case}/chronology"):
        hidden = outsider.get(there)
        missing = outsider.get(there.replace(concern, nobody).replace(case, nobody))
        assert (hidden.status, hidden.raw) == (404, missing.raw)
        assert hidden.headers.keys() == missing.headers.keys()
    assert outsider.get("/no/such/address").raw == outsider.get(f"/cases/{nobody}").raw
    with acting_as(cast.lead), transaction.atomic():
        kept = Refusal.objects.filter(user_id=cast.outsider.id)
        assert kept.filter(asked_for=concern, circle__isnull=False).count() == 1
        assert kept.filter(asked_for=nobody, circle=None).count() == 4
        assert all(each.page.startswith("api/") for each in kept)


def test_what_is_refused_is_rolled_back_and_kept(cast):
    concern = logged(cast)
    before = read_entries(cast)
    assert caller(cast.reporter).get(f"/concerns/{concern}").status == 404
    assert (
        caller(cast.intake_adviser).post(f"/concerns/{concern}/decision", {**DECISION, "key": str(uuid.uuid4())}).status
        == 404
    )
    assert read_entries(cast) == before
    assert caller(cast.lead).get(f"/concerns/{concern}").status == 200
    assert read_entries(cast) == before + 1


def read_entries(cast):
    with acting_as(cast.lead), transaction.atomic():
        return Entry.objects.filter(act="concern.read").count()


def test_a_stale_edit_gets_both_texts_and_overwrites_nothing(cast):
    case, lead = opened(cast), caller(cast.lead)
    version = lead.get(f"/cases/{case}").body["version"]
    assert lead.put(f"/cases/{case}/summary", {"version": version, "summary": "Mould in two rooms."}).status == 204
    stale = lead.put(f"/cases/{case}/summary", {"version": version, "summary": "The heating is off."})
    assert (stale.status, stale.body["type"]) == (409, "/api/docs#changed-meanwhile")
    assert stale.body["theirs"] == {"summary": "Mould in two rooms."}
    assert stale.body["yours"] == {"summary": "The heating is off."}
    assert lead.get(f"/cases/{case}").body["summary"] == "Mould in two rooms."


def test_gates_that_are_shut_are_named_with_their_clause(cast):
    concern, lead = logged(cast), caller(cast.lead)
    decision = {**DECISION, "key": str(uuid.uuid4()), "adult_wishes_only": True}
    shut = lead.post(f"/concerns/{concern}/decision", decision)
    assert (shut.status, shut.body["type"]) == (422, "/api/docs#gates")
    assert all(gate["clause"] and gate["sentence"] for gate in shut.body["gates"])

    case = opened(cast)
    ending = {
        "outcome": "risk_removed",
        "why": "New heating, two visits.",
        "wishes_answered": "fully",
        "child_decision": "safe",
    }
    refused = lead.post(f"/cases/{case}/close", ending)
    assert (refused.status, refused.body["type"]) == (422, "/api/docs#gates")
    assert all(gate["clause"] and gate["sentence"] for gate in refused.body["gates"])
    assert lead.get(f"/cases/{case}").body["closure_waits"] is False, (
        "nobody is asked to approve what he could not help"
    )


def test_fields_are_named_with_what_to_do_and_their_words_are_not_repeated(cast):
    system = caller(cast.reporter)
    words = "Siobhan at 12 Acacia Road"
    wrong = system.post("/concerns", {"noticed": "", "place": words, "about_staff": "no", "danger_nw": words})
    assert wrong.status == 422
    assert wrong.where.keys() >= {"danger_now", "place", "noticed", "danger_nw"}
    assert words not in wrong.raw.decode()
    assert system.post("/concerns", "{not json").status == 400
    assert system.call("DELETE", "/concerns").status == 405
    assert system.call("DELETE", "/concerns").headers["Allow"] == "POST"
    too_long = system.post("/concerns", telling(noticed="x" * 20_001))
    assert too_long.where["noticed"].startswith("Use 20,000 characters or fewer")
    assert system.post("/concerns", telling(noticed="é" * 20_000)).status == 201, "limits count characters, not bytes"
    assert system.post("/concerns", telling(noticed="a\0b")).status == 422
    assert system.post("/concerns", '{"noticed": "\\ud800"}').status == 422
    assert system.post("/concerns", "x" * 2_600_000).status == 413


def test_a_decision_is_read_again_whole_and_each_yes_and_no_says_what_shows_it(cast):
    triage, concern = caller(cast.triage_officer), logged(cast)
    test = {
        "care_needs": "yes", "care_needs_why": "Needs help to dress", "at_risk": "no", "at_risk_why": "",
        "unable_to_protect": "not_known", "unable_to_protect_why": "",
    }  # fmt: skip
    sent = {**DECISION, "key": str(uuid.uuid4()), "subject": "both", "harm": "neglect", "adult_test": test}
    assert triage.post(f"/concerns/{concern}/decision", sent).where == {"at_risk_why": "Write what shows it"}
    test["at_risk_why"] = "Nobody else comes near her"
    unknown = triage.post(f"/concerns/{concern}/decision", {**sent, "clause": "99.9z"})
    assert unknown.where == {"clause": "Choose a clause of the policy in force"}
    sent["factors"] = ["housing_factor:haunted"]
    assert set(triage.post(f"/concerns/{concern}/decision", sent).where) == {"factors"}
    sent["factors"] = ["housing_factor:overcrowding", "source_of_risk:private_family"]
    assert triage.post(f"/concerns/{concern}/decision", sent).status == 201
    (made,) = triage.get(f"/concerns/{concern}").body["decisions"]
    assert made["adult_test"] == test
    assert made["factors"] == sent["factors"]
    told = {name: made[name] for name in ("subject", "children_in_household", "child_decision", "harm", "level")}
    assert told == {
        "subject": "both", "children_in_household": "yes", "child_decision": None, "harm": "neglect", "level": "",
    }  # fmt: skip


def test_a_day_is_written_as_one_and_no_number_is_read_as_a_day(cast):
    """The day counts: a limit begins with it."""
    address, owner = f"/cases/{owned(cast).public_id}/high-risk", caller(cast.owner)
    for sent in (1.4e-112, 1_765_000_000, "1765000000", "-5", ""):
        answer = owner.post(address, {"why": "He held her neck", "on": sent})
        assert (answer.status, list(answer.where)) == (422, ["on"]), sent
    assert owner.post(address, {"why": "He held her neck", "on": "2025-11-03"}).status == 204
