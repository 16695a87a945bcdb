"""`hearth serve` refuses what would make Hearth unsafe, all of it at once, each in a sentence."""

import pytest

from hearth.cli import readiness
from hearth.cli.postgres import databases

GOOD = {"HEARTH_SECRET_KEY": "k" * 50, "HEARTH_EMAIL": "smtp://mail.example:25"}


@pytest.fixture
def keys(tmp_path):
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    return folder


def refusals(keys, monkeypatch, **told):
    """What is refused, the database apart."""
    monkeypatch.setattr(readiness, "_about_database", list)
    return readiness.refusals({**GOOD, "HEARTH_KEYS": str(keys), **told})


def test_good_settings_are_let_through(keys, monkeypatch):
    assert refusals(keys, monkeypatch) == []


def test_keys_of_a_demonstration_are_refused(keys, monkeypatch):
    (keys / readiness.DEMONSTRATION).write_text("")
    assert "are a demonstration's" in refusals(keys, monkeypatch)[0]


def test_keys_others_can_look_into_are_refused(keys, monkeypatch):
    keys.chmod(0o755)
    assert "chmod 700" in refusals(keys, monkeypatch)[0]


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_missing_or_short_secret_is_refused(keys, monkeypatch, secret):
    assert "HEARTH_SECRET_KEY" in refusals(keys, monkeypatch, HEARTH_SECRET_KEY=secret)[0]


@pytest.mark.parametrize(("mail", "is_refused"), [("", True), ("on", True), ("off", False), ("smtps://m:465", False)])
def test_mail_is_set_up_or_said_aloud_to_be_off(keys, monkeypatch, mail, is_refused):
    assert bool(refusals(keys, monkeypatch, HEARTH_EMAIL=mail)) == is_refused


def test_a_role_that_reads_past_row_security_and_a_demonstration_are_refused(hearth, keys, postgres):
    databases.create(postgres, "marked")
    databases.mark(postgres, "marked", "demonstration: nobody in it is real")
    more = {**GOOD, "HEARTH_KEYS": str(keys), "HEARTH_DATABASE_URL": postgres.url("marked", "postgres")}
    refused = hearth("serve", "--port", "1", **more)
    databases.drop(postgres, "marked")
    assert refused.returncode == 1
    assert "could read past row security" in refused.stderr
    assert "demonstration's and has its sign-ins" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_application_role_on_a_database_of_ones_own_is_let_through(house, monkeypatch):
    assert readiness._about_database() == []


def test_a_database_that_is_not_there_is_one_sentence(house, monkeypatch):
    from django.db import OperationalError, connection

    def gone() -> None:
        raise OperationalError("no such socket")

    monkeypatch.setattr(connection, "cursor", gone)
    assert readiness._about_database() == ["The database cannot be reached: no such socket"]
