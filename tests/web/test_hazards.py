"""A surveyor judges a hazard on screen; what was typed is still there where it could not be kept."""

import uuid

from django.test import Client

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.housing.models import Home
from hearth.housing.operations import classify_hazard, record_hazard
from hearth.housing.terms import HazardClass, HazardKind, HazardSource, Vulnerability
from hearth.organisation.models import User


def test_a_stale_judgement_keeps_its_words_and_an_outsider_finds_nothing(cast):
    keeper, reporter, surveyor = cast.register_keeper, cast.reporter, cast.surveyor
    with acting_as(keeper):
        home = Home.objects.create(
            reference=f"H-{uuid.uuid4()}", line_1="4 Juniper Court", address_plain="4 juniper court"
        )
    with acting_as(reporter):
        hazard = record_hazard(
            home, kind=HazardKind.DAMP_MOULD, vulnerable=[Vulnerability.INFANT], aware_at=now(),
            source=HazardSource.CONCERN, by=reporter, at=now(),
        )  # fmt: skip
    stale = hazard.version
    with acting_as(surveyor):
        classify_hazard(
            hazard, hazard_class=HazardClass.SIGNIFICANT, why="Mould on one wall", version=stale, by=surveyor, at=now()
        )
    address = f"/unsafe-home/{hazard.public_id}/classify"
    told = {"version": stale, "hazard_class": "emergency", "why": "The infant cannot breathe"}
    answer = _as(surveyor).post(address, told)
    assert answer.status_code == 200
    assert "The infant cannot breathe" in answer.content.decode()
    assert "There is a problem" in answer.content.decode()
    assert _as(surveyor).post(address, {**told, "version": stale + 1}).status_code == 302, "the control: it is kept"
    assert _as(cast.outsider).get(address).status_code == 404


def _as(viewer) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=viewer.id))
    session = client.session
    session["hearth_second_factor_by_provider"] = True
    session.save()
    return client
