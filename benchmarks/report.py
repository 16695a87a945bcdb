"""The figures as a table, and the budgets they broke."""

from collections.abc import Mapping
from typing import Any

WITH, WITHOUT = "with row security", "without row security"
MOST_BY_ROW_SECURITY = 1.2
HEAD = "| request | CPU ms | of it application | PostgreSQL | statements | requests/s | p50 ms | p95 ms |"


def table(told: Mapping[str, Any]) -> str:
    """Markdown, as it stands in docs/performance.md."""
    lines = [f"{told['cases']:,} cases, {told['size']}, commit {told['commit']}, {told['at']}", ""]
    if "fixed work ms" in told:
        lines = [f"{lines[0]}, a fixed piece of work takes {' to '.join(map(str, told['fixed work ms']))} ms", ""]
    lines += [HEAD + (" CPU ms without row security | ratio |" if WITHOUT in told else "")]
    lines += ["| --- |" + " --- |" * (lines[-1].count("|") - 2)]
    plain = {each["name"]: each for each in told.get(WITHOUT, [])}
    for each in told[WITH]:
        line = (
            f"| {each['name']} | **{cpu(each):.1f}** | {each['application_ms']:.1f} | {each['postgres_ms']:.1f}"
            f" | {each['statements']:.0f} | {each['per_second']} | {each['p50_ms']:.0f} | {each['p95_ms']:.0f} |"
        )
        if each["name"] in plain:
            other = cpu(plain[each["name"]])
            line += f" {other:.1f} | {cpu(each) / other:.2f} |"
        lines.append(line)
    return "\n".join(lines)


def cpu(each: Mapping[str, Any]) -> float:
    """CPU of one request in all."""
    return float(each["application_ms"]) + float(each["postgres_ms"])


def broken(told: Mapping[str, Any], budgets: Mapping[str, float]) -> list[str]:
    """Every budget that does not hold, in a sentence."""
    wrong = [
        f"{each['name']}: {cpu(each):.1f} ms of CPU, and {budgets[each['name']]} is the budget"
        for each in told[WITH]
        if each["name"] in budgets and cpu(each) > budgets[each["name"]]
    ]
    plain = {each["name"]: each for each in told.get(WITHOUT, [])}
    wrong += [
        f"{each['name']}: {cpu(each) / cpu(plain[each['name']]):.2f} times what it costs without row security"
        for each in told[WITH]
        if each["name"] in plain and cpu(each) > MOST_BY_ROW_SECURITY * cpu(plain[each["name"]])
    ]
    return wrong
