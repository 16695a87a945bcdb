"""The demonstration's story: homes, a family, and a colleague who sees nothing of his own sister's case."""

import time

from django.db import transaction

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.access.queries import viewer
from hearth.cases.models import Case
from hearth.cli.demonstration import estate
from hearth.cli.demonstration.story import tell
from hearth.concerns.models import Concern
from hearth.housing.models import Hazard, Home
from hearth.housing.queries import markers_on
from hearth.organisation.models import User
from hearth.organisation.queries import demonstration_users
from hearth.people.queries import find_people

MOST_SECONDS = 15


def test_the_story_is_told_and_the_relative_sees_nothing_of_his_sister(own_cast, monkeypatch):
    now = clock.now()
    monkeypatch.setattr(estate, "SIGN_IN", "relative_in_triage@ashgrove.example")
    declan = User.objects.get(email=estate.SIGN_IN)
    cast = {part: viewer(user) for part, user in demonstration_users().items()}
    began = time.monotonic()
    tell(cast, at=now)
    assert time.monotonic() - began < MOST_SECONDS
    relative, triage, lead, repairs = viewer(declan), cast["triage"], cast["lead"], cast["repairs-desk"]
    with transaction.atomic(), acting_as(lead):
        assert {(case.home.line_1, case.restricted) for case in Case.objects.select_related("home")} == {
            ("Flat 4, Juniper Court", False), ("9 Rowan Walk", True),
        }  # fmt: skip
    for somebody in (relative, triage):
        with transaction.atomic(), acting_as(somebody):
            assert [case.home.line_1 for case in Case.objects.all()] == ["Flat 4, Juniper Court"]
            assert not Concern.objects.filter(home__line_1="9 Rowan Walk").exists()
    with transaction.atomic(), acting_as(relative):
        assert [one.name for one in find_people(relative, "Nora Heath")] == ["Nora Heath"], "the register is not secret"
    with transaction.atomic(), acting_as(repairs):
        home = Home.objects.get(line_1="Flat 4, Juniper Court")
        assert Hazard.objects.filter(home=home, closed_at=None).count() == 1
        assert len(markers_on(repairs, home=home, on=now.date())) == 1
