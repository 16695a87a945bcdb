"""The pictures in the README, made from the pages themselves.

    HEARTH_PICTURES=docs/pictures python -m pytest tests/journeys/test_pictures.py

draws them anew. Without it the same pages are opened and drawn into nothing, so that a picture of a page that is gone,
or a picture that the README does not show, fails.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.world import Story, told

ROOT = Path(__file__).resolve().parents[2]
SHOWN = re.compile(r"docs/pictures/([a-z-]+)\.png")
DESCRIBED = re.compile(r"!\[[^\]]{20,}\]\(docs/pictures/|<img src=\"docs/pictures/[^>]* alt=\"[^\"]{20,}\"")


@pytest.fixture
def story(own_cast) -> Story:
    """The demonstration's story."""
    return told(own_cast)


@pytest.fixture
def draw(tmp_path: Path):
    """Keep a picture in the folder HEARTH_PICTURES, or nowhere."""
    folder = Path(os.environ.get("HEARTH_PICTURES", "") or tmp_path)

    def keep(page: Page, name: str, *, height: int) -> None:
        page.evaluate("document.fonts.ready")
        width = page.viewport_size["width"]
        page.screenshot(
            path=folder / f"{name}.png", clip={"x": 0, "y": 0, "width": width, "height": height}, full_page=True
        )
        assert (folder / f"{name}.png").stat().st_size > 10_000, "an empty picture"

    return keep


def test_a_concern_is_logged_on_a_phone(story, phone: Page, enter, draw) -> None:
    reporter = enter(phone, "reporter")
    reporter.goto("/concerns/log")
    reporter.get_by_role("group", name="Is anyone in danger now?").get_by_label("No", exact=True).check()
    assert reporter.get_by_role("heading", level=1).inner_text() == "Log a concern"
    draw(reporter, "log", height=1100)


def test_a_concern_is_read_on_one_page(story, desktop: Page, enter, draw) -> None:
    triage = enter(desktop, "triage_officer")
    triage.goto(f"/concern/{story.concern}")
    expect(triage.get_by_role("button", name="Decide on this concern")).to_be_visible()
    draw(triage, "concern", height=1000)


def test_a_case_is_held_with_its_limits(story, desktop: Page, enter, draw) -> None:
    worker = enter(desktop, "worker")
    worker.goto(f"/case/{story.case}")
    expect(worker.get_by_role("link", name="Record a contact")).to_be_visible()
    draw(worker, "case", height=1000)


def test_the_readme_shows_these_pictures_and_no_other() -> None:
    made = set(re.findall(r'draw\(\w+, "([a-z-]+)"', Path(__file__).read_text()))
    readme = (ROOT / "README.md").read_text()
    assert set(SHOWN.findall(readme)) == made
    assert len(DESCRIBED.findall(readme)) == len(made), "a picture says in words what it shows"
    assert {path.stem for path in (ROOT / "docs" / "pictures").iterdir()} == made
