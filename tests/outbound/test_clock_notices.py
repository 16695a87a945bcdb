"""Whoever keeps a promise is told before it runs out, and those the policy names when it is over."""

from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from hearth.access.identity import acting_as, as_the_house
from hearth.access.operations import give, make_circle
from hearth.access.terms import CircleKind, Part
from hearth.outbound.models import Message
from hearth.outbound.operations import give_clock_notices
from hearth.outbound.operations.notices import notify
from hearth.outbound.queries import notices_for
from hearth.outbound.terms import NoticeWords
from hearth.policy.durations import LOCAL
from hearth.policy.packs import read_chain
from hearth.timescales.models import Clock
from hearth.timescales.moving import record_of
from hearth.timescales.operations import adopt_policy, happened
from on_duty import as_jobs_process, shut_out

PACKS = Path(__file__).resolve().parents[2] / "packs"
FRIDAY = datetime(2026, 12, 4, 9, 30, tzinfo=LOCAL)
OVER = datetime(2026, 12, 8, 7, tzinfo=LOCAL)


@pytest.fixture(autouse=True)
def policy(own_cast):
    with acting_as(own_cast.lead), transaction.atomic():
        adopt_policy(read_chain(PACKS / "manchester-2025"), by=own_cast.lead, at=datetime(2026, 1, 5, tzinfo=LOCAL))


def handed_over(cast, *, restricted=False, number=1):
    """A case given to a worker on Friday; the manager must answer within one working day."""
    with acting_as(cast.lead), transaction.atomic():
        circle = make_circle(CircleKind.CASE, by=cast.lead, at=FRIDAY, restricted=restricted)
        give(circle, to=cast.owner.id, part_in_it=Part.OWNS_IT, by=cast.lead, at=FRIDAY)
        give(circle, to=cast.lead.id, part_in_it=Part.LEAD, by=cast.lead, at=FRIDAY)
        about = record_of("case", number, circle)
        happened("case.opened", about=about, by=cast.lead, at=FRIDAY, facts={"risk_band": "standard"})
        happened("case.owner_changed", about=about, by=cast.lead, at=FRIDAY, facts={"owner": cast.owner.id})
        happened("case.handed_over", about=about, by=cast.lead, at=FRIDAY)
    return circle


def told(cast, name):
    viewer = getattr(cast, name)
    with acting_as(viewer), transaction.atomic():
        return [(notice.words, notice.about_kind) for notice in notices_for(viewer)]


def emailed():
    with as_jobs_process():
        return sorted(Message.objects.filter(words="something_waits").values_list("user__name", flat=True))


def test_a_breach_is_told_once_to_whoever_the_policy_names_and_may_see_it(own_cast):
    """feature 27"""
    handed_over(own_cast)
    with as_jobs_process():
        assert give_clock_notices(at=FRIDAY) == 0
        assert give_clock_notices(at=OVER) == 1
        assert give_clock_notices(at=OVER) == 0
    assert told(own_cast, "lead") == [(NoticeWords.CLOCK_BREACH, "clock")]
    # The manager is named by the policy and gets the e-mail, which says nothing; the notice waits for his place in it.
    assert told(own_cast, "manager") == []
    assert told(own_cast, "outsider") == []
    assert emailed() == ["Lead", "Manager"]


def test_that_a_limit_is_near_asks_for_nothing_once_it_was_met_or_has_passed(own_cast):
    """Two cases, warned of alike: one is answered for in time, and of the other it is told that it has passed."""
    met, passed = handed_over(own_cast), handed_over(own_cast, number=2)

    def unread():
        with acting_as(own_cast.lead), transaction.atomic():
            return sorted(notice.words for notice in notices_for(own_cast.lead, unread_only=True))

    lead = own_cast.lead.id
    with as_the_house(), transaction.atomic():
        for clock in Clock.objects.filter(circle_id__in=[met, passed], rule="case.handover"):
            notify(
                lead, NoticeWords.CLOCK_WARNING, key=f"near:{clock.pk}", at=FRIDAY, about_kind="clock",
                about=clock.public_id, circle=clock.circle_id,
            )  # fmt: skip
    with as_jobs_process():
        give_clock_notices(at=FRIDAY)
    assert unread() == [NoticeWords.CLOCK_WARNING] * 2
    with acting_as(own_cast.lead), transaction.atomic():
        about = record_of("case", 1, met)
        happened("case.handover_answered", about=about, by=own_cast.lead, at=FRIDAY, facts={"answer": "accepted"})
    with as_jobs_process():
        give_clock_notices(at=FRIDAY)
    assert unread() == [NoticeWords.CLOCK_WARNING]
    with as_jobs_process():
        give_clock_notices(at=OVER)
    assert unread() == [NoticeWords.CLOCK_BREACH]


def test_of_a_restricted_record_only_those_inside_hear_anything(own_cast):
    handed_over(own_cast, restricted=True)
    with as_jobs_process():
        assert give_clock_notices(at=OVER) == 1
    assert emailed() == ["Lead"]


def test_somebody_shut_out_hears_nothing_of_a_breach(own_cast, own_database):
    circle = handed_over(own_cast)
    shut_out(own_database, own_cast.manager.id, circle)
    with as_jobs_process():
        assert give_clock_notices(at=OVER) == 1
    assert emailed() == ["Lead"]


def test_the_warnings_of_a_day_are_one_email(own_cast):
    for number in (1, 2, 3):
        handed_over(own_cast, number=number)
    with as_jobs_process():
        assert give_clock_notices(at=datetime(2026, 12, 31, 7, tzinfo=LOCAL)) == 6
        emails = list(Message.objects.filter(user_id=own_cast.manager.id).values_list("key", flat=True))
    # Three reviews that come near are one e-mail; three handovers nobody answered are three.
    assert sorted(key.split(":")[0] for key in emails) == ["clock", "clock", "clock", "waits"]
