"""What a policy asks of people: who holds its posts and until when, who stands in, which training and checks."""

from datetime import datetime, timedelta

import pytest

from at_a_page import day, signed_in, text
from hearth.access import clock
from hearth.access.clock import now
from hearth.access.identity import as_the_house
from hearth.organisation import operations
from hearth.organisation.models import Appointment, Post, Proposal, User
from hearth.organisation.terms import UserKind
from hearth.outbound.models import Notice
from hearth.pathway.administering.policy_posts import A_POST_ENDS, warn_of_ends
from hearth.policy.durations import end_of, local_day, months_later

NO_END = {"last_day-day": "", "last_day-month": "", "last_day-year": "", "cover": "no"}
YEAR = 12


@pytest.fixture
def rosalind(cast) -> User:
    """A new member of the board; whoever was its champion has gone."""
    with cast.acting("administrator"):
        for each in Appointment.objects.filter(post__key="champion"):
            operations.end_appointment(each, at=now() - timedelta(minutes=10))
        return operations.add_user(email="rosalind@ashgrove.example", name="Rosalind Thorne", kind=UserKind.BOARD)


def asked(user: User, **more: str) -> dict[str, str]:
    first = day("first_day", local_day(now()))
    return {"user": str(user.public_id), "post": "champion", **first, **NO_END, **more}


def champion(cast, user: User, *, begins: datetime, ends: datetime | None) -> Appointment:
    with cast.acting("administrator"):
        return operations.appoint(user, Post.objects.get(key="champion"), starts_at=begins, ends_at=ends)


def told(cast) -> dict[str, int]:
    """Who was told that somebody's time ends, and how often."""
    with as_the_house():
        rows = Notice.objects.filter(about_kind=A_POST_ENDS).values_list("user__name", flat=True)
        return {name: list(rows).count(name) for name in rows}


def test_an_appointment_for_a_year_ends_after_it_and_never_later(browser, rosalind) -> None:
    admin, today = browser("administrator"), local_day(now())
    last = months_later(today, YEAR) - timedelta(days=1)
    ready = admin.get("/posts/appoint?post=champion").content.decode()
    assert f'name="last_day-year" value="{last.year}"' in ready or f'value="{last.year}"' in ready
    late = text(admin.post("/posts/appoint", asked(rosalind) | day("last_day", last + timedelta(days=1))))
    assert "The policy gives this post for 12 months (clause 3.4b): the last day is" in late
    assert not Appointment.objects.filter(user=rosalind).exists()
    answer = text(admin.post("/posts/appoint", asked(rosalind), follow=True))
    assert "The policy gives this post for a time: it ends on" in answer
    assert Appointment.objects.get(user=rosalind).ends_at == end_of(last).at
    assert "Rosalind Thorne until" in answer


def test_a_sooner_day_stands_and_cover_may_be_for_as_long_as_is_said(browser, cast, rosalind) -> None:
    admin, soon = browser("administrator"), local_day(now()) + timedelta(days=20)
    admin.post("/posts/appoint", asked(rosalind, cover="yes"))
    assert Appointment.objects.get(user=rosalind).ends_at is None
    with cast.acting("administrator"):
        Appointment.objects.filter(user=rosalind).update(ends_at=clock.now())
    admin.post("/posts/appoint", asked(rosalind) | day("last_day", soon) | day("first_day", soon - timedelta(days=9)))
    assert Appointment.objects.filter(user=rosalind, is_cover=False).get().ends_at == end_of(soon).at


def test_the_end_of_a_year_is_warned_of_by_the_ladder_and_shown_as_ended(browser, cast, rosalind) -> None:
    today = local_day(now())
    held = champion(cast, rosalind, begins=now() - timedelta(days=300), ends=end_of(today + timedelta(days=40)).at)
    assert warn_of_ends(at=now()) == warn_of_ends(at=now()) == 1
    assert told(cast) == {"Administrator": 1, "Deputy": 1, "Lead": 1}, "each once for a rung"
    lead = browser("lead")
    assert "Somebody’s time in a post is nearly over" in text(lead.get("/my-work"))
    page = text(lead.get("/posts/policy"))
    assert "Board Safeguarding Champion Ends soon" in page
    assert "its end is warned of 2 months before, 1 week before, 1 calendar day over" in page
    warn_of_ends(at=now() + timedelta(days=36))
    assert told(cast)["Lead"] == 2, "a week before"
    warn_of_ends(at=now() + timedelta(days=50))
    assert told(cast)["Lead"] == 3, "when it is over"

    with cast.acting("administrator"):
        Appointment.objects.filter(pk=held.pk).update(ends_at=now() - timedelta(minutes=6))
    page = text(lead.get("/posts/policy"))
    assert "Board Safeguarding Champion Gap Ended" in page
    assert "Nobody. Rosalind Thorne’s time ended on" in page
    assert "Rosalind Thorne’s time ended on" in text(browser("administrator").get("/posts"))


