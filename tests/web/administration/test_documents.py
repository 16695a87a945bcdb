"""The documents of a policy: three days kept apart, when each is looked at again, and that it is overdue."""

from datetime import UTC, date, datetime, timedelta

from adopted import adopted
from at_a_page import text
from hearth.access.clock import now
from hearth.access.identity import as_the_house
from hearth.outbound.models import Notice
from hearth.pathway.adopting.documents import A_REVIEW_IS_DUE, warn_of_reviews
from hearth.policy.durations import local_day

CHILDREN = """
[[document]]
id = "ours"
title = "Safeguarding at Ashgrove"
reference = "HS-7"
version = "3.1"
scheme = "major.minor"
about = ["child", "adult"]
restarts_at = 0
restarts_when = "a full review"
history = [
    {{ version = "2.4", since = 2021-05-01, why = "A new address" }},
    {{ version = "3.0", since = 2022-05-02, why = "A full review" }},
    {{ version = "3.1", since = 2024-03-01, why = "The law changed" }},
]
approved_on = 2024-03-01
effective_from = {effective}
review_every = "24 months"
remind = ["3 months before", "1 calendar day over"]
early_review = ["A law changes"]
approvals = ["Head of ASB & Safeguarding"]
equality_analysis = "Done in February 2024"
published = "Our website"
pair = "procedure"
linked = ["hoarding"]
supersedes = "Safeguarding 2020"
clause = "P1"

[[document]]
id = "procedure"
title = "Procedure of Ashgrove"
pair = "ours"
review_by = 2020-04-30
clause = "P1"
"""


def told() -> list[str]:
    with as_the_house():
        return sorted(Notice.objects.filter(about_kind=A_REVIEW_IS_DUE).values_list("user__name", flat=True))


def test_everybody_reads_what_the_policy_says_of_its_documents_and_which_review_is_overdue(browser, cast) -> None:
    begun = local_day(now()) - timedelta(days=600)
    adopted(cast, CHILDREN.format(effective=begun.isoformat()))
    page = text(browser("worker").get("/documents"))
    for said in (
        "The number after the dot Begins again at 0: a full review",
        "Versions of Safeguarding at Ashgrove Version When Why",
        "3.1 1 March 2024 The law changed 3.0 2 May 2022 A full review 2.4",
        "Reference HS-7", "Version 3.1, numbered by major.minor", "Approved on 1 March 2024",
        "Approved by Head of ASB &amp; Safeguarding", "Looked at again every 24 months", "About Children, adults",
        "Looked at sooner where A law changes", "Equality analysis Done in February 2024", "Published Our website",
        "Looked at together with Procedure of Ashgrove", "See also Hoarding policy &amp; procedure",
        "In place of Safeguarding 2020", "Its review is warned of 3 months before, 1 calendar day over",
    ):  # fmt: skip
        assert said in page, said
    assert "Procedure of Ashgrove Review overdue" in page
    assert "Safeguarding at Ashgrove Review overdue" not in page
    assert "Looked at again by 30 April 2020" in page
    assert "1 review is overdue" in text(browser("lead").get("/policy"))


def test_a_document_without_a_day_to_count_from_says_so(browser) -> None:
    """The Manchester policy is looked at every two years and prints no day from which they count."""
    page = text(browser("lead").get("/documents"))
    assert "Safeguarding Children Policy 2025–2027 No day for its review" in page
    assert "No day is written from which that counts" in page


def test_a_review_is_told_to_whoever_may_propose_a_policy_once_for_each_rung(browser, cast) -> None:
    adopted(cast, CHILDREN.format(effective="2024-05-01").replace("review_by = 2020-04-30\n", ""))
    spring = datetime(2026, 1, 20, tzinfo=UTC)
    assert warn_of_reviews(at=spring) == 0
    february = datetime(2026, 2, 2, tzinfo=UTC)
    assert warn_of_reviews(at=february) == warn_of_reviews(at=february) == 1
    assert told() == ["Deputy", "Lead"]
    warn_of_reviews(at=datetime(2026, 5, 3, tzinfo=UTC))
    assert told() == ["Deputy", "Deputy", "Lead", "Lead"], "once more when it is over"
    lead = browser("lead")
    page = lead.get("/my-work").content.decode()
    assert "A policy document is to be looked at again" in page
    assert 'href="/documents"' in page
    assert "Looked at again by " + f"{date(2026, 5, 1).day} May 2026" in text(lead.get("/documents"))
