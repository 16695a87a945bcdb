"""The pages of trying a policy: ask, see how far it is, read what would have been different."""

from datetime import timedelta

import psycopg
import pytest
from django.db import transaction

from hearth.access.clock import now
from hearth.policy.queries import pack_in_force
from rounds import make_round
from timescales.three_cases import three_cases
from web.signed_in import at_a_browser, moment


def day(when):
    return {key: value for key, value in moment(when, name="since").items() if key.startswith("since")}


def test_a_lead_asks_for_a_year_and_sees_that_it_waits(cast):
    lead = at_a_browser(cast.lead)
    assert "Try it on what has happened" in lead.get("/tried-policies/try/livv-2022").content.decode()
    answer = lead.post("/tried-policies/try/livv-2022", day(now() - timedelta(days=365)), follow=True)
    page = answer.content.decode()
    assert "This begins in a moment." in page
    assert "See how far it is" in page
    assert "Waiting" in lead.get("/tried-policies").content.decode()


def test_a_day_that_is_not_over_is_refused_beside_the_field(cast):
    page = (
        at_a_browser(cast.lead).post("/tried-policies/try/livv-2022", day(now() + timedelta(days=2))).content.decode()
    )
    assert "Enter a day that is over" in page
    assert "There is a problem" in page


@pytest.mark.parametrize("which", ["no-such-pack", "0" * 64, ".."])
def test_a_policy_nobody_has_is_not_there(cast, which):
    assert at_a_browser(cast.lead).get(f"/tried-policies/try/{which}").status_code == 404


def test_the_policy_in_force_can_be_tried_by_its_fingerprint(cast):
    digest = pack_in_force(now()).digest
    assert at_a_browser(cast.lead).get(f"/tried-policies/try/{digest}").status_code == 200


def test_what_came_out_is_a_picture_a_table_and_a_file(own_cast, own_database):
    with transaction.atomic():
        three_cases(own_cast.lead, own_cast.owner)
        lead = at_a_browser(own_cast.lead)
    where = lead.post("/tried-policies/try/livv-2022", day(now() - timedelta(days=300)))["Location"]
    with psycopg.connect(own_database, user="postgres", autocommit=True) as superuser:  # as a worker that died left it
        superuser.execute(
            "update timescales_trial set state = 'working', done = 100, steps = 400,"
            " began_at = now() - interval '100 seconds'"
        )
    page = lead.get(where).content.decode()
    assert "Records told again: 100 of 400. By its pace so far it takes about 6 minutes more." in page
    assert make_round(own_database, "try_policies") == "1"
    page = lead.get(where).content.decode()
    assert "told again" in page
    assert "is judged by their limits as they were kept" in page
    assert "By month and team" not in page, "where nothing was late there is nothing to tell"
    with psycopg.connect(own_database, user="postgres", autocommit=True) as superuser:
        superuser.execute("update timescales_trial set figures = %s", ['[["2026-05-01", "North", "late", 1, 3]]'])
    page = lead.get(where).content.decode()
    assert page.count("By month and team</caption>") == 1, "one table"
    assert 'data-column="Team" class="govuk-table__cell">North<' in page, "which is a list on a phone"
    assert 'data-column="Late" class="govuk-table__cell govuk-table__cell--numeric">1 → 3<' in page
    instead = page[page.index("Who would be told instead") :]
    assert "As it is: Head of ASB &amp; Safeguarding<br>Under this policy: Manager – Advisory Services" in instead
    assert "Under this policy: Merseyside Police" in instead
    file = lead.get(f"{where}/figures.csv")
    assert file.content.decode("utf-8-sig").startswith("Month,Team,What,As it was,Under this policy")
    assert lead.get(f"{where}?print=yes").status_code == 200
