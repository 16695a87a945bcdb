"""What somebody is told inside Hearth is his alone, and only while he may know of the record."""

from uuid import uuid4

import pytest
from django.db import transaction

from hearth.access.identity import acting_as
from hearth.access.operations import end_grant, give, make_circle
from hearth.access.terms import CircleKind, Part, Reach
from hearth.outbound.models import Notice
from hearth.outbound.operations import mark_read, notify
from hearth.outbound.queries import notices_for
from hearth.outbound.terms import NoSuchNotice, NoticeWords
from on_duty import EVENING, shut_out

ABOUT = uuid4()


@pytest.fixture
def circle(cast):
    with acting_as(cast.lead):
        return make_circle(CircleKind.CASE, by=cast.lead, at=EVENING)


def tell(cast, who, circle=None, *, by="reporter", key="k", words=NoticeWords.CLOCK_WARNING):
    with acting_as(getattr(cast, by)):
        to = getattr(cast, who).id
        notify(to, words, key=key, at=EVENING, about_kind="case", about=ABOUT, circle=circle)


def told(cast, who):
    viewer = getattr(cast, who)
    with acting_as(viewer):
        return notices_for(viewer)


def test_a_notice_is_read_by_its_own_user_only(cast):
    tell(cast, "worker")
    (notice,) = told(cast, "worker")
    assert (notice.words, notice.about, notice.read_at) == (NoticeWords.CLOCK_WARNING, ABOUT, None)
    with acting_as(cast.lead):
        assert notices_for(cast.lead) == []
        assert not Notice.objects.exists()
        with pytest.raises(NoSuchNotice):
            mark_read(notice.public_id, by=cast.lead, at=EVENING)


def test_a_notice_about_a_circle_is_seen_only_while_its_user_may_know_of_it(cast, circle):
    tell(cast, "worker", circle)
    assert told(cast, "worker") == []
    with acting_as(cast.lead):
        grant = give(circle, to=cast.worker.id, part_in_it=Part.WORKS_ON_IT, by=cast.lead, at=EVENING)
    assert len(told(cast, "worker")) == 1
    with acting_as(cast.lead):
        end_grant(grant, by=cast.lead, at=EVENING)
    assert told(cast, "worker") == []


def test_a_reporter_is_told_what_became_of_his_words(cast, circle):
    tell(cast, "reporter", circle, by="lead", words=NoticeWords.FEEDBACK)
    assert told(cast, "reporter") == []
    with acting_as(cast.lead):
        give(
            circle, to=cast.reporter.id, reach=Reach.OWN_WORDS, part_in_it=Part.REPORTED_IT, by=cast.lead, at=EVENING
        )  # fmt: skip
    assert len(told(cast, "reporter")) == 1


def test_somebody_shut_out_is_never_told_even_in_a_post_that_sees_everything(own_cast, own_database):
    with acting_as(own_cast.lead), transaction.atomic():
        circle = make_circle(CircleKind.CASE, by=own_cast.lead, at=EVENING)
    tell(own_cast, "relative_in_triage", circle)
    with transaction.atomic():
        assert len(told(own_cast, "relative_in_triage")) == 1
    shut_out(own_database, own_cast.relative_in_triage.id, circle)
    with transaction.atomic():
        assert told(own_cast, "relative_in_triage") == []


def test_somebody_who_may_not_see_the_record_can_still_cause_a_notice_about_it(cast, circle):
    """The reporter who is still worried tells a lead, and learns nothing by it."""
    tell(cast, "deputy", circle, by="outsider")
    assert len(told(cast, "deputy")) == 1


def test_a_clock_tells_each_rung_once(cast):
    for key in ("clock:1:warn:7", "clock:1:warn:7", "clock:1:breach:7"):
        tell(cast, "worker", key=key)
    assert len(told(cast, "worker")) == 2


def test_reading_a_notice_is_noted_once_and_nothing_else_of_it_can_be_changed(cast):
    tell(cast, "worker")
    with acting_as(cast.worker):
        (notice,) = notices_for(cast.worker, unread_only=True)
        assert len(notices_for(cast.worker, unread_only=True)) == 1
        mark_read(notice.public_id, by=cast.worker, at=EVENING)
        mark_read(notice.public_id, by=cast.worker, at=EVENING.replace(hour=22))
        assert len(notices_for(cast.worker, unread_only=True)) == 0
        assert notices_for(cast.worker)[0].read_at == EVENING
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            Notice.objects.update(words="feedback")
