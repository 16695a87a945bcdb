"""The rota of a company of a group on its page: whose it is, its own gaps, and who is rung instead."""

from datetime import timedelta

from at_a_page import text
from hearth.access import clock
from on_duty import rota
from outbound.test_company_rota import NIGHT, theirs
from pathway.group import founded


def test_the_page_shows_each_rota_with_its_own_gaps_and_who_is_rung_meanwhile(browser, cast, monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    wales = founded(cast).wales
    rota(cast, ("lead", 1), start=NIGHT - timedelta(days=9), hours=24 * 30)
    admin = browser("administrator")
    assert "Glan Derwen Homes has no rota of its own now" in text(admin.get(f"/rota?company={wales.pk}"))
    theirs(cast, wales, "triage_officer", NIGHT - timedelta(hours=12), hours=11)
    theirs(cast, wales, "deputy", NIGHT + timedelta(hours=6))
    provider = text(admin.get("/rota"))
    assert "for every record but those of companies with a rota of their own: Glan Derwen Homes" in provider
    assert "Triage Officer" not in provider
    own = text(admin.get(f"/rota?company={wales.pk}"))
    for words in (
        "Glan Derwen Homes has a rota of its own.", "There are gaps on 2 days of this week.", "Triage Officer",
        "Whoever is on call for the provider as a whole is rung instead.",
    ):  # fmt: skip
        assert words in own, words
    assert admin.get("/rota?company=999").status_code == 404
    assert "Glan Derwen Homes" in text(admin.get(f"/rota/new?company={wales.pk}"))
