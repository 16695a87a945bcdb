"""Somebody in danger now reaches somebody awake: rung, acknowledged or passed on, and never about a relative."""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction

from hearth.access.identity import acting_as, as_the_house
from hearth.access.operations import give, make_circle
from hearth.access.queries import viewer
from hearth.access.terms import CircleKind, Part, Reach, Refused
from hearth.concerns.links import make_link
from hearth.ledger.models import Entry
from hearth.organisation.models import OnCallShift, User
from hearth.organisation.operations import switch_off
from hearth.organisation.terms import NotPossible
from hearth.outbound.models import Alert, AlertStep, Message
from hearth.outbound.operations import (
    acknowledge,
    alert,
    cover,
    deliver,
    note_rota_gap,
    pass_on_unacknowledged,
    put_on_rota,
    swap,
    take_gaps_as_read,
    warn_of_gaps,
)
from hearth.outbound.queries import (
    acknowledgement,
    alert_for,
    alerts_ringing,
    notices_for,
    on_call,
    rota_gaps,
    steps_of,
)
from hearth.outbound.rules import gaps
from hearth.outbound.terms import (
    RING_ALONE,
    Acknowledgement,
    AlertKind,
    AlreadyAcknowledged,
    Gap,
    NoSuchAlert,
    NoticeWords,
)
from hearth.policy.packs import read_chain
from hearth.policy.queries import pack_in_force
from hearth.timescales.models import Clock
from hearth.timescales.operations import adopt_policy
from on_duty import EVENING, Worry, as_jobs_process, rota, shut_out

queries_of_on_call = import_module("hearth.outbound.queries.on_call")  # the package has a question of the same name
PACKS = Path(__file__).resolve().parents[2] / "packs"
HALF_AN_HOUR = timedelta(minutes=30)


def logged(cast, *, restricted=False, number=777001):
    """What logging a concern leaves behind: a circle, and the reporter's reach in it."""
    reporter = cast.reporter
    circle = make_circle(CircleKind.CONCERN, by=reporter, at=EVENING, restricted=restricted)
    give(
        circle, to=reporter.id, reach=Reach.OWN_WORDS, part_in_it=Part.REPORTED_IT, by=reporter, at=EVENING
    )  # fmt: skip
    return Worry(number, uuid4(), circle)


def ring(cast, **more):
    with acting_as(cast.reporter), transaction.atomic():
        about = logged(cast)
        return about, alert(about, by=cast.reporter, at=EVENING, pass_on_after=HALF_AN_HOUR, **more)


def rung(cast, which):
    with acting_as(cast.lead), transaction.atomic():
        found = alert_for(cast.lead, which)
        return [(step.user.name, step.rung, step.round) for step in steps_of(cast.lead, found)]


def written(database, circle):
    """What the ledger holds of a circle, read as the sealer."""
    with psycopg.connect(database, user="hearth_sealer") as sealer:
        return sealer.execute(
            "select act, by_id from ledger_entry where circle_id = %s order by id", [circle]
        ).fetchall()


def pass_on(minutes):
    with as_jobs_process():
        return pass_on_unacknowledged(at=EVENING + timedelta(minutes=minutes))


def test_the_first_rung_is_rung_at_once_by_text_and_email(own_cast, post_office, text_gateway):
    rota(own_cast, ("deputy", 1), ("lead", 2))
    _about, which = ring(own_cast)
    with as_jobs_process():
        while deliver(at=EVENING):
            pass
    assert [to for to, _letter in post_office.letters] == [["deputy@ashgrove.example"]]
    assert [text["to"] for text in text_gateway.texts] == ["07000900001"]
    assert rung(own_cast, which) == [("Deputy", 1, 1)]
    with acting_as(own_cast.deputy), transaction.atomic():
        (notice,) = notices_for(own_cast.deputy)
        assert (notice.words, notice.about_kind, notice.about) == (NoticeWords.ON_CALL_ALERT, "alert", which)


def test_nothing_that_leaves_tells_who_where_or_why(own_cast, post_office, text_gateway):
    """The canaries: the reporter’s name, the record’s numbers and address. The control finds one that is planted."""
    rota(own_cast, ("deputy", 1))
    about, which = ring(own_cast)
    with as_jobs_process():
        while deliver(at=EVENING):
            pass
        keys = list(Message.objects.values_list("key", flat=True))
    left = "\n".join(letter.as_string() for _to, letter in post_office.letters)
    left += repr(text_gateway.texts) + repr(text_gateway.heads)
    canaries = [own_cast.reporter.name, "reporter@", str(about.id), str(about.public_id), str(which), *keys]
    found = re.compile("|".join(map(re.escape, canaries)), re.IGNORECASE)
    assert left
    assert not found.search(left)
    assert found.search(left + str(which))


