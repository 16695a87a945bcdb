"""What a trial came to, month by month and team by team, in one table."""

from datetime import date

from hearth.policy.packs.who_is_told import Telling, ToldInstead
from hearth.timescales.simulating import BLOCKED, LATE, PROMISED, TOLD
from hearth.timescales.trying import OfOne, Sum
from hearth.web.trying.figures import by_month_and_team
from hearth.web.trying.instead import lines_of

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def test_a_row_for_each_month_and_team_the_newest_first_with_both_numbers_where_they_differ():
    figures = [
        Sum(MAY, "North", PROMISED, 9, 9), Sum(MAY, "North", LATE, 1, 3), Sum(MAY, "North", TOLD, 2, 2),
        Sum(MAY, "", BLOCKED, 0, 4), Sum(JUNE, "South", PROMISED, 5, 5), Sum(JUNE, "North", LATE, 1, 1),
    ]  # fmt: skip
    assert by_month_and_team(figures) == [
        ["Jun ’26", "North", "1", "0", "0", "0"],
        ["May ’26", "Nobody’s yet", "0", "0", "0 → 4", "0"],
        ["May ’26", "North", "1 → 3", "2", "0", "0"],
    ], "where something only fell due in time there is nothing to tell"


def test_a_promise_that_was_late_says_how_often_and_one_that_never_was_stands_apart():
    late = ToldInstead(Telling.LATE, "a", "Decide", ("Lead",), ("owns_it", "Director"), "1")
    never = ToldInstead(Telling.LATE, "b", "Review", ("Lead",), (), "2")
    often, apart = lines_of([late, never], [OfOne(TOLD, "a", 0, 3), OfOne(LATE, "b", 0, 0)])
    assert [(each.what, each.was, each.would_be, each.times) for each in often] == [
        ("Decide", "Lead", "whoever has it; Director", 3)
    ]
    assert [(each.what, each.would_be) for each in apart] == [("Review", "nobody named")]
