"""The pages of promises: the policy for everybody, how it stands for those who see figures."""

import csv
import io
from pathlib import Path

import pytest
from django.urls import reverse

from hearth.assurance.states import Live, Why
from hearth.policy.packs import load
from hearth.policy.packs.keeping import KeeperKind
from hearth.policy.packs.shapes import STANDINGS
from hearth.policy.terms import FORCE_SENTENCE, Force
from hearth.web.assurance.keepers import KINDS
from hearth.web.assurance.states import OURS, STATES, WHYS
from hearth.web.assurance.states import STANDINGS as SAID_OF_A_CLAUSE
from web.signed_in import at_a_browser, read

PACKS = Path(__file__).resolve().parents[2] / "packs"


def written(answer):
    """The page with its markup."""
    return answer.content.decode()


@pytest.fixture
def champion(cast):
    return at_a_browser(cast.champion)


@pytest.fixture
def reporter(cast):
    return at_a_browser(cast.reporter)


def test_a_board_champion_reads_each_clause_and_how_it_stands(champion):
    page = written(champion.get("/promises"))
    assert ">4.1.4b<" in page
    assert "Broken" in page, "nobody holds the housing support manager’s post"
    assert "Limit: Decide on the concern" in page
    assert "Done in Hearth: log a concern" in page
    assert "How long a record stays open to somebody: manager after closing" in page, "no code of the files"


def test_a_reporter_reads_the_same_clauses_without_how_they_stand(reporter, champion):
    plain, told = read(reporter.get("/promises")), read(champion.get("/promises"))
    assert "4.1.4b" in plain
    assert "Broken" not in plain
    assert "How it stands" not in plain
    assert "How it stands" in told
    assert "How it stands" not in reporter.get("/promises.csv").content.decode()


def test_words_and_states_narrow_the_clauses_down(champion):
    page = written(champion.get("/promises?words=twelve+weeks"))
    assert "4.1.6a" in page
    assert ">4.1.4b<" not in page
    assert "No clause has all these words" in read(champion.get("/promises?words=zebra"))
    broken = written(champion.get("/promises?state=broken"))
    assert ">3.3a<" in broken
    assert ">3.2a<" not in broken


def test_one_clause_shows_its_limit_the_figures_behind_it_and_the_way_to_what_runs(champion, cast):
    page = written(champion.get(reverse("promise", args=["4.1.4b"])))
    assert "1 working day" in page
    assert FORCE_SENTENCE[Force.DEFAULT] in page
    assert page.count('<th scope="row"') == 0, "none fell due yet"
    assert "None fell due in the last twelve months." in page
    assert "Those of them that run" not in page, "a champion opens no record"
    lead = at_a_browser(cast.lead)
    where = "/due?rule=concern.triage"
    assert where in written(lead.get(reverse("promise", args=["4.1.4b"])))
    assert "The limits of one promise" in read(lead.get(where))


def test_a_clause_nobody_wrote_is_not_there(champion):
    assert champion.get("/promises/9.9.9").status_code == 404


def test_the_file_holds_every_clause_with_its_state(champion):
    rows = list(csv.reader(io.StringIO(champion.get("/promises.csv").content.decode("utf-8-sig"))))
    assert rows[0] == ["Clause", "What it asks", "Where it is written", "What keeps it", "Waits for", "State"]
    states = {row[0]: row[-1] for row in rows[1:]}
    assert states["3.3a"] == "Broken"
    assert states["3.2a"] == "Kept"


def test_what_is_only_offered_is_in_use_and_lists_what_is_there(champion):
    page = written(champion.get(reverse("promise", args=["2.12a"])))
    assert "In use</strong>" in page
    many = len(load(PACKS / "manchester-2025").words["abuse_type"].words)
    assert f"{many} words" in page
    assert "<li>Neglect" in page
    assert "That it is offered does not prove that it is used." in page
    gate = written(champion.get(reverse("promise", args=["2.6c"])))
    assert "Kept</strong>" in gate, "the control: the act is stopped each time"


def test_what_people_do_here_and_nobody_counts_says_that_no_figure_is_behind_it(champion, reporter):
    told = "Hearth does not count this month by month"
    assert told in written(champion.get(reverse("promise", args=["2.1b"]))), "the people of a record"
    assert told not in written(reporter.get(reverse("promise", args=["2.1b"]))), "who sees no figures is told none"
    assert told not in written(champion.get(reverse("promise", args=["4.1.4b"]))), "the control: a limit is counted"


def test_where_a_post_is_missing_its_clause_is_one_click_away(cast):
    page = written(at_a_browser(cast.administrator).get("/posts"))
    assert 'href="/promises/3.3a"' in page


def test_behind_each_keeper_stands_the_way_to_what_it_does_for_whoever_may_take_it(champion, cast):
    """feature 87"""
    triage, keeper = at_a_browser(cast.triage_officer), at_a_browser(cast.administrator)
    post = reverse("promise", args=["3.3a"])
    assert 'href="/posts"' in written(keeper.get(post))
    assert 'href="/posts"' not in written(champion.get(post)), "who holds which post is not for the board"
    queue = '<a class="govuk-link" href="/triage">What waits to be decided</a>'
    assert queue in written(triage.get(reverse("promise", args=["H.triage"])))
    assert queue not in written(champion.get(reverse("promise", args=["H.triage"])))


def test_every_state_and_every_reason_has_its_words():
    assert set(STATES) == set(Live)
    assert set(WHYS) == set(Why)


def test_a_clause_is_said_in_words_and_not_in_the_codes_of_the_files(champion):
    assert {*SAID_OF_A_CLAUSE, OURS} == STANDINGS
    page = read(champion.get(reverse("promise", args=["H.pattern"])))
    assert "Status Set by Hearth, confirm with your lead" in page
    assert "Pattern: repeat concern" in page
    page = read(champion.get("/promises"))
    assert "Vetting: DBS review" in page
    assert "dbs_review" not in page


def test_the_lead_is_not_sent_to_herself(champion, cast):
    address = reverse("promise", args=["H.pattern"])
    assert "Set by Hearth, confirm with your lead" in read(champion.get(address))
    page = read(at_a_browser(cast.lead).get(address))
    assert "Set by Hearth, for you to confirm" in page
    assert "confirm with your lead" not in page


def test_whatever_may_keep_a_clause_has_a_word_on_the_page():
    assert set(KINDS) == set(KeeperKind)