def test_the_receipt_says_we_told_the_on_call_lead_only_after_acknowledgement(own_cast, own_database):
    rota(own_cast, ("deputy", 1))
    about, which = ring(own_cast)
    assert acknowledgement(about) is Acknowledgement.RINGING
    with acting_as(own_cast.deputy):
        acknowledge(which, by=own_cast.deputy, at=EVENING)
    assert acknowledgement(about) is Acknowledgement.ACKNOWLEDGED
    assert acknowledgement(Worry(1, uuid4(), about.circle_id)) is Acknowledgement.NOT_ALERTED
    with acting_as(own_cast.lead), pytest.raises(AlreadyAcknowledged):
        acknowledge(which, by=own_cast.lead, at=EVENING)
    assert written(own_database, about.circle_id) == [
        ("oncall.alerted", own_cast.reporter.id),
        ("oncall.acknowledged", own_cast.deputy.id),
    ]


def test_an_alert_goes_up_the_ladder_until_somebody_acknowledges(own_cast):
    rota(own_cast, ("deputy", 1), ("manager", 2))
    _about, which = ring(own_cast)
    assert pass_on(29) == 0
    assert pass_on(30) == 1
    assert pass_on(31) == 0
    assert rung(own_cast, which) == [("Deputy", 1, 1), ("Manager", 2, 1)]
    # After the last rung the ladder begins again, and every lead is told.
    assert pass_on(60) == 1
    assert sorted(rung(own_cast, which)[2:]) == [("Deputy", 1, 2), ("Lead", 1, 2)]
    with acting_as(own_cast.manager):
        acknowledge(which, by=own_cast.manager, at=EVENING)
    assert pass_on(600) == 0


def test_a_record_that_rings_already_does_not_ring_twice(own_cast):
    rota(own_cast, ("deputy", 1))
    about, which = ring(own_cast)
    with acting_as(own_cast.triage_officer), transaction.atomic():
        again = alert(about, by=own_cast.triage_officer, at=EVENING, pass_on_after=HALF_AN_HOUR)
    assert again == which
    with as_jobs_process():
        assert Message.objects.count() == 2


def test_nobody_on_call_tells_every_lead_at_once(own_cast):
    _about, which = ring(own_cast)
    assert sorted(rung(own_cast, which)) == [("Deputy", 0, 1), ("Lead", 0, 1)]
    assert pass_on(30) == 1
    assert sorted(rung(own_cast, which))[1::2] == [("Deputy", 0, 2), ("Lead", 0, 2)]


def test_the_one_it_is_about_and_his_relatives_are_never_rung(own_cast, own_database):
    rota(own_cast, ("manager", 1), ("worker", 2), ("deputy", 3))
    with acting_as(own_cast.reporter), transaction.atomic():
        about = logged(own_cast)
    shut_out(own_database, own_cast.manager.id, about.circle_id)
    with acting_as(own_cast.triage_officer), transaction.atomic():
        which = alert(
            about, by=own_cast.triage_officer, at=EVENING, pass_on_after=HALF_AN_HOUR, not_to_ring=[own_cast.worker.id]
        )
    pass_on(30)
    assert {name for name, _rung, _round in rung(own_cast, which)} == {"Deputy", "Lead"}
    with acting_as(own_cast.manager), transaction.atomic(), pytest.raises(NoSuchAlert):
        acknowledge(which, by=own_cast.manager, at=EVENING)


def test_an_alert_is_known_to_the_circle_and_offered_to_whoever_may_take_it(own_cast):
    rota(own_cast, ("manager", 1))
    _about, which = ring(own_cast)
    for somebody, offered in (("manager", [which]), ("lead", [which]), ("triage_officer", [])):
        viewer = getattr(own_cast, somebody)
        with acting_as(viewer), transaction.atomic():
            assert Alert.objects.get().public_id == which
            assert [found.public_id for found in alerts_ringing(viewer)] == offered, somebody
    for somebody in ("worker", "administrator", "outsider", "reporter"):
        viewer = getattr(own_cast, somebody)
        with acting_as(viewer), transaction.atomic():
            assert alerts_ringing(viewer) == []
            assert not AlertStep.objects.exists()
            with pytest.raises(NoSuchAlert):
                acknowledge(which, by=viewer, at=EVENING)
    with acting_as(own_cast.triage_officer), transaction.atomic(), pytest.raises(Refused):
        acknowledge(which, by=own_cast.triage_officer, at=EVENING)
    with acting_as(own_cast.manager), transaction.atomic(), pytest.raises(Exception, match="permission denied"):
        Alert.objects.update(rung=9)


