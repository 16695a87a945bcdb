"""Plays a story act by act, each in its own transaction under the identity of whoever does it."""

from collections.abc import Mapping

from hearth.access.terms import NotHere, Refused
from hearth.cli.problems import FoundWrong
from hearth.cli.replay.acts import ACTS
from hearth.cli.replay.counting import all_counts, check_count
from hearth.cli.replay.expecting import check_clock, check_sees
from hearth.cli.replay.files import Given, Scenario, Written
from hearth.cli.replay.filling import NotThere
from hearth.cli.replay.stage import Doing, Stage, acting, set_up
from hearth.concerns.terms import NotComplete
from hearth.housing.terms import NotPossible
from hearth.timescales.terms import GateUnmet

type Story = dict[str, list[object]]


def play(scenario: Scenario) -> Story:
    """Everything that was promised, refused and seen, and a sentence for each expectation that failed."""
    story: Story = {"title": [scenario.title], "clocks": [], "gates": [], "who_sees_what": [], "failed": []}
    try:
        stage = set_up(list(scenario.cast), list(scenario.homes))
    except NotThere as problem:
        raise FoundWrong(f"{problem}.") from None
    for written in scenario.acts:
        _act(stage, written, story)
        for expected in written.expect:
            _expect(stage, written, expected, story)
    story["counts"] = list(all_counts(stage, scenario.acts[-1].at))
    story["later"] = [dict(each) for each in scenario.later]
    story["later_count"] = [len(scenario.later)]
    return story


def _act(stage: Stage, written: Written, story: Story) -> None:
    by = stage.person(written.by)
    try:
        with acting(by):
            ACTS[written.do](Doing(stage, by, written))
    except NotThere as problem:
        raise FoundWrong(f"{written.place}: {problem}.") from None
    except GateUnmet as problem:
        unmet = {each.gate: {"clause": each.clause, "sentence": each.sentence} for each in problem.unmet}
        story["gates"].append({"act": written.place, "unmet": unmet})
        _refused(written, set(unmet), story)
    except (Refused, NotHere):
        _refused(written, {"not theirs"}, story)
    except (NotComplete, NotPossible) as problem:
        _refused(written, {str(problem)}, story)
    else:
        if written.refused:
            story["failed"].append(f"{written.place}: should have been refused and was not.")


def _refused(written: Written, why: set[str], story: Story) -> None:
    if not written.refused:
        raise FoundWrong(f"{written.place} was refused: {', '.join(sorted(why))}.")
    if missing := sorted(set(written.refused) - why):
        story["failed"].append(f"{written.place}: refused for {', '.join(sorted(why))}, not for {', '.join(missing)}.")


def _expect(stage: Stage, written: Written, expected: Given, story: Story) -> None:
    try:
        if "counts" in expected:
            told, wrong = check_count(stage, expected)
        elif "sees" in expected:
            told, wrong = check_sees(stage, expected, at=written.at)
            story["who_sees_what"].append({"at": f"{written.at:%Y-%m-%d %H:%M}", **told})
        else:
            told, wrong = check_clock(stage, expected, by=written.by, at=written.at)
            story["clocks"].append({"at": f"{written.at:%Y-%m-%d %H:%M}", **told})
    except (NotThere, NotHere, Refused) as problem:
        wrong = f"{_words(expected)} could not be asked: {problem or type(problem).__name__}"
    if wrong:
        story["failed"].append(f"{written.place}: {wrong}.")


def _words(expected: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in expected.items())
