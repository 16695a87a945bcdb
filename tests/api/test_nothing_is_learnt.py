"""What somebody sends tells him nothing he may not know: not by a key, not by a mistake, not by a reference."""

import uuid
from dataclasses import replace

import pytest

from api.caller import caller
from api.world import World, make_world
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.models import Refusal
from hearth.concerns.terms import AboutStaff
from walked import COLD, owned, raised
from web.signed_in import at_a_browser, read

NOBODY = str(uuid.uuid4())


@pytest.fixture
def world(cast):
    return make_world(cast)


def people_in(world: World, who: str, record: str) -> dict[str, str]:
    return {each["person"]: each["name"] for each in world.ok(who, "GET", f"{record}/people")["people"]}


def test_a_key_that_a_colleague_used_puts_somebody_else_into_another_record(world):
    """Each sends it again and it counts once; neither learns that the other has used it."""
    case, concern = f"/cases/{world.ids['case_id']}", f"/concerns/{world.ids['concern_id']}"
    key = str(uuid.uuid4())
    sent = {"key": key, "name": "Older boy, about 12", "part": "subject_child", "age": 12}
    put = {
        who: [world.ok(who, "POST", f"{record}/people", sent)["person"] for _ in range(2)]
        for who, record in (("owner", case), ("triage_officer", concern))
    }
    assert all(first == again for first, again in put.values())
    assert put["owner"][0] != put["triage_officer"][0]
    assert put["owner"][0] in people_in(world, "owner", case)


def test_the_id_of_somebody_in_a_hidden_record_is_a_key_like_any_other(world, cast):
    """Who is known only from a record is known to nobody outside it: also not by a key that is taken already."""
    mine, _ = world.ids["quiet_case"], raised(cast)
    known = people_in(world, "triage_officer", f"/concerns/{world.ids['concern_id']}")
    for key in (next(iter(known)), str(uuid.uuid4())):
        sent = {"key": key, "name": "Older boy, about 12", "part": "subject_child", "age": 12}
        answer = world.callers["owner"].post(f"/cases/{mine}/people", sent)
        assert answer.status == 201
        assert answer.body["person"] != key


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/cases/{case_id}/hand-over", {"to": NOBODY, "what_matters": "The little one"}),
        ("/cases/{case_id}/referrals", {"agency": "police", "how": "phone", "what": "x", "consent": "refused"}),
    ],
)
def test_who_may_read_a_case_is_not_told_what_is_wrong_with_an_act_that_is_not_for_him(world, cast, address, sent):
    """The control is its owner, who is told. The colleague is invited to read it."""
    invited = {"email": "outsider@ashgrove.example", "why": "Knows the school.", "until": "2030-01-02"}
    world.ok("owner", "POST", f"/cases/{world.ids['case_id']}/invitations", invited)
    world.ok("outsider", "GET", f"/cases/{world.ids['case_id']}")
    path = address.format(**world.ids)
    sent = {**sent, "key": str(uuid.uuid4())} if "agency" in sent else sent
    assert world.callers["owner"].post(path, sent).status == 422
    assert world.callers["outsider"].post(path, sent).status == 404


def test_who_works_on_a_case_is_not_told_what_is_wrong_with_a_home_he_may_not_set(world):
    concern = world.ok("owner", "GET", f"/cases/{world.ids['case_id']}")["concerns"][0]["id"]
    path, sent = f"/concerns/{concern}/home", {"home": NOBODY, "version": 1, "why": "They said so."}
    assert world.callers["triage_officer"].post(path, sent).status == 422
    world.ok("owner", "GET", f"/concerns/{concern}")
    assert world.callers["owner"].post(path, sent).status == 404


@pytest.mark.parametrize("way", ["page", "system"])
def test_trying_to_open_in_an_emergency_what_stays_shut_is_kept(cast, way):
    """The control is a reference that nobody has: it is kept too, and says of no record."""
    shut = raised(cast, replace(COLD, about_staff=AboutStaff.YES), at=now()).reference
    for reference in (shut, "C-2222-22"):
        asked = {"reference": reference, "why": "She rang and he is at the door."}
        if way == "page":
            assert "no record with this reference" in read(at_a_browser(cast.worker).post("/emergency", asked))
        else:
            assert caller(cast.worker).post("/emergency-openings", asked).status == 422
    with acting_as(cast.lead):
        mine = Refusal.objects.filter(user_id=cast.worker.id, circle__isnull=False)
        assert [(each.asked_for, each.restricted) for each in mine] == [(shut, True)]


@pytest.mark.parametrize("way", ["page", "system"])
def test_trying_to_join_what_stays_shut_is_kept_and_answered_as_if_nobody_had_the_reference(cast, way):
    case, triage = owned(cast, at=now()).public_id, cast.triage_officer
    shut = raised(cast, replace(COLD, about_staff=AboutStaff.YES), at=now()).reference
    for reference in (shut, "C-2222-22"):
        asked = {"reference": reference, "why": "The same two children."}
        if way == "page":
            assert "no concern of this reference" in read(at_a_browser(triage).post(f"/case/{case}/join", asked))
        else:
            answer = caller(triage).post(f"/cases/{case}/concerns", asked)
            assert (answer.status, [each["where"] for each in answer.body["errors"]]) == (422, ["reference"])
    with acting_as(cast.lead):
        attempts = Refusal.objects.filter(user_id=triage.id)
        assert [each.asked_for for each in attempts.filter(circle__isnull=False, restricted=True)] == [shut]
        assert [each.asked_for for each in attempts.filter(circle=None)] == ["C-2222-22"]
    with acting_as(triage):
        assert not Refusal.objects.exists(), "and he reads of neither"


@pytest.mark.parametrize("way", ["page", "system"])
def test_naming_somebody_of_a_hidden_record_is_kept(cast, world, way):
    """The control is a person whom he puts in by name: nothing is kept of that."""
    quiet, owner = world.ids["quiet_case"], cast.owner
    hidden = next(iter(people_in(world, "triage_officer", f"/concerns/{world.ids['concern_id']}")))
    for who in (hidden, NOBODY):
        if way == "page":
            asked = {"do": "add", "name": "A tall man", "part": "carer", "who": who, "key": str(uuid.uuid4())}
            assert "There is a problem" in read(at_a_browser(owner).post(f"/case/{quiet}/people/add", asked))
        else:
            asked = {"person": who, "part": "carer", "key": str(uuid.uuid4())}
            assert world.callers["owner"].post(f"/cases/{quiet}/people", asked).status == 422
    world.ok("owner", "POST", f"/cases/{quiet}/people", {"name": "A boy", "part": "carer", "key": str(uuid.uuid4())})
    with acting_as(cast.lead):
        kept = Refusal.objects.filter(user_id=owner.id).values_list("asked_for", flat=True)
        assert set(kept) == {hidden, NOBODY}