def test_whoever_was_switched_off_is_not_on_call(cast):
    rota(cast, ("deputy", 1), ("lead", 2))
    with acting_as(cast.administrator):
        assert [somebody.name for somebody in on_call(EVENING)] == ["Deputy", "Lead"]
        switch_off(User.objects.get(pk=cast.deputy.id), at=EVENING)
        assert [somebody.name for somebody in on_call(EVENING)] == ["Lead"]
        assert on_call(EVENING + timedelta(hours=10)) == []


@pytest.mark.parametrize(
    ("covered_from", "covered_to", "parts"),
    [
        (2, 4, [("Deputy", 0, 2), ("Lead", 2, 4), ("Deputy", 4, 12)]),
        (0, 4, [("Lead", 0, 4), ("Deputy", 4, 12)]),
        (4, 12, [("Deputy", 0, 4), ("Lead", 4, 12)]),
        (0, 12, [("Lead", 0, 12)]),
    ],
)
def test_somebody_stands_in_for_a_part_of_a_shift(cast, covered_from, covered_to, parts):
    (shift,) = rota(cast, ("deputy", 1))
    start, hour = shift.starts_at, timedelta(hours=1)
    with acting_as(cast.administrator):
        lead = User.objects.get(pk=cast.lead.id)
        cover(
            shift.public_id, lead, phone="07", starts_at=start + covered_from * hour,
            ends_at=start + covered_to * hour, by=cast.administrator, at=start,
        )  # fmt: skip
        found = [
            (each.user.name, (each.starts_at - start) / hour, (each.ends_at - start) / hour)
            for each in OnCallShift.objects.select_related("user").order_by("starts_at")
        ]
        assert found == parts
        assert rota_gaps(cast.administrator, start=start, end=start + 12 * hour) == []


def test_the_rota_is_kept_by_whoever_keeps_users(cast):
    with acting_as(cast.worker), pytest.raises(Refused):
        put_on_rota(
            User.objects.get(pk=cast.worker.id), rung=1, phone="07", starts_at=EVENING, ends_at=EVENING + HALF_AN_HOUR,
            by=cast.worker, at=EVENING,
        )  # fmt: skip
    with acting_as(cast.worker), pytest.raises(Refused):
        rota_gaps(cast.worker, start=EVENING, end=EVENING + HALF_AN_HOUR)


def said_of_the_rota():
    with as_the_house():
        told = Entry.objects.filter(act__startswith="rota.").order_by("id")
        return [(entry.act, entry.facts, entry.by_id) for entry in told]


def test_who_is_put_on_covered_and_swapped_is_in_the_ledger(cast):
    admin, lead, deputy = cast.administrator, cast.lead, cast.deputy
    users = {who.id: User.objects.get(pk=who.id) for who in (lead, deputy)}
    begins, ends = EVENING, EVENING + timedelta(hours=12)
    with acting_as(admin):
        first = put_on_rota(
            users[lead.id], rung=1, phone="07000900001", starts_at=begins, ends_at=ends, by=admin, at=EVENING
        )
        second = put_on_rota(
            users[deputy.id],
            rung=2,
            phone="07000900002",
            starts_at=ends,
            ends_at=ends + HALF_AN_HOUR,
            by=admin,
            at=EVENING,
        )
        with pytest.raises(NotPossible, match="on the rota at that time already"):
            put_on_rota(users[lead.id], rung=2, phone="07", starts_at=begins, ends_at=ends, by=admin, at=EVENING)
        swap(first.public_id, second.public_id, by=admin, at=EVENING)
        held = [(shift.user_id, shift.phone) for shift in OnCallShift.objects.order_by("starts_at")]
    assert held == [(deputy.id, "07000900002"), (lead.id, "07000900001")]
    assert said_of_the_rota() == [
        ("rota.put_on", {"rung": 1, "who": lead.id}, admin.id),
        ("rota.put_on", {"rung": 2, "who": deputy.id}, admin.id),
        ("rota.swapped", {"who": deputy.id, "with_whom": lead.id}, admin.id),
    ]
    assert "0700" not in str(said_of_the_rota()), "no number stands in a fact"


