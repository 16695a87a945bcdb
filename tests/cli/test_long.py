"""The long run says first what it takes, goes on after a failure, and tells at the end what held."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from benchmarks.growth import MOST, growth, main
from benchmarks.measuring import MANY
from benchmarks.report import WITH

from hearth.cli import big_figures
from hearth.cli.big_figures import Stage
from hearth.cli.problems import DONE, FOUND_WRONG, Problem

HOLDS, FAILS = ("print('so it is')",), ("raise SystemExit(1)",)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HEARTH_HOME", str(tmp_path))
    return tmp_path


def stages(*programs):
    return [Stage(f"stage {n}", [sys.executable, "-c", *program], {}) for n, program in enumerate(programs)]


def test_a_stage_that_fails_is_told_and_the_others_run(home, monkeypatch, capfd):
    monkeypatch.setattr(big_figures, "tests", lambda _told: stages(HOLDS, FAILS, HOLDS))
    assert big_figures.run_all(home, {}, 0) == FOUND_WRONG
    said = capfd.readouterr()
    assert said.out.count("so it is") == 2
    assert "stage 1: FAILED" in said.err
    assert "left out (--cases 0)" in said.err

    monkeypatch.setattr(big_figures, "tests", lambda _told: stages(HOLDS))
    assert big_figures.run_all(home, {}, 0) == DONE


def test_a_disk_that_is_too_small_is_told_before_anything_runs(home, monkeypatch):
    ran = []
    monkeypatch.setattr(big_figures, "passed", lambda stage, _root: ran.append(stage.what) or 1.0)
    room = big_figures.room(1_000_000)
    assert room > 58_000_000_000, "what a million and 100,000 took, but for the sort that verifying no longer needs"
    usage = shutil.disk_usage(home)
    monkeypatch.setattr(big_figures.shutil, "disk_usage", lambda _path: usage._replace(free=room - 1))
    with pytest.raises(Problem, match="1,000,000 cases need"):
        big_figures.run_all(home, {}, 1_000_000)
    assert ran == []
    monkeypatch.setattr(big_figures.shutil, "disk_usage", lambda _path: usage._replace(free=room))
    assert big_figures.run_all(home, {}, 1_000_000) == DONE
    assert ran[3] == "filling 100,000 cases"
    assert ran[:3] == ["the ordinary tests", "the long tests", "the kills and the clones"]
    assert ran[-1] == "growth"
    assert not (home / "long").exists()


def test_a_request_that_grows_dearer_with_the_house_is_found(tmp_path, capsys):
    def figures(name: str, cases: int, cpu: float) -> tuple[Path, dict[str, object]]:
        told = {"cases": cases, WITH: [{"name": "worklist", "application_ms": cpu, "postgres_ms": 1.0}]}
        path = tmp_path / name
        path.write_text(json.dumps(told))
        return path, told

    small, big = figures("small", 10, 9.0), figures("big", 100, 11.0)
    assert growth(small[1], big[1]) == {"worklist": 1.2}
    found_more = {WITH: [{"name": MANY, "application_ms": 9.0, "postgres_ms": 9.0}]}
    assert growth(found_more, found_more) == {}, "a word that stands in more notes finds more of them"
    assert main([str(small[0]), str(big[0])]) == 0
    dear = figures("dear", 100, 12.0)
    assert main([str(small[0]), str(dear[0])]) == 1
    assert f"More than {MOST} times: worklist" in capsys.readouterr().out
