"""A policy is changed in the browser, proposed, approved and read, on a phone and on a desk."""

from playwright.sync_api import expect

TARGET = "/policy/changes/limit/case.target"


def test_a_lead_changes_the_policy_a_director_approves_it_and_a_worker_reads_it(phone, desktop, enter, axe, shot):
    for page, name in ((phone, "phone"), (desktop, "desk")):
        look_at(enter(page, "lead"), ["/policy/changes", TARGET, "/policy/changes/post/repairs_desk"], name, axe, shot)
    half_typed_when_the_session_ended(phone, enter, axe, shot)
    phone.get_by_label("Limit", exact=True).fill("6 weeks")
    phone.get_by_label("Those that run already, too").check()
    phone.get_by_role("button", name="Keep this change").click()
    expect(phone.get_by_text("Limit: 12 weeks → 6 weeks")).to_be_visible()
    axe(phone)
    shot(phone, "changed-phone")
    desktop.goto("/policy/changes")
    shot(desktop, "changed-desk")
    phone.get_by_label("Why should it be changed?").fill("The board wants it sooner")
    phone.get_by_role("button", name="Propose these changes").click()
    approve(phone, desktop, enter, axe, shot)
    read(phone, desktop, enter, axe, shot)


def half_typed_when_the_session_ended(phone, enter, axe, shot):
    """What was typed waits for its writer, and for nobody else."""
    phone.goto(TARGET)
    phone.get_by_label("Limit", exact=True).fill("5 weeks and a half")
    phone.get_by_label("Warnings").fill("3 working days before")
    phone.context.clear_cookies(name="hearth")
    phone.get_by_role("button", name="Keep this change").click()
    expect(phone.get_by_text("What you typed is kept")).to_be_visible()
    enter(phone, "deputy").goto(TARGET)
    expect(phone.get_by_label("Warnings")).not_to_have_value("3 working days before")
    enter(phone, "lead").goto(TARGET)
    expect(phone.get_by_text("it was not sent")).to_be_visible()
    expect(phone.get_by_label("Limit", exact=True)).to_have_value("5 weeks and a half")
    expect(phone.get_by_label("Warnings")).to_have_value("3 working days before")
    axe(phone)
    shot(phone, "change-half-typed-phone")


def look_at(page, addresses, name, axe, shot):
    for address in addresses:
        page.goto(address)
        axe(page)
        shot(page, f"{address.strip('/').replace('/', '-')}-{name}")


def approve(phone, desktop, enter, axe, shot):
    for page, name in ((phone, "phone"), (desktop, "desk")):
        enter(page, "director").goto("/policy")
        axe(page)
        shot(page, f"policy-{name}")
        page.get_by_role("link", name="Manchester Housing Services").click()
        axe(page)
        shot(page, f"proposed-{name}")
    address = phone.url
    for page, name in ((phone, "phone"), (desktop, "desk")):
        enter(page, "lead").goto(f"{address}/withdraw")
        axe(page)
        shot(page, f"take-back-{name}")
    enter(phone, "director").goto(address)
    phone.get_by_role("button", name="Record your decision").click()
    expect(phone.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(phone)
    phone.get_by_label("Approve it").check()
    phone.get_by_role("button", name="Record your decision").click()
    expect(phone.get_by_text("the policy is adopted")).to_be_visible()


def read(phone, desktop, enter, axe, shot):
    for page, name in ((phone, "phone"), (desktop, "desk")):
        enter(page, "worker").goto("/my-work")
        axe(page)
        shot(page, f"my-work-{name}")
        page.get_by_role("link", name="say that you understood it").click()
        axe(page)
        shot(page, f"read-{name}")
    phone.get_by_role("button", name="I have read and understood this").click()
    expect(phone.get_by_text("It is recorded that you read")).to_be_visible()
    for page, name in ((phone, "phone"), (desktop, "desk")):
        look_at(enter(page, "lead"), ["/reading"], name, axe, shot)
