"""Plays a story act by act, each in its own transaction under the identity of whoever does it."""

from collections.abc import Mapping

from hearth.access.identity import acting_as
from hearth.access.operations import keep_attempt
from hearth.access.terms import NotHere, Refused
from hearth.cli.problems import FoundWrong
from hearth.cli.replay.acts import ACTS
from hearth.cli.replay.counting import all_counts, check_count
from hearth.cli.replay.expecting import check_clock, check_sees
from hearth.cli.replay.files import Given, Scenario, Written
from hearth.cli.replay.filling import NotThere
from hearth.cli.replay.looking import check_log, check_told
from hearth.cli.replay.saying import check_person
from hearth.cli.replay.stage import Doing, Stage, acting, set_up
from hearth.concerns.terms import NotComplete
from hearth.organisation.terms import NotPossible
from hearth.timescales.terms import GateUnmet

type Story = dict[str, list[object]]


def play(scenario: Scenario) -> Story:
    """Everything that was promised, refused and seen, and a sentence for each expectation that failed."""
    kept = ("clocks", "gates", "who_sees_what", "what_is_said", "who_looked", "who_was_told", "failed")
    story: Story = {"title": [scenario.title], **{name: [] for name in kept}}
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
    except (Refused, NotHere) as problem:
        _keep_attempt(stage, written, problem)
        _refused(written, {"not theirs"}, story)
    except (NotComplete, NotPossible) as problem:
        _refused(written, {str(problem)}, story)
    else:
        if written.refused:
            story["failed"].append(f"{written.place}: should have been refused and was not.")


def _keep_attempt(stage: Stage, written: Written, problem: Refused | NotHere) -> None:
    """Pages keep an attempt after the rollback; so does the story."""
    about = written.given.get("about")
    asked_for = str(stage.record(about)[1]) if isinstance(about, str) else ""
    with acting_as(stage.person(written.by)):
        keep_attempt(problem, page=f"replay: {written.do}", asked_for=asked_for, at=written.at)


def _refused(written: Written, why: set[str], story: Story) -> None:
    if not written.refused:
        raise FoundWrong(f"{written.place} was refused: {', '.join(sorted(why))}.")
    if missing := sorted(set(written.refused) - why):
        story["failed"].append(f"{written.place}: refused for {', '.join(sorted(why))}, not for {', '.join(missing)}.")


def _expect(stage: Stage, written: Written, expected: Given, story: Story) -> None:
    try:
        if "counts" in expected:
            told, wrong = check_count(stage, expected)
        elif "log" in expected:
            told, wrong = check_log(stage, expected)
            story["who_looked"].append({"at": f"{written.at:%Y-%m-%d %H:%M}", **told})
        elif "told" in expected:
            told, wrong = check_told(stage, expected)
            story["who_was_told"].append({"at": f"{written.at:%Y-%m-%d %H:%M}", **told})
        elif "person" in expected:
            told, wrong = check_person(stage, expected)
            story["what_is_said"].append({"at": f"{written.at:%Y-%m-%d %H:%M}", **told})
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
