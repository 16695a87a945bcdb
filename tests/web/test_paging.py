"""Lists on pages go on and go back by plain links; an address somebody made up begins at the start."""

import re
from html import unescape

import pytest

from hearth.access.clock import now
from walked import raised
from web.signed_in import at_a_browser

LISTS = {
    "/triage": "triage_officer", "/cases": "lead", "/cases?whose=mine": "lead", "/watches": "triage_officer",
    "/watches?whose=all": "triage_officer", "/concerns/mine": "reporter", "/waiting-for-others": "lead",
    "/exclusions": "lead", "/due": "lead",
}  # fmt: skip
RECORD = re.compile(r'href="/concerns?/(?:mine/)?([0-9a-f-]{36})')
LINK = re.compile(r'href="([^"]*)" rel="(next|prev)"')


def links(page):
    return {way: unescape(address) for address, way in LINK.findall(page.content.decode())}


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("way", ["after", "before"])
@pytest.mark.parametrize("place", ["x'--", "1_2_3_4_5", "99999999999999999999_1", "%00", "_", "0_" + "9" * 300])
def test_an_address_somebody_made_up_begins_at_the_start(cast, page, way, place):
    answer = at_a_browser(getattr(cast, LISTS[page])).get(f"{page}{'&' if '?' in page else '?'}{way}={place}")
    assert answer.status_code == 200
    assert not links(answer)


@pytest.mark.parametrize(
    ("address", "status"), [("/due?rule=%00", 200), ("/promises/%00", 404), ("/tried-policies/try/%00", 404)]
)
def test_an_address_with_a_character_no_text_can_hold_is_no_fault_of_ours(cast, address, status):
    assert at_a_browser(cast.lead).get(address).status_code == status


@pytest.mark.parametrize("page", ["/triage", "/concerns/mine"])
def test_a_list_goes_on_and_goes_back(cast, page):
    for _ in range(27):
        raised(cast, at=now())
    browser = at_a_browser(getattr(cast, LISTS[page]))
    first = browser.get(page)
    second = browser.get(page + links(first)["next"])
    assert set(links(first)) == {"next"}
    assert set(links(second)) == {"prev"}
    back = browser.get(page + links(second)["prev"])
    told = [RECORD.findall(each.content.decode()) for each in (first, second, back)]
    assert told[0] == told[2]
    assert not set(told[0]) & set(told[1])
    assert len({*told[0], *told[1]}) == 27


def test_what_is_due_goes_on_and_goes_back_also_for_one_promise(cast):
    for _ in range(27):
        raised(cast, at=now())
    lead = at_a_browser(cast.lead)
    for page in ("/due", "/due?rule=concern.triage"):
        first = lead.get(page)
        second = lead.get("/due" + links(first)["next"])
        back = lead.get("/due" + links(second)["prev"])
        told = [RECORD.findall(each.content.decode()) for each in (first, second, back)]
        assert told[0] == told[2]
        assert (len(told[0]), bool(told[1])) == (25, True)
    assert not set(told[0]) & set(told[1]), "of one promise each record stands once"
    assert len({*told[0], *told[1]}) == 27
