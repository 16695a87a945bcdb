"""The register's keeper brings in files with two bad rows: sees them, brings in the rest, and again without doubles."""

from pathlib import Path

from django.db import transaction
from playwright.sync_api import expect

from hearth.access.identity import acting_as
from hearth.housing.models import Home, RegisterUpload
from hearth.people.models import Person
from journeys.incoming import choose, jobs_do_their_round

FILES = Path(__file__).resolve().parents[2] / "docs" / "guides" / "register-files"
TWO_BAD = "home reference,address line 1,postcode\nH-1,1 Elder Row,M14 4AA\nH-2,,M14 4AA\nH-3,3 Elder Row,nowhere\n"


def test_a_register_with_two_bad_rows_comes_in_without_them(own_cast, phone, desktop, enter, axe, shot, tmp_path):
    keeper = enter(desktop, "register_keeper")
    keeper.goto("/import")
    axe(keeper)
    shot(keeper, "import-desktop")
    keeper.get_by_role("button", name="Look at the files").click()
    expect(keeper.get_by_role("link", name="Choose at least one file.")).to_be_visible()
    axe(keeper)
    people = (FILES / "people.csv").read_text(encoding="utf-8").splitlines()[0] + "\n"
    choose(keeper, tmp_path, homes=TWO_BAD, people=people)
    expect(keeper.get_by_role("heading", name="Waiting to be read")).to_be_visible()
    axe(keeper)
    shot(keeper, "import-waiting-desktop")
    jobs_do_their_round(own_cast.register_keeper, state="looking")
    keeper.get_by_role("button", name="See how far it is").click()
    expect(keeper.get_by_text("Homes, row 3")).to_be_visible()
    expect(keeper.get_by_text("This is not a postcode.")).to_be_visible()
    axe(keeper)
    shot(keeper, "import-looked-desktop")
    on_phone = enter(phone, "register_keeper")
    on_phone.goto(keeper.url)
    axe(on_phone)
    shot(on_phone, "import-looked-phone")
    with keeper.expect_download() as download:
        keeper.get_by_role("link", name="Download this list").click()
    told = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert told.count("\n") == 3
    assert "What to do" in told

    keeper.get_by_role("button", name="Bring it in").click()
    expect(keeper.get_by_role("heading", name="Waiting to be brought in")).to_be_visible()
    jobs_do_their_round(own_cast.register_keeper, state="importing")
    keeper.get_by_role("button", name="See how far it is").click()
    expect(keeper.get_by_role("heading", name="Brought in", exact=True)).to_be_visible()
    axe(keeper)
    shot(keeper, "import-done-desktop")
    with transaction.atomic(), acting_as(own_cast.register_keeper):
        assert [home.line_1 for home in Home.objects.all()] == ["1 Elder Row"]
        assert Person.objects.count() == 0
        assert not RegisterUpload.objects.exclude(body=None).exists(), "the files are gone"

    keeper.goto("/import")
    expect(keeper.get_by_text("1 new")).to_be_visible()
    shot(keeper, "import-history-desktop")
    choose(keeper, tmp_path, homes=TWO_BAD)
    jobs_do_their_round(own_cast.register_keeper, state="looking")
    keeper.get_by_role("button", name="See how far it is").click()
    expect(keeper.get_by_text("Nothing would change.")).to_be_visible()
    keeper.get_by_role("button", name="Throw the files away").click()
    expect(keeper.get_by_text("The files are gone.")).to_be_visible()
    enter(phone, "lead").goto("/import")
    expect(phone.get_by_role("heading", name="Page not found")).to_be_visible()
