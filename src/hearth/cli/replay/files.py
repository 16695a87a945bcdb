"""Reading a scenario: what is wrong with it is said in words, with its place."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from hearth.cli.problems import FoundWrong, Problem

type Given = Mapping[str, object]
SCHEMA = Path(__file__).with_name("scenario.schema.json")


@dataclass(frozen=True)
class Written:
    """One act as it is written."""

    number: int
    at: datetime
    by: str
    do: str
    given: Given
    refused: Sequence[str]
    expect: Sequence[Given]

    @property
    def place(self) -> str:
        return f"act {self.number} ({self.do} by {self.by}, {self.at:%-d %b %Y %H:%M})"


@dataclass(frozen=True)
class Scenario:
    """A whole story."""

    title: str
    pack: Path
    cast: Sequence[Given]
    companies: Sequence[Given]
    homes: Sequence[Given]
    acts: Sequence[Written]
    later: Sequence[Given]
    otherwise: str


def read(path: Path) -> Scenario:
    """The scenario of a file. Everything wrong with it is told at once."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Problem(f"There is no file {path}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise FoundWrong(f"{path.name} is not TOML: {problem}.") from None
    found = _misshapen(told) or _unknown(told)
    if found:
        raise FoundWrong("\n".join(f"{path.name}: {each}" for each in found))
    acts = [_written(number, _placed(each, path)) for number, each in enumerate(told["act"], start=1)]
    companies = [_at(each, path) for each in told.get("company", [])]
    return Scenario(
        told["title"], _folder(told["pack"], path), told["cast"], companies, told.get("home", []), acts,
        told.get("later", []), told.get("otherwise", ""),
    )  # fmt: skip


def _folder(pack: object, path: Path) -> Path:
    """A pack, from the file's own folder."""
    return (path.parent / str(pack)).resolve()


def _at(given: Given, path: Path) -> Given:
    return {**given, "pack": str(_folder(given["pack"], path))} if "pack" in given else given


def _placed(act: dict[str, Any], path: Path) -> Given:
    """An act whose pack, where it takes one, is found wherever the story is played."""
    return {**act, "with": _at(act["with"], path)} if "with" in act else act


def _misshapen(told: Given) -> list[str]:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text()), format_checker=None)
    plain = json.loads(json.dumps(told, default=str))
    return [f"{_place(error)}: {_sentence(error)}" for error in validator.iter_errors(plain)]


def _place(error: ValidationError) -> str:
    """Where it is, counted as people count: act 3, expect 1, due."""
    words = [f" {step + 1}" if isinstance(step, int) else f", {step}" for step in error.absolute_path]
    return "".join(words).lstrip(", ") or "the file"


def _sentence(error: ValidationError) -> str:
    asked = cast(Any, error.validator_value)  # as the schema has it; jsonschema cannot say more of it
    schema = cast(Any, error.schema)
    given = cast(Any, error.instance)
    match error.validator:
        case "required":
            missing = [name for name in asked if name not in given]
            return f"{' and '.join(missing)} is missing."
        case "enum":
            return f"“{given}” is none of {', '.join(asked)}."
        case "additionalProperties":
            extra = sorted(set(given) - set(schema.get("properties", {})))
            return f"{' and '.join(extra)} means nothing here."
        case "pattern":
            return f"“{given}” is not written as {schema.get('description', 'it should be')}."
        case "oneOf":
            return "say either a clock, who sees what, what counts, what is said of a person, or what the log tells."
        case _:
            return f"{error.message}."


def _unknown(told: Given) -> list[str]:
    """Names that nobody in the cast carries."""
    people, acts = cast(Any, told["cast"]), cast(Any, told["act"])  # the schema has just said what they are
    companies, homes = cast(Any, told.get("company", [])), cast(Any, told.get("home", []))
    names = {person["name"] for person in people}
    found = []
    for number, act in enumerate(acts, start=1):
        asked = [act["by"], *(each[name] for each in act.get("expect", []) for name in ("who", "of") if name in each)]
        found += [f"act {number}: nobody in the cast is called “{name}”." for name in asked if name not in names]
    called = {company["name"] for company in companies}
    said = [("home", home) for home in homes] + [("with", act.get("with", {})) for act in acts]
    named = [(place, each["company"]) for place, each in said if "company" in each]
    return found + [f"{place}: no company is called “{name}”." for place, name in named if name not in called]


def _written(number: int, act: Given) -> Written:
    from hearth.policy.durations import LOCAL

    at = act["at"]
    if not isinstance(at, datetime):
        raise FoundWrong(f"act {number}: at is a day and a time, such as 2026-12-03 14:10:00.")
    return Written(
        number, at if at.tzinfo else at.replace(tzinfo=LOCAL), str(act["by"]), str(act["do"]),
        act.get("with", {}), act.get("refused", []), act.get("expect", []),  # type: ignore[arg-type]  # checked by the schema
    )  # fmt: skip
