"""Words of the policy where they are needed, and numbers to ring for whoever tells of danger."""

from adopted import adopted
from filled_in import ENOUGH
from walked import opened
from web.signed_in import at_a_browser, read

SAID = """
[[wording]]
id = "privacy"
text = "We keep what you tell us for six years."
shown = ["reporting", "receipt"]
clause = "P1"

[[wording]]
id = "consent"
text = "Say whom we would tell, what, and that they may say no."
shown = ["consent"]
clause = "P1"

[[route]]
id = "duty"
to = "emergency_duty_team"
name = "Ashgrove duty team"
phone = "0161 496 0333"
on_receipt = true
clause = "P1"
"""


def test_words_about_information_stand_where_they_are_needed_and_nowhere_else(enter, cast) -> None:
    adopted(cast, SAID)
    reporter = enter("reporter")
    form = reporter.see()
    assert "How what you tell us is used" in form
    assert "We keep what you tell us for six years." in form
    assert "We keep what you tell us for six years." in reporter.press(**ENOUGH)
    case = opened(cast).case
    asked = read(at_a_browser(cast.lead).get(f"/case/{case.public_id}/refer"))
    assert "Say whom we would tell, what, and that they may say no. (P1)" in asked
    assert "six years" not in asked


def test_whoever_tells_of_danger_is_given_the_number_the_policy_gives(enter, cast) -> None:
    adopted(cast, SAID)
    reporter = enter("reporter")
    reporter.see()
    calm = reporter.press(**ENOUGH)
    assert "0161 496 0333" not in calm
    reporter.see()
    receipt = reporter.press(**{**ENOUGH, "danger_now": "yes"})
    assert "You may ring these yourself" in receipt
    assert "Ashgrove duty team" in receipt
    assert 'href="tel:01614960333"' in receipt
    assert "0161 496 0333" in reporter.see("/concerns/log?sent"), "also after a reload"
