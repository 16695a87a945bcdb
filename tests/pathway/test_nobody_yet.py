"""A case that nobody holds has a limit for finding somebody: offered to nobody when it was opened, or given back."""

from datetime import timedelta

from hearth.access.identity import acting_as, as_the_house
from hearth.cases import queries as cases
from hearth.cases.operations import handing_over
from hearth.outbound.operations.clock_notices import give_clock_notices
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.terms import NoticeWords
from hearth.timescales.models import Clock
from hearth.timescales.queries import due, due_for_me
from hearth.timescales.rebuilding import check_clocks
from walked import TRIAGED, opened, owned

LATER = TRIAGED + timedelta(hours=3)
RULE = "case.holder"


def waits(case):
    with as_the_house():
        rows = Clock.objects.filter(about_kind="case", about_id=case.pk, rule=RULE).order_by("id")
        return list(rows.values_list("state", flat=True))


def offer(cast, case, to, at):
    triage = cast.triage_officer
    with acting_as(triage):
        found = cases.case_to_hand_over(triage, case.public_id)
        handing_over.hand_over(found, to=to.id, what_matters="The children", by=triage, at=at)


def give_back(cast, somebody, at):
    with acting_as(somebody):
        handing_over.give_back(cases.offered_to_me(somebody)[0], why="I know the family", by=somebody, at=at)


def test_a_case_opened_with_nobody_is_offered_to_somebody_within_a_limit_of_the_house(cast):
    triage, case = cast.triage_officer, opened(cast).case
    assert waits(case) == ["running"]
    with acting_as(triage):
        (mine,) = [each for each in due_for_me(triage, at=LATER) if each.rule == RULE]
        assert (mine.about_id, mine.force_sentence) == (case.pk, "Set by Hearth, confirm with your lead")
        assert mine.due_day == (TRIAGED + timedelta(days=3)).date(), "Friday morning: the end of Monday"
    with acting_as(cast.lead):
        assert case.pk in [each.about_id for each in due(cast.lead, at=LATER, rule=RULE)]

    offer(cast, case, cast.owner, at=LATER)
    assert waits(case) == ["met"]
    assert list(check_clocks()) == []


def test_a_case_given_back_that_nobody_holds_waits_anew_and_one_with_a_holder_does_not(cast):
    case = opened(cast, hand_to=cast.owner.id).case
    assert waits(case) == [], "somebody was offered it at once"
    give_back(cast, cast.owner, at=LATER)
    assert waits(case) == ["running"]
    offer(cast, case, cast.worker, at=LATER + timedelta(hours=1))
    assert waits(case) == ["met"]

    held = owned(cast)
    with acting_as(cast.owner):
        handing_over.hand_over(held, to=cast.worker.id, what_matters="The children", by=cast.owner, at=LATER)
    with acting_as(cast.worker):
        handover = next(each for each in cases.offered_to_me(cast.worker) if each.case_id == held.pk)
        handing_over.give_back(handover, why="I know the family", by=cast.worker, at=LATER)
    assert waits(held) == [], "its holder still has it"
    assert list(check_clocks()) == []


def test_nobody_found_in_time_is_told_to_triage_and_to_the_lead(cast):
    """The control is a case that was offered in time."""
    case, offered = opened(cast).case, opened(cast).case
    offer(cast, offered, cast.owner, at=LATER)
    with as_the_house():
        waiting = Clock.objects.get(about_id=case.pk, rule=RULE).public_id
        met = Clock.objects.get(about_id=offered.pk, rule=RULE).public_id
    give_clock_notices(at=TRIAGED + timedelta(days=5))
    for somebody in (cast.triage_officer, cast.lead):
        with acting_as(somebody):
            told = {each.about for each in notices_for(somebody) if each.words is NoticeWords.CLOCK_BREACH}
        assert waiting in told
        assert met not in told
