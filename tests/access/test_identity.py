"""Nobody becomes somebody else: the identity is signed, tied to its connection and short."""

import time

import pytest
from django.db import connection, transaction

from hearth.access import identity
from hearth.access.identity import acting_as


def ask(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def test_a_transaction_without_identity_is_nobody(house):
    assert ask("select hearth.me()") is None
    assert ask("select current_user") == "hearth_app"


def test_the_identity_is_applied_inside_a_running_transaction_and_put_back(cast):
    lead, worker = cast.lead, cast.worker
    with acting_as(lead):
        assert (ask("select hearth.me()"), ask("select current_user")) == (lead.id, "hearth_broad")
        with acting_as(worker):
            assert (ask("select hearth.me()"), ask("select current_user")) == (worker.id, "hearth_narrow")
        assert ask("select hearth.me()") == lead.id
    assert ask("select hearth.me()") is None


def test_a_rolled_back_savepoint_keeps_the_identity_right(cast):
    lead, worker = cast.lead, cast.worker
    with acting_as(lead):
        with pytest.raises(ZeroDivisionError), transaction.atomic(), acting_as(worker):
            raise ZeroDivisionError
        assert ask("select hearth.me()") == lead.id
        with pytest.raises(Exception, match="division"), transaction.atomic(), acting_as(worker):
            ask("select 1/0")
        assert ask("select hearth.me()") == lead.id


@pytest.mark.parametrize("forge", ["plain", "other user", "other connection", "expired", "garbage", "null byte digits"])
def test_a_forged_identity_is_nobody(cast, forge):
    lead, worker = cast.lead, cast.worker
    pid = connection.connection.info.backend_pid
    good = identity.token(worker.id, pid)
    _user, expiry, signed = good.split(".")
    forged = {
        "plain": str(lead.id),
        "other user": f"{lead.id}.{expiry}.{signed}",
        "other connection": identity.token(lead.id, pid + 1),
        "expired": identity.token(lead.id, pid, life=-1),
        "garbage": "1.2.3'; select 1",
        "null byte digits": "9" * 40 + "." + expiry + "." + signed,
    }[forge]
    with connection.cursor() as cursor:
        cursor.execute("select set_config('hearth.identity', %s, true)", [forged])
    assert ask("select hearth.me()") is None
    # The control: the token made for this user and this connection is believed.
    with connection.cursor() as cursor:
        cursor.execute("select set_config('hearth.identity', %s, true)", [good])
    assert ask("select hearth.me()") == worker.id


def test_injected_sql_cannot_become_the_lead(cast):
    """What SQL injection can do: any statement, as the role of the moment. It still cannot sign."""
    lead, worker = cast.lead, cast.worker
    with acting_as(worker):
        for attempt in (
            "set local role hearth_broad",
            f"select set_config('hearth.identity', '{lead.id}', true)",
        ):
            with connection.cursor() as cursor:
                cursor.execute(attempt)
            assert ask("select hearth.is_broad()") is False
        for refused in (
            "select inner_pad from hearth.identity_key",
            "set local role hearth_definer",
            "set role hearth_owner",
        ):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                ask(refused)


def test_a_user_who_was_switched_off_is_nobody_at_once(cast):
    worker, administrator = cast.worker, cast.administrator
    with acting_as(worker):
        assert ask("select hearth.me()") == worker.id
        with acting_as(administrator), connection.cursor() as cursor:
            cursor.execute("update organisation_user set is_active = false where id = %s", [worker.id])
        assert ask("select hearth.me()") is None


def test_checking_the_signature_is_cheap(cast):
    """No timed assertion: the figure is printed for docs/performance.md, the answer is checked."""
    with acting_as(cast.lead):
        started = time.perf_counter()
        assert ask("select count(hearth.me()) from generate_series(1, 10000)") == 10000
        print(f"hearth.me(): {(time.perf_counter() - started) * 100:.1f} microseconds")


def test_the_house_is_signed_like_anybody_and_is_nobody_in_particular(cast):
    with acting_as(cast.worker):
        with identity.as_the_house():
            assert (ask("select hearth.is_house()"), ask("select current_user")) == (True, "hearth_house")
            assert ask("select hearth.me()") is None
        assert ask("select hearth.is_house()") is False
        with connection.cursor() as cursor:
            cursor.execute("set local role hearth_house")
        assert ask("select hearth.is_house()") is False, "taking the role is not enough"
        with connection.cursor() as cursor:
            cursor.execute("select set_config('hearth.identity', %s, true)", ["0.9999999999." + "0" * 64])
        assert ask("select hearth.is_house()") is False
