"""Pages for when something went wrong, as somebody meets them: in the middle of telling a concern, or at the door."""

from django.core.exceptions import RequestDataTooBig
from playwright.sync_api import Page, expect

from filled_in import NOTICED
from journeys.looking import look

FULL, OURS, TOO_MUCH = OSError(28, "No space left on device"), ValueError("a mistake of ours"), RequestDataTooBig()
BROKEN = (
    (FULL, "Hearth cannot save anything just now"),
    (OURS, "Sorry, there is a problem with Hearth"),
    (TOO_MUCH, "That was too much to send at once"),
)


def test_whatever_goes_wrong_when_a_concern_is_sent_says_what_to_do(phone: Page, enter, axe, shot, monkeypatch) -> None:
    def break_off(*_args: object, **_told: object) -> None:
        raise problem

    for problem, heading in BROKEN:
        monkeypatch.setattr("hearth.web.concerns.views.raise_concern", break_off)
        enter(phone, "reporter").goto("/concerns/log")
        phone.get_by_role("group", name="Is anyone in danger now?").get_by_label("No", exact=True).check()
        phone.get_by_label("I don’t know where").check()
        phone.get_by_label("What did you see, hear or were you told?").fill(NOTICED)
        phone.locator("#about_staff-3").check()
        phone.get_by_role("button", name="Send", exact=True).first.click()
        expect(phone.get_by_role("heading", level=1)).to_have_text(heading)
        expect(phone.get_by_text("999").first).to_be_visible()
        look(phone, f"error-{type(problem).__name__}", axe, shot)
        monkeypatch.undo()


def test_a_page_that_is_not_there_and_a_form_open_too_long(phone: Page, enter, axe, shot) -> None:
    assert phone.goto("/nowhere").status == 404
    look(phone, "error-not-found", axe, shot)
    phone.goto("/sign-in/")
    phone.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(box => { box.value = 'x'.repeat(64) })"
    )
    phone.get_by_label("E-mail address").fill("worker@ashgrove.example")
    phone.get_by_label("Password", exact=True).fill("eleven green bottles")
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("That page had been open too long")
    look(phone, "error-open-too-long", axe, shot)


def test_whoever_cannot_sign_in_is_told_what_to_do(phone: Page, own_cast, axe, shot) -> None:
    phone.goto("/sign-in/")
    for _ in range(6):
        phone.get_by_label("E-mail address").fill("worker@ashgrove.example")
        phone.get_by_label("Password", exact=True).fill("wrong")
        phone.get_by_role("button", name="Sign in", exact=True).click()
        expect(phone.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(phone.get_by_text("Too many tries").first).to_be_visible()
    look(phone, "error-too-many-tries", axe, shot)
    phone.goto("/sign-in/password/new/1-abc")
    expect(phone.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    look(phone, "error-old-link", axe, shot)
    phone.goto("/r/a-link-that-was-ended")
    look(phone, "error-no-link", axe, shot)
