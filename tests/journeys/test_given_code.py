"""No letter reaches a new colleague: the administrator hands a code over, and she sets her own password with it."""

from playwright.sync_api import expect

from journeys.looking import look

LONG = "Halina LlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochPrzybyszewska"


def test_a_code_is_handed_over_and_used(phone, desktop, enter, axe, shot):
    admin = enter(desktop, "administrator")
    admin.goto("/users/new")
    admin.get_by_label("Name").first.fill(LONG)
    admin.get_by_label("E-mail address").fill("halina@ashgrove.example")
    admin.get_by_label("Employee").check()
    admin.get_by_role("button", name="Add the user").click()
    look(admin, "user-of-a-long-name", axe, shot)
    admin.get_by_role("link", name="No letter reaches them").click()
    look(admin, "give-code", axe, shot)
    admin.get_by_role("button", name="Show me the code").click()
    code = admin.locator(".hearth-secret").inner_text()
    look(admin, "code", axe, shot)

    phone.goto("/sign-in/")
    phone.get_by_role("link", name="I was given a code").click()
    axe(phone)
    phone.get_by_label("Your e-mail address").fill("halina@ashgrove.example")
    phone.get_by_label("The code you were given").fill("2222-2222-2222")
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(phone)
    shot(phone, "given-code-wrong")
    phone.get_by_label("The code you were given").fill(code)
    phone.get_by_role("button", name="Continue").click()
    expect(phone.locator("input[type=password]")).to_have_count(2)
    for field in phone.locator("input[type=password]").all():
        field.fill("four quiet herons wade")
    axe(phone)
    shot(phone, "given-code-password")
    phone.locator("main form button[type=submit], main form button.govuk-button").last.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your password is changed")
    shot(phone, "given-code-done")
