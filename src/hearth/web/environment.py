"""Jinja for Hearth's pages. A mistyped name fails: a blank where a warning should stand is worse than an error."""

from typing import Any

from django.utils.translation import gettext, ngettext, pgettext
from jinja2 import Environment, StrictUndefined

from hearth.web import words
from hearth.web.addresses import address
from hearth.web.adopting.differences import what_differs
from hearth.web.assets import asset
from hearth.web.citing import rests_on
from hearth.web.said import said
from hearth.web.work.words import how_judged, what_is_unsafe, who_lives_there

IF_WITHOUT_ELSE = "the inline if-expression"


class Strict(StrictUndefined):
    """Fails when printed, asked or compared. Only `{{ "x" if y }}` without `else`, which means it, prints nothing."""

    __slots__ = ()

    def __str__(self) -> str:  # type: ignore[override]  # theirs never returns
        if (self._undefined_hint or "").startswith(IF_WITHOUT_ELSE):
            return ""
        return str(super().__str__())


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja2 engine uses."""
    options["undefined"] = Strict
    extensions = ["jinja2.ext.i18n", "jinja2.ext.do"]
    options.setdefault("autoescape", True)
    made = Environment(**options, extensions=extensions, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  the line above
    made.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)  # type: ignore[attr-defined]  # given by the i18n extension
    made.globals.update(asset=asset, url=address, _=said, rests_on=rests_on)
    made.filters.update(
        day=words.day, month=words.month, moment=words.moment, clock_time=words.clock_time, iso=words.iso,
        plain_number=words.plain_number, last_day=words.last_day,
        part_name=words.part_name, weekday=words.weekday, unbroken=words.unbroken, deadline=words.deadline,
        what_is_unsafe=what_is_unsafe, what_differs=what_differs,
        who_lives_there=who_lives_there, how_judged=how_judged,
    )  # fmt: skip
    return made
