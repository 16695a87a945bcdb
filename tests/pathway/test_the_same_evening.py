"""Out of hours somebody looks the same evening at what cannot wait: by what it mentions, or by a sign that says so."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from hearth.access.identity import acting_as, as_the_house
from hearth.cases.terms import Risk
from hearth.concerns import queries as concerns
from hearth.concerns.operations import start_looking
from hearth.concerns.terms import AboutStaff, Came, NoSuchConcern, Place, Told
from hearth.outbound.models import Message
from hearth.outbound.queries.on_call import alerts_ringing
from hearth.outbound.terms import AlertKind
from hearth.pathway.alarms import take_alert
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.raising import raise_concern
from hearth.timescales.queries import clocks_for
from on_duty import EVENING, rota
from walked import OPEN
from web.signed_in import at_a_browser, read

AT_NOON = datetime(2026, 12, 23, 12, 0, tzinfo=UTC)  # a Wednesday, and the office is open
AT = EVENING + timedelta(minutes=5)


@pytest.fixture
def on_duty(cast):
    rota(cast, ("worker", 1))
    return cast.worker


def raised(cast, at, **said):
    reporter = cast.reporter
    told = Told(
        about_staff=AboutStaff.NO, place=Place.NOT_KNOWN,
        **{"danger_now": False, "noticed": "She walked into the door.", **said},
    )  # fmt: skip
    with acting_as(reporter):
        return raise_concern(told, by=reporter, at=at, key=uuid.uuid4(), came_by=Came.PAGE)


def is_promised(receipt):
    return "Look at the concern the same evening" in {step.promise for step in receipt.next_steps}


def ringing(viewer):
    with acting_as(viewer):
        return [each.public_id for each in alerts_ringing(viewer)]


@pytest.mark.parametrize(
    ("said", "at", "is_told"),
    [
        ({"children_there": "yes"}, EVENING, True),
        ({"vulnerable": ("infant",)}, EVENING, True),
        ({"vulnerable": ("older", "child")}, EVENING, True),
        ({"vulnerable": ("older",)}, EVENING, False),
        ({"parent_told": False}, EVENING, True),
        ({"signs": ("frightened_or_controlled",)}, EVENING, True),
        ({"signs": ("hurt",)}, EVENING, True),
        ({"signs": ("home_taken_over",)}, EVENING, True),
        ({"signs": ("not_coping",)}, EVENING, True),
        ({"signs": ("money",)}, EVENING, False),
        ({}, EVENING, False),
        ({"noticed": "Two little ones, cold and frightened"}, EVENING, True),
        ({"noticed": "NOBODY HAS FED THE BABY."}, EVENING, True),
        ({"who": "Her daughter, perhaps five"}, EVENING, True),
        ({"did": "I put the knife away"}, EVENING, True),
        ({"something_else": "He said that he\n  beats her"}, EVENING, True),
        (
            {"noticed": "Damp in Kidderminster House, the babysitter's old flat; Sonia has begun to cough"},
            EVENING,
            False,
        ),
        ({"noticed": "One boy", "signs": ("money",)}, AT_NOON, False),
        ({"signs": ("hurt",), "children_there": "yes"}, AT_NOON, False),
    ],
)
def test_who_is_on_call_is_told_in_the_evening_of_what_cannot_wait(cast, on_duty, said, at, is_told):
    rota(cast, ("worker", 1), start=AT_NOON - timedelta(hours=4), hours=6)
    receipt = raised(cast, at, **said)
    assert is_promised(receipt) is is_told
    assert len(ringing(on_duty)) == int(is_told)
    assert not receipt.is_urgent, "the receipt of what waits until the evening does not say to ring at once"


def test_the_queue_says_by_when_to_decide_and_not_by_when_whoever_is_on_call_looks(cast, on_duty):
    receipt, triage = raised(cast, EVENING, signs=("hurt",)), cast.triage_officer
    danger = raised(cast, EVENING, danger_now=True)
    with acting_as(triage):
        for concern in concerns.queue(triage):
            limits = {clock.rule: clock for clock in clocks_for(triage, concern, at=AT)}
            decide = limits["concern.triage"]
            assert concern.triage_due_at == decide.due_at > min(each.due_at for each in limits.values())
            assert concern.limit == f"{decide.clause} {decide.force}"
        assert [each.pk for each in concerns.queue(triage)] == [danger.concern.pk, receipt.concern.pk]


def test_whoever_is_told_takes_it_and_looks_at_it(cast, on_duty):
    receipt = raised(cast, EVENING, signs=("hurt",))
    with acting_as(on_duty):
        with pytest.raises(NoSuchConcern):
            concerns.concern_for(on_duty, receipt.public_id)
        alert = alerts_ringing(on_duty)[0].public_id
        take_alert(alert, by=on_duty, at=AT)
        concern = concerns.concern_for(on_duty, receipt.public_id)
        start_looking(concern, by=on_duty, at=AT)
        states = {clock.rule: clock.state for clock in clocks_for(on_duty, concern, at=AT)}
    assert states["concern.first_look"] == "met"
    said = read(at_a_browser(on_duty).get(f"/alert/{alert}"))
    assert f"{on_duty.name} took this alert, " in said, "whoever was rung too knows whom to ask"


def test_nobody_is_rung_any_more_for_what_was_decided(cast, on_duty):
    receipt, triage = raised(cast, EVENING, signs=("hurt",)), cast.triage_officer
    assert ringing(on_duty)
    with acting_as(triage):
        begin = Begin(risk=Risk.HIGH, risk_why="She may be hurt again")
        decide_concern(concerns.concern_for(triage, receipt.public_id), OPEN, begin, by=triage, at=AT, key=uuid.uuid4())
    assert ringing(on_duty) == []


def test_a_first_look_has_words_and_a_pace_of_its_own(cast, on_duty):
    """The control is a concern with danger now, on the same evening: it rings as before, and stands first."""
    raised(cast, EVENING, signs=("hurt",))
    page = read(at_a_browser(on_duty).get("/my-work"))
    assert page.count("A concern wants a first look this evening") == 1, "on top, and no notice says it again"
    assert "Somebody may be in danger now" not in page
    raised(cast, EVENING, danger_now=True)
    with acting_as(on_duty):
        danger, look = alerts_ringing(on_duty)
    assert [(each.kind, each.passes_on_after) for each in (danger, look)] == [
        (AlertKind.DANGER, timedelta(minutes=30)), (AlertKind.FIRST_LOOK, timedelta(hours=2)),
    ]  # fmt: skip
    in_danger = "Somebody may be in danger now"
    told = ((danger, in_danger, "first look"), (look, "Nobody said that anyone is in danger", in_danger))
    for which, words, other in told:
        alert = read(at_a_browser(on_duty).get(f"/alert/{which.public_id}"))
        assert words in alert
        assert other not in alert
    with as_the_house():
        left = set(Message.objects.filter(user_id=on_duty.id).values_list("words", "is_urgent"))
    assert left == {("first_look", False), ("on_call_alert", True)}


def test_the_promise_to_take_it_is_as_long_as_its_pace(cast, on_duty):
    receipt = raised(cast, EVENING, signs=("hurt",))
    with acting_as(cast.lead):
        concern = concerns.concern_for(cast.lead, receipt.public_id)
        due = {clock.rule: clock.due_at for clock in clocks_for(cast.lead, concern, at=EVENING)}
    assert due["oncall.take_first_look"] == EVENING + timedelta(hours=2)
    assert "oncall.acknowledge" not in due
