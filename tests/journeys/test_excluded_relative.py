"""A colleague in triage is the sister of somebody in a concern: for her it is not there, and her attempt is kept."""

import re
import uuid

from django.db import transaction
from playwright.sync_api import Page, Response, expect

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.access.models import Refusal
from hearth.access.operations import declare_exclusion
from hearth.concerns.queries import concern_for
from hearth.people.operations import add_known_person
from hearth.people.terms import PartPlayed
from journeys.world import told

OF_ONE_REQUEST = ("x-request-id", "date", "content-security-policy", "set-cookie")


def her_brother_is_in_it(cast, concern) -> str:
    """Triage writes down who it is about, and the lead that he is a colleague's brother. Returns the reference."""
    with acting_as(cast.triage_officer), transaction.atomic():
        record = concern_for(cast.triage_officer, concern)
        brother = add_known_person(
            record, name="Declan Heath", part=PartPlayed.SUBJECT_ADULT, by=cast.triage_officer, at=clock.now()
        )
    with acting_as(cast.lead), transaction.atomic():
        sister = cast.relative_in_triage.id
        declare_exclusion(user_id=sister, person_id=brother.pk, why="Her brother", by=cast.lead, at=clock.now())
    return record.reference


def same(page: Page, answer: Response | None) -> tuple[object, ...]:
    """An answer without what differs in every answer."""
    assert answer is not None
    heads = {name: value for name, value in answer.headers.items() if name not in OF_ONE_REQUEST}
    return answer.status, heads, re.sub(r'value="\w{64}"', "", answer.text()), page.title()


def test_the_sister_sees_nothing_and_her_attempt_is_kept(
    desktop: Page, phone: Page, enter, axe, shot, own_cast
) -> None:
    concern = told(own_cast).concern
    reference = her_brother_is_in_it(own_cast, concern)
    colleague = enter(phone, "triage_officer")
    colleague.goto("/triage")
    assert colleague.get_by_role("link", name=reference).count() == 1, "control: a colleague of the same post sees it"

    sister = enter(desktop, "relative_in_triage")
    sister.goto("/triage")
    assert sister.get_by_role("link", name=reference).count() == 0
    shot(sister, "excluded-queue-desk")
    guessed = same(sister, sister.goto(f"/concern/{concern}"))
    axe(sister)
    shot(sister, "excluded-not-there-desk")
    assert guessed == same(sister, sister.goto(f"/concern/{uuid.uuid4()}"))
    assert guessed[0] == 404
    sister.goto("/emergency")
    sister.get_by_label("Reference of the concern or case").fill(reference)
    sister.get_by_label("Why must you see it now?").fill("I must know")
    sister.get_by_role("button", name="Open the record").click()
    expect(sister.get_by_text("There is no record with this reference that you can open").first).to_be_visible()

    with acting_as(own_cast.lead), transaction.atomic():
        kept = Refusal.objects.filter(user_id=own_cast.relative_in_triage.id, circle__isnull=False)
        assert kept.filter(page__contains="concern/").count() == 1, "the lead can see that she looked"
    with acting_as(own_cast.relative_in_triage), transaction.atomic():
        assert not Refusal.objects.exists(), "she cannot"