def test_nobody_is_put_on_the_rota_past_his_last_day(cast):
    with acting_as(cast.administrator):
        User.objects.filter(pk=cast.deputy.id).update(until=EVENING + HALF_AN_HOUR)
        deputy = User.objects.get(pk=cast.deputy.id)
        with pytest.raises(NotPossible, match="leaves before the shift ends"):
            put_on_rota(
                deputy, rung=1, phone="07", starts_at=EVENING, ends_at=EVENING + timedelta(hours=1),
                by=cast.administrator, at=EVENING,
            )  # fmt: skip


HOUR = [EVENING + timedelta(hours=n) for n in range(13)]


@pytest.mark.parametrize(
    ("shifts", "found"),
    [
        ([], [(0, 12)]),
        ([(0, 12)], []),
        ([(0, 4), (4, 12)], []),
        ([(0, 4), (5, 12)], [(4, 5)]),
        ([(2, 4), (3, 9), (3, 5)], [(0, 2), (9, 12)]),
        ([(5, 12), (0, 4)], [(4, 5)]),
    ],
)
def test_a_gap_is_every_stretch_that_no_shift_covers(shifts, found):
    known = gaps([(HOUR[start], HOUR[end]) for start, end in shifts], HOUR[0], HOUR[12])
    assert known == [Gap(HOUR[start], HOUR[end]) for start, end in found]


def test_a_gap_in_the_rota_is_a_breach_that_is_written_down_once_and_told(own_cast):
    rota(own_cast, ("deputy", 1), start=EVENING + timedelta(hours=1), hours=2)
    with as_jobs_process():
        assert note_rota_gap(at=EVENING) is True
        assert note_rota_gap(at=EVENING + timedelta(minutes=5)) is True
        assert note_rota_gap(at=EVENING + timedelta(hours=1)) is False
        assert note_rota_gap(at=EVENING + timedelta(hours=4)) is True
        warn_of_gaps(at=EVENING, ahead=timedelta(hours=3, minutes=30))
        warn_of_gaps(at=EVENING + timedelta(minutes=1), ahead=timedelta(hours=3, minutes=30))
        assert Message.objects.filter(words="rota_gap").count() == 6
    with acting_as(own_cast.lead), transaction.atomic():
        assert [notice.words for notice in notices_for(own_cast.lead)] == [NoticeWords.ROTA_GAP] * 3


def test_a_gap_that_ended_is_read_and_one_that_was_filled_before_it_came_is_taken_back(own_cast):
    """Until then it waits. What was filled and is empty again is told anew."""
    ahead = timedelta(hours=5)
    rota(own_cast, ("deputy", 1), start=EVENING + timedelta(hours=1), hours=2)

    def unread():
        with acting_as(own_cast.lead), transaction.atomic():
            return [notice.at for notice in notices_for(own_cast.lead, unread_only=True)]

    def a_round(after):
        with as_jobs_process():
            warn_of_gaps(at=EVENING + after, ahead=ahead)
            note_rota_gap(at=EVENING + after)
            take_gaps_as_read(at=EVENING + after, ahead=ahead)

    a_round(timedelta())
    a_round(timedelta(minutes=5))
    assert unread() == [EVENING, EVENING], "nobody is on call now, nor in three hours"
    a_round(timedelta(hours=1))
    assert unread() == [EVENING], "the one of now has ended"
    with acting_as(own_cast.administrator), transaction.atomic():
        late = EVENING + timedelta(hours=3)
        shift = put_on_rota(User.objects.get(name="Manager"), rung=1, phone="07700 900123", starts_at=late,
                            ends_at=late + timedelta(hours=12), by=own_cast.administrator, at=EVENING)  # fmt: skip
    a_round(timedelta(hours=1, minutes=1))
    assert unread() == []
    with acting_as(own_cast.administrator), transaction.atomic():
        User.objects.filter(pk=shift.user_id).update(is_active=False)
    again = timedelta(hours=1, minutes=2)
    a_round(again)
    assert unread() == [EVENING + again]


