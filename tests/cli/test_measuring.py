"""The measuring command measures every request on a filled house, and says when a budget is broken."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.measuring import MANY
from benchmarks.report import WITH, WITHOUT, broken, table

ROOT = Path(__file__).resolve().parents[2]
COST = {"application_ms": 9.0, "postgres_ms": 3.0, "statements": 10.0, "per_second": 80, "p50_ms": 20, "p95_ms": 40}


def told(**more: float) -> dict[str, object]:
    return {"cases": 10, "size": "1 MB", "commit": "abc", "at": "now", WITH: [{"name": "worklist", **COST, **more}]}


def test_a_broken_budget_and_dear_row_security_are_said():
    assert broken(told(), {"worklist": 20}) == []
    assert "20 is the budget" in broken(told(postgres_ms=12), {"worklist": 20})[0]
    dear = {**told(), WITHOUT: [{"name": "worklist", **COST, "postgres_ms": 0.5}]}
    assert "without row security" in broken(dear, {"worklist": 20})[0]
    assert "| worklist | **12.0** |" in table(told())
    assert "a fixed piece of work takes 35.0 to 41.5 ms" in table({**told(), "fixed work ms": [35.0, 41.5]})


@pytest.mark.timeout(900)
def test_every_request_is_measured_on_a_filled_house(hearth):
    surroundings = {**hearth.surroundings, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    kept = hearth.home / "figures.json"
    for words in (
        ["hearth.cli", "fill", "--cases", "240"],
        ["benchmarks", "measure", "--requests", "8", "--warm-up", "8", "--json", str(kept), "--both"],
    ):
        command = [sys.executable, "-W", "ignore", "-m", *words]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, cwd=ROOT, timeout=400)
        assert kept.exists() or done.returncode == 0, done.stderr
    figures = json.loads(kept.read_text())
    budgets = json.loads((ROOT / "benchmarks" / "budgets.json").read_text())
    assert len(figures["fixed work ms"]) == 2
    assert all(spent > 1 for spent in figures["fixed work ms"]), "how quick the machine was, before and after"
    for way in (WITH, WITHOUT):
        measured = {each["name"]: each for each in figures[way]}
        assert set(measured) == set(budgets) - {MANY}, "in few notes nothing is found so often"
        assert all(each["statements"] > 3 and each["application_ms"] >= 0 for each in measured.values())
