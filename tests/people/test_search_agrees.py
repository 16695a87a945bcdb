"""The search by name asks past row security with its own conditions; it answers exactly what row security shows."""

import random

import pytest
from django.db import connection

from hearth.access.identity import acting_as
from hearth.access.operations import declare_exclusion, give, link_circles, make_circle, restrict
from hearth.access.terms import CircleKind, Part, Reach
from hearth.people.models import Person
from hearth.people.operations import add_known_person, add_role
from hearth.people.terms import PartPlayed
from people.records import MONDAY, make_record, tenant

VIEWERS = (
    "triage_officer", "relative_in_triage", "lead", "deputy", "worker", "owner", "reporter", "intake_adviser",
    "register_keeper", "repairs", "outsider", "administrator", "auditor", "director",
)  # fmt: skip
MANY = 500


def by_search(word):
    with connection.cursor() as cursor:
        cursor.execute("select hearth.find_people(%s, null, null, null, %s)", [word, MANY])
        return set(cursor.fetchone()[0])


def let_in(cast, circle, name, reach=Reach.FULL):
    give(circle, by=cast.lead, at=MONDAY, to=getattr(cast, name).id, part_in_it=Part.WORKS_ON_IT, reach=reach)


def a_world(cast, draw):
    """Records with known people and tenants in them: some restricted, some joined, some shut to somebody."""
    tenants = [tenant(cast.register_keeper, f"Ashdown {n}") for n in range(6)]
    known = []
    for n in range(10):
        record = make_record(cast.lead)
        with acting_as(cast.lead):
            role = add_known_person(record, name=f"Ashdown known {n}", part=PartPlayed.OTHER, by=cast.lead, at=MONDAY)
            add_role(record, draw.choice(tenants), PartPlayed.WITNESS, by=cast.lead, at=MONDAY)
            for name in draw.sample(VIEWERS, 3):
                reach = draw.choice([Reach.FULL, Reach.FULL, Reach.OWN_WORDS, Reach.MARKER])
                let_in(cast, record.circle_id, name, reach)
            if draw.random() < 0.3:
                case = make_circle(CircleKind.CASE, by=cast.lead, at=MONDAY)
                let_in(cast, case, draw.choice(VIEWERS))
                link_circles(case_circle=case, joined=record.circle_id, by=cast.lead, at=MONDAY)
            if draw.random() < 0.4:
                let_in(cast, record.circle_id, "lead")
                restrict(record.circle_id, by=cast.lead)
        known.append(role.person_id)
    for name in draw.sample(VIEWERS, 4):
        viewer, person = getattr(cast, name), draw.choice(known)
        with acting_as(viewer):
            declare_exclusion(user_id=viewer.id, person_id=person, why="Known to me", by=viewer, at=MONDAY)


@pytest.mark.parametrize("seed", range(4))
def test_the_search_finds_exactly_whom_row_security_shows(cast, seed):
    a_world(cast, random.Random(seed))
    answers = set()
    for name in VIEWERS:
        viewer = getattr(cast, name)
        with acting_as(viewer):
            shown = set(Person.objects.filter(name_plain__startswith="ashdown").values_list("pk", flat=True))
            assert by_search("ashdown") == shown, name
            answers.add(frozenset(shown))
    assert len(answers) > 3  # the control: the world tells viewers apart