def test_a_holder_from_before_who_has_no_last_day_is_shown(browser) -> None:
    assert "Board Safeguarding Champion No last day" in text(browser("lead").get("/posts/policy"))


def test_nobody_is_warned_where_somebody_follows_or_it_was_ended_by_hand(cast, rosalind) -> None:
    soon = end_of(local_day(now()) + timedelta(days=5)).at
    champion(cast, rosalind, begins=now() - timedelta(days=300), ends=soon)
    follows = champion(cast, User.objects.get(pk=cast.outsider.id), begins=soon, ends=None)
    assert warn_of_ends(at=now()) == 0
    with cast.acting("administrator"):
        operations.end_appointment(follows, at=soon + timedelta(days=1), by_id=rosalind.pk)
    assert warn_of_ends(at=now()) == 0
    with cast.acting("administrator"):
        Appointment.objects.filter(pk=follows.pk).update(ended_by=None)
    assert warn_of_ends(at=now()) == 1, "the control: else it is"


def test_who_is_to_stand_in_is_a_gap_of_its_own_and_nobody_covers_himself(browser, cast) -> None:
    """The head is covered by the housing support manager, and the other way round."""
    admin, manager = browser("administrator"), "housing_support_manager"
    made = {"title": "Housing Support Manager", "parts": ["deputy", "case_manager"], "team": ""}
    admin.post(f"/posts/new?named={manager}", made)
    page = text(admin.get("/posts"))
    assert "Housing Support Manager Gap" in page
    assert "Stands in: Lead, Head of ASB &amp; Safeguarding" in page, "the vacancy says who stands in"

    def put(somebody: str, agrees: str) -> None:
        user = User.objects.get(pk=getattr(cast, somebody).id)
        form = {"user": str(user.public_id), "post": manager, **day("first_day", local_day(now())), **NO_END}
        admin.post("/posts/appoint", form)
        with cast.acting(agrees):
            waits = Proposal.objects.get(agreed=None)
        browser(agrees).post(f"/posts/asked/{waits.public_id}", {"agreed": "yes", "why": ""})

    put("lead", agrees="deputy")
    assert "Head of ASB &amp; Safeguarding No cover" in text(admin.get("/posts")), "he cannot stand in for himself"
    assert "Head of ASB &amp; Safeguarding No cover" in text(browser("lead").get("/posts/policy"))
    put("deputy", agrees="lead")
    covered = text(browser("lead").get("/posts/policy"))
    assert "Housing Support Manager: Deputy" in covered
    assert "Head of ASB &amp; Safeguarding No cover" not in covered


def test_a_lead_reads_what_training_and_checks_are_asked_of_whom_with_force_and_clause(browser, cast) -> None:
    page = text(browser("lead").get("/posts/policy"))
    everybody, residents = page.index("Asked of everybody"), page.index("Asked of whoever meets residents")
    dbs, briefing = (
        page.index("DBS check , at the level the post allows, again every 36 months"),
        page.index(
            "The year&#39;s safeguarding briefing" if "year&#39;s" in page else "The year's safeguarding briefing"
        ),
    )
    assert residents < dbs < everybody < briefing, "a check for whoever meets residents is not one for everybody"
    assert "A briefing, again every 12 months" in page
    assert "Clause 2.3b . Promised by the policy." in page
    assert "It does not keep yet who has taken them" in page
    assert "Neighbourhood Officer" in page
    assert "Says that it is done: The Head of ASB &amp; Safeguarding has completed this year" in page
    assert signed_in(User.objects.get(pk=cast.worker.id)).get("/posts/policy").status_code == 404
