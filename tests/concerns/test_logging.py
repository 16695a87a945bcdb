"""A concern is told in a minute, kept as it was told, and known to nobody it should not be known to."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from hearth.access.identity import acting_as
from hearth.access.terms import Part, Refused
from hearth.concerns import queries
from hearth.concerns.models import Concern
from hearth.concerns.operations import answer_worry, log_concern, set_home, still_worried
from hearth.concerns.terms import AboutStaff, AlreadyLogged, Came, NoSuchConcern, NotComplete, Place, Told
from housing.estate import make_home

THURSDAY = datetime(2026, 12, 3, 14, 10, tzinfo=UTC)
COLD = Told(
    danger_now=False,
    about_staff=AboutStaff.NO,
    place=Place.ELSEWHERE,
    elsewhere="Flat over the bakery",
    noticed="Two children on bare mattresses. “I am always cold,” said the older one.",
)


def log(told=COLD, *, by, key=None, receiver=Part.LEAD, link=None):
    came_by = Came.LINK if link else Came.PAGE
    return log_concern(
        told, by=by, at=THURSDAY, key=key or uuid.uuid4(), came_by=came_by, receiver=receiver, link=link
    )[0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"home_id": 7}, "place"),
        ({"place": Place.NOT_KNOWN}, "elsewhere"),
        ({"place": Place.HOME, "home_id": 7}, "elsewhere"),
        ({"place": Place.HOME, "elsewhere": ""}, "place"),
    ],
)
def test_two_places_at_once_are_told_beside_the_field(cast, changes, field):
    """COLD says where it is in words; the database would refuse both without a sentence."""
    with acting_as(cast.reporter), pytest.raises(NotComplete) as told:
        log(replace(COLD, **changes), by=cast.reporter)
    assert told.value.field == field


def test_anybody_may_log_a_concern_and_an_outsider_does_not_find_it(cast):
    reporter, outsider, triage_officer = cast.reporter, cast.outsider, cast.triage_officer
    with acting_as(reporter):
        concern = log(by=reporter)
        assert queries.my_concerns(reporter)[0].reference == concern.reference
    with acting_as(triage_officer):
        assert queries.queue(triage_officer) == [concern]
        assert queries.concern_for(triage_officer, concern.public_id).noticed == COLD.noticed
    with acting_as(outsider):
        assert queries.my_concerns(outsider) == []
        for asked in (concern.public_id, uuid.uuid4()):
            with pytest.raises(NoSuchConcern):
                queries.concern_for(outsider, asked)
        with pytest.raises(Refused):
            queries.queue(outsider)


def test_the_reporter_sees_his_own_words_and_nothing_that_became_of_them(cast):
    """Reach own words: feature 9's receipt without the file."""
    reporter, triage_officer = cast.reporter, cast.triage_officer
    with acting_as(reporter):
        concern = log(by=reporter)
    with acting_as(reporter), pytest.raises(Refused):
        queries.concern_for(reporter, concern.public_id)
    with acting_as(triage_officer):
        Concern.objects.filter(pk=concern.pk).update(
            stage="decided", outcome="open_case", feedback="Thank you, we are acting on it", feedback_held=True
        )
    with acting_as(reporter):
        held = queries.my_concerns(reporter)[0]
        assert (held.progress, held.feedback) == ("received", ""), "feedback is held back where it would raise risk"
    with acting_as(triage_officer):
        Concern.objects.filter(pk=concern.pk).update(feedback_held=False)
    with acting_as(reporter):
        told = queries.my_concerns(reporter)[0]
        assert (told.progress, told.feedback) == ("decided", "Thank you, we are acting on it")


@pytest.mark.parametrize("answer", [AboutStaff.YES, AboutStaff.NOT_SURE])
def test_a_concern_about_somebody_who_works_with_us_is_for_the_lead_alone_from_its_first_word(cast, answer):
    reporter = cast.reporter
    with acting_as(reporter):
        concern = log(replace(COLD, about_staff=answer), by=reporter)
        assert concern.restricted
    for name in ("triage_officer", "intake_adviser", "deputy", "manager", "administrator", "auditor", "director"):
        somebody = getattr(cast, name)
        with acting_as(somebody):
            assert not Concern.objects.exists(), name
    with acting_as(cast.triage_officer):
        assert queries.queue(cast.triage_officer) == []
    lead = cast.lead
    with acting_as(lead):
        assert queries.queue(lead) == [], "never in the triage queue"
        assert queries.restricted_queue(lead) == [concern]


def test_a_concern_about_the_lead_goes_to_the_post_the_pack_names(cast):
    reporter, lead, director = cast.reporter, cast.lead, cast.director
    told = replace(COLD, about_staff=AboutStaff.YES, about_the_lead=True)
    with acting_as(reporter):
        concern = log(told, by=reporter, receiver=Part.ALLEGATION_DEPUTY)
    with acting_as(lead):
        assert not Concern.objects.filter(pk=concern.pk).exists()
    with acting_as(director):
        assert queries.restricted_queue(director) == [concern]


