"""A contact whose answers cannot all be true is not kept; what is unlikely and can be true is."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.cases.models import Contact
from hearth.cases.operations import working
from hearth.cases.terms import ContactKind, ContactMade, ContactOutcome, Seen
from hearth.concerns.terms import NotComplete
from walked import owned
from web.signed_in import at_a_browser, read

TWO_DAYS = timedelta(days=2)
CALL = ContactMade(
    ContactKind.VISIT, ContactOutcome.SEEN, now() - timedelta(hours=1), Seen.YES, Seen.YES, note="At home."
)


@pytest.fixture
def case(cast):
    return owned(cast, at=now() - TWO_DAYS)


def record(cast, case, **told):
    owner = cast.owner
    with acting_as(owner):
        working.record_contact(case, replace(CALL, **told), by=owner, at=now(), key=uuid.uuid4())
        return Contact.objects.count()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"child_seen": Seen.NO_CHILD, "child_alone": Seen.YES}, "child_alone"),
        ({"child_seen": Seen.NO_CHILD, "child_alone": Seen.NO}, "child_alone"),
        ({"child_seen": Seen.YES, "child_alone": Seen.NO_CHILD}, "child_alone"),
        ({"kind": ContactKind.MESSAGE}, "outcome"),
        ({"kind": ContactKind.MESSAGE, "outcome": ContactOutcome.SPOKEN_TO}, "child_seen"),
        ({"kind": ContactKind.MESSAGE, "outcome": ContactOutcome.NO_ANSWER, "child_seen": Seen.NO}, "child_alone"),
    ],
)
def test_answers_that_cannot_both_be_true_are_refused_beside_one_of_them(cast, case, told, field):
    with pytest.raises(NotComplete) as refused:
        record(cast, case, **told)
    assert refused.value.field == field
    assert record(cast, case) == 1, "nothing was kept of the one before"


@pytest.mark.parametrize(
    "told",
    [
        {"child_seen": Seen.NO_CHILD, "child_alone": Seen.NO_CHILD},
        {"child_seen": Seen.NO, "child_alone": Seen.YES},
        {"outcome": ContactOutcome.NO_ANSWER},
        {"kind": ContactKind.CALL},
        {
            "kind": ContactKind.MESSAGE, "outcome": ContactOutcome.NO_ANSWER, "child_seen": Seen.NO,
            "child_alone": Seen.NO,
        },
    ],
    ids=["no child", "one of two alone", "a child at the window", "a call with pictures", "a message"],
)  # fmt: skip
def test_what_can_be_true_is_kept(cast, case, told):
    assert record(cast, case, **told) == 1


def test_the_page_says_it_beside_the_answer_and_keeps_what_was_typed(cast, case):
    browser, address = at_a_browser(cast.owner), f"/case/{case.public_id}/contact"
    when = now() - timedelta(days=1)
    told = {
        "key": str(uuid.uuid4()), "kind": "visit", "outcome": "seen", "child_seen": "no_child", "child_alone": "yes",
        "note": "Both were at home.", "time": "10:00", "day-day": when.day, "day-month": when.month,
        "day-year": when.year,
    }  # fmt: skip
    page = read(browser.post(address, told))
    assert page.count("One answer says that there is no child") == 2, "in the summary and beside the question"
    assert "Both were at home." in page
    browser.post(address, {**told, "child_alone": "no_child"})
    with acting_as(cast.owner):
        assert Contact.objects.get().note == "Both were at home."
