"""Somebody in a record is close to a colleague: from then on he, and every post but the leads’, sees nothing of it."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from api.caller import caller
from hearth.access.identity import acting_as
from hearth.access.models import Circle, Exclusion
from hearth.access.operations import declare_exclusion, give, keep_attempt, link_circles, make_circle
from hearth.access.terms import CircleKind, NotHere, Part
from hearth.concerns.models import Concern
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import AboutStaff, Came, NoSuchConcern, Place, Told
from hearth.organisation.models import User
from hearth.organisation.terms import NotPossible
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.terms import NoticeWords
from hearth.pathway.conflicts import declare_conflict, declare_conflict_unnamed, end_exclusion
from hearth.pathway.people_in_records import put_known_person, put_person, say_relationship
from hearth.pathway.raising import raise_concern
from hearth.people.models import Role
from hearth.people.operations import relate
from hearth.people.terms import Birth, PartPlayed, Tie
from people.records import make_record, tenant
from web.signed_in import at_a_browser, read

FRIDAY = datetime(2026, 11, 13, 10, tzinfo=UTC)
TOLD = Told(
    danger_now=False, about_staff=AboutStaff.NO, place=Place.NOT_KNOWN, who="A man on the top floor",
    noticed="He shouts at night and nobody has seen his wife for a week.",
)  # fmt: skip


def logged(cast):
    with acting_as(cast.reporter):
        made = raise_concern(TOLD, by=cast.reporter, at=FRIDAY, key=uuid.uuid4(), came_by=Came.PAGE)
    with acting_as(cast.lead):
        return concern_for(cast.lead, made.public_id)


def reads(viewer, concern):
    """Through the page's question, and by asking PostgreSQL for the bare row."""
    with transaction.atomic(), acting_as(viewer):
        there = Concern.objects.filter(pk=concern.pk).exists()
        with connection.cursor() as cursor:
            cursor.execute("select noticed from concerns_concern where id = %s", [concern.pk])
            assert bool(cursor.fetchone()) is there
        try:
            concern_for(viewer, concern.public_id)
        except NoSuchConcern:
            return False
        return there


def is_a_tenant(cast, who, person):
    with acting_as(cast.administrator):
        User.objects.filter(pk=who.id).update(person_id=person.pk)


@pytest.fixture
def declan(cast):
    """A triage officer who is a tenant too."""
    himself = tenant(cast.register_keeper, "Declan Heath")
    is_a_tenant(cast, cast.relative_in_triage, himself)
    return himself


@pytest.fixture
def nora(cast, declan):
    """His sister, as another family's record says."""
    her = tenant(cast.register_keeper, "Nora Heath")
    with acting_as(cast.lead):
        elsewhere = make_record(cast.lead)
        relate(elsewhere, declan, Tie.SIBLING, her, by=cast.lead, at=FRIDAY)
    return her


def told(viewer, words):
    with acting_as(viewer):
        return [notice for notice in notices_for(viewer, unread_only=True) if notice.words is words]


def test_a_tenant_nobody_here_is_close_to_leaves_the_record_open(cast, nora):
    """The control."""
    concern = logged(cast)
    somebody = tenant(cast.register_keeper, "Arthur Pell")
    with acting_as(cast.triage_officer):
        put = put_person(concern, somebody, PartPlayed.SUBJECT_ADULT, by=cast.triage_officer, at=FRIDAY)
    assert not put.is_shut
    assert all(reads(viewer, concern) for viewer in (cast.triage_officer, cast.relative_in_triage, cast.lead))
    assert told(cast.lead, NoticeWords.RECORD_RESTRICTED) == []


def test_the_sister_of_a_colleague_shuts_her_record_to_him_and_to_every_post_but_the_leads(cast, nora):
    concern = logged(cast)
    assert reads(cast.relative_in_triage, concern)
    assert reads(cast.intake_adviser, concern)
    with acting_as(cast.triage_officer):
        put = put_person(concern, nora, PartPlayed.SUBJECT_ADULT, by=cast.triage_officer, at=FRIDAY)
    assert put.is_shut
    for viewer in (cast.relative_in_triage, cast.triage_officer, cast.intake_adviser, cast.director):
        assert not reads(viewer, concern)
    for viewer in (cast.lead, cast.deputy):
        assert reads(viewer, concern)
        (notice,) = told(viewer, NoticeWords.RECORD_RESTRICTED)
        assert notice.about == concern.public_id
    with acting_as(cast.lead):
        assert Concern.objects.get(pk=concern.pk).restricted
        assert Role.objects.get(pk=put.role.pk).restricted


