"""Messages that did not leave: why, tried again, or told by telephone."""

import pytest

from at_a_page import text
from hearth.access import clock
from hearth.access.identity import acting_as, as_the_house
from hearth.ledger.models import Entry
from hearth.organisation.models import User
from hearth.outbound.models import Message
from hearth.outbound.operations.messages import tell_staff
from hearth.outbound.terms import Channel, State, Words


def not_left(cast, *, words=Words.SOMETHING_WAITS, state=State.FAILED, problem="smtp-550", key="k") -> Message:
    """A message to a case worker that ended without leaving."""
    at, to = clock.now(), User.objects.get(pk=cast.worker.id)
    with acting_as(cast.lead):
        tell_staff(to.pk, address=to.email, channel=Channel.EMAIL, words=words, key=key, at=at)
    with as_the_house():
        message = Message.objects.get(key=key)
        ended = {"state": state.value, "ended_at": at, "problem": problem, "tries": 12}
        Message.objects.filter(pk=message.pk).update(**ended)
    return message


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("smtp-550", "The other side refused it for good (smtp-550): the address is likely wrong."),
        ("http-404", "The other side refused it for good (http-404)"),
        ("smtp-451", "The other side could not take it (smtp-451), each time it was tried."),
        ("no-connection", "could not be reached"),
        ("channel_off", "it is switched off for the whole of Hearth"),
    ],
)
def test_the_reason_is_in_plain_words_and_no_address_is_shown(browser, cast, problem: str, said: str) -> None:
    not_left(cast, problem=problem)
    page = text(browser("lead").get("/unsent"))
    assert said in page
    assert "To Worker, by e-mail" in page
    assert "worker@ashgrove.example" not in page


@pytest.mark.parametrize("words", Words)
def test_whatever_did_not_leave_is_said_in_plain_words(browser, cast, words: Words) -> None:
    not_left(cast, words=words)
    answer = browser("lead").get("/unsent")
    assert answer.status_code == 200, "no kind of message keeps the others from being seen"
    assert words.value not in text(answer)


def test_it_is_tried_again_once_and_that_is_kept(browser, cast) -> None:
    message, lead = not_left(cast), browser("lead")
    answer = text(lead.post(f"/unsent/{message.pk}/again", follow=True))
    assert "It is being tried again." in answer
    assert "Every message left." in answer
    assert lead.post(f"/unsent/{message.pk}/again").status_code == 404, "it is not among them any more"
    worker = cast.worker.id
    with as_the_house():
        message = Message.objects.get()
        assert (message.state, message.tries, message.ended_at) == ("waiting", 0, None)
        (entry,) = Entry.objects.filter(act__startswith="message.")
        assert (entry.act, entry.facts) == ("message.tried_again", {"words": "something_waits", "who": worker})


def test_told_by_telephone_it_is_off_the_list(browser, cast) -> None:
    message, lead = not_left(cast), browser("deputy")
    assert "Every message left." in text(lead.post(f"/unsent/{message.pk}/told", follow=True))
    deputy = cast.deputy.id
    with as_the_house():
        assert Message.objects.get().state == "told"
        assert Entry.objects.get(act="message.told_by_telephone").by_id == deputy


def test_a_letter_with_a_link_is_written_anew_and_a_withheld_message_stays_withheld(browser, cast) -> None:
    letter = not_left(cast, words=Words.WELCOME)
    held = not_left(cast, key="other", state=State.WITHHELD, problem="decision_withdrawn")
    lead = browser("lead")
    page = lead.get("/unsent").content.decode()
    assert "Its link is gone" in page
    assert "Try again" not in page
    for message in (letter, held):
        assert "not sent again" in text(lead.post(f"/unsent/{message.pk}/again", follow=True))
    with as_the_house():
        assert set(Message.objects.values_list("state", flat=True)) == {"failed", "withheld"}


def test_the_days_seal_is_not_tried_again_because_the_next_one_leaves_tomorrow(browser, cast) -> None:
    message, lead = not_left(cast, words=Words.ANCHOR), browser("lead")
    page = lead.get("/unsent").content.decode()
    assert "The day’s seal of the ledger, to be kept" in page
    assert "Tomorrow’s takes its place." in page
    assert "Try again" not in page
    assert "not sent again" in text(lead.post(f"/unsent/{message.pk}/again", follow=True))


def test_only_leads_and_administrators_see_them(browser, cast) -> None:
    message = not_left(cast)
    for who, answer in (("administrator", 200), ("lead", 200), ("worker", 404), ("triage_officer", 404)):
        assert browser(who).get("/unsent").status_code == answer, who
    assert browser("worker").post(f"/unsent/{message.pk}/told").status_code == 404
