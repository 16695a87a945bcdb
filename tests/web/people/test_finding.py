"""Somebody is found by a name spelt as it is heard; what is found says no more than it must."""

from datetime import date

import pytest

from desk import desk, text
from hearth.access.identity import acting_as
from hearth.access.models import Refusal
from hearth.housing.operations import On, put_marker
from hearth.housing.terms import MarkerKind
from hearth.organisation.terms import Part
from hearth.people.operations import add_known_person
from hearth.people.terms import Birth, PartPlayed
from hearth.web.people import finding
from housing.estate import let, make_home
from people.records import MONDAY, make_record, tenant


@pytest.fixture
def flat(cast):
    return make_home(cast.register_keeper, "4 Juniper Court", uprn="100012345")


@pytest.fixture
def siobhan(cast, flat):
    her = tenant(cast.register_keeper, "Siobhán O’Brien", born_on=date(1988, 5, 1), phone="01632 960011")
    let(cast.register_keeper, flat, her, reference="T-1", since=date(2020, 3, 2))
    return her


@pytest.fixture
def rory(cast):
    """Somebody known only from a record of the lead's."""
    record = make_record(cast.lead)
    with acting_as(cast.lead):
        birth = Birth(age_about=40, age_seen_on=MONDAY.date())
        return add_known_person(
            record, name="Rory Quayle", part=PartPlayed.SOURCE_OF_HARM, birth=birth, by=cast.lead, at=MONDAY
        ).person


def find(who, **asked):
    return who.post("/find", {"name": "", "place": "", **asked}, follow=True)


@pytest.mark.parametrize("typed", ["Siobhan OBrien", "shivawn obrien", "siobhán", "O'Brian"])
def test_a_name_is_found_as_people_spell_it_and_stands_in_no_address(cast, siobhan, typed):
    adviser = desk(cast.intake_adviser)
    answer = find(adviser, name=typed)
    page = text(answer)
    assert "Siobhán O’Brien" in page
    assert "born 1988" in page
    assert "4 Juniper Court" in page
    assert "01632 960011" not in page, "a list shows just enough"
    (address, _), *more = answer.redirect_chain
    assert more == []
    assert typed.split()[0].lower() not in address.lower()


def test_who_was_shown_is_written_down_and_what_was_asked_is_not(cast, siobhan, flat, monkeypatch):
    kept = []
    monkeypatch.setattr(finding, "record_read", lambda act, **what: kept.append((act, what["ids"])))
    find(desk(cast.intake_adviser), name="Siobhan", place="4 Juniper Court")
    assert kept == [("register.searched", [("person", siobhan.pk), ("home", flat.pk)])]


def test_a_home_is_found_by_its_uprn_and_says_who_lives_there(cast, flat, siobhan):
    adviser = desk(cast.intake_adviser)
    assert "4 Juniper Court" in text(find(adviser, place="100012345"))
    page = text(adviser.get(f"/home/{flat.public_id}"))
    assert "Siobhán O’Brien" in page
    assert "From 2 March 2020" in page


def test_nothing_found_says_what_to_try_and_nothing_asked_says_what_to_enter(cast):
    adviser = desk(cast.intake_adviser)
    page = text(find(adviser, name="Nobody Atall", place="1 Nowhere Lane"))
    assert "Try another spelling" in page
    assert "Try the postcode alone" in page
    assert "Enter a name, or an address" in text(find(adviser))
    assert "at least two letters" in text(find(adviser, name="B"))


def test_somebody_known_only_from_a_record_is_not_there_for_those_outside_it(cast, rory):
    """The control is triage, whose post reads the record."""
    assert "Known only from a record" in text(find(desk(cast.triage_officer), name="Rory Quayle"))
    assert desk(cast.triage_officer).get(f"/person/{rory.public_id}").status_code == 200
    for viewer in (cast.reporter, cast.intake_adviser, cast.worker, cast.register_keeper):
        assert "Nobody of this name is known" in text(find(desk(viewer), name="Rory Quayle"))
        assert desk(viewer).get(f"/person/{rory.public_id}").status_code == 404


def test_the_register_is_for_those_whose_post_needs_it(cast, flat, siobhan):
    for address in ("/find", f"/home/{flat.public_id}", f"/person/{siobhan.public_id}"):
        assert desk(cast.reporter).get(address).status_code == 200, "the control: a housing officer reads the register"
        for viewer in (cast.outsider, cast.income_officer, cast.auditor, cast.administrator):
            assert desk(viewer).get(address).status_code == 404


def test_a_search_is_somebody_s_own(cast, siobhan):
    adviser, officer = desk(cast.intake_adviser), desk(cast.reporter)
    answer = adviser.post("/find", {"name": "Siobhan", "place": ""})
    assert "Siobhán" in text(adviser.get(answer["Location"]))
    assert officer.get(answer["Location"])["Location"] == "/find"


def test_a_marker_tells_those_it_is_meant_for_on_the_home_and_on_the_person(cast, flat, siobhan):
    record = make_record(cast.lead)
    with acting_as(cast.lead):
        for on, words in ((On(home=flat), "Visit in pairs"), (On(person=siobhan), "Never ring the landline")):
            put_marker(
                record, on, kind=MarkerKind.VISIT, words=words, until=date(2099, 1, 1),
                shown_to=[cast.intake_adviser.id, Part.LEAD], by=cast.lead, at=MONDAY,
            )  # fmt: skip
    for viewer, sees in ((cast.intake_adviser, True), (cast.reporter, False)):
        assert ("Visit in pairs" in text(desk(viewer).get(f"/home/{flat.public_id}"))) is sees
        assert ("Never ring the landline" in text(desk(viewer).get(f"/person/{siobhan.public_id}"))) is sees


def test_a_hidden_person_and_a_missing_one_answer_alike_and_the_attempt_is_kept(cast, rory):
    officer = desk(cast.reporter)
    hidden = officer.get(f"/person/{rory.public_id}")
    missing = officer.get("/person/00000000-0000-4000-8000-000000000000")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    with acting_as(cast.lead):
        assert Refusal.objects.filter(user_id=cast.reporter.id).count() == 2
