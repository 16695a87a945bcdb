"""An unsafe home is known at once, to those who can make it safe, without a word about anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from hearth.access.identity import acting_as
from hearth.access.models import Circle, Grant
from hearth.access.terms import Refused
from hearth.housing import rules
from hearth.housing.models import Hazard
from hearth.housing.operations import classify_hazard, record_hazard, work_on_hazard
from hearth.housing.queries import hazard, open_hazards
from hearth.housing.terms import (
    HAPPENINGS,
    HazardClass,
    HazardKind,
    HazardSource,
    HazardStep,
    NoSuchHazard,
    Vulnerability,
)
from hearth.organisation.terms import ChangedMeanwhile, NotPossible
from housing.estate import make_home
from people.records import make_record

NOTICED = datetime(2026, 12, 3, 14, 10, tzinfo=UTC)
LATER = NOTICED + timedelta(hours=2)


@pytest.fixture
def flat(cast):
    return make_home(cast.register_keeper, "Flat 12, Ashgrove House")


def notice(by, flat, **changes):
    said = {
        "kind": HazardKind.DAMP_MOULD,
        "vulnerable": {Vulnerability.INFANT, Vulnerability.BREATHING},
        "aware_at": NOTICED,
        "source": HazardSource.CONCERN,
    }
    with acting_as(by):
        return record_hazard(flat, by=by, at=NOTICED, **{**said, **changes})


@pytest.fixture
def mould(cast, flat):
    """What example A's gas operative saw; he cannot read it afterwards."""
    return notice(cast.link, flat)


def take(cast, it, step, **more):
    with acting_as(cast.repairs):
        return work_on_hazard(it, step, done_at=LATER, version=it.version, by=cast.repairs, at=LATER, **more)


def classify(cast, it, hazard_class, why="A baby who wheezes sleeps in that room."):
    with acting_as(cast.surveyor):
        return classify_hazard(it, hazard_class=hazard_class, why=why, version=it.version, by=cast.surveyor, at=LATER)


def test_the_repairs_posts_read_it_at_once_and_so_do_leads(cast, flat, mould):
    """Feature 47: vulnerability words reach the competent post without waiting for triage."""
    for viewer in (cast.repairs, cast.surveyor, cast.lead, cast.triage_officer):
        with acting_as(viewer):
            (seen,) = open_hazards(viewer)
            assert (seen.home, seen.vulnerable, seen.aware_at) == (flat, ["breathing", "infant"], NOTICED)
            assert hazard(viewer, mould.public_id) == mould
            assert open_hazards(viewer, at=flat) == [mould]


def test_nobody_else_does_neither_who_noticed_it_nor_who_shares_a_team(cast, mould):
    for viewer in (cast.worker, cast.income_officer, cast.outsider, cast.operative, cast.reporter):
        with acting_as(viewer):
            with pytest.raises(Refused):
                open_hazards(viewer)
            assert not Hazard.objects.exists()
    with acting_as(cast.surveyor), pytest.raises(NoSuchHazard):
        hazard(cast.surveyor, "00000000-0000-4000-8000-000000000000")


def test_it_has_a_circle_of_its_own_and_no_way_back_to_a_concern(cast, mould):
    columns = {field.name for field in Hazard._meta.get_fields()}
    assert not columns & {"concern", "person", "recorded_by", "words", "notes", "about_kind", "about_id"}
    with acting_as(cast.repairs):
        assert Circle.objects.get(pk=mould.circle_id).kind == "hazard"
        parts = {grant.part for grant in Grant.objects.filter(circle_id=mould.circle_id)}
    assert parts == {"repairs_desk", "repairs_competent"}


def test_a_competent_post_classifies_it_with_a_reason_and_nobody_else(cast, mould):
    for viewer in (cast.repairs, cast.lead, cast.link):
        with acting_as(viewer), pytest.raises(Refused):
            classify_hazard(mould, hazard_class=HazardClass.NO_HAZARD, why="Quick", version=1, by=viewer, at=LATER)
    with pytest.raises(NotPossible):
        classify(cast, mould, HazardClass.EMERGENCY, why="  ")
    seen = classify(cast, mould, HazardClass.SIGNIFICANT)
    assert (seen.hazard_class, seen.version) == ("significant", 2)
    assert classify(cast, seen, HazardClass.EMERGENCY).hazard_class == "emergency"  # thought again


def test_two_who_work_on_it_at_once_do_not_overwrite_each_other(cast, mould):
    classify(cast, mould, HazardClass.SIGNIFICANT)
    with pytest.raises(ChangedMeanwhile):
        take(cast, mould, HazardStep.MADE_SAFE)


def test_a_significant_hazard_is_investigated_summed_up_made_safe_and_closed(cast, mould):
    it = classify(cast, mould, HazardClass.SIGNIFICANT)
    for too_early in (HazardStep.SUMMARY_GIVEN, HazardStep.PREVENTION_BEGUN):
        with pytest.raises(NotPossible):
            take(cast, it, too_early)
    with pytest.raises(NotPossible):
        take(cast, it, HazardStep.INVESTIGATED)  # and is work needed?
    it = take(cast, it, HazardStep.INVESTIGATED, work_needed=True)
    it = take(cast, it, HazardStep.SUMMARY_GIVEN)
    with pytest.raises(NotPossible):
        take(cast, it, HazardStep.CLOSED, why="Done")
    it = take(cast, it, HazardStep.MADE_SAFE)
    it = take(cast, it, HazardStep.PREVENTION_BEGUN)
    it = take(cast, it, HazardStep.CLOSED, why="Extractor fitted, wall dry at second visit")
    with pytest.raises(NotPossible):
        take(cast, it, HazardStep.MADE_SAFE)
    with acting_as(cast.repairs):
        assert open_hazards(cast.repairs) == []


def test_no_hazard_may_be_closed_with_nothing_made_safe(cast, mould):
    it = classify(cast, mould, HazardClass.NO_HAZARD)
    assert take(cast, it, HazardStep.CLOSED, why="Soot, not mould").closed_at == LATER


def test_nothing_is_done_or_known_in_the_future(cast, flat, mould):
    soon = LATER + timedelta(minutes=1)
    with acting_as(cast.repairs), pytest.raises(NotPossible):
        work_on_hazard(mould, HazardStep.MADE_SAFE, done_at=soon, version=1, by=cast.repairs, at=LATER)
    with pytest.raises(NotPossible):
        notice(cast.repairs, flat, aware_at=soon)


@pytest.mark.parametrize("words", [{"asthma of Tom"}, {"infant", "Mrs Ashdown"}])
def test_vulnerability_is_told_in_closed_words_only(cast, flat, words):
    with pytest.raises(ValueError, match="not a valid Vulnerability"):
        notice(cast.link, flat, vulnerable=words)


def test_every_step_has_its_happening_and_its_needs():
    assert set(rules.NEEDS) == set(HazardStep)
    of_hazards = {act for act in HAPPENINGS if act.startswith("hazard.")}
    assert {f"hazard.{step.value}" for step in HazardStep} | {"hazard.recorded"} == of_hazards


def test_the_database_keeps_a_hazard_in_its_circle_for_ever(cast, mould):
    other = make_record(cast.repairs)
    with acting_as(cast.repairs), connection.cursor() as cursor, pytest.raises(Exception, match="keeps its circle"):
        cursor.execute("update housing_hazard set circle_id = %s where id = %s", [other.circle_id, mould.pk])
