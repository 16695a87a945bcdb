"""Everything that leaves was decided, names nobody, and leaves by one exit."""

import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

import hearth
from hearth.access.identity import acting_as, as_the_house
from hearth.access.terms import Refused
from hearth.outbound.models import Attempt, Decision, Message
from hearth.outbound.operations import decide, deliver, notify, queue, remove_old, tell_staff, withdraw
from hearth.outbound.queries import dead_letters
from hearth.outbound.rules import next_try
from hearth.outbound.terms import Channel, DecisionKind, NoticeWords, State, Words
from hearth.outbound.words import body, subject
from on_duty import EVENING, as_jobs_process

WORDS = Words.SOMETHING_WAITS


def tell(cast, *, key="k", address="worker@ashgrove.example", channel=Channel.EMAIL, at=EVENING, **more):
    with acting_as(cast.reporter):
        return tell_staff(cast.worker.id, address=address, channel=channel, words=WORDS, key=key, at=at, **more)


def states():
    with as_jobs_process():
        return list(Message.objects.order_by("key").values_list("key", "state", "tries", "problem"))


def run(at=EVENING):
    with as_jobs_process():
        return deliver(at=at)


def test_an_email_leaves_with_fixed_words_and_a_message_id_of_its_own(own_cast, post_office):
    tell(own_cast)
    sent = run()
    ((to, letter),) = post_office.letters
    assert to == ["worker@ashgrove.example"]
    assert letter["Message-ID"] == f"<{sent}@ashgrove.example>"
    assert (letter["From"], letter["Auto-Submitted"]) == ("hearth@ashgrove.example", "auto-generated")
    assert letter["Subject"] == "Something waits for you in Hearth"
    assert letter.get_payload().split() == body(WORDS).split()
    assert states() == [("k", "sent", 1, "")]
    assert run() is None


def test_a_text_message_goes_to_the_gateway_with_our_key_and_its_own_id(own_cast, text_gateway):
    tell(own_cast, address="07000900001", channel=Channel.TEXT)
    sent = run()
    assert text_gateway.texts == [{"id": str(sent), "to": "07000900001", "text": body(WORDS)}]
    ((path, heads),) = text_gateway.heads
    assert path == "/send?v=2"
    assert heads["Authorization"] == "Bearer gateway-secret"
    assert heads["Idempotency-Key"] == str(sent)


def test_the_same_key_is_queued_once_whoever_asks(own_cast):
    assert tell(own_cast) is True
    assert tell(own_cast) is False
    with acting_as(own_cast.lead):
        to = own_cast.lead.id
        assert not tell_staff(to, address="a@b.example", channel=Channel.EMAIL, words=WORDS, key="k", at=EVENING)


def test_a_message_that_fails_is_tried_again_later_under_the_same_id(own_cast, post_office):
    post_office.answers = ["451 come back", "250 taken"]
    tell(own_cast)
    run()
    assert states() == [("k", "waiting", 1, "smtp-451")]
    assert run() is None
    sent = run(next_try(1, EVENING))
    assert post_office.letters[0][1]["Message-ID"] == f"<{sent}@ashgrove.example>"
    assert states() == [("k", "sent", 2, "")]
    with as_jobs_process():
        assert list(Attempt.objects.order_by("id").values_list("was_sent", "problem")) == [
            (False, "smtp-451"),
            (True, ""),
        ]


@pytest.mark.parametrize(("status", "left"), [(503, "waiting"), (429, "waiting"), (400, "failed"), (404, "failed")])
def test_a_gateway_that_refuses_for_good_is_not_asked_again(own_cast, text_gateway, status, left):
    text_gateway.answers = [status]
    tell(own_cast, address="07000900001", channel=Channel.TEXT)
    run()
    assert states() == [("k", left, 1, f"http-{status}")]


