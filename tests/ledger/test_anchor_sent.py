"""The newest seal goes to somebody who keeps it, each day, and tells what the ledger itself can no longer tell."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction

from hearth.access.identity import acting_as
from hearth.ledger.anchors import anchors_in, read_anchors
from hearth.ledger.keys import public_keys
from hearth.ledger.report import Problem
from hearth.ledger.verifying import verify
from hearth.organisation.models import Appointment
from hearth.outbound.models import Message
from hearth.outbound.operations import deliver, send_anchor
from hearth.outbound.queries import dead_letters
from hearth.outbound.terms import Words
from hearth.outbound.words import body
from ledger.findings import remake_from, wrong
from on_duty import EVENING, as_jobs_process

NEXT_DAY = EVENING + timedelta(days=1)


@pytest.fixture
def anchored(sealed, own_cast, post_office, monkeypatch):
    """A sealed ledger, its cast, and a mail server that takes what is sent."""
    monkeypatch.setattr(settings, "HEARTH_ANCHORS", sealed.anchors)
    return sealed


def sent(at=EVENING):
    """What one round of the jobs process queues and sends."""
    with as_jobs_process():
        queued = send_anchor(at=at)
        while deliver(at=at):
            pass
    return queued


def verified(ledger, letter):
    """Against nothing but what arrived."""
    anchors = read_anchors(letter.as_string())
    assert len(anchors) == 1
    return verify(ledger.as_("sealer"), keys=public_keys(ledger.keys), anchors=anchors)


def test_the_auditor_gets_the_days_seal_and_the_ledger_is_verified_against_it(anchored, post_office):
    assert sent() == 1
    ((to, letter),) = post_office.letters
    assert to == ["auditor@ashgrove.example"]
    assert letter["Subject"] == "Hearth: keep this seal of the ledger"
    assert verified(anchored, letter).ok
    anchored.write(3)
    anchored.seal()
    assert verified(anchored, letter).ok, "what came after it changes nothing about it"


def test_a_ledger_that_was_made_anew_is_found_by_the_letter_alone(anchored, post_office):
    """Whoever holds the server, the signing key and the anchor folder rewrites all three, and not what was sent."""
    sent()
    ((_, letter),) = post_office.letters
    anchored.tamper("update ledger_entry set act = 'case.closed' where id = 10")
    remake_from(anchored, 3, anchored.signer)
    for path in anchored.anchors.iterdir():
        path.unlink()
    assert anchored.seal() is None
    assert anchored.verify().ok, "everything on the server agrees with itself"
    assert wrong(verified(anchored, letter))[:2] == (Problem.NOT_AS_ANCHORED, "seal 3")


def test_it_says_nothing_about_anybody(anchored, post_office):
    sent()
    said = post_office.letters[0][1].get_payload(decode=True).decode()
    (anchor,) = anchors_in(anchored.anchors)
    assert said.split() == body(Words.ANCHOR, anchor.e_mail).split()
    when, *line = anchor.e_mail.split("\n\n")
    assert re.fullmatch(r"Sealed on \d+ \w+ \d{4} at \d\d:\d\d UTC\.", when)
    assert " ".join(line).split() == anchor.line.split()


def test_it_is_sent_once_a_day_to_each(anchored, post_office):
    assert [sent(), sent(), sent(EVENING + timedelta(hours=2)), sent(NEXT_DAY)] == [1, 0, 0, 1]
    anchored.write()
    anchored.seal()
    assert sent(NEXT_DAY + timedelta(days=1)) == 1
    numbers = [read_anchors(letter.as_string())[0].n for _, letter in post_office.letters]
    assert numbers == [3, 3, 4]


def test_the_configuration_names_whoever_keeps_it(anchored, post_office, monkeypatch):
    monkeypatch.setattr(settings, "HEARTH_ANCHOR_POSTS", ["champion", "director"])
    assert sent() == 2
    assert sorted(to for (to,), _ in post_office.letters) == ["champion@ashgrove.example", "director@ashgrove.example"]


def test_where_nobody_audits_the_leads_get_it(anchored, own_cast, post_office, monkeypatch):
    monkeypatch.setattr(settings, "HEARTH_ANCHOR_POSTS", ["no-such-post"])
    with acting_as(own_cast.administrator), transaction.atomic():
        Appointment.objects.filter(post__key="auditor").update(ends_at=EVENING - timedelta(days=1))
    assert sent() == 2
    assert sorted(to for (to,), _ in post_office.letters) == ["deputy@ashgrove.example", "lead@ashgrove.example"]


def test_nothing_is_queued_where_nothing_was_sealed_or_nothing_leaves(ledger, own_cast, post_office, monkeypatch):
    monkeypatch.setattr(settings, "HEARTH_ANCHORS", ledger.anchors)
    assert sent() == 0
    ledger.write()
    ledger.seal()
    monkeypatch.setattr(settings, "HEARTH_EMAIL", "off")
    assert sent() == 0
    with as_jobs_process():
        assert not Message.objects.exists()


def test_one_that_does_not_leave_is_not_tried_again_tomorrows_takes_its_place(anchored, own_cast, post_office):
    post_office.answers = ["550 canary", "250 taken"]
    sent()
    with acting_as(own_cast.lead), transaction.atomic():
        (dead,) = dead_letters(own_cast.lead)
        assert dead.words == "anchor"
    assert sent(NEXT_DAY) == 1
    assert len(post_office.letters) == 1


@pytest.mark.parametrize("how", ["as it is", "quoted", "broken and quoted", "as a server wrote it down"])
def test_it_is_read_however_it_was_kept(anchored, how):
    (anchor,) = anchors_in(anchored.anchors)
    kept = {
        "as it is": anchor.e_mail,
        "quoted": "".join(f"> {line}\n" for line in anchor.e_mail.splitlines()),
        "broken and quoted": anchor.line.replace(" ", "\r\n> > "),
        "as a server wrote it down": anchor.line.replace("=", "=3D").replace("sealed_at", "sealed=\n_at"),
    }[how]
    assert read_anchors(f"From: hearth\n\n{kept}") == [anchor]
