"""What is told after an act: who looked and who was refused, in the access log; and notices inside Hearth."""

from datetime import UTC, datetime

from hearth.assurance.access_log import Asked, Sort, access_log
from hearth.cli.replay.files import Given
from hearth.cli.replay.filling import chosen, text
from hearth.cli.replay.founding import address
from hearth.cli.replay.stage import Stage, acting
from hearth.organisation.queries import user_called
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.terms import NoticeWords

MOST = 500
NEVER = datetime(2200, 1, 1, tzinfo=UTC)


def check_log(stage: Stage, expected: Given) -> tuple[dict[str, object], str]:
    """How many lines of one sort somebody reads about a person and a record, against what the file says."""
    who, of, about = text(expected, "who"), text(expected, "of"), text(expected, "about")
    sort = chosen(Sort, expected["log"], "log")
    by = stage.person(who)
    stage.record(about)
    reference = stage.references[about]
    person = user_called(address(of)).public_id
    with acting(by):
        lines = access_log(by, Asked(until=NEVER, person=person, sort=sort), limit=MOST)
    number = sum(line.reference == reference for line in lines)
    told: dict[str, object] = {"who": who, "log": sort.value, "of": of, "about": about, "number": number}
    wanted = expected["number"]
    wrong = f"{who} reads that {of} {sort.value} {about} {number} times, not {wanted}" if number != wanted else ""
    return told, wrong


def check_told(stage: Stage, expected: Given) -> tuple[dict[str, object], str]:
    """How often somebody has been told one thing so far, against what the file says."""
    who, words = text(expected, "who"), chosen(NoticeWords, expected["told"], "told")
    by = stage.person(who)
    with acting(by):
        times = sum(each.words is words for each in notices_for(by))
    told: dict[str, object] = {"who": who, "told": words.value, "times": times}
    wanted = expected["times"]
    return told, f"{who} was told {words.value} {times} times, not {wanted}" if times != wanted else ""
