"""`hearth pack simulate` tries a policy on the records of one company of a group, and says plainly when it cannot."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import transaction

from hearth.access.identity import acting_as
from pathway.group import GLAN_DERWEN, founded
from pathway.test_companies import tells

OWN = '[pack]\ntitle = "Glan Derwen"\nversion = "2"\npolicy = "Both"\ninherits = "glan-derwen"\n'
LONGER = '[[override]]\nrule = "concern.triage"\nclause = "A2"\nlimit = "20 weeks"\n'
QUICKER = '[[override]]\nrule = "concern.triage"\nclause = "A2"\nlimit = "1 working day"\ntell = ["champion"]\n'
NOW = datetime.now(UTC)
BEGUN = NOW - timedelta(days=40)
SINCE = f"{NOW - timedelta(days=60):%Y-%m-%d}"


@pytest.fixture
def group(own_cast):
    """A Welsh company with a policy of its own. Forty days ago two concerns came in there, and one in England."""
    with acting_as(own_cast.lead), transaction.atomic():
        found = founded(own_cast)
        found.adopts(own_cast, at=NOW - timedelta(days=90), entity=found.wales.pk)
        for home in (found.home_in_wales, found.home_in_england, found.home_in_wales):
            tells(own_cast.reporter, home, at=BEGUN)
    return found


@pytest.fixture
def folder(tmp_path):
    """The Welsh company's next version: far longer to decide on a concern."""
    shutil.copytree(GLAN_DERWEN, tmp_path / "glan-derwen")
    (tmp_path / "glan-derwen-2").mkdir()
    (tmp_path / "glan-derwen-2" / "pack.toml").write_text(OWN + LONGER)
    return tmp_path / "glan-derwen-2"


@pytest.fixture
def simulated(hearth, own_database, folder):
    """The command, in the words of whoever types it."""

    def say(*words, since=SINCE):
        told = {"HEARTH_DATABASE_URL": own_database, "HEARTH_KEYS": str(settings.HEARTH_KEYS)}
        return hearth("pack", "simulate", str(folder), "--since", since, *words, **told)

    return say


def decided(figures, what):
    """How many promises to decide on a concern, as recorded and as tried."""
    rows = [each for each in figures if (each["what"], each["name"]) == (what, "concern.triage")]
    return sum(each["recorded"] for each in rows), sum(each["tried"] for each in rows)


def test_it_is_tried_on_the_records_of_the_company_that_is_named(group, simulated):
    done = simulated("--company", "glan derwen homes", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["company"], told["records"]) == ("Glan Derwen Homes", 2)
    assert (decided(told["figures"], "promised"), decided(told["figures"], "late")) == ((2, 0), (2, 0))

    whole = json.loads(simulated("--json").stdout)
    assert (whole["company"], whole["records"]) == ("", 1), "without a company, whoever has none of its own"

    read = simulated("--company", "Glan Derwen Homes")
    assert (read.returncode, read.stderr) == (0, "")
    assert read.stdout.startswith("Glan Derwen 2, on the records of Glan Derwen Homes: 2 records, ")
    assert "concern.triage" in read.stdout.split("Promise, gate or figure")[1]
    assert "Who would be told instead" not in read.stdout, "they are those who are told now"


def test_it_says_who_would_be_told_of_a_breach_instead(group, simulated, folder):
    (folder / "pack.toml").write_text(OWN + QUICKER)
    (told,) = json.loads(simulated("--company", "Glan Derwen Homes", "--json").stdout)["told_instead"]
    assert (told["of"], told["name"], told["recorded"], told["tried"]) == ("late", "concern.triage", 2, 2)
    assert sorted(set(told["would_be"]) - set(told["was"])) == ["Board Member for Safeguarding"]
    read = simulated("--company", "Glan Derwen Homes").stdout
    told_line = read.split("Who would be told instead")[1].splitlines()[1]
    assert told_line.endswith("Board Member for Safeguarding (2 → 2)")


def test_each_refusal_is_said_in_plain_words(group, simulated, folder):
    for named in ("Glan Derwen", ""):
        unknown = simulated("--company", named)
        assert (unknown.returncode, unknown.stdout) == (1, "")
        assert unknown.stderr == (
            f"hearth: No company of the group is called “{named}”. There are: Glan Derwen Homes.\n"
        )
    early = simulated("--company", "Glan Derwen Homes", since=f"{NOW + timedelta(days=2):%Y-%m-%d}")
    assert (early.returncode, early.stderr) == (1, "hearth: The first day must be before the last.\n")
    vague = simulated("--company", "Glan Derwen Homes", since="last spring")
    assert vague.returncode == 2
    assert "“last spring” is not a day such as 2026-01-01" in vague.stderr
    (folder / "pack.toml").write_text(OWN + LONGER.replace("concern.triage", "concern.triag"))
    wrong = simulated("--company", "Glan Derwen Homes")
    assert wrong.returncode == 3
    assert "This pack is wrong and cannot be tried." in wrong.stderr
    assert "concern.triag" in wrong.stderr


def test_where_no_company_is_named_there_is_none_to_choose(simulated):
    refused = simulated("--company", "Glan Derwen Homes")
    assert refused.returncode == 1
    assert refused.stderr == "hearth: The organisation names no companies. Leave --company out.\n"
