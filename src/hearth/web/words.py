"""Dates, times and numbers as people read them, in the provider's time."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def day(value: date) -> str:
    """`21 November 2026`."""
    return _written(get_language(), _day_of(value), "j F Y")


def weekday(value: date) -> str:
    """`Saturday 21 November 2026`."""
    return _written(get_language(), _day_of(value), "l j F Y")


def last_day(value: datetime) -> str:
    """The last day before a moment: what ends at midnight ends with the day before."""
    return day(value - timedelta(seconds=1))


REFERENCE = re.compile(r"[A-Z]-[0-9A-Z]+-[0-9A-Z]+")


def unbroken(called: str) -> SafeString:
    """A reference stays on one line: half of one is read out wrong. An address may wrap."""
    return (
        format_html('<span class="hearth-reference">{}</span>', called)
        if REFERENCE.fullmatch(called)
        else conditional_escape(called)
    )


def part_name(part: str, names: Mapping[str, object]) -> str:
    """A part by its name, e.g. in a list."""
    return str(names.get(part, part))


def month(value: date) -> str:
    """`November 2026`."""
    return _written(get_language(), value, "F Y")


def short_month(value: date) -> str:
    """`Nov ’26`: without the mark it reads as a day of November."""
    return _written(get_language(), value, "M ’y")


def moment(value: datetime) -> str:
    """`21 November 2026, 4:05pm`."""
    here = timezone.localtime(value)
    return f"{_written(get_language(), here.date(), 'j F Y')}, {_o_clock(here)}"


def deadline(value: datetime) -> str:
    """When something must be done by: what ends at midnight ends with the day before, and is said so."""
    here = timezone.localtime(value)
    return _("the end of %(day)s") % {"day": last_day(value)} if here.time() == time() else moment(value)


def clock_time(value: datetime | time) -> str:
    """`4:05pm`, `4pm`; noon and midnight by name, for nobody misreads those."""
    return _o_clock(timezone.localtime(value) if isinstance(value, datetime) else value)


def _o_clock(here: datetime | time) -> str:
    if here.minute == 0 and here.hour in (0, 12):
        return "midday" if here.hour else "midnight"
    hour = here.hour % 12 or 12
    return f"{hour}{f':{here.minute:02}' if here.minute else ''}{'am' if here.hour < 12 else 'pm'}"


def iso(value: date) -> str:
    """For machines: the `datetime` of a time element."""
    return _here(value).isoformat()


def plain_number(value: float) -> str:
    """`12,345`."""
    return f"{value:,}"


def _here(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) else value


def _day_of(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@lru_cache(maxsize=4096)
def _written(language: str | None, on: date, form: str) -> str:
    """A day in words. A page says the same few days again and again."""
    return formats.date_format(on, form)