def test_the_team_of_the_record_keeps_it_and_the_colleague_loses_even_his_own_place(cast, nora):
    concern = logged(cast)
    with acting_as(cast.triage_officer):
        for member in (cast.worker, cast.relative_in_triage):
            give(concern.circle_id, to=member.id, part_in_it=Part.WORKS_ON_IT, by=cast.triage_officer, at=FRIDAY)
    with acting_as(cast.worker):
        assert put_person(concern, nora, PartPlayed.WITNESS, by=cast.worker, at=FRIDAY).is_shut
    assert reads(cast.worker, concern)
    assert not reads(cast.relative_in_triage, concern)


def test_whoever_has_no_voice_in_a_record_still_shuts_it_by_saying_what_is_true(cast, nora):
    """An intake adviser is let in until triage and could not say herself who else is in it."""
    concern = logged(cast)
    with acting_as(cast.intake_adviser):
        assert put_person(concern, nora, PartPlayed.SUBJECT_ADULT, by=cast.intake_adviser, at=FRIDAY).is_shut
    assert not reads(cast.intake_adviser, concern)
    assert reads(cast.lead, concern)


def test_where_every_lead_is_close_to_her_the_post_for_allegations_about_leads_holds_it(cast):
    concern, her = logged(cast), tenant(cast.register_keeper, "Ada Stone")
    family = [tenant(cast.register_keeper, name) for name in ("Bea Stone", "Cy Stone")]
    for lead, himself in zip((cast.lead, cast.deputy), family, strict=True):
        is_a_tenant(cast, lead, himself)
    with acting_as(cast.triage_officer):
        elsewhere = make_record(cast.triage_officer)
        for himself in family:
            relate(elsewhere, himself, Tie.SIBLING, her, by=cast.triage_officer, at=FRIDAY)
        assert put_person(concern, her, PartPlayed.SUBJECT_ADULT, by=cast.triage_officer, at=FRIDAY).is_shut
    assert [reads(viewer, concern) for viewer in (cast.lead, cast.deputy)] == [False, False]
    with transaction.atomic(), acting_as(cast.director):
        assert Concern.objects.filter(pk=concern.pk).exists()
    assert len(told(cast.director, NoticeWords.RECORD_RESTRICTED)) == 1


def test_a_neighbour_s_record_stays_open_though_a_colleague_declared_that_she_knows_him(cast):
    """A declared conflict shuts its own colleague out; only closeness to staff restricts the record (ADR 0069)."""
    concern, neighbour = logged(cast), tenant(cast.register_keeper, "Arthur Pell")
    her = cast.relative_in_triage
    with acting_as(her):
        declare_exclusion(user_id=her.id, person_id=neighbour.pk, why="We share a stairwell", by=her, at=FRIDAY)
    assert reads(her, concern)
    with acting_as(cast.triage_officer):
        put = put_person(concern, neighbour, PartPlayed.SUBJECT_ADULT, by=cast.triage_officer, at=FRIDAY)
    assert not put.is_shut
    assert [reads(viewer, concern) for viewer in (her, cast.triage_officer, cast.lead)] == [False, True, True]
    assert told(cast.lead, NoticeWords.RECORD_RESTRICTED) == []


def test_the_leads_are_told_once_a_day_when_somebody_shut_out_tries_to_open_the_record(cast, nora):
    concern = logged(cast)
    with acting_as(cast.triage_officer):
        put_person(concern, nora, PartPlayed.SUBJECT_ADULT, by=cast.triage_officer, at=FRIDAY)
    for somebody, times in ((cast.outsider, 1), (cast.relative_in_triage, 2)):
        for _ in range(times):
            with acting_as(somebody), pytest.raises(NotHere) as refused:
                concern_for(somebody, concern.public_id)
            with acting_as(somebody):
                keep_attempt(refused.value, page="concern", asked_for=str(concern.public_id), at=FRIDAY)
    for lead in (cast.lead, cast.deputy):
        (notice,) = told(lead, NoticeWords.SHUT_OUT_TRIED)
        assert notice.about is None, "it names neither the record nor the colleague"
    assert told(cast.relative_in_triage, NoticeWords.SHUT_OUT_TRIED) == []
    assert told(cast.director, NoticeWords.SHUT_OUT_TRIED) == []


