"""The offices of another agency: chosen where the policy names several, reached by day and by night, asked by name."""

from datetime import UTC, datetime

from adopted import adopted
from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.partners.models import Referral
from hearth.policy.calendars import WorkingCalendar
from hearth.policy.packs import build
from hearth.policy.routes import after_danger, ways
from policy.small_pack import chain
from walked import TRIAGED, opened
from web.signed_in import at_a_browser, moment, read

OFFICES = """
[[route]]
id = "north"
to = "council_adults"
name = "North locality team"
area = "North"
subject = "adult"
phone = "0161 496 0111"
out_of_hours_phone = "0161 496 0999"
form = "Adult referral form"
clause = "P1"

[[route]]
id = "adults"
to = "council_adults"
name = "South locality team"
area = "South"
subject = "adult"
phone = "0161 496 0222"
clause = "P1"
"""
ON_RECEIPT = '[[route]]\nid = "{}"\nto = "police"\nname = "{}"\n{}on_receipt = true\n'
NIGHT, DAY = datetime(2026, 12, 3, 23, 0, tzinfo=UTC), datetime(2026, 12, 3, 11, 0, tzinfo=UTC)


def test_a_number_for_out_of_hours_comes_first_when_the_office_is_closed() -> None:
    on_call = 'ladder = ["lead"]\nacknowledge_within = "30 minutes"\nopens = "09:00"\ncloses = "17:00"\nclause = "1"\n'
    hours = f"[on_call]\n{on_call}"
    both = 'phone = "0161 496 0111"\nout_of_hours_phone = "0161 496 0999"\n'
    pack = build(chain(hours + ON_RECEIPT.format("a", "Both", both) + ON_RECEIPT.format("b", "Day", 'phone = "101"\n')))

    def rung(at: datetime) -> list[tuple[str, str]]:
        return [(way.now, way.otherwise) for way in ways(pack, after_danger(pack), at=at, days=WorkingCalendar)]

    assert rung(DAY) == [("0161 496 0111", "0161 496 0999"), ("101", "")]
    assert rung(NIGHT) == [("0161 496 0999", "0161 496 0111"), ("101", "")]


def test_one_of_several_offices_is_chosen_kept_and_shown_with_its_numbers(cast, monkeypatch) -> None:
    adopted(cast, OFFICES)
    case = opened(cast).case
    monkeypatch.setattr(clock, "now", lambda: TRIAGED)
    lead = at_a_browser(cast.lead)
    where = f"/case/{case.public_id}/refer"
    form = lead.get(where)
    assert "North locality team, North, for adults" in read(form)
    assert "In writing: Adult referral form" in read(form)
    assert "Out of hours: 0161 496 0999" in read(form)
    assert b'href="tel:01614960111"' in form.content
    answer = {
        "key": "1d2d9fd4-65a2-4b68-9d1c-8b4b84a0a201", "agency": "council_adults@north", "how": "phone",
        "urgent": "no", "subject": "adult", "asked": "Please look at her needs", "consent": "given",
        **moment(TRIAGED.date(), "9:00am"),
    }  # fmt: skip
    wrong = read(lead.post(where, {**answer, "agency": "council_adults@moon"}))
    assert "Choose one of the answers shown" in wrong
    lead.post(where, answer)
    with acting_as(cast.lead):
        made = Referral.objects.get()
    assert (made.agency, made.office) == ("council_adults", "North locality team")
    page = read(lead.get(f"/referral/{made.public_id}"))
    assert "Referral to North locality team" in page
    assert "How they are reached" in page
    assert "0161 496 0222" not in page, "another office's number does not stand there"
