"""Every component, as people and machines read it."""

import time
from collections.abc import Iterator

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from jinja2 import UndefinedError

from hearth.web.environment import environment
from hearth.web.forms import DayField, Line, TimeOfDayField, Words

TYPED = "“He won’t eat,” she said.\n   Three spaces, a tab\tand <b>angle</b> brackets & more\n\n"


@pytest.fixture
def client(house: None) -> Iterator[Client]:
    with override_settings(ROOT_URLCONF="gallery"):
        yield Client(SERVER_NAME="localhost")


def test_what_was_typed_comes_back_exactly_when_something_else_is_wrong(client: Client) -> None:
    form = {"words": TYPED, "told_by": "other", "told_words": "  a neighbour\n  two doors down", "when-day": "31"}
    page = client.post("/every-component", {**form, "when-month": "Feb", "when-year": "2026"}).content.decode()
    escaped = "“He won’t eat,” she said.\n   Three spaces, a tab\tand &lt;b&gt;angle&lt;/b&gt; brackets &amp; more\n\n"
    assert f"\n{escaped}</textarea>" in page
    assert ">\n  a neighbour\n  two doors down</textarea>" in page, "a box inside a revealed choice is not re-indented"
    assert 'value="31"' in page
    assert 'value="Feb"' in page
    assert page.count(" checked") == 1


def test_each_mistake_is_told_above_and_beside_its_field(client: Client) -> None:
    page = client.post("/every-component", {"team": "a"}).content.decode()
    assert "There is a problem" in page
    assert '<a href="#where">Enter where it is</a>' in page
    assert '<a href="#when-day">Enter the day</a>' in page
    assert 'id="where-error" class="govuk-error-message"' in page
    assert 'aria-describedby="where-hint where-error"' in page
    assert "There is a problem" not in client.get("/every-component").content.decode()


def test_nothing_is_chosen_for_the_reader(client: Client) -> None:
    page = client.get("/every-component").content.decode()
    assert " checked" not in page


def test_a_mistyped_name_in_a_template_fails_and_an_if_without_else_says_nothing() -> None:
    made = environment(loader=None)
    assert made.from_string("[{{ 'x' if y }}]").render(y=False) == "[]"
    for template in (
        "{{ cocnern }}",
        "{{ form.nmae }}",
        "{% if cocnern %}x{% endif %}",
        "{% for a in cocnern %}{% endfor %}",
    ):
        with pytest.raises(UndefinedError):
            made.from_string(template).render(form={})
    assert made.from_string("{{ words }}").render(words="<script>") == "&lt;script&gt;"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("Cafe\u0301", "Café"),
        ("  two  spaces  ", "  two  spaces  "),
        (" \n ", ""),
    ],
)
def test_words_are_kept_as_typed(typed: str, kept: str) -> None:
    assert Words(required=False).clean(typed) == kept


def test_words_are_measured_in_characters_and_never_cut() -> None:
    assert Words(max_length=3).clean("🏠🏠🏠") == "🏠🏠🏠"
    with pytest.raises(ValidationError, match=r"Use 3 characters or fewer\. You have used 4"):
        Words(max_length=3).clean("a\r\nbc")
    with pytest.raises(ValidationError, match=r"Use 1,000 characters or fewer\. You have used 20,000"):
        Words(max_length=1_000).clean("x" * 20_000)
    for nothing_to_read in (" \n\t", "\u200b\ufeff"):
        with pytest.raises(ValidationError, match="Enter an answer"):
            Words().clean(nothing_to_read)
    with pytest.raises(ValidationError, match="This holds a character that cannot be kept"):
        Words().clean("before\0after")
    with pytest.raises(ValidationError, match="Choose one of the answers shown"):
        forms.ChoiceField(choices=[("1", "Ann")]).clean("27")
    assert Line().clean("  Ann\n  O’Neill ") == "Ann O’Neill"


@pytest.mark.parametrize(
    ("day", "month", "year", "outcome"),
    [
        ("27", "3", "2026", "2026-03-27"),
        ("1", "January", "2026", "2026-01-01"),
        ("29", "2", "2027", "Enter a real date"),
        ("x", "2", "2027", "Enter a real date"),
        ("1", "2", "9" * 20, "Enter a real date"),
        ("9" * 5000, "2", "2027", "Enter a real date"),
        ("", "2", "2027", "must include a day"),
        ("", "", "2027", "must include a day and a month"),
        ("", "", "", "Enter a date"),
    ],
)
def test_a_day_is_real_or_says_what_is_missing(day: str, month: str, year: str, outcome: str) -> None:
    field, typed = DayField(), {"day": day, "month": month, "year": year}
    if outcome.startswith("2026"):
        assert field.clean(typed).isoformat() == outcome
    else:
        with pytest.raises(ValidationError, match=outcome):
            field.clean(typed)


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("4:05pm", "16:05"),
        ("4pm", "16:00"),
        ("12am", "00:00"),
        ("12.30 pm", "12:30"),
        ("1605", "16:05"),
        ("midday", "12:00"),
        ("Midnight", "00:00"),
        ("16:60", None),
        ("13pm", None),
        ("4", None),
        ("tea time", None),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, outcome: str | None) -> None:
    if outcome:
        assert TimeOfDayField().clean(typed).strftime("%H:%M") == outcome
    else:
        with pytest.raises(ValidationError, match="Enter a time, such as 4:05pm"):
            TimeOfDayField().clean(typed)


def test_a_page_of_every_component_costs_no_more_than_three_ordinary_pages(client: Client) -> None:
    from django.template import engines
    from django.test import RequestFactory

    from gallery import AT, PAGE, EveryField

    template, form = engines["jinja2"].from_string(PAGE), EveryField()
    request = RequestFactory(SERVER_NAME="localhost").get("/")
    spent = []
    for _ in range(12):
        began = time.process_time()
        template.render({"form": form, "at": AT, "tr": str}, request)
        spent.append(time.process_time() - began)
    assert min(spent) < 3 * 0.005, "an ordinary page may cost five milliseconds of processor time"
