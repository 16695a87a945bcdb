"""Kinds of form field every page shares. What was typed is kept as typed; messages say what to do."""

import copy
import re
import unicodedata
import uuid
from collections.abc import Mapping
from datetime import date, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.concerns.terms import as_typed
from hearth.policy.durations import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise
else:
    from django.utils.functional import Promise as StrPromise

Text = str | StrPromise
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TIME_OF_DAY = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>am|pm)?")
LONGEST_NUMBER = 19  # digits that no row of ours has
NAMED_TIMES = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class RevealingForm(forms.Form):
    """A form some of whose questions stand only beside one answer, or only for somebody, or narrow a list down.

    They are not marked as optional where they stand; `clean` says what is missing. `revealed` names them.
    """

    revealed: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._mark(is_needed=True)

    def reveal(self, name: str) -> None:
        """One question more of this kind, here and now."""
        self.revealed = (*self.revealed, name)
        self._mark(is_needed=True)

    def full_clean(self) -> None:
        """Validate, with none of them needed by itself."""
        self._mark(is_needed=False)
        super().full_clean()
        self._mark(is_needed=True)

    def _mark(self, *, is_needed: bool) -> None:
        for name in self.revealed:
            if name in self.fields:
                self.fields[name].required = is_needed


class Words(forms.CharField):
    """Somebody's words: NFC, line ends as one character, otherwise exactly as typed. Never trimmed, never cut."""

    def __init__(self, *, max_length: int = 10_000, missing: Text = "", **options: Any) -> None:
        messages: dict[str, Text] = {"required": missing or _("Enter an answer")}
        super().__init__(strip=False, error_messages=messages, **options)
        self.max_length, self.validators = max_length, []

    def to_python(self, value: Any) -> str:
        return as_typed(value or "")

    def validate(self, value: str) -> None:
        """Something that can be read where it is needed, no more than fits, and nothing that cannot be kept."""
        if "\0" in value:
            raise forms.ValidationError(_("This holds a character that cannot be kept. Write it again without it"))
        super().validate(value if any(unicodedata.category(each)[0] not in "CZ" for each in value) else "")
        if self.max_length is not None and len(value) > self.max_length:
            used = {"most": f"{self.max_length:,}", "used": f"{len(value):,}"}
            raise forms.ValidationError(
                _("Use %(most)s characters or fewer. You have used %(used)s"), code="max_length", params=used
            )


class Line(Words):
    """One line of somebody's words, such as a name. Spaces around it carry nothing and are left out."""

    def __init__(self, *, max_length: int = 200, missing: Text = "", **options: Any) -> None:
        super().__init__(max_length=max_length, missing=missing, **options)

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class OfferedField(forms.ChoiceField):
    """A field whose answers are never changed, only replaced, so that the forms of a class may share them.

    Django copies every answer and its words for every form, which is most of what making a form costs.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> "OfferedField":
        alike = copy.copy(self)
        alike.widget, alike.error_messages = copy.copy(self.widget), self.error_messages.copy()
        alike.widget.attrs, alike.validators = self.widget.attrs.copy(), self.validators[:]
        memo[id(self)] = alike
        return alike


class Choice(OfferedField):
    """One of several, none chosen beforehand. `missing` says what to do when none was."""

    def __init__(self, *, missing: Text = "", **options: Any) -> None:
        sentence: Text = missing or _("Select one of the answers")
        messages: dict[str, Text] = {"required": sentence, "invalid_choice": _("Select one of the answers")}
        super().__init__(widget=forms.RadioSelect, error_messages=messages, **options)


class Choices(OfferedField, forms.MultipleChoiceField):
    """Any of several."""

    def __init__(self, *, missing: Text = "", **options: Any) -> None:
        sentence: Text = missing or _("Select at least one answer")
        messages: dict[str, Text] = {"required": sentence, "invalid_choice": _("Select from the answers shown")}
        super().__init__(widget=forms.CheckboxSelectMultiple, error_messages=messages, **options)


class DayInput(forms.Widget):
    """Three boxes: day, month, year. Keeps what was typed in each, right or wrong."""

    first_part = "-day"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}-{part}", "")) for part in ("day", "month", "year")}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-day" not in data

    def parts(self, value: date | dict[str, str] | None) -> dict[str, str]:
        """What to show in the three boxes."""
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return value or {"day": "", "month": "", "year": ""}


class DayField(forms.Field):
    """A day. Months may be typed by name."""

    widget = DayInput

    def __init__(self, *, missing: Text = "", **options: Any) -> None:
        super().__init__(error_messages={"required": missing or _("Enter a date")}, **options)

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        typed = {part: words.strip() for part, words in value.items()}
        if not any(typed.values()):
            return None
        missing = [str(self.part_names[part]) for part, words in typed.items() if not words]
        if missing:
            raise forms.ValidationError(
                _("The date must include a %(parts)s"), params={"parts": " and a ".join(missing)}
            )
        try:
            day = date(int(typed["year"]), _month(typed["month"]), int(typed["day"]))
        except (ValueError, OverflowError):
            raise forms.ValidationError(_("Enter a real date, such as 27 3 2026")) from None
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(
                _("Enter a year from %(first)s to %(last)s"), params={"first": FIRST_DAY.year, "last": LAST_DAY.year}
            )
        return day

    part_names = {"day": _("day"), "month": _("month"), "year": _("year")}


class TimeOfDayField(forms.CharField):
    """A time of day as people write it: 4:05pm, 16.05, 4pm, midday. An example stands beside every one."""

    def __init__(self, *, missing: Text = "", **options: Any) -> None:
        options.setdefault("help_text", _("For example, 9am or 5:30pm."))
        super().__init__(error_messages={"required": missing or _("Enter a time")}, **options)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).lower()
        if not typed:
            return None
        if typed in NAMED_TIMES:
            return NAMED_TIMES[typed]
        found = TIME_OF_DAY.fullmatch(typed)
        try:
            return time(_hour(found), int(found["minute"] or 0)) if found else _not_a_time()
        except ValueError:
            return _not_a_time()


class IdempotencyField(forms.UUIDField):
    """The key that makes a form sent twice count once. The page that shows the form makes it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, initial=uuid.uuid4, **options)


class VersionField(forms.IntegerField):
    """The version of the record this form was filled in from."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0, **options)


def offered(form: type[forms.Form], name: str) -> Mapping[str, Text]:
    """The words of each answer that a form offers to one of its questions."""
    return {str(code): words for code, words in getattr(form.base_fields[name], "choices", ())}


def choices_of(form: forms.Form, name: str) -> forms.ChoiceField:
    """The field of a form whose answers to choose from are known only when it is asked."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"“{name}” has no answers to choose from")
    return field


def row_named(typed: str) -> int:
    """The row whose number a page sent back, or 0, which no row has."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < LONGEST_NUMBER else 0


def _month(typed: str) -> int:
    return int(typed) if typed.isdecimal() else MONTHS.index(typed[:3].lower()) + 1


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"])
    if found["half"] is None:
        if found["minute"] is None:
            raise ValueError("a bare number is not a time")
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("a twelve-hour clock goes from 1 to 12")
    return hour % 12 + (12 if found["half"] == "pm" else 0)


def _not_a_time() -> time:
    raise forms.ValidationError(_("Enter a time, such as 4:05pm or 16:05"))
