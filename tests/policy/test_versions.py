"""A document says how its versions are numbered, where a number begins again, and which versions it had and why."""

import pytest

from policy.small_pack import LINES, refused, said, table

OLD = '{ version = "1.4", since = 2021-05-01, why = "A new address" }'
NEW = '{ version = "2.0", since = 2023-05-01, why = "A full review" }'


def document(*lines: str, version: str = "2.0", scheme: str = "major.minor") -> str:
    return table("document", 'id = "d"', 'title = "D"', f'version = "{version}"', f'scheme = "{scheme}"', *lines)


def history(*versions: str) -> str:
    return f"history = [{', '.join(versions)}]"


def test_a_version_history_with_its_reasons_and_a_number_that_begins_again_is_read() -> None:
    found = said(document("restarts_at = 0", 'restarts_when = "a full review"', history(OLD, NEW))).documents["d"]
    assert (found.restarts_at, found.restarts_when) == (0, "a full review")
    assert [(each.number, each.since.year, each.why) for each in found.history] == [
        ("1.4", 2021, "A new address"), ("2.0", 2023, "A full review"),
    ]  # fmt: skip
    assert said(document()).documents["d"].history == (), "the control: nothing need be said"
    yearly = (
        '{ version = "2024.3", since = 2024-05-01, why = "A" }, { version = "2025.1", since = 2025-05-01, why = "B" }'
    )
    assert said(document("restarts_at = 1", history(yearly), version="2025.1", scheme="year.number"))


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([history(NEW, OLD)], "the last version of the “history” is 1.4, and this is “2.0”"),
        ([history(OLD)], "the last version of the “history” is 1.4"),
        ([history(OLD.replace("2021", "2024"), NEW)], "begins with the oldest version"),
        ([history(OLD.replace("1.4", "3.1"), NEW)], "version “2.0” does not come after “3.1”"),
        (["restarts_at = 1", history(OLD, NEW)], "version “2.0” does not begin again at 1"),
        ([history(OLD.replace("1.4", "four"), NEW)], "version “four” is not numbered by “major.minor”"),
        ([history(OLD.replace(', why = "A new address"', ""), NEW)], "why"),
        ([history(OLD.replace("since = 2021-05-01, ", ""), NEW)], "say “since” which day it was in force"),
        (['history = ["1.4"]'], "write each version with its “version”, “since” and “why”"),
        (['restarts_when = "a full review"'], "say at which number it begins again"),
    ],
)
def test_a_history_that_cannot_be_is_refused_by_its_line(lines: list[str], sentence: str) -> None:
    told = refused(document(*lines))
    assert any(sentence in each for each in told), told
    at_document, at_history = LINES + 1, LINES + 6
    assert told[0].startswith((f"ground/pack.toml:{at_document}: ", f"ground/pack.toml:{at_history}: "))


def test_only_a_number_after_a_dot_begins_again() -> None:
    (told,) = refused(document("restarts_at = 0", version="2", scheme="whole numbers"))
    assert "only a number after a dot begins again" in told


def test_where_the_document_prints_no_day_it_is_told_as_printed() -> None:
    printed = OLD.replace("since = 2021-05-01", 'printed = "Spring 2021"')
    first, last = said(document(history(printed, NEW))).documents["d"].history
    assert (first.printed, first.since) == ("Spring 2021", None)
    assert last.since, "the control"
