"""Figures of one company: counted by the record's own company, and no small part is found by taking away."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection, transaction

from assurance.days import on
from hearth.access.identity import acting_as
from hearth.assurance.by_company import begins, figures_of
from hearth.assurance.promises import Live, Why, promise_of
from hearth.assurance.queries import all_figures
from hearth.assurance.rules import KEPT_BACK, SMALL, told_apart, told_of
from hearth.assurance.terms import Told
from hearth.organisation.operations import add_entity
from hearth.timescales.operations import happened
from pathway.group import founded
from pathway.test_companies import tells

LOGGED = {"came_by": "page", "told_by": "neighbour", "danger_now": "no", "about_our_people": "no"}
DECIDED = {"outcome": "advice", "subject": "child"}
SIX = on(1, 2, year=2027)
MARCH = on(10, 3, year=2027)


@pytest.fixture
def wales(own_cast):
    with acting_as(own_cast.administrator), transaction.atomic():
        return add_entity("Glan Derwen Homes").pk


def test_what_happens_counts_for_the_company_whose_record_it_is(books, wales):
    ours, theirs = books.concern(at=on(3)), books.concern(at=on(3), entity=wales)
    for about in (ours, theirs, theirs):
        books.says("concern.logged", about, on(3), **LOGGED)
    told = ("concerns_logged", "page")
    assert books.by_company("concerns_logged") == {(*told, None): 1, (*told, wales): 2}
    assert books.by_company("promise.concern.triage")["promise.concern.triage", "open", wales] == 1
    books.says("concern.triaged", theirs, on(4), **DECIDED)
    assert books.by_company("promise.concern.triage") == {
        ("promise.concern.triage", "open", None): 1, ("promise.concern.triage", "in_time", wales): 1,
    }  # fmt: skip
    assert books.fold() > 0
    assert books.by_company("concerns_logged") == {(*told, None): 1, (*told, wales): 2}
    assert books.counts("concerns_logged") == {("concerns_logged", "2026-12", "page"): 3}, "together as before"
    wrong = books.says("concern.still_worried", theirs, on(5))
    books.says("entry.marked_wrong", theirs, on(5), entry=wrong)
    assert books.by_company("still_worried") == {}
    assert books.differs() == []
    books.restrict(theirs)
    assert books.by_company("concerns_logged", "promise.concern.triage") == {
        (*told, None): 1, ("promise.concern.triage", "open", None): 1,
    }  # fmt: skip
    assert books.differs() == []


def test_a_figure_that_stands_under_the_wrong_company_is_found_and_put_right(books, wales):
    """As after an update: what a group had counted before companies were told apart."""
    books.says("concern.still_worried", books.concern(at=on(3), entity=wales), on(3))
    moved = (
        "insert into assurance_delta (month, measure, part, entity_id, number) values ('2026-12-01', %s, '', %s, %s)"
    )
    with books.owner.transaction():
        books.owner.execute("set local role hearth_definer")
        for company, number in ((wales, -1), (None, 1)):
            books.owner.execute(moved, ["still_worried", company, number])
    assert [row[-2:] for row in books.differs()] == [(0, 1), (1, 0)]
    assert books.owner.execute("select hearth.mend_counts()").fetchone() == (2,)
    assert books.differs() == []
    assert books.by_company("still_worried") == {("still_worried", "", wales): 1}


@pytest.fixture
def group(cast):
    """The Welsh company has had a policy of its own since New Year's Day, at nine in the morning."""
    found = founded(cast)
    found.adopts(cast, entity=found.wales.pk)
    return found


def logged(cast, group, *, here, there, at=SIX):
    """So many concerns in England, so many in Wales."""
    for home, many in ((group.home_in_england, here), (group.home_in_wales, there)):
        for _ in range(many):
            yield tells(cast.reporter, home, at=at).concern


def shown(cast, company, code="concerns_logged", at=MARCH, months=12):
    """What is told of each month: in all, then the parts that are told or small."""
    with acting_as(cast.champion):
        found = figures_of(cast.champion, [code], company=company, months=months, at=at)[0]
    return {each.month: (each.in_all, each.parts) for each in found.months}


def test_a_companys_own_figures_begin_with_its_first_whole_month(cast, group):
    list(logged(cast, group, here=7, there=6))
    assert begins(group.wales.pk, at=MARCH) == begins(None, at=MARCH) == date(2027, 2, 1)
    theirs, others = shown(cast, group.wales.pk), shown(cast, None)
    assert [*theirs] == [*others] == [date(2027, 2, 1), date(2027, 3, 1)]
    assert (theirs[date(2027, 2, 1)][0], others[date(2027, 2, 1)][0]) == (Told(6), Told(7))
    with acting_as(cast.champion):
        whole = all_figures(cast.champion, ["concerns_logged"], months=12, at=MARCH)[0]
    assert whole.months[-2].in_all == Told(13)
    assert len(whole.months) == 12


