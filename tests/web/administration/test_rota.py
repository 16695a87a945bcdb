"""The on-call rota on a page: the week, its gaps, who is rung now."""

from datetime import datetime, timedelta

from django.utils import timezone

from at_a_page import day, text
from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.organisation.models import OnCallShift, User
from hearth.organisation.operations import add_shift

EMPTY = "Nobody is on call now."


def shift(user, starts: datetime, ends: datetime, **more: str) -> dict[str, str]:
    first, last = timezone.localtime(starts), timezone.localtime(ends)
    return {
        "user": str(user.public_id), "rung": "1", "phone": "01632 960001", "first_time": f"{first:%H:%M}",
        "last_time": f"{last:%H:%M}", **day("first_day", first), **day("last_day", last), **more,
    }  # fmt: skip


def hour(ahead: int) -> datetime:
    return clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=ahead)


def test_a_gap_is_shown_as_a_breach_with_its_clause_and_who_is_told(browser, cast) -> None:
    page = text(browser("administrator").get("/rota"))
    assert EMPTY in page
    assert "There are gaps on 7 days of this week. A gap is a breach. Clause 2.9c" in page
    assert "these are told: Deputy, Lead." in page or "these are told: Lead, Deputy." in page


def test_somebody_is_put_on_and_is_rung_now_and_sees_the_own_shift(browser, cast) -> None:
    admin, deputy = browser("administrator"), User.objects.get(pk=cast.deputy.id)
    admin.post("/rota/new", shift(deputy, hour(-1), hour(11)))
    assert OnCallShift.objects.count() == 1
    page = text(admin.get("/rota"))
    assert EMPTY not in page
    assert "01632 960001" in page
    own = text(browser("deputy").get("/rota"))
    assert "Your shifts" in own
    assert "Put somebody on the rota" not in own, "she sees it and does not keep it"
    twice = text(admin.post("/rota/new", shift(deputy, hour(-1), hour(11))))
    assert "They are on the rota at that time already." in twice
    assert OnCallShift.objects.count() == 1
    backwards = text(admin.post("/rota/new", shift(deputy, hour(30), hour(28))))
    assert "The shift ends before it starts" in backwards


def test_half_a_shift_is_covered_and_two_are_swapped(browser, cast) -> None:
    admin = browser("administrator")
    lead, deputy = (User.objects.get(pk=each.id) for each in (cast.lead, cast.deputy))
    with acting_as(cast.administrator):
        first = add_shift(deputy, rung=1, phone="01632 960002", starts_at=hour(1), ends_at=hour(5))
        second = add_shift(lead, rung=1, phone="01632 960001", starts_at=hour(5), ends_at=hour(9))
    admin.post(f"/rota/{first.public_id}/swap", {"other": str(second.public_id)})
    assert list(OnCallShift.objects.order_by("starts_at").values_list("user_id", flat=True)) == [lead.pk, deputy.pk]
    admin.post(f"/rota/{second.public_id}/cover", shift(lead, hour(7), hour(9)))
    assert list(OnCallShift.objects.order_by("starts_at").values_list("user_id", flat=True)) == [
        lead.pk,
        deputy.pk,
        lead.pk,
    ]
    outside = text(admin.post(f"/rota/{first.public_id}/cover", shift(deputy, hour(1), hour(6))))
    assert "on the rota at that time already" in outside or "does not lie inside the shift" in outside


def test_only_who_may_see_the_rota_sees_it_and_only_an_administrator_keeps_it(browser, cast) -> None:
    with acting_as(cast.administrator):
        lead = User.objects.get(pk=cast.lead.id)
        one = add_shift(lead, rung=1, phone="01632 960001", starts_at=hour(1), ends_at=hour(5))
    for who, sees in (("administrator", 200), ("lead", 200), ("manager", 200), ("worker", 404), ("auditor", 404)):
        assert browser(who).get("/rota").status_code == sees, who
    for page in ("/rota/new", f"/rota/{one.public_id}/cover", f"/rota/{one.public_id}/swap"):
        assert browser("administrator").get(page).status_code == 200
        assert browser("lead").get(page).status_code == 404


def test_another_week_is_a_page_away_and_nonsense_is_this_week(browser) -> None:
    admin = browser("administrator")
    assert "Week from 4 January 2027" in text(admin.get("/rota?week=2027-01-07"))
    assert admin.get("/rota?week=nonsense").status_code == 200
