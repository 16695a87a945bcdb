"""What one is told inside Hearth leads to what it is about."""

from datetime import timedelta

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.outbound.operations.notices import notify
from hearth.outbound.terms import NoticeWords
from hearth.timescales.queries import clocks_for
from walked import owned
from web.signed_in import at_a_browser


def test_a_limit_that_has_passed_is_one_click_away(cast):
    case = owned(cast, at=now() - timedelta(days=2))
    with acting_as(cast.owner):
        limit = clocks_for(cast.owner, case, at=now())[0]
    notify(
        cast.owner.id, NoticeWords.CLOCK_BREACH, key="limit", at=now(), about_kind="clock", about=limit.public_id,
        circle=case.circle_id,
    )  # fmt: skip
    owner = at_a_browser(cast.owner)
    page = owner.get("/my-work").content.decode()
    assert f'href="/limit/{limit.public_id}">A limit has passed' in page
    assert f"</a><br>{limit.promise}, {case.reference}. " in page, "and says which limit of which record"
    told = page[page.index(f'href="/limit/{limit.public_id}"') :]
    assert f'href="/promises/{limit.clause}"' in told[: told.index("</li>")], "and by which clause"
    assert f'href="/promises/{limit.clause}"' in owner.get(f"/limit/{limit.public_id}").content.decode()
