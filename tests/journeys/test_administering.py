"""Every page of administering on a phone and on a desk."""

import pytest

PAGES = (
    "users", "users/new", "posts", "posts/new", "posts/appoint", "post/triage", "teams/new", "rota", "rota/new",
    "unsent", "posts/asked", "calendar",
)  # fmt: skip


@pytest.mark.timeout(240)
@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_every_page_of_administering_reads_on_a_phone_and_on_a_desk(width, enter, axe, shot, request):
    page = enter(request.getfixturevalue(width), "administrator")
    for name in PAGES:
        page.goto(f"/{name}")
        axe(page)
        shot(page, f"{width}-{name.replace('/', '-')}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is too wide"
