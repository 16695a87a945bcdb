"""What is accounted for can be counted and is kept once: what cannot is named by its line, what is empty is said."""

from dataclasses import replace
from pathlib import Path

import pytest

from hearth.assurance.queries import measures_of
from hearth.assurance.terms import COUNTED
from hearth.policy.packs import check_declared, load
from hearth.policy.packs.unread import without_figures
from hearth.timescales.declarations import declared
from policy.small_pack import LINES, refused, said, table

PACKS = Path(__file__).resolve().parents[2] / "packs"
COUNTS = {*COUNTED, *(act for act, _fact in COUNTED.values())}


def metric(counts: str) -> str:
    return table("metric", 'id = "m"', 'label = "M"', 'definition = "Them."', f'counts = "{counts}"')


@pytest.mark.parametrize("counts", ["concern.loged", "concern.logged - case.closd", "m", ""])
def test_a_metric_that_counts_nothing_the_house_knows_is_refused_by_its_line(counts: str) -> None:
    (told,) = map(str, check_declared(said(metric(counts)), declared()))
    assert told.startswith(f"ground/pack.toml:{LINES + 1}: “m” counts ")


@pytest.mark.parametrize(
    "counts", ["concern.logged", "case.opened - case.closed", "clock:concern.triage", "gate.stopped"]
)
def test_the_control_what_the_house_records_and_what_is_promised_can_be_counted(counts: str) -> None:
    assert check_declared(said(metric(counts)), declared()) == []


def test_what_is_warned_of_before_it_begins_is_refused() -> None:
    rule = (
        'id = "slow"', 'promise = "Look"', 'about = "concern"', 'owner = "triage"',
        'starts = "concern.logged"', 'stops = "concern.triaged"', 'limit = "2 weeks"',
    )  # fmt: skip
    (told,) = refused(table("rule", *rule, 'warn = ["1 week before", "3 weeks before"]'))
    assert told == f"ground/pack.toml:{LINES + 1}: “slow” warns “3 weeks before”, and has no more than 2 weeks in all"
    assert said(table("rule", *rule, 'warn = ["2 weeks before", "3 weeks over"]')), "the control"
    longer = 'bands = [{ when = { fact = "danger_now", equals = "yes" }, limit = "2 months" }]'
    assert said(table("rule", *rule, longer, 'warn = ["3 weeks before"]')), "one of its bands is long enough"
    assert said(table("rule", *rule, 'warn = ["8 working days before"]')), "two weeks may have ten"


def test_a_clause_that_asks_the_same_and_that_of_a_band_are_there() -> None:
    rule = (
        'id = "shared"', 'promise = "Look"', 'about = "concern"', 'owner = "triage"', 'starts = "concern.logged"',
        'stops = "concern.triaged"', 'limit = "2 weeks"',
    )  # fmt: skip
    band = 'bands = [{{ when = {{ fact = "danger_now", equals = "yes" }}, limit = "1 day", clause = "{}" }}]'
    band = band.replace("1 day", "1 working day")
    wrong = refused(table("rule", *rule, 'also = ["8"]', band.format("9")))
    assert [each.partition(": ")[2] for each in wrong] == ["there is no clause “8”", "there is no clause “9”"]
    assert said(table("rule", *rule, 'also = ["1"]', band.format("1"))).rules["shared"].cited == ("1",), "the control"


def kept(id: str, record: str = "case") -> str:
    return table(
        "retention", f'id = "{id}"', f'record = "{record}"', 'keep = "72 months"', 'counted_from = "case_closed"',
    )  # fmt: skip


def test_a_class_of_record_is_kept_for_one_time() -> None:
    (told,) = refused(kept("cases") + kept("again"))
    assert told.startswith(f"ground/pack.toml:{LINES + 1 + kept('cases').count(chr(10))}: how long “case” is kept")
    assert f"ground/pack.toml:{LINES + 1}" in told
    assert "call this “cases” too" in told
    assert said(kept("cases") + kept("children", "child_case")), "the control"


def test_a_report_without_figures_is_said_to_have_none() -> None:
    report = ('id = "r"', 'name = "R"', 'audience = ["lead"]')
    (told,) = without_figures(said(table("report", *report)), COUNTS)
    assert str(told).endswith("“r” has no figures: neither “metrics” nor “sections” stand in it")
    pack = said(table("report", *report, 'sections = ["What changed"]'))
    assert [str(each) for each in without_figures(pack, COUNTS)] == [
        f"ground/pack.toml:{LINES + 1}: “r” has no figures: no “metrics” stand in it"
    ]
    pack = said(table("report", *report, 'metrics = ["m"]') + metric("concern.logged"))
    assert list(without_figures(pack, COUNTS)) == [], "the control"


def test_a_metric_nobody_counts_month_by_month_is_said_to_have_no_figure() -> None:
    (told,) = without_figures(said(metric("case.summary_changed")), COUNTS)
    assert "“m” counts “case.summary_changed”, which Hearth does not count month by month" in str(told)


def test_a_metric_of_the_policy_that_counts_a_happening_has_the_figure_of_that_happening() -> None:
    pack = load(PACKS / "livv-2022")
    found = {each.code: each for each in measures_of(pack)}
    assert [each.id for each in found["concerns_logged"].defined] == ["concerns_raised"]
    assert found["concerns_told_by"].defined == (), "once, and not at every figure of the same happening"
    metrics = {key: each for key, each in pack.metrics.items() if key != "concerns_raised"}
    without = {each.code: each for each in measures_of(replace(pack, metrics=metrics))}
    assert without["concerns_logged"].defined == (), "the control"
    shown = {each.id for measure in found.values() for each in measure.defined}
    noted = " ".join(map(str, without_figures(pack, COUNTS)))
    silent = [each for each in pack.metrics if each not in {*shown, *found} and f"“{each}”" not in noted]
    assert silent == [], "each has a figure, or is said to have none"
