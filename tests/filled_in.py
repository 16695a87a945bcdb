"""A concern as somebody fills it in, and the reference on the receipt."""

import re

NOTICED = "She said: “he keeps the heating off and the money”. Red mark on the left wrist, about 3pm."
ENOUGH = {"danger_now": "no", "place": "not_known", "noticed": NOTICED, "about_staff": "no", "act": "send"}
REFERENCE = re.compile(r"<strong>(C-\w{4}-\w{2})</strong>")


def reference_on(page: str) -> str:
    """The reference a receipt shows."""
    found = REFERENCE.search(page)
    assert found, page
    return found[1]
