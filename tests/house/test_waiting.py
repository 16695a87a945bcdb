"""Waiting: what goes on slowly is waited for, what stands still is not."""

import time
from itertools import count

import pytest

import waiting
from browsing import Browser
from way_out import free_port


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(waiting, "LONGEST", 0.3)
    monkeypatch.setattr("browsing.PATIENCE", 0.3)


def test_as_long_as_something_is_done_it_is_waited_for_and_no_longer(impatient):
    rounds = count()
    waiting.soon(lambda: next(rounds) >= 6, done=lambda: time.monotonic())
    with pytest.raises(AssertionError, match="nothing goes on"):
        waiting.soon(lambda: False, done=lambda: "the same")
    with pytest.raises(AssertionError, match="nothing goes on"):
        waiting.soon(lambda: False)


def test_nobody_loses_patience_with_a_hearth_that_is_down_and_everybody_does_with_one_that_is_up(impatient):
    began, nowhere = time.monotonic(), f"http://127.0.0.1:{free_port()}"
    up_since = began + 1
    browser = Browser(nowhere, up_since=lambda: up_since)
    with pytest.raises(AssertionError, match="did not come back"):
        browser.patiently(lambda: browser.get("/"))
    assert time.monotonic() >= up_since
