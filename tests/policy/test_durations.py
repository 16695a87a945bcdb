"""Time limits: a table of examples is the specification; an oracle that shares no code with it checks the rest."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.policy.calendars import Correction, Nation, WorkingCalendar
from hearth.policy.durations import LOCAL, Due, Duration, NotADuration, Span, Unit, after, before, due, parse

ENGLAND = WorkingCalendar(Nation.ENGLAND)


def at(words: str) -> datetime:
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)


def shown(point: Due | None) -> str:
    assert point is not None
    return str(point.day) if point.day else point.at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("written", "start", "falls_due"),
    [
        ("24 hours", "2026-03-28 16:00", "2026-03-29 17:00"),  # the clocks go forward: 24 real hours
        ("24 hours", "2026-10-24 16:00", "2026-10-25 15:00"),  # the clocks go back
        ("24 hours", "2027-03-27 22:00", "2027-03-28 23:00"),
        ("30 minutes", "2026-12-23 23:50", "2026-12-24 00:20"),
        ("48 hours", "2026-12-04 11:00", "2026-12-06 11:00"),  # through a weekend
        ("10 working days", "2026-03-30 09:00", "2026-04-15"),  # Easter takes two days out
        ("1 working day", "2026-04-02 23:50", "2026-04-07"),  # Maundy Thursday night
        ("10 working days", "2026-12-24 09:00", "2027-01-12"),
        ("5 working days", "2027-03-25 12:00", "2027-04-05"),
        ("5 working days", "2027-07-09 12:00", "2027-07-16"),
        ("1 working day", "2026-12-05 10:00", "2026-12-07"),  # a Saturday
        ("14 calendar days", "2026-12-24 09:00", "2027-01-07"),
        ("12 weeks", "2026-12-04 09:30", "2027-02-26"),
        ("12 weeks", "2026-12-24 09:30", "2027-03-18"),
        ("8 weeks", "2027-03-23 15:00", "2027-05-18"),  # across a clock change
        ("3 months", "2026-11-30 09:00", "2027-02-28"),  # a shorter month
        ("12 months", "2026-12-24 12:00", "2027-12-24"),
        ("36 months", "2024-02-29 12:00", "2027-02-28"),
        ("same day", "2026-12-05 21:00", "2026-12-05"),
        ("same working day", "2026-12-04 21:00", "2026-12-04"),
        ("same working day", "2026-12-05 21:00", "2026-12-07"),
        ("immediately", "2026-12-05 21:00", "2026-12-05 21:00"),
    ],
)
def test_a_limit_falls_due_as_the_table_says(written: str, start: str, falls_due: str) -> None:
    assert shown(due(at(start), parse(written), ENGLAND)) == falls_due


@pytest.mark.parametrize(
    ("start", "days", "england", "wales", "northern_ireland", "scotland"),
    [
        ("2026-12-24 09:00", 10, "2027-01-12", "2027-01-12", "2027-01-12", "2027-01-13"),
        ("2027-03-25 09:00", 5, "2027-04-05", "2027-04-05", "2027-04-05", "2027-04-02"),
        ("2027-07-09 09:00", 5, "2027-07-16", "2027-07-16", "2027-07-19", "2027-07-16"),
    ],
)
def test_each_nation_counts_its_own_working_days(
    start: str, days: int, england: str, wales: str, northern_ireland: str, scotland: str
) -> None:
    limit = Duration(days, Unit.WORKING_DAYS)
    given_days = [shown(due(at(start), limit, WorkingCalendar(nation))) for nation in Nation]
    assert given_days == [england, wales, scotland, northern_ireland]


def test_a_day_limit_is_over_at_midnight_and_an_hour_limit_after_its_last_moment() -> None:
    day = due(at("2026-12-03 14:10"), parse("1 working day"), ENGLAND)
    hours = due(at("2026-12-03 14:10"), parse("24 hours"), ENGLAND)
    assert day is not None
    assert hours is not None
    assert not day.is_over(at("2026-12-04 23:59"))
    assert day.is_over(at("2026-12-05 00:00"))
    assert not hours.is_over(at("2026-12-04 14:10"))
    assert hours.is_over(at("2026-12-04 14:10") + timedelta(microseconds=1))


@pytest.mark.parametrize("words", ["as required", "none"])
def test_what_is_not_measured_never_falls_due(words: str) -> None:
    assert due(at("2026-12-03 14:10"), parse(words), ENGLAND) is None


@pytest.mark.parametrize(
    "words", ["", "10 days", "0 hours", "ten working days", "-1 hours", "1.5 hours", "10000 weeks", "5"]
)
def test_words_that_are_no_limit_are_refused_with_what_would_do(words: str) -> None:
    with pytest.raises(NotADuration, match="working days"):
        parse(words)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2026, 12, 3), parse("1 hour"), ENGLAND)  # noqa: DTZ001 - the mistake under test


def test_a_one_off_bank_holiday_is_a_correction_and_the_last_word_counts() -> None:
    funeral = Correction(Nation.ENGLAND, date(2026, 12, 4), working=False)
    limit, start = parse("1 working day"), at("2026-12-03 14:10")
    assert shown(due(start, limit, WorkingCalendar.corrected(Nation.ENGLAND, [funeral]))) == "2026-12-07"

    after_all_open = Correction(Nation.ENGLAND, date(2026, 12, 4), working=True)
    calendar = WorkingCalendar.corrected(Nation.ENGLAND, [funeral, after_all_open])
    assert shown(due(start, limit, calendar)) == "2026-12-04"
    elsewhere = WorkingCalendar.corrected(Nation.SCOTLAND, [funeral])
    assert shown(due(start, limit, elsewhere)) == "2026-12-04"


def test_a_pause_gives_back_the_days_or_hours_it_took() -> None:
    pause = Span(at("2026-12-07 10:00"), at("2026-12-09 15:00"))
    start = at("2026-12-04 09:00")
    assert shown(due(start, parse("5 working days"), ENGLAND, paused=[pause])) == "2026-12-15"
    assert shown(due(start, parse("2 weeks"), ENGLAND, paused=[pause])) == "2026-12-20"
    assert shown(due(start, parse("100 hours"), ENGLAND, paused=[pause])) == "2026-12-10 18:00"
    moment = Span(at("2026-12-07 10:00"), at("2026-12-07 16:00"))
    assert shown(due(start, parse("5 working days"), ENGLAND, paused=[moment])) == "2026-12-11"


def test_warnings_come_before_and_reminders_after_the_due_moment() -> None:
    target = due(at("2026-12-04 09:30"), parse("12 weeks"), ENGLAND)
    emergency = due(at("2026-12-03 14:10"), parse("24 hours"), ENGLAND)
    assert target is not None
    assert emergency is not None
    assert before(target, parse("4 weeks"), ENGLAND) == at("2027-01-29 00:00")
    assert before(target, parse("2 working days"), ENGLAND) == at("2027-02-24 00:00")
    assert before(emergency, parse("6 hours"), ENGLAND) == at("2026-12-04 08:10")
    assert after(target, parse("1 calendar day"), ENGLAND) == at("2027-02-27 00:00")
    assert after(emergency, parse("2 hours"), ENGLAND) == at("2026-12-04 16:10")


# The oracle: Easter by the anonymous Gregorian rule, fixed holidays with their substitutes, and one step per day.


def easter(year: int) -> date:
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def monday_of(year: int, month: int, last: bool = False) -> date:
    days = [date(year, month, n) for n in range(1, 32 if month in (5, 8) else 31)]
    mondays = [day for day in days if day.weekday() == 0]
    return mondays[-1] if last else mondays[0]


def english_holidays(year: int) -> set[date]:
    taken = {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)}
    taken |= {monday_of(year, 5), monday_of(year, 5, last=True), monday_of(year, 8, last=True)}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = fixed
        while day.weekday() > 4 or day in taken:
            day += timedelta(days=1)
        taken.add(day)
    return taken


moments = st.datetimes(datetime(2024, 1, 1), datetime(2039, 6, 30)).map(lambda each: each.replace(tzinfo=LOCAL))  # noqa: DTZ001


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(start=moments, count=st.integers(1, 120))
def test_working_days_agree_with_an_oracle_over_easters_and_year_ends(start: datetime, count: int) -> None:
    day, left = start.date(), count
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in english_holidays(day.year):
            left -= 1
    found = due(start, Duration(count, Unit.WORKING_DAYS), ENGLAND)
    assert found is not None
    assert found.day == day
    assert found.at.astimezone(LOCAL).replace(tzinfo=None) == datetime.combine(
        day + timedelta(days=1), datetime.min.time()
    )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(start=moments, count=st.integers(1, 400))
def test_hours_are_real_hours_whatever_the_clocks_do(start: datetime, count: int) -> None:
    found = due(start, Duration(count, Unit.HOURS), ENGLAND)
    assert found is not None
    assert round(found.at.timestamp() - start.timestamp(), 3) == count * 3600


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(start=moments, first=st.integers(1, 60), more=st.integers(1, 60), unit=st.sampled_from(sorted(Unit)))
def test_a_longer_limit_never_falls_due_sooner(start: datetime, first: int, more: int, unit: Unit) -> None:
    shorter, longer = due(start, Duration(first, unit), ENGLAND), due(start, Duration(first + more, unit), ENGLAND)
    assert (shorter is None) == (longer is None) == (unit in {Unit.AS_REQUIRED, Unit.NONE})
    if shorter and longer:
        assert shorter.at <= longer.at
        assert shorter.at >= start


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    number=st.integers(1, 9999),
    unit=st.sampled_from(sorted(set(Unit) - {Unit.IMMEDIATELY, Unit.AS_REQUIRED, Unit.NONE})),
)
def test_what_is_written_is_read_back(number: int, unit: Unit) -> None:
    assert parse(str(Duration(number, unit))) == Duration(number, unit)


def test_the_oracle_can_fail() -> None:
    assert date(2026, 4, 6) in english_holidays(2026)
    assert not WorkingCalendar(Nation.ENGLAND).is_working(date(2026, 4, 6))
    assert WorkingCalendar(Nation.SCOTLAND).is_working(date(2026, 4, 6))
