"""What pages do once instead of for every row says the same as what it stands for."""

from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, get_script_prefix, reverse, set_script_prefix
from django.utils import translation
from markupsafe import Markup

from hearth.web import words
from hearth.web.addresses import address
from hearth.web.said import said


def test_an_address_is_the_one_django_tells():
    record, person = uuid4(), uuid4()
    assert address("cases") == reverse("cases") == "/cases"
    assert address("case", kwargs={"public_id": record}) == reverse("case", kwargs={"public_id": record})
    assert address("case", kwargs={"public_id": str(record)}) == reverse("case", args=[record])
    both = {"public_id": record, "person": person}
    assert address("case_person", kwargs=both) == reverse("case_person", kwargs=both)
    assert address("user", args=[record]) == reverse("user", args=[record])
    with pytest.raises(NoReverseMatch):
        address("no_such_page")
    with pytest.raises(NoReverseMatch):
        address("cases", kwargs={"public_id": record})


def test_an_address_stands_below_where_hearth_is_served():
    was = get_script_prefix()
    assert address("cases") == "/cases"
    set_script_prefix("/hearth/")
    try:
        assert address("cases") == "/hearth/cases"
    finally:
        set_script_prefix(was)


def test_a_sentence_escapes_what_it_tells_and_stays_in_its_language():
    assert said("By %(name)s.", name="<Ann>") == Markup("By &lt;Ann&gt;.")
    assert said("By %(name)s.", name=Markup("<b>Ann</b>")) == Markup("By <b>Ann</b>.")
    assert said("100%% of it") == Markup("100% of it")
    with pytest.raises(KeyError):
        said("By %(name)s.", who="Ann")
    assert said("January") == "January"
    with translation.override("cy"):
        assert said("January") == "Ionawr"
    assert said("January") == "January"


def test_a_day_is_said_in_the_providers_time_and_the_readers_language():
    midnight_in_london = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert words.day(midnight_in_london) == "1 July 2026"
    assert words.moment(midnight_in_london) == "1 July 2026, 12:30am"
    assert words.clock_time(time(12)) == "midday"
    assert words.day(date(2026, 6, 30)) == "30 June 2026"
    assert words.weekday(midnight_in_london) == "Wednesday 1 July 2026"
    with translation.override("cy"):
        assert words.day(date(2026, 1, 1)) == "1 Ionawr 2026"
