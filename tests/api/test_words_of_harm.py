"""Kinds of harm by the policy's own words: an older word is taken, and national codes are given out."""

import uuid

from adopted import adopted
from api.caller import caller
from api.test_answers import DECISION, logged

LOCAL = """
[[word]]
list = "abuse_type"
code = "county_lines"
label = "County lines at Ashgrove"
local = "CL1"
legacy = ["gangs and drugs"]
means = "cce"
clause = "P1"
"""


def test_an_older_word_is_taken_and_the_national_codes_of_what_it_means_are_given(cast) -> None:
    adopted(cast, LOCAL)
    triage = caller(cast.triage_officer)
    (known,) = [each for each in triage.get("/policy").body["harms"] if each["code"] == "county_lines"]
    assert known == {
        "code": "county_lines", "label": "County lines at Ashgrove", "earlier": ["gangs and drugs"], "means": "cce",
        "national": {"cin": "24A,13A"},
    }  # fmt: skip
    for written in ("Gangs and drugs", "CL1", "county_lines"):
        concern = logged(cast)
        sent = {**DECISION, "key": str(uuid.uuid4()), "harm": written}
        wrong = triage.post(f"/concerns/{concern}/decision", {**sent, "harm": "gossip"})
        assert "harm" in wrong.where
        assert triage.post(f"/concerns/{concern}/decision", sent).status == 201
        (made,) = triage.get(f"/concerns/{concern}").body["decisions"]
        assert (made["harm"], made["harm_national"]) == ("county_lines", {"cin": "24A,13A"})
