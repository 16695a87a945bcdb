"""The page of the access log and the drawn samples: for leads and auditors, without content."""

import re
import uuid
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.organisation.models import User
from hearth.pathway.raising import raise_concern
from hearth.web.assurance.access_log import ACTS

SOURCE = Path(__file__).resolve().parents[2] / "src" / "hearth"
WORDS = "Shouting every night behind the bakery"


@pytest.fixture
def looked(cast):
    """Triage opens a concern on screen, an outsider tries."""
    told = Told(danger_now=False, about_staff=AboutStaff.NO, place=Place.NOT_KNOWN, noticed=WORDS)
    with acting_as(cast.reporter):
        receipt = raise_concern(told, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    address = reverse("concern", args=[receipt.public_id])
    assert _as(cast.triage_officer).get(address).status_code == 200
    assert _as(cast.outsider).get(address).status_code == 404
    return receipt


def test_the_page_tells_who_looked_and_who_was_refused_and_no_word_of_it(cast, looked):
    for name in ("lead", "auditor"):
        page = _as(getattr(cast, name)).get("/access-log").content.decode()
        cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in page.split("</tr>")]
        rows = [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells]
        lines = [row[1:] for row in rows if len(row) == 3]
        assert ["Triage Officer", f"Looked at a concern, {looked.reference}"] in lines
        assert ["Outsider", f"Was refused: look for a record, {looked.reference}"] in lines
        assert WORDS not in page
        assert page.count("Confidential. Printed by") == 0
        assert "Confidential. Printed by" in _as(getattr(cast, name)).get("/access-log?print=yes").content.decode()
    again = _as(cast.lead).get("/access-log").content.decode()
    assert "Looked at the list of who looked" in again, "that the log was read stands in the log"


@pytest.mark.parametrize("address", ["/access-log", "/access-log/samples"])
def test_nobody_else_finds_it(cast, looked, address):
    for name in ("reporter", "triage_officer", "worker", "manager", "champion", "administrator", "outsider"):
        assert _as(getattr(cast, name)).get(address).status_code == 404, name
    assert _as(cast.auditor).get(address).status_code == 200, "the control"


def test_it_is_narrowed_down_by_address_without_a_name_in_it(cast, looked):
    lead = _as(cast.lead)
    page = lead.get("/access-log", {"person": str(cast.outsider.public_id), "sort": "refused"}).content.decode()
    assert "Was refused" in page
    assert ">Triage Officer</td>" not in page
    wrong = lead.get("/access-log", {"since-day": "31", "since-month": "2", "since-year": "2026"}).content.decode()
    assert "Enter a real date" in wrong
    for typed in ("nonsense", "1_2", "9" * 40 + "_1_1", "1_9_1", "1_1_99999999999999999999"):
        assert lead.get("/access-log", {"before": typed}).status_code == 200, typed


def test_the_auditor_draws_and_a_lead_only_reads(cast, looked):
    auditor, lead = _as(cast.auditor), _as(cast.lead)
    month = re.search(r'<option value="(\d{4}-\d\d-\d\d)"', auditor.get("/access-log/samples").content.decode())[1]
    wrong = auditor.post("/access-log/samples", {"month": month, "many": "0"}).content.decode()
    assert "Enter 1 or more" in wrong
    assert auditor.post("/access-log/samples", {"month": month, "many": "5"}).status_code == 302
    page = lead.get("/access-log/samples").content.decode()
    assert "Worked out again from the ledger just now" in page
    assert "Draw</button>" not in re.sub(r"\s+", "", page)
    assert month not in auditor.get("/access-log/samples").content.decode(), "a month is drawn once"
    assert lead.post("/access-log/samples", {"month": month, "many": "5"}).status_code == 404
    assert lead.get("/access-log/samples").content.decode().count("The number:") == 1


def _as(viewer) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=viewer.id))
    session = client.session
    session["hearth_second_factor_by_provider"] = True
    session.save()
    return client


def test_every_page_that_is_kept_as_looked_at_is_called_in_words() -> None:
    kept = re.compile(r"\b(?:looked|record_read)\(\s*\"([a-z_]+\.[a-z_]+)\"")
    found = {act for file in SOURCE.rglob("*.py") for act in kept.findall(file.read_text())}
    assert {"case.read", "people.read", "queue.read"} <= found, "the control: the pattern finds what is there"
    assert found - ACTS.keys() == set()
