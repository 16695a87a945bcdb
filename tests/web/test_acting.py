"""Every small form: sent twice it counts once, its words outlive the session, and a stale save shows both texts."""

import html
import re
import uuid
from datetime import timedelta

import pytest

from desk import desk, text
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.drafts.models import Draft
from hearth.housing.models import Marker
from hearth.pathway.people_in_records import put_known_person, say_relationship
from hearth.pathway.raising import raise_concern
from hearth.people.models import Relationship, SafeContact, Wish
from hearth.people.terms import Birth, PartPlayed, Tie

HIDDEN = re.compile(r'name="(form_key|draft_signature|key|version)"[^>]*value="([^"]*)"')
TOLD = Told(
    danger_now=False, about_staff=AboutStaff.NO, place=Place.NOT_KNOWN, who="The lady at number 12",
    noticed="She has a bruise and would not say where from.",
)  # fmt: skip
WISH = {
    "asked": "said", "words": "Leave the light on in the hall", "told_by": "the_person", "day-day": "20",
    "day-month": "11", "day-year": "2026",
}  # fmt: skip


@pytest.fixture
def concern(cast):
    with acting_as(cast.reporter):
        made = raise_concern(TOLD, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    with acting_as(cast.lead):
        return concern_for(cast.lead, made.public_id)


def put(cast, concern, name):
    by = cast.triage_officer
    with acting_as(by):
        return put_known_person(
            concern, name=name, known_as="", birth=Birth(), part=PartPlayed.SUBJECT_ADULT, by=by, at=now(),
            key=uuid.uuid4(),
        ).role.person  # fmt: skip


@pytest.fixture
def ada(cast, concern):
    return put(cast, concern, "Ada Heath")


def unseen(client, page):
    """What the form carries that nobody sees."""
    return dict(HIDDEN.findall(html.unescape(client.get(page).content.decode())))


def end_session(client):
    session = client.session
    session["hearth_seen"] = (now() - timedelta(minutes=16)).isoformat()
    session.save()


def test_a_small_form_sent_twice_is_done_once_and_answered_alike(cast, concern, ada):
    triage, page = desk(cast.triage_officer), f"/concern/{concern.public_id}/markers/put"
    sent = {
        **unseen(triage, page), "on": str(ada.public_id), "kind": "visit", "words": "Visit in pairs",
        "shown_to": ["income"], "until-day": "1", "until-month": "3", "until-year": "2099",
    }  # fmt: skip
    first, second = triage.post(page, sent), triage.post(page, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert "The marker is put" in text(triage.get(second.url))
    with acting_as(cast.lead):
        assert Marker.objects.count() == 1


def test_other_words_under_the_same_key_are_not_lost_and_not_taken_for_the_first(cast, concern, ada):
    triage, page = desk(cast.triage_officer), f"/concern/{concern.public_id}/people/{ada.public_id}/wishes"
    carried = unseen(triage, page)
    sent = {**WISH, **carried}
    triage.post(page, sent)
    again = triage.post(page, {**sent, "words": "And the window shut", "key": str(uuid.uuid4())})
    assert "You have sent this form before" in text(again)
    assert "And the window shut" in text(again), "what was typed is still there"
    fresh = dict(HIDDEN.findall(html.unescape(again.content.decode())))
    assert fresh["form_key"] != carried["form_key"]
    triage.post(page, {**sent, "words": "And the window shut", **fresh})
    with acting_as(cast.lead):
        kept = list(Wish.objects.order_by("id").values_list("words", flat=True))
    assert kept == [WISH["words"], "And the window shut"]


def test_what_was_typed_when_the_session_ended_waits_for_its_writer_alone(cast, concern, ada):
    triage, page = desk(cast.triage_officer), f"/concern/{concern.public_id}/people/{ada.public_id}/wishes"
    sent = {**WISH, **unseen(triage, page)}
    end_session(triage)
    told = triage.post(page, sent, follow=True)
    assert "What you typed is kept" in text(told)
    assert WISH["words"] not in text(told), "the sign-in page shows nothing of it"
    assert WISH["words"] not in text(desk(cast.lead).get(page)), "nobody else sees it"
    with acting_as(cast.lead):
        assert not Wish.objects.exists()
    back = desk(cast.triage_officer)
    shown = text(back.get(page))
    assert WISH["words"] in shown
    assert "it was not sent" in shown
    assert 'value="20"' in shown, "days come back as well as words"
    back.post(page, {**WISH, **unseen(back, page)})
    assert WISH["words"] not in text(back.get(page)), "sent, it waits no more"
    with acting_as(cast.lead):
        assert Wish.objects.get().words == WISH["words"]


def test_a_form_that_was_refused_keeps_nothing_and_may_be_sent_again_with_its_key(cast, concern, ada):
    triage, page = desk(cast.triage_officer), f"/concern/{concern.public_id}/people/{ada.public_id}/wishes"
    sent = {**WISH, **unseen(triage, page), "day-year": "2099"}
    assert "lies in the future" in text(triage.post(page, sent))
    with acting_as(cast.triage_officer):
        assert not Draft.objects.exists()
    assert triage.post(page, {**sent, "day-year": "2026"}).status_code == 302


@pytest.mark.parametrize("year", ["9999", "0001", "1", "99999", "-1"])
def test_a_day_nobody_can_mean_is_told_beside_its_field(cast, concern, ada, year):
    triage, page = desk(cast.triage_officer), f"/concern/{concern.public_id}/people/{ada.public_id}/wishes"
    shown = triage.post(page, {**WISH, "key": str(uuid.uuid4()), "day-year": year})
    assert shown.status_code == 200
    assert re.search(r'id="day-error".*?(Enter a year from 1900 to 2199|Enter a real date)', text(shown), re.S)


def test_stale_safe_contact_shows_both_texts_and_saving_again_is_meant(cast, concern, ada):
    page = f"/concern/{concern.public_id}/people/{ada.public_id}/contact/phone"
    triage, lead = desk(cast.triage_officer), desk(cast.lead)
    mine = {"rule": "code_word", "code_word": "Marigold", "value": "Her sister’s telephone"}
    carried = unseen(triage, page)
    lead.post(page, {**unseen(lead, page), "rule": "unsafe", "value": "He answers it"})
    stale = triage.post(page, {**mine, **carried})
    shown = text(stale)
    assert "He answers it" in shown
    assert "Never" in shown
    assert "Her sister’s telephone" in shown
    fresh = dict(HIDDEN.findall(html.unescape(stale.content.decode())))
    assert fresh["version"] == "1"
    assert triage.post(page, {**mine, **fresh}).status_code == 302
    with acting_as(cast.lead):
        assert [row.rule for row in SafeContact.objects.filter(ended_at=None)] == ["code_word"]
    told = text(lead.get(f"/concern/{concern.public_id}/people/{ada.public_id}"))
    assert "He answers it" in told, "what stood before is still told, with who said it and when"
    assert "Marigold" in told


def test_a_relationship_is_ended_on_screen_and_stays_on_record(cast, concern, ada):
    other, by = put(cast, concern, "Bert Heath"), cast.triage_officer
    with acting_as(by):
        say_relationship(concern, ada, Tie.PARTNER, other, by=by, at=now())
    page = f"/concern/{concern.public_id}/people/{ada.public_id}/relationship/end"
    triage = desk(by)
    assert "Partner: Bert Heath" in text(triage.get(page))
    with acting_as(by):
        tie = Relationship.objects.get()
    day = {"until-day": "1", "until-month": "11", "until-year": "2026"}
    assert "Enter the day it ended" in text(triage.post(page, {"tie": tie.pk}))
    assert "lies in the future" in text(triage.post(page, {"tie": tie.pk, **day, "until-year": "2100"}))
    done = triage.post(page, {"tie": tie.pk, **day}, follow=True)
    assert "until 1 November 2026" in text(done)
    assert triage.get(page).status_code == 302, "nothing is left to end"


def test_a_second_key_met_at_the_same_moment_is_asked_again_once(cast, concern, ada, monkeypatch):
    """Another sending was through first: the page is asked again and finds what that one kept."""
    from django.db import IntegrityError
    from psycopg.errors import UniqueViolation

    from hearth.people import operations

    real, asked = operations.record_wish, []

    def met_first(*told, **more):
        asked.append(more["words"])
        if len(asked) == 1:
            raise IntegrityError from UniqueViolation()
        return real(*told, **more)

    monkeypatch.setattr(operations, "record_wish", met_first)
    triage, page = desk(cast.triage_officer), f"/concern/{concern.public_id}/people/{ada.public_id}/wishes"
    assert triage.post(page, {**WISH, "key": str(uuid.uuid4())}).status_code == 302
    assert len(asked) == 2
    with acting_as(cast.lead):
        assert Wish.objects.count() == 1