def test_a_small_number_of_one_company_is_not_found_by_taking_the_other_from_the_whole(cast, group):
    list(logged(cast, group, here=9, there=2))
    (theirs, _), (others, parts) = shown(cast, group.wales.pk)[SIX.date()], shown(cast, None)[SIX.date()]
    assert (theirs, others) == (SMALL, KEPT_BACK)
    assert {*parts} == {KEPT_BACK}
    list(logged(cast, group, here=0, there=3))
    (theirs, _), (others, parts) = shown(cast, group.wales.pk)[SIX.date()], shown(cast, None)[SIX.date()]
    assert (theirs, others) == (Told(5), Told(9)), "the control: neither is small any more"
    assert Told(9) in parts


def test_whoever_sees_no_counts_is_told_none_company_by_company_either(cast, group):
    asked = (
        "select count(*) from hearth.monthly_counts_by_company(array['concerns_logged'], '2020-01-01', '2040-01-01')"
    )
    list(logged(cast, group, here=1, there=1))
    for name, sees in (("reporter", False), ("triage_officer", False), ("champion", True), ("auditor", True)):
        with acting_as(getattr(cast, name)), connection.cursor() as cursor:
            if sees:
                cursor.execute(asked)
                assert cursor.fetchone() == (2,)
            else:
                with pytest.raises(Exception, match="no post of yours sees monthly counts"), transaction.atomic():
                    cursor.execute(asked)


def test_a_promise_that_one_company_kept_late_puts_its_own_clause_at_risk_and_no_others(cast, group):
    (theirs,) = logged(cast, group, here=0, there=1)
    (ours,) = logged(cast, group, here=1, there=0)

    def how(clause, entity, at):
        with acting_as(cast.champion):
            _, promised = promise_of(cast.champion, clause, at=at, entity=entity)
        return next((each.state, each.why) for each in promised.evidence if each.rule == "concern.triage")

    with acting_as(cast.lead):
        happened("concern.triaged", about=theirs, by=cast.lead, at=SIX + timedelta(days=9), facts=DECIDED)
        happened("concern.triaged", about=ours, by=cast.lead, at=SIX + timedelta(hours=1), facts=DECIDED)
    assert how("A2", group.wales.pk, MARCH) == (Live.AT_RISK, Why.WAS_LATE)
    assert how("4.1.4b", None, MARCH) == (Live.KEPT, Why.IN_TIME)
    assert how("A2", group.wales.pk, on(1, 4, year=2027)) == (Live.KEPT, Why.IN_TIME), (
        "as long as the policy looks back"
    )


LIMIT, MOST = 4, 9
EVERY = list(product(range(MOST + 1), repeat=4))


def told(cells):
    """All that is published of two companies with two parts each: the whole, and company by company."""
    rows = {"": dict(zip("ab", cells[:2], strict=True)), "7": dict(zip("ab", cells[2:], strict=True))}
    in_all, whole = told_of({part: rows[""][part] + rows["7"][part] for part in "ab"}, LIMIT)
    apart = told_apart(rows, whole, LIMIT)
    return in_all, *whole.values(), *(each for line in apart.values() for each in (line[0], *line[1].values()))


def small_and_given_away(told_of_it):
    """Months in which a small number can only be what it is, for somebody who knows how all this is worked out."""
    alike = {}
    for cells in EVERY:
        alike.setdefault(told_of_it(cells), []).append(cells)
    sums = [(0,), (1,), (2,), (3,), (0, 1), (2, 3), (0, 2), (1, 3), (0, 1, 2, 3)]
    return [
        cells
        for months in alike.values()
        for places in sums
        if len({sum(cells[place] for place in places) for cells in months}) == 1
        for cells in months
        if max(cells) < MOST - LIMIT and 0 < sum(cells[place] for place in places) < LIMIT
    ]


def test_nothing_small_is_given_away_by_the_whole_and_the_companies_together():
    """Every month of two companies and two parts there could have been, read by somebody who can take numbers away."""
    assert small_and_given_away(told) == []


def test_companies_told_each_by_itself_would_give_small_numbers_away():
    """The control: each company told as if it stood alone beside the whole."""

    def each_by_itself(cells):
        ours, theirs = dict(zip("ab", cells[:2], strict=True)), dict(zip("ab", cells[2:], strict=True))
        whole = {part: ours[part] + theirs[part] for part in "ab"}
        tables = [told_of(each, LIMIT) for each in (whole, ours, theirs)]
        return tuple(each for in_all, parts in tables for each in (in_all, *parts.values()))

    assert small_and_given_away(each_by_itself)
