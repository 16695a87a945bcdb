"""A marker is put from a concern, read without its reason by those it is for, looked at again and taken off."""

import uuid

import pytest

from desk import desk, text
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.housing.models import Marker
from hearth.housing.operations import record_hazard
from hearth.housing.terms import HazardKind, HazardSource
from hearth.pathway.raising import raise_concern
from housing.estate import make_home


@pytest.fixture
def flat(cast):
    return make_home(cast.register_keeper, "4 Juniper Court")


@pytest.fixture
def concern(cast, flat):
    told = Told(
        danger_now=False, about_staff=AboutStaff.NO, place=Place.HOME, home_id=flat.pk, noticed="He has a knife."
    )
    with acting_as(cast.reporter):
        made = raise_concern(told, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    with acting_as(cast.lead):
        return concern_for(cast.lead, made.public_id)


PUT = {
    "on": "home", "kind": "visit", "words": "Visit in pairs", "until-day": "1", "until-month": "2",
    "until-year": "2099", "shown_to": ["repairs_desk"],
}  # fmt: skip


def test_a_marker_is_put_changed_and_taken_off_and_tells_no_reason(cast, concern, flat):
    triage, repairs = desk(cast.triage_officer), desk(cast.repairs)
    with acting_as(cast.repairs):
        hazard = record_hazard(
            flat, kind=HazardKind.DAMP_MOULD, vulnerable=[], aware_at=now(), source=HazardSource.CALL,
            by=cast.repairs, at=now(),
        )  # fmt: skip
    unsafe, markers = f"/unsafe-home/{hazard.public_id}", f"/concern/{concern.public_id}/markers"
    assert "Visit in pairs" not in text(repairs.get(unsafe))
    wrong = text(triage.post(f"{markers}/put", {**PUT, "shown_to": []}))
    assert "Select at least one who sees it" in wrong
    assert "Visit in pairs" in wrong, "what was typed is still there"
    assert "The marker is put" in text(triage.post(f"{markers}/put", PUT, follow=True))
    page = text(repairs.get(unsafe))
    assert "Before you act: Visit in pairs" in page
    assert "knife" not in page
    assert concern.reference not in page
    assert repairs.get(markers).status_code == 404

    with acting_as(cast.lead):
        marker = Marker.objects.get()
    changed = {"words": "Ring first", "until-day": "1", "until-month": "3", "until-year": "2099", "version": 1}
    triage.post(f"{markers}/{marker.public_id}", changed)
    assert "Ring first" in text(repairs.get(unsafe))
    assert "Ring first" in text(triage.get("/markers"))
    stale = text(triage.post(f"{markers}/{marker.public_id}", changed))
    assert "What somebody else saved while you were writing" in stale
    triage.post(f"{markers}/{marker.public_id}", {**changed, "version": 2, "do": "take_off"})
    assert "Ring first" not in text(repairs.get(unsafe))
    assert "Ring first" not in text(triage.get("/markers"))