@pytest.mark.parametrize("url", ["http://texts.example/send", "file:///etc/passwd", "texts.example"])
def test_a_gateway_is_asked_over_https_only(own_cast, monkeypatch, url):
    monkeypatch.setattr(settings, "HEARTH_TEXT_GATEWAY", url)
    tell(own_cast, address="07000900001", channel=Channel.TEXT)
    run()
    assert states() == [("k", "failed", 1, "gateway-address")]


def test_a_message_waits_longer_each_time_until_it_is_given_up(own_cast, monkeypatch):
    monkeypatch.setattr(settings, "HEARTH_EMAIL", "smtp://127.0.0.1:9")  # nothing listens there
    tell(own_cast)
    at, waits = EVENING, []
    for _ in range(12):
        run(at)
        with as_jobs_process():
            due = Message.objects.get().next_try_at
        waits.append(due - at)
        at = due
    assert waits[:3] == [timedelta(seconds=15), timedelta(seconds=30), timedelta(minutes=1)]
    assert max(waits) == timedelta(hours=1)
    assert states() == [("k", "failed", 12, "no-connection")]


def test_a_message_that_did_not_leave_is_seen_by_the_lead_without_address_or_answer(own_cast, post_office):
    tell(own_cast, address="no-such-box@ashgrove.example")
    run()
    with acting_as(own_cast.lead), transaction.atomic():
        (dead,) = dead_letters(own_cast.lead)
        assert (dead.state, dead.problem, dead.user_id) == (State.FAILED, "smtp-550", own_cast.worker.id)
        assert not re.search("no-such-box|canary", repr(dead))
        for hidden in ("address", "key", "decision_id"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                list(Message.objects.values_list(hidden))
    with acting_as(own_cast.worker), transaction.atomic():
        with pytest.raises(Refused):
            dead_letters(own_cast.worker)
        assert not Message.objects.values_list("id").exists()


def test_what_left_weeks_ago_is_forgotten_and_what_waits_is_not(own_cast, post_office):
    tell(own_cast, key="old")
    with acting_as(own_cast.reporter):
        notify(own_cast.worker.id, NoticeWords.SOMETHING_WAITS, key="n", at=EVENING)
    run()
    tell(own_cast, key="waits")
    with as_jobs_process():
        assert remove_old(at=EVENING + timedelta(weeks=4, seconds=-1)) == 0
        assert remove_old(at=EVENING + timedelta(weeks=4)) == 2
        assert Decision.objects.count() == 2
    assert states() == [("waits", "waiting", 0, "")]


def test_a_channel_that_was_switched_off_says_so(own_cast, monkeypatch):
    monkeypatch.setattr(settings, "HEARTH_EMAIL", "off")
    tell(own_cast)
    run()
    assert states() == [("k", "switched_off", 1, "channel_off")]


def test_what_is_urgent_leaves_first(own_cast, post_office):
    tell(own_cast, key="first", address="first@ashgrove.example")
    tell(own_cast, key="urgent", address="urgent@ashgrove.example", is_urgent=True)
    run()
    assert [to for to, _ in post_office.letters] == [["urgent@ashgrove.example"]]


def decided(cast, **different):
    said = {
        "kind": DecisionKind.SAFE_CONTACT, "channel": Channel.EMAIL, "words": WORDS, "address": "safe@example.org",
        "is_allowed": True, "why": "said_so", "rests_on": ("safe_contact", 1), "at": EVENING,
    }  # fmt: skip
    with acting_as(cast.worker):
        return decide(**{**said, **different})


def put(cast, decision, **different):
    said = {"channel": Channel.EMAIL, "words": WORDS, "address": "safe@example.org", "key": "k", "at": EVENING}
    with acting_as(cast.worker), transaction.atomic():
        return queue(decision, **{**said, **different})


@pytest.mark.parametrize(
    "against",
    [
        {"decision": {"is_allowed": False}},
        {"decision": {"address": "unsafe@example.org"}},
        {"decision": {"channel": Channel.TEXT}},
        {"decision": {"words": Words.ROTA_GAP}},
        {"message": {"address": "partner@example.org"}},
        {"message": {"channel": Channel.TEXT}},
        {"message": {"words": Words.ON_CALL_ALERT}},
        {"message": {"to": "worker"}},
    ],
)
def test_the_database_refuses_a_message_that_nobody_decided(cast, against):
    """The safe-contact gate: a decision is for one address, channel and text, and nothing else leaves on it."""
    if "to" in against.get("message", {}):
        against = {"message": {"to": cast.worker.id}}
    decision = decided(cast, **against.get("decision", {}))
    with pytest.raises(IntegrityError, match="no decision lets this message leave"):
        put(cast, decision, **against.get("message", {}))
    # The control: with nothing different it is taken, but only once for a decision.
    good = decided(cast)
    assert put(cast, good, key="good")
    with pytest.raises(IntegrityError, match="decision"):
        put(cast, good, key="second")


def test_a_decision_taken_back_keeps_a_waiting_message_in(own_cast, post_office):
    decision = decided(own_cast)
    put(own_cast, decision)
    with acting_as(own_cast.worker):
        withdraw(decision, at=EVENING)
    run()
    assert post_office.letters == []
    assert states() == [("k", "withheld", 0, "decision_withdrawn")]


def test_a_decision_and_a_message_are_never_rewritten(own_cast, post_office):
    put(own_cast, decided(own_cast))
    with pytest.raises(IntegrityError, match="not rewritten"), transaction.atomic(), as_the_house():
        Decision.objects.update(is_allowed=False)
    with as_jobs_process():
        for change in ({"address_digest": "x"}, {"channel": "text"}, {"key": "other"}):
            with pytest.raises(IntegrityError, match="stays as it was decided"):
                Message.objects.update(**change)
    run()
    with as_jobs_process(), pytest.raises(IntegrityError, match="stays as it was decided"):
        Message.objects.update(state="waiting", ended_at=None)


@pytest.mark.parametrize("somebody", ["worker", "lead", "administrator"])
@pytest.mark.parametrize("table", ["decision", "message", "attempt", "notice", "alert", "alertstep", "rotagap"])
def test_people_write_nothing_here_by_themselves(cast, somebody, table):
    with (
        acting_as(getattr(cast, somebody)),
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"insert into outbound_{table} default values")


def test_no_address_is_readable_in_the_database(own_cast):
    tell(own_cast, address="planted-canary@ashgrove.example")
    with as_jobs_process(), connection.cursor() as cursor:
        for table in ("decision", "message", "attempt"):
            cursor.execute(f"select coalesce(string_agg(t::text, ' '), '') from outbound_{table} t")
            said = cursor.fetchone()[0]
            assert "planted-canary" not in said
            assert b"planted-canary".hex() not in said


@pytest.mark.parametrize("words", list(Words))
def test_no_text_that_leaves_has_room_for_a_name_a_place_or_a_reason(words, monkeypatch):
    monkeypatch.setattr(settings, "HEARTH_ADDRESS", "")
    for said in (subject(words), body(words)):
        assert said
        assert not re.search(r"[%{}<>0-9@/]|safeguard|concern|case|child|abuse|danger", said, re.IGNORECASE)
    assert len(body(words)) <= 160, "it fits into one text message"


# The one exit: what could send, and the one file of the domain that may use it. Commands look for a free port.
SENDERS = r"smtplib|http\.client|urllib\.request|send_mail|EmailMessage|import requests|import httpx|import socket"
EXIT = "outbound/gateways.py"


def test_nothing_else_in_the_house_can_send():
    """The control: the pattern finds the one file that may."""
    source = Path(hearth.__file__).parent
    found = subprocess.run(
        ["grep", "-rlE", SENDERS, "--include=*.py", str(source)], capture_output=True, text=True, check=True
    )
    files = {str(Path(line).relative_to(source)) for line in found.stdout.splitlines()}
    assert EXIT in files
    assert {file for file in files if not file.startswith(("cli/", "web/"))} == {EXIT}
