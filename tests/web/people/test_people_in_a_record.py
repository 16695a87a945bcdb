"""Who is in a concern is recorded on screen: found, or known only from it; and what it says of each stays in it."""

import uuid

import pytest

from desk import desk, text
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.organisation.models import User
from hearth.pathway.raising import raise_concern
from hearth.people.models import Role, SafeContact, Wish
from people.records import tenant

TOLD = Told(
    danger_now=False, about_staff=AboutStaff.NO, place=Place.NOT_KNOWN, who="The lady at number 12",
    noticed="She has a bruise and would not say where from.",
)  # fmt: skip


@pytest.fixture
def concern(cast):
    with acting_as(cast.reporter):
        made = raise_concern(TOLD, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    with acting_as(cast.lead):
        return concern_for(cast.lead, made.public_id)


@pytest.fixture
def ada(cast):
    return tenant(cast.register_keeper, "Ada Heath")


def add(client, concern, who, part="subject_adult", **more):
    sent = {"do": "add", "name": "Ada Heath", "who": str(who), "part": part, "key": str(uuid.uuid4()), **more}
    return client.post(f"/concern/{concern.public_id}/people/add", sent, follow=True)


def in_it(client, concern, who, name, told):
    return client.post(f"/concern/{concern.public_id}/people/{who.public_id}/{name}", told, follow=True)


def test_somebody_is_looked_for_and_put_in_with_a_part(cast, concern, ada):
    triage = desk(cast.triage_officer)
    found = triage.post(f"/concern/{concern.public_id}/people/add", {"do": "look", "name": "ada heeth"})
    assert str(ada.public_id) in text(found)
    missing = triage.post(
        f"/concern/{concern.public_id}/people/add", {"do": "add", "name": "ada heeth", "key": str(uuid.uuid4())}
    )
    assert "Select who it is" in text(missing)
    assert "Select which part they play here" in text(missing)
    assert "Ada Heath" in text(add(triage, concern, ada.public_id))
    assert "Adult we are worried about" in text(triage.get(f"/concern/{concern.public_id}"))


def test_somebody_nobody_knows_is_known_only_here(cast, concern):
    triage = desk(cast.triage_officer)
    page = text(add(triage, concern, "nobody_shown", "subject_child", name="Older boy, about 12", age="12"))
    assert "Older boy, about 12" in page
    assert "About 12 years old" in page
    assert "Known only from a record" in page


def test_what_is_said_of_her_is_kept_where_she_is_and_nowhere_else(cast, concern, ada):
    triage = desk(cast.triage_officer)
    add(triage, concern, ada.public_id)
    said = {
        "wishes": {
            "key": str(uuid.uuid4()), "asked": "said", "words": "Don’t tell my son.", "told_by": "the_person",
            "day-day": "1", "day-month": "2", "day-year": "2025",
        },
        "contact/phone": {"rule": "only_between", "from_time": "10am", "until_time": "2pm", "value": "01632 960012"},
        "needs": {"language": "Polish", "interpreter": "needed", "needs": "Time to think"},
        "capacity": {
            "key": str(uuid.uuid4()), "decision": "Whether the fire service may visit", "outcome": "has",
            "why": "She told it back in her own words.", "assessed_on-day": "1", "assessed_on-month": "2",
            "assessed_on-year": "2025", "assessed_by": "The social worker",
        },
    }  # fmt: skip
    for name, told in said.items():
        page = text(in_it(triage, concern, ada, name, told))
        assert "There is a problem" not in page, name
    for words in ("Don’t tell my son.", "10am", "01632 960012", "Polish", "Whether the fire service may visit"):
        assert words in page
    register = text(triage.get(f"/person/{ada.public_id}"))
    assert "Before you contact this person" in register
    assert "Don’t tell my son." not in register
    officer = text(desk(cast.reporter).get(f"/person/{ada.public_id}"))
    assert "Before you contact this person" not in officer, "the register itself tells nothing"


def test_what_was_typed_stays_where_it_cannot_be_kept(cast, concern, ada):
    triage = desk(cast.triage_officer)
    add(triage, concern, ada.public_id)
    page = text(in_it(triage, concern, ada, "contact/phone", {"rule": "only_between", "value": "Ring her sister"}))
    assert "Enter the hours" in page
    assert "Ring her sister" in page
    page = text(in_it(triage, concern, ada, "wishes", {"asked": "said", "words": "Leave me be"}))
    assert "Select who told us" in page
    assert "Leave me be" in page
    with acting_as(cast.lead):
        assert (SafeContact.objects.count(), Wish.objects.count()) == (0, 0)


def test_a_rule_written_over_one_that_was_not_seen_is_not_kept(cast, concern, ada):
    triage = desk(cast.triage_officer)
    add(triage, concern, ada.public_id)
    in_it(triage, concern, ada, "contact/post", {"rule": "unsafe"})
    page = text(in_it(triage, concern, ada, "contact/post", {"rule": "safe", "value": "My words"}))
    assert "What somebody else saved while you were writing" in page
    assert "My words" in page


def test_a_part_is_changed_and_one_put_down_wrongly_is_marked(cast, concern, ada):
    triage = desk(cast.triage_officer)
    add(triage, concern, ada.public_id, "source_of_harm")
    page = text(in_it(triage, concern, ada, "part", {"part": "source_of_harm", "becomes": "witness"}))
    assert "Before: Said to be the source of harm" in page
    assert "Write why it was wrong" in text(
        in_it(triage, concern, ada, "part", {"part": "witness", "becomes": "wrong"})
    )
    in_it(triage, concern, ada, "part", {"part": "witness", "becomes": "wrong", "why": "It was her cousin"})
    with acting_as(cast.lead):
        assert Role.objects.filter(person=ada, wrong_since=None, ended_at=None).count() == 0


def test_naming_a_colleagues_relative_shuts_the_record_on_screen(cast, concern, ada):
    with acting_as(cast.administrator):
        User.objects.filter(pk=cast.relative_in_triage.id).update(person_id=ada.pk)
    triage, relative, lead = desk(cast.triage_officer), desk(cast.relative_in_triage), desk(cast.lead)
    address = f"/concern/{concern.public_id}"
    assert relative.get(address).status_code == 200, "the control: before she was named"
    assert "it is now restricted" in text(add(triage, concern, ada.public_id))
    missing = relative.get("/concern/00000000-0000-4000-8000-000000000000")
    assert relative.get(address).status_code == missing.status_code == 404
    assert triage.get(address).status_code == 404
    assert "Ada Heath" in text(lead.get(address))
    assert "works with us or is close to a colleague" in text(lead.get("/my-work"))


def test_whoever_knows_somebody_in_it_says_so_and_a_lead_may_end_it(cast, concern, ada):
    triage, lead = desk(cast.triage_officer), desk(cast.lead)
    add(triage, concern, ada.public_id)
    address = f"/concern/{concern.public_id}"
    assert "Select whom you know" in text(triage.post(f"{address}/know-somebody", {"why": "My aunt"}))
    told = {"who": str(ada.public_id), "why": "My aunt"}
    assert "You no longer see records" in text(triage.post(f"{address}/know-somebody", told, follow=True))
    assert triage.get(address).status_code == 404
    page = text(lead.get("/exclusions"))
    assert "My aunt" in page
    assert triage.get("/exclusions").status_code == 404
    number = page.partition('name="end" value="')[2].partition('"')[0]
    lead.post("/exclusions", {"end": number})
    assert triage.get(address).status_code == 200


@pytest.mark.parametrize(
    "page", ["people", "people/add", "know-somebody", "people/{}", "people/{}/wishes", "people/{}/contact/phone"]
)
def test_people_of_a_record_are_there_for_whoever_is_in_it_alone(cast, concern, ada, page):
    add(desk(cast.triage_officer), concern, ada.public_id)
    address = f"/concern/{concern.public_id}/{page.format(ada.public_id)}"
    assert desk(cast.triage_officer).get(address).status_code == 200
    for viewer in (cast.outsider, cast.worker, cast.repairs, cast.auditor, cast.reporter):
        assert desk(viewer).get(address).status_code == 404