def test_the_same_form_sent_twice_is_one_concern(cast):
    reporter = cast.reporter
    key = uuid.uuid4()
    with acting_as(reporter):
        first = log(by=reporter, key=key)
        again, is_new = log_concern(COLD, by=reporter, at=THURSDAY, key=key, came_by=Came.PAGE, receiver=Part.LEAD)
        assert (again.pk, is_new) == (first.pk, False)
        for other in (
            {"noticed": "Something else entirely"}, {"danger_now": True}, {"about_staff": AboutStaff.NOT_SURE},
            {"signs": ("threat_or_weapon",)}, {"thinks": "It is getting worse"}, {"children_there": "yes"},
        ):  # fmt: skip
            with pytest.raises(AlreadyLogged):
                log(replace(COLD, **other), by=reporter, key=key)
        assert Concern.objects.count() == 1


def test_a_form_that_arrives_twice_is_one_concern_also_after_triage_said_which_home_it_is(cast):
    reporter, triage_officer, key = cast.reporter, cast.triage_officer, uuid.uuid4()
    home = make_home(cast.register_keeper, "12 Acacia Road")
    with acting_as(reporter):
        first = log(by=reporter, key=key)
    with acting_as(triage_officer):
        concern = queries.concern_for(triage_officer, first.public_id)
        set_home(concern, home, why="I know the bakery", version=1, by=triage_officer, at=THURSDAY)
    with acting_as(reporter):
        assert log(by=reporter, key=key).pk == first.pk


def test_a_link_writes_and_reads_nothing_back_but_what_it_is_just_sending(cast):
    link_user, reporter = cast.link, cast.reporter
    key = uuid.uuid4()
    with acting_as(link_user):
        link = ReportingLinkMaker.make(link_user)
        concern = log(by=link_user, key=key, link=link)
        again, is_new = log_concern(
            COLD, by=link_user, at=THURSDAY, key=key, came_by=Came.LINK, receiver=Part.LEAD, link=link
        )
        assert (again.reference, is_new) == (concern.reference, False)
        with connection.cursor() as cursor:  # the next request: another key, and the circle is no longer being made
            cursor.execute("select set_config('hearth.key', %s, true)", [str(uuid.uuid4())])
            cursor.execute("select id from concerns_concern where not circle_id = any(hearth.my_circles())")
            assert cursor.fetchall() == []
        with pytest.raises(Refused):
            queries.my_concerns(link_user)
    with acting_as(reporter):
        assert not Concern.objects.exists()


class ReportingLinkMaker:
    @staticmethod
    def make(link_user):
        from hearth.concerns.models import ReportingLink

        return ReportingLink.objects.create(
            name="van", secret_digest=uuid.uuid4().hex, acts_as_id=link_user.id, made_at=THURSDAY
        )


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"noticed": "   "}, "noticed", "Write what you saw"),
        ({"noticed": "x" * 20_001}, "noticed", "at most 20000"),
        ({"place": Place.HOME, "elsewhere": ""}, "place", "Choose the home"),
        ({"elsewhere": " "}, "elsewhere", "Write where"),
        ({"signs": tuple(str(n) for n in range(13))}, "signs", "at most 12"),
        ({"agreed": "agreed"}, "knows", "whether the person knows"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_kept_by_half(cast, changes, field, message):
    reporter = cast.reporter
    with acting_as(reporter):
        with pytest.raises(NotComplete, match=message) as problem:
            log(replace(COLD, **changes), by=reporter)
        assert problem.value.field == field
        assert not Concern.objects.exists()
        assert log(by=reporter), "the control: complete, it is kept"


def test_the_words_stay_as_they_were_told(cast):
    reporter, lead = cast.reporter, cast.lead
    with acting_as(reporter):
        concern = log(by=reporter)
    with acting_as(lead):
        for column in ("noticed", "thinks", "did", "wishes"):
            with pytest.raises(DatabaseError, match="as they were told"), transaction.atomic():
                Concern.objects.filter(pk=concern.pk).update(**{column: "Something milder"})
        assert Concern.objects.filter(pk=concern.pk).update(stage="being_looked_at") == 1


def test_a_reporter_who_is_still_worried_is_answered_by_a_lead_who_did_not_decide(cast):
    reporter, lead, deputy, outsider = cast.reporter, cast.lead, cast.deputy, cast.outsider
    with acting_as(reporter):
        concern = log(by=reporter)
    with acting_as(outsider), pytest.raises(Refused):
        still_worried(concern, why="Let me in", by=outsider, at=THURSDAY, key=uuid.uuid4())
    with acting_as(reporter):
        worry = still_worried(concern, why="They were alone again today", by=reporter, at=THURSDAY, key=uuid.uuid4())
        with pytest.raises(NotComplete, match="in a sentence"):
            still_worried(concern, why=" ", by=reporter, at=THURSDAY, key=uuid.uuid4())
    with acting_as(lead):
        assert queries.worries_waiting(lead) == [worry]
        with pytest.raises(NotComplete, match="another lead"):
            answer_worry(worry, answer="All is well", by=lead, at=THURSDAY, decided_by=frozenset({lead.id}))
    with acting_as(deputy):
        answer_worry(worry, answer="We visited this morning", by=deputy, at=THURSDAY, decided_by=frozenset({lead.id}))
        with pytest.raises(NotComplete, match="already answered"):
            answer_worry(worry, answer="Twice", by=deputy, at=THURSDAY, decided_by=frozenset())
    with acting_as(reporter):
        assert queries.my_concerns(reporter)[0].worries[0].answer == "We visited this morning"
