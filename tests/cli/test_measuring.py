"""What was measured is told, and when a budget is broken. Measuring itself is tested on the demonstration’s house."""

from benchmarks.report import WITH, WITHOUT, broken, table
from benchmarks.trial import too_much

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


def test_a_trial_that_takes_more_than_a_minute_or_more_and_more_memory_is_said():
    assert too_much(59.9, 120, 122) == []
    assert "61 s, and 60 is the budget" in too_much(61, 120, 122)[0]
    assert too_much(20, 120, 180) == ["memory grows from 120 to 180 MB"]
