"""`hearth user add` and `hearth found`: the first people, without a page."""

import subprocess
import sys

import psycopg
import pytest

GOOD = "four-odd-socks-drying"


@pytest.fixture
def user_add(hearth, own_database):
    """The command with a password on standard input."""

    def run(*words, password=GOOD):
        told = {**hearth.surroundings, "HEARTH_DATABASE_URL": own_database}
        return subprocess.run(
            [sys.executable, "-m", "hearth.cli", "user", "add", *words],
            env=told, input=f"{password}\n", capture_output=True, text=True, cwd=hearth.home,
        )  # fmt: skip

    return run


def test_somebody_gets_a_post_and_a_password_or_nothing_at_all(user_add, own_database, hearth):
    made = user_add("sam@homes.example", "Sam Oak", "--post", "lead", "--part", "administrator")
    assert made.stdout == "Sam Oak may sign in with sam@homes.example.\n", made.stderr
    with psycopg.connect(own_database, user="hearth_owner") as owner:
        posts = owner.execute(
            "select p.key from organisation_appointment a join organisation_post p on p.id = a.post_id"
            " join organisation_user u on u.id = a.user_id where u.email = 'sam@homes.example' order by 1"
        ).fetchall()
    assert posts == [("administrator",), ("lead",)]

    assert "already signs in" in user_add("sam@homes.example", "Sam Oak").stderr
    assert "too short" in user_add("ash@homes.example", "Ash", password="x").stderr
    assert "no post called gardener" in user_add("ash@homes.example", "Ash", "--post", "gardener").stderr
    assert user_add("ash@homes.example", "Ash").returncode == 0

    twice = hearth("found", "Another", "--pack", "manchester-2025", HEARTH_DATABASE_URL=own_database)
    assert twice.stderr == "hearth: This database already belongs to a provider.\n"