def test_a_relationship_recorded_later_shuts_the_record_too(cast, declan):
    concern = logged(cast)
    wife = tenant(cast.register_keeper, "Ada Heath")
    with acting_as(cast.triage_officer):
        by = cast.triage_officer
        assert not put_person(concern, wife, PartPlayed.SUBJECT_ADULT, by=by, at=FRIDAY).is_shut
        assert say_relationship(concern, declan, Tie.PARTNER, wife, by=by, at=FRIDAY)
    assert not reads(cast.relative_in_triage, concern)
    assert not reads(cast.triage_officer, concern)
    assert reads(cast.lead, concern)


def test_a_case_and_the_concerns_joined_to_it_are_shut_together(cast, nora):
    case, concern = make_record(cast.lead), logged(cast)
    with acting_as(cast.lead):
        link_circles(case_circle=case.circle_id, joined=concern.circle_id, by=cast.lead, at=FRIDAY)
    with acting_as(cast.triage_officer):
        assert put_person(concern, nora, PartPlayed.SUBJECT_ADULT, by=cast.triage_officer, at=FRIDAY).is_shut
        assert not Circle.objects.filter(pk__in=[case.circle_id, concern.circle_id]).exists()
    with acting_as(cast.lead):
        assert Circle.objects.filter(pk__in=[case.circle_id, concern.circle_id], restricted=True).count() == 2


def test_nobody_shuts_a_record_in_which_nobody_is_close_to_a_colleague(cast, declan):
    concern = logged(cast)
    with acting_as(cast.triage_officer), connection.cursor() as cursor:
        cursor.execute("select hearth.wall_off(%s, now())", [concern.circle_id])
        assert cursor.fetchone() == (None,)
    with acting_as(cast.lead):
        make_circle(CircleKind.CASE, by=cast.lead, at=FRIDAY)
    assert reads(cast.triage_officer, concern)


def test_a_form_sent_twice_adds_one_person(cast):
    concern, key = logged(cast), uuid.uuid4()
    with acting_as(cast.triage_officer):
        for _ in range(2):
            put_known_person(
                concern, name="Older boy, about 12", known_as="", birth=Birth(age_about=12, age_seen_on=FRIDAY.date()),
                part=PartPlayed.SUBJECT_CHILD, by=cast.triage_officer, at=FRIDAY + timedelta(minutes=_), key=key,
            )  # fmt: skip
        assert Role.objects.filter(circle_id=concern.circle_id).count() == 1


def test_who_knows_somebody_in_a_record_that_names_nobody_tells_the_leads_and_only_them(cast):
    concern = logged(cast)
    officer, browser = cast.triage_officer, at_a_browser(cast.triage_officer)
    page = f"/concern/{concern.public_id}/know-somebody"
    assert "Nobody is recorded by name here yet" in read(browser.get(page))
    assert told(cast.lead, NoticeWords.CONFLICT_DECLARED) == []
    assert "The leads are told" in read(browser.post(page, follow=True))
    system, way = caller(officer), f"/concerns/{concern.public_id}/conflicts"
    assert system.post(way, {}).status == 204, "another system may say it too; the leads are told once"
    assert len(told(cast.lead, NoticeWords.CONFLICT_DECLARED)) == 1
    assert told(cast.relative_in_triage, NoticeWords.CONFLICT_DECLARED) == []
    with acting_as(officer):
        put_person(
            concern, tenant(cast.register_keeper, "Arthur Pell"), PartPlayed.SUBJECT_ADULT, by=officer, at=FRIDAY
        )
        with pytest.raises(NotPossible, match="Select whom you know"):
            declare_conflict_unnamed(concern, by=officer, at=FRIDAY)
    refused = system.post(way, {})
    assert refused.status == 422, refused.body


def test_whoever_says_he_knows_somebody_is_shut_out_at_once_until_a_lead_ends_it(cast):
    concern = logged(cast)
    neighbour = tenant(cast.register_keeper, "Arthur Pell")
    officer, colleague = cast.triage_officer, cast.relative_in_triage
    with acting_as(officer):
        put_person(concern, neighbour, PartPlayed.SUBJECT_ADULT, by=officer, at=FRIDAY)
        with pytest.raises(NotPossible):
            declare_conflict(concern, neighbour, why=" ", by=officer, at=FRIDAY)
        declare_conflict(concern, neighbour, why="He lives next door to me", by=officer, at=FRIDAY)
    assert not reads(officer, concern)
    assert reads(colleague, concern), "the control: only whoever declares it is shut out"
    assert len(told(cast.lead, NoticeWords.CONFLICT_DECLARED)) == 1
    with acting_as(cast.lead):
        end_exclusion(Exclusion.objects.get(user_id=officer.id), by=cast.lead, at=FRIDAY)
    assert reads(officer, concern)
