"""What a policy asks of people, offices and words, as somebody sees it: on a phone, on a desk, with axe."""

import pytest
from django.db import transaction

from adopted import adopted
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.organisation.models import Appointment
from journeys.looking import look
from partners.test_offices import OFFICES
from triage.test_telling import ALWAYS
from walked import opened, raised
from web.administration.test_documents import CHILDREN
from web.concerns.test_words_of_the_policy import SAID

PLACES = (("lead", "posts/policy"), ("lead", "documents"), ("lead", "policy"), ("administrator", "posts"))


@pytest.fixture
def in_force(own_cast):
    """The policy says all of it, and the champion's year is over."""
    with transaction.atomic():
        adopted(own_cast, CHILDREN.format(effective="2025-01-01") + OFFICES + ALWAYS + SAID)
    with acting_as(own_cast.administrator), transaction.atomic():
        Appointment.objects.filter(post__key="champion").update(ends_at=now())
    with transaction.atomic():
        return opened(own_cast).case.public_id, raised(own_cast).public_id


def test_posts_documents_offices_and_whom_to_tell_read_at_both_widths(phone, in_force, enter, axe, shot):
    page, (case, concern) = phone, in_force
    for somebody, place in PLACES:
        enter(page, somebody).goto(f"/{place}")
        look(page, f"{place.replace('/', '-')}", axe, shot)
    enter(page, "lead").goto(f"/case/{case}/refer")
    page.get_by_text("How each agency is reached").click()
    look(page, "refer", axe, shot)
    enter(page, "triage_officer").goto(f"/concern/{concern}/decide?step=who")
    look(page, "who", axe, shot)
    answers = {"subject": "child", "children_in_household": "no", "domestic_abuse": "no", "harm": "fgm"}
    for question, answer in answers.items():
        page.locator(f'input[name="{question}"][value="{answer}"]').check()
    page.get_by_role("button", name="Continue").click()
    look(page, "decision", axe, shot)
    enter(page, "reporter").goto("/concerns/log")
    page.get_by_text("How what you tell us is used").click()
    look(page, "log", axe, shot)
