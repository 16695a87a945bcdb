"""Every component in a browser, on a phone and on a desk, right and wrong."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import expect


@pytest.fixture(autouse=True)
def gallery() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="gallery"):
        yield


@pytest.mark.parametrize("kind", ["phone", "desktop"])
def test_every_component_can_be_used_by_everybody(kind: str, request: pytest.FixtureRequest, axe, shot) -> None:
    page = request.getfixturevalue(kind)
    page.goto("/every-component")
    axe(page)
    shot(page, f"components-{kind}")
    page.get_by_label("Somebody else told me").check()
    expect(page.get_by_label("Who was it?")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert").first.get_by_role("link").first).to_have_text("Enter where it is")
    assert page.title() == "Ashgrove Homes", "the title of a page somebody may be watched with says nothing"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing sticks out sideways"
    axe(page)
    shot(page, f"components-wrong-{kind}")


WORDS_THAT_MEET = """
    charts => [...charts].flatMap(chart => {
      const boxes = [...chart.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()]);
      return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
        .filter(([_, b]) => a.width && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map(([other]) => `${one} / ${other}`));
    })
"""


@pytest.mark.parametrize("kind", ["phone", "desktop"])
def test_no_words_of_a_picture_stand_on_each_other(kind: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(kind)
    page.goto("/every-component")
    charts = page.locator(".hearth-chart:visible")
    assert charts.count() == 2
    assert charts.evaluate_all(WORDS_THAT_MEET) == []
    longer = "words => words.forEach(each => each.textContent = 'words without end '.repeat(9))"
    page.locator(".hearth-chart:visible text").evaluate_all(longer)
    assert charts.evaluate_all(WORDS_THAT_MEET), "the control: what is too long is seen to meet its neighbour"


def test_somebody_watched_leaves_at_once(desktop) -> None:
    desktop.route("**/weather", lambda route: route.fulfill(body="Sunny"))
    desktop.goto("/every-component")
    desktop.get_by_role("button", name="Exit this page").click()
    desktop.wait_for_url("**/weather")


def test_every_field_can_be_used_without_scripts(no_scripts, shot) -> None:
    no_scripts.goto("/every-component")
    no_scripts.get_by_label("What did you see").fill("Line one\n  line two")
    no_scripts.get_by_label("Somebody else told me").check()
    no_scripts.get_by_label("Who was it?").fill("  a neighbour\n  next door")
    no_scripts.get_by_role("button", name="Send").click()
    expect(no_scripts.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert no_scripts.get_by_label("What did you see").input_value() == "Line one\n  line two"
    assert no_scripts.get_by_label("Who was it?").input_value() == "  a neighbour\n  next door"
    assert no_scripts.get_by_label("Somebody else told me").is_checked()
