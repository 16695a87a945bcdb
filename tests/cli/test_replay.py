"""`hearth replay` plays the worked examples through the real operations, and every date in them is asserted."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from hearth.cli.problems import FoundWrong
from hearth.cli.replay.files import read
from hearth.cli.replay.founding import as_told
from hearth.cli.replay.playing import play

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"
A = SCENARIOS / "a-child-neglect-and-damp.toml"
# The command with a server of its own, whose tables are there already: making them takes most of a minute.
PREPARED = """
import sys
from hearth.cli import main
from hearth.cli.postgres import databases
from hearth.cli.postgres.server import Server
from prepared import UNFOUNDED, adopted

create = databases.create
databases.create = lambda server, name: create(server, name, template=UNFOUNDED)
Server.make = lambda server: adopted(server, server.data.parent / "keys")
raise SystemExit(main(sys.argv[1:]))
"""
SMALL = """
title = "A small story"
pack = "{packs}/manchester-2025"
cast = [{{ name = "Officer" }}, {{ name = "Triage", parts = ["triage"] }}]

[[act]]
at = 2026-12-03 14:10:00
by = "Officer"
do = "log_concern"
[act.with]
called = "one"
danger_now = false
about_staff = "no"
place = "not_known"
noticed = "Shouting at night"
[[act.expect]]
about = "one"
who = "Triage"
clock = "concern.triage"
due_day = "2026-12-05"
[[act.expect]]
about = "one"
who = "Officer"
sees = "full"
"""
# What later issues must bring. These numbers may only become smaller.
LATER = {
    "a-child-neglect-and-damp.toml": 3,
    "a-where-others-count-otherwise.toml": 0,
    "d-domestic-abuse-with-children.toml": 4,
    "g-self-neglect-and-a-refused-offer.toml": 1,
    "two-companies-two-policies.toml": 0,
}


@pytest.fixture
def played(own_database, postgres):
    """Play a file in a clone of the template, its cast put into post by the owner."""

    def play_file(path):
        scenario = read(path)
        founding = (
            "import json, sys\nfrom datetime import UTC, datetime\nimport django\n"
            "django.setup()\nfrom hearth.cli.replay.founding import put_in_force, put_in_post\n"
            "told = json.loads(sys.argv[1])\nput_in_post(told['cast'])\n"
            "put_in_force(told, at=datetime(2021, 1, 1, tzinfo=UTC))\n"
        )
        told = {**os.environ, "HEARTH_DATABASE_ROLE": "owner", "HEARTH_DATABASE_URL": own_database,
                "PYTHONPATH": str(ROOT / "src")}  # fmt: skip
        subprocess.run([sys.executable, "-c", founding, json.dumps(as_told(scenario))], env=told, check=True)
        return play(scenario)

    return play_file


def scenario_acts(name):
    return tomllib.loads((SCENARIOS / name).read_text())["act"]


def small(tmp_path, **changed):
    """A small story in a file, with some of its words changed."""
    text = SMALL.format(packs=ROOT / "packs")
    for old, new in changed.values():
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "small.toml"
    file.write_text(text)
    return file


@pytest.mark.parametrize("name", sorted(LATER))
def test_a_worked_example_comes_out_as_written(played, name):
    story = played(SCENARIOS / name)
    assert story["failed"] == []
    assert story["clocks"]
    if len(scenario_acts(name)) > 10:
        assert story["gates"]
        assert {seen["sees"] for seen in story["who_sees_what"]} >= {"full", "nothing"}
        assert story["what_is_said"]
    assert story["counts"] or "Champion" not in (SCENARIOS / name).read_text()


def test_an_expectation_that_fails_is_told_in_a_sentence(played, tmp_path):
    failed = played(small(tmp_path))["failed"]
    assert failed == [
        "act 1 (log_concern by Officer, 3 Dec 2026 14:10): one, concern.triage: due_day is 2026-12-04, not 2026-12-05.",
        "act 1 (log_concern by Officer, 3 Dec 2026 14:10): Officer sees own words of one, not full.",
    ]


def test_a_count_that_is_otherwise_is_told_in_a_sentence(played, tmp_path):
    """The control: the figure is one, and only for somebody who may see counts."""
    cast = '}}, {{ name = "Champion", parts = ["champion"], kind = "board" }}]'
    text = SMALL.replace("}}]", cast, 1).format(packs=ROOT / "packs")
    for who, number in (("Champion", 1), ("Champion", 2), ("Triage", 1)):
        expected = f'counts = "concerns_logged"\nwho = "{who}"\nmonth = "2026-12"\nnumber = {number}\n'
        text += f"[[act.expect]]\n{expected}"
    file = tmp_path / "counted.toml"
    file.write_text(text)
    failed = [each for each in played(file)["failed"] if "counts" in each or "concerns_logged" in each]
    assert len(failed) == 2
    assert failed[0].endswith("concerns_logged of 2026-12 is 1, not 2.")
    assert "could not be asked" in failed[1]


@pytest.mark.parametrize(
    "words", [["-c", PREPARED], pytest.param(["-m", "hearth.cli"], marks=pytest.mark.long)], ids=["prepared", "made"]
)
def test_the_command_prints_the_story_and_fails_with_3_in_a_database_of_its_own(tmp_path, postgres, words):
    kept = "HEARTH_TEST_CACHE"
    told = {name: value for name, value in os.environ.items() if name == kept or not name.startswith("HEARTH_")}
    path = os.pathsep.join(str(ROOT / each) for each in ("src", "tests"))
    done = subprocess.run(
        [sys.executable, *words, "replay", str(small(tmp_path))],
        env={**told, "PYTHONPATH": path}, capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "due_day is 2026-12-04, not 2026-12-05" in done.stderr
    assert json.loads(done.stdout)["clocks"][0]["clause"] == "4.1.4b"
    assert not (tmp_path / ".hearth").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('do = "log_concern"', 'do = "log_concrn"'), "act 1, do: “log_concrn” is none of log_concern, "),
        (('clock = "concern.triage"\n', ""), "act 1, expect 1: say either a clock, who sees what, what counts, "),
        (('"2026-12-05"', '"5 December"'), "act 1, expect 1, due_day: “5 December” is not written as a day"),
        (('title = "A small story"', ""), "the file: title is missing."),
        (('by = "Officer"', 'by = "Oficer"'), "act 1: nobody in the cast is called “Oficer”."),
        (('place = "not_known"', 'company = "Glan"'), "with: no company is called “Glan”."),
        (('title = "A small story"', "title = "), "small.toml is not TOML"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_in_words_with_its_place(tmp_path, change, said):
    with pytest.raises(FoundWrong) as found:
        read(small(tmp_path, change=change))
    assert said in str(found.value)


def test_an_act_that_is_given_what_it_does_not_take_is_told_with_its_place(played, tmp_path):
    file = small(tmp_path, change=("noticed =", "notised ="))
    with pytest.raises(FoundWrong, match=r"act 1 \(log_concern by Officer, .*\): notised means nothing here"):
        played(file)


def test_what_later_issues_must_bring_is_listed_with_its_reason_and_only_shrinks():
    files = {path.name: tomllib.loads(path.read_text()).get("later", []) for path in SCENARIOS.glob("*.toml")}
    assert {name: len(later) for name, later in files.items()} == LATER
    assert all(each["what"] and each["reason"] for later in files.values() for each in later)
