"""A policy may want a decision for each child wherever children live there, and triage can give it on its page."""

from triage.test_deciders import concern_under
from web.signed_in import at_a_browser, read

FOR_EVERY_CHILD = """posts = ["triage", "deputy"]

[[gate]]
id = "triage.each_child"
act = "concern.triaged"
clause = "P1"
sentence = "Decide for each child who lives there"
when = { fact = "children_in_household", equals = "yes" }
requires = { fact = "child_decision", present = true }
"""
WHO = {"subject": "child", "children_in_household": "yes", "domestic_abuse": "no", "harm": "", "child_decision": ""}
STEPS = {
    "decision": {"outcome": "advice", "advice": "Ring the council", "considered": ["watch"], "refers": "no"},
    "reasons": {"why": "They have help", "clause": "P1", "adult_wishes_only": "no", "feedback": ""},
}  # fmt: skip


def test_what_was_decided_for_each_child_is_asked_without_domestic_abuse_too(cast):
    which = concern_under(cast, FOR_EVERY_CHILD)
    browser, address = at_a_browser(cast.triage_officer), f"/concern/{which}/decide"
    assert "What did you decide for each child?" in read(browser.get(f"{address}?step=who"))
    assert browser.post(f"{address}?step=who", WHO).status_code == 302
    for step, told in STEPS.items():
        assert browser.post(f"{address}?step={step}", told).status_code == 302, step
    refused = read(browser.post(f"{address}?step=check"))
    assert "Decide for each child who lives there" in refused, "the policy’s gate, with nothing decided"
    browser.post(f"{address}?step=who", {**WHO, "child_decision": "in_this_case"})
    assert browser.post(f"{address}?step=check").url == f"/concern/{which}"
    assert "They are part of this case" in read(browser.get(f"/concern/{which}"))
