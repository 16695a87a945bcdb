"""The same form or call sent twice at the same moment with one key: done once, and both are answered alike."""

import html
import re
import threading
import uuid

from django.db import connection, transaction

from api.caller import caller
from desk import desk
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.models import Addition
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.housing.models import Marker
from hearth.pathway.people_in_records import put_known_person
from hearth.pathway.raising import raise_concern
from hearth.people.models import Person, Wish
from hearth.people.terms import Birth, PartPlayed

TOLD = Told(
    danger_now=False, about_staff=AboutStaff.NO, place=Place.NOT_KNOWN, who="The lady at number 12",
    noticed="She has a bruise and would not say where from.",
)  # fmt: skip
HIDDEN = re.compile(r'name="(form_key|draft_signature|key)"[^>]*value="([^"]*)"')
DAY = {"day-day": "20", "day-month": "11", "day-year": "2026"}


def at_once(*sendings):
    """What each sending is answered, all let go at the same moment."""
    ready, answers = threading.Barrier(len(sendings)), {}

    def send(number, sending):
        try:
            ready.wait(30)
            answers[number] = sending()
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=each) for each in enumerate(sendings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [answers.get(number) for number in range(len(sendings))]


def a_concern(cast):
    """A concern with somebody in it, and its two addresses."""
    with acting_as(cast.reporter):
        made = raise_concern(TOLD, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    by = cast.triage_officer
    with acting_as(by), transaction.atomic():
        concern = concern_for(by, made.public_id)
        put = put_known_person(
            concern, name="Ada Heath", known_as="", birth=Birth(), part=PartPlayed.SUBJECT_ADULT, by=by, at=now(),
            key=uuid.uuid4(),
        )  # fmt: skip
        ada = Person.objects.get(pk=put.role.person_id)
    return concern, ada


def test_a_page_sent_twice_at_once_does_its_act_once(own_cast):
    concern, ada = a_concern(own_cast)
    first, second = desk(own_cast.triage_officer), desk(own_cast.triage_officer)
    forms = {
        f"/concern/{concern.public_id}/people/{ada.public_id}/wishes": {
            "asked": "said", "words": "Leave the light on", "told_by": "the_person", **DAY,
        },
        f"/concern/{concern.public_id}/markers/put": {
            "on": str(ada.public_id), "kind": "visit", "words": "Visit in pairs", "shown_to": ["income"],
            "until-day": "1", "until-month": "3", "until-year": "2099",
        },
    }  # fmt: skip
    for page, fields in forms.items():
        carried = dict(HIDDEN.findall(html.unescape(first.get(page).content.decode())))
        sent = {**fields, **carried}
        answers = at_once(lambda p=page, s=sent: first.post(p, s), lambda p=page, s=sent: second.post(p, s))
        answers.append(first.post(page, sent))
        assert [each.status_code for each in answers] == [302, 302, 302]
        assert len({each.url for each in answers}) == 1
    with acting_as(own_cast.lead), transaction.atomic():
        assert (Wish.objects.count(), Marker.objects.count()) == (1, 1)


def test_a_page_whose_key_is_only_the_domain_s_own_is_asked_again(own_cast):
    """Without the page's own key the database decides: the second is asked again and finds what the first kept."""
    concern, ada = a_concern(own_cast)
    page = f"/concern/{concern.public_id}/people/{ada.public_id}/wishes"
    sent = {"asked": "said", "words": "The light", "told_by": "the_person", "key": str(uuid.uuid4()), **DAY}
    browsers = [desk(own_cast.triage_officer) for _ in range(3)]
    answers = at_once(*[lambda each=each: each.post(page, sent) for each in browsers])
    assert [each.status_code for each in answers] == [302, 302, 302]
    with acting_as(own_cast.lead), transaction.atomic():
        assert Wish.objects.count() == 1


def test_a_call_sent_twice_at_once_is_answered_alike(own_cast):
    concern, _ = a_concern(own_cast)
    first, second = caller(own_cast.triage_officer), caller(own_cast.triage_officer)
    sent = {"text": "The postman saw her on Friday.", "key": str(uuid.uuid4())}
    path = f"/concerns/{concern.public_id}/additions"
    answers = at_once(lambda: first.post(path, sent), lambda: second.post(path, sent))
    assert [each.status for each in answers] == [204, 204]
    assert first.post(path, sent).status == 204
    other = first.post(path, {**sent, "text": "Something else."})
    assert (other.status, other.body["type"]) == (409, "/api/docs#sent-before")
    with acting_as(own_cast.lead), transaction.atomic():
        assert Addition.objects.count() == 1
