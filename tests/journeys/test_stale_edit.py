"""Two people write the same summary at the same time: whoever saves second sees both texts, and nothing is lost."""

from playwright.sync_api import Page, expect

from journeys.world import told

HERS = "The beds are up. Repairs promised the wall for Thursday."
HIS = "The school rang: the older one was not there on Monday."


def test_two_people_edit_and_both_texts_are_shown(desktop: Page, phone: Page, enter, axe, shot, own_cast) -> None:
    case = told(own_cast).case
    lead, worker = enter(desktop, "lead"), enter(phone, "worker")
    for page in (lead, worker):
        page.goto(f"/case/{case}/summary")
    worker.get_by_label("Summary").fill(HERS)
    worker.get_by_role("button", name="Save").click()
    expect(worker.get_by_text("The summary is saved.")).to_be_visible()

    lead.get_by_label("Summary").fill(HIS)
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(lead.get_by_text(HERS)).to_be_visible()
    assert lead.get_by_label("Summary").input_value() == HIS
    axe(lead)
    shot(lead, "stale-desk")

    worker.goto(f"/case/{case}")
    expect(worker.get_by_text(HERS)).to_be_visible()
    expect(worker.get_by_text(HIS)).to_have_count(0)

    lead.goto(f"/case/{case}/summary")
    lead.get_by_label("Summary").fill(f"{HERS} {HIS}")
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_text(f"{HERS} {HIS}")).to_be_visible()