def test_the_policys_limit_runs_from_ringing_and_is_met_by_acknowledging(own_cast):
    rota(own_cast, ("deputy", 1), ("manager", 2))
    with acting_as(own_cast.lead), transaction.atomic():
        adopt_policy(read_chain(PACKS / "manchester-2025"), by=own_cast.lead, at=EVENING - timedelta(hours=9))
    _about, which = ring(own_cast)

    def promises():
        with acting_as(own_cast.lead), transaction.atomic():
            rows = Clock.objects.filter(rule="oncall.acknowledge").order_by("id")
            return list(rows.values_list("about_kind", "state", "due_at"))

    assert promises() == [("concern", "running", EVENING + HALF_AN_HOUR)]
    pass_on(30)
    again = EVENING + 2 * HALF_AN_HOUR
    assert promises() == [("concern", "ended", EVENING + HALF_AN_HOUR), ("concern", "running", again)]
    with acting_as(own_cast.manager), transaction.atomic():
        acknowledge(which, by=own_cast.manager, at=EVENING + HALF_AN_HOUR)
    assert [state for _kind, state, _due in promises()] == ["ended", "met"]


def test_a_first_look_is_passed_on_at_its_own_pace(own_cast):
    """The control rings beside it: danger goes on after half an hour, the first look after two."""
    rota(own_cast, ("deputy", 1), ("lead", 2))
    with acting_as(own_cast.reporter), transaction.atomic():
        look = logged(own_cast, number=777003)
        which = alert(
            look, kind=AlertKind.FIRST_LOOK, by=own_cast.reporter, at=EVENING, pass_on_after=timedelta(hours=2)
        )
    _, danger = ring(own_cast)
    assert pass_on(31) == 1
    assert [name for name, _, _ in rung(own_cast, danger)] == ["Deputy", "Lead"]
    assert [name for name, _, _ in rung(own_cast, which)] == ["Deputy"]
    pass_on(121)
    assert [name for name, _, _ in rung(own_cast, which)] == ["Deputy", "Lead"]
    with acting_as(own_cast.lead), transaction.atomic():
        words = [notice.words for notice in notices_for(own_cast.lead) if notice.about == which]
    assert words == [NoticeWords.FIRST_LOOK_PASSED_ON]


def test_once_the_rota_is_through_the_policys_ladder_is_rung_too(own_cast, monkeypatch):
    """The control is a policy whose ladder names only who is on call and the leads: they are rung and nobody else."""
    rota(own_cast, ("worker", 1))
    _, before = ring(own_cast)
    pass_on(31)
    assert {name for name, _, _ in rung(own_cast, before)} == {"Worker", "Lead", "Deputy"}
    with acting_as(own_cast.lead), transaction.atomic():
        pack = pack_in_force(EVENING)
    posts = {**pack.posts, "director": replace(pack.posts["head_asb_safeguarding"], id="director")}
    named = replace(pack, posts=posts, on_call=replace(pack.on_call, ladder=("on_call_lead", "director")))
    monkeypatch.setattr(queries_of_on_call, "pack_for", lambda about, at: named)
    with acting_as(own_cast.reporter), transaction.atomic():
        after = alert(logged(own_cast, number=777004), by=own_cast.reporter, at=EVENING, pass_on_after=HALF_AN_HOUR)
    assert pass_on(31) == 1
    with as_the_house(), transaction.atomic():
        steps = AlertStep.objects.filter(alert__public_id=after)
        assert set(steps.values_list("user__name", flat=True)) == {"Worker", "Lead", "Deputy", "Director"}


def texts(own_cast):
    """How many texts ring each of the two on the rota, read as the jobs process."""
    people = {own_cast.deputy.id: "deputy", own_cast.lead.id: "lead"}
    with as_jobs_process():
        sent = Message.objects.filter(channel="text").values_list("user_id", flat=True)
        return Counter(people[each] for each in sent)


def test_alarms_by_one_link_are_told_as_one_after_the_first_few_also_when_they_are_passed_on(own_cast):
    rota(own_cast, ("deputy", 1), ("lead", 2))
    with acting_as(own_cast.lead), transaction.atomic():
        link, _carried = make_link("Site gate", by=own_cast.lead, at=EVENING)
        sender = viewer(link.acts_as)
    many = RING_ALONE + 4
    for number in range(many):
        with acting_as(sender), transaction.atomic():
            circle = make_circle(CircleKind.CONCERN, by=sender, at=EVENING)
            at = EVENING + timedelta(seconds=number)
            alert(Worry(777100 + number, uuid4(), circle), by=sender, at=at, pass_on_after=HALF_AN_HOUR)
    assert texts(own_cast) == {"deputy": RING_ALONE + 1}
    assert pass_on(31) == many, "the control: each of them is passed on"
    assert texts(own_cast) == {"deputy": RING_ALONE + 1, "lead": RING_ALONE + 1}
    with acting_as(own_cast.deputy), transaction.atomic():
        assert len(alerts_ringing(own_cast.deputy)) == many
