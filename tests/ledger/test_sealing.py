"""Sealing takes everything that is over, once, whatever the order in which writers commit."""

from contextlib import contextmanager

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hearth.ledger import sealing
from hearth.ledger.anchors import anchor_of, anchors_in, newest_in, read_anchors, write_anchor
from hearth.ledger.keys import public_keys, signer
from hearth.ledger.report import Loss, Problem
from hearth.ledger.sealing import LEAVES_A_PART, seal
from hearth.ledger.verifying import verify


@contextmanager
def another(ledger, role="worker"):
    """One more connection of the jobs process."""
    with psycopg.connect(ledger.as_(role).info.dsn, autocommit=True) as connection:
        yield connection


def leaves(ledger):
    """The ids of all sealed entries, in the order they were sealed."""
    from hearth.ledger.seals import LEAF

    parts = ledger.as_("sealer").execute("select leaves from ledger_seal_leaves order by n, part").fetchall()
    return [row_id for (part,) in parts for _, _, row_id, _ in LEAF.iter_unpack(part)]


def test_a_late_commit_is_never_skipped(ledger):
    with another(ledger) as late:
        late.execute("begin")
        (slow,) = ledger.write(1, connection=late)
        quick = ledger.write(3)
        assert ledger.seal() is None, "what came after an open transaction waits for it"
        assert ledger.verify().unsealed == 3
        late.execute("commit")
    assert ledger.seal().rows == 4
    assert leaves(ledger) == [slow, *quick]
    assert ledger.verify().ok


def test_a_naive_sealer_would_have_skipped_it(ledger):
    """The control: sealing by the highest id leaves the late one out for ever."""
    with another(ledger) as late:
        late.execute("begin")
        (slow,) = ledger.write(1, connection=late)
        quick = ledger.write(3)
        naive = ledger.as_("sealer").execute("select array_agg(id order by id) from ledger_entry").fetchone()[0]
        late.execute("commit")
    assert naive == quick
    assert slow < min(naive), "the next naive batch begins above the highest id and never sees it"


def test_what_is_rolled_back_is_never_sealed(ledger):
    with another(ledger) as gone:
        gone.execute("begin")
        ledger.write(2, connection=gone)
        gone.execute("rollback")
    kept = ledger.write(1)
    ledger.seal()
    assert leaves(ledger) == kept
    assert ledger.verify().ok


STEP = st.tuples(st.integers(0, 3), st.sampled_from(["write", "write", "commit", "commit", "rollback", "seal"]))
# Shorter plays seldom have one who commits after a seal what he wrote before it: of these every third has.
STEPS = st.lists(STEP, min_size=25, max_size=40)
QUIETLY = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=15, **QUIETLY)
@given(steps=STEPS, ending=st.sampled_from(["commit", "rollback"]))
def test_any_order_of_writing_and_committing_seals_and_verifies(ledger, steps, ending):
    play_all(ledger, steps, ending)


@pytest.mark.long
@settings(max_examples=100, **QUIETLY)
@given(steps=st.lists(STEP, min_size=20, max_size=120), ending=st.sampled_from(["commit", "rollback"]))
def test_any_long_order_of_writing_and_committing_seals_and_verifies(ledger, steps, ending):
    play_all(ledger, steps, ending)


def test_such_plays_find_a_sealer_that_does_not_wait(ledger, monkeypatch):
    """The control: one that seals up to the newest row it sees."""
    monkeypatch.setattr(sealing, "_over", lambda connection: sealing._beyond_everything(connection, 1))

    @settings(max_examples=60, phases=[Phase.generate], database=None, **QUIETLY)
    @given(steps=STEPS, ending=st.sampled_from(["commit", "rollback"]))
    def in_any_order(steps, ending):
        play_all(ledger, steps, ending)

    with pytest.raises(AssertionError):
        in_any_order()


def play_all(ledger, steps, ending):
    """Four writers and a sealer, in the order drawn; then everything committed is sealed exactly once."""
    with another(ledger) as a, another(ledger) as b, another(ledger) as c, another(ledger) as d:
        writers = (a, b, c, d)
        for who, what in steps:
            play(ledger, writers[who], what)
        for writer in writers:
            writer.execute(ending)
    ledger.seal()
    committed = {row[0] for row in ledger.as_("sealer").execute("select id from ledger_entry")}
    sealed = leaves(ledger)
    assert len(sealed) == len(set(sealed))
    assert set(sealed) == committed
    report = ledger.verify()
    assert report.ok, report.sentences()


def play(ledger, writer, what):
    if what == "seal":
        ledger.seal()
    elif what == "write":
        if writer.info.transaction_status is psycopg.pq.TransactionStatus.IDLE:
            writer.execute("begin")
        ledger.write(1, connection=writer)
    else:
        writer.execute(what)


def test_two_sealers_take_turns(ledger):
    with another(ledger, "sealer") as one, another(ledger, "sealer") as other:
        for connection in (one, other, one, other):
            ledger.write(2)
            assert seal(connection, signer=ledger.signer, anchors=ledger.anchors).rows == 2
            assert seal(connection, signer=ledger.signer, anchors=ledger.anchors) is None
    assert [anchor.n for anchor in anchors_in(ledger.anchors)] == [4], "one line an hour"
    assert ledger.verify().ok


def test_a_sealer_waits_for_the_one_before_and_goes_on_from_it(ledger):
    from concurrent.futures import ThreadPoolExecutor

    ledger.write(20)
    address = ledger.as_("sealer").info.dsn

    def one(_):
        with psycopg.connect(address, autocommit=True) as connection:
            return seal(connection, signer=ledger.signer, anchors=ledger.anchors)

    with ThreadPoolExecutor(4) as pool:
        made = [found for found in pool.map(one, range(4)) if found]
    assert [found.rows for found in made] == [20]
    assert newest_in(ledger.anchors) == anchor_of(made[0])


def test_a_sealer_that_comes_late_writes_no_older_anchor_over_a_newer_one(ledger):
    ledger.write(1)
    older = ledger.seal()
    ledger.write(1)
    newer = ledger.seal()
    write_anchor(ledger.anchors, anchor_of(older))
    assert newest_in(ledger.anchors) == anchor_of(newer)


def test_a_big_batch_is_listed_in_parts(ledger):
    count = LEAVES_A_PART + 5
    record = "select hearth.record('case.noted', 'case', n, null, now(), '', '{}', null, true)"
    ledger.as_("worker").execute(f"{record} from generate_series(1, {count}) n")
    assert ledger.seal().rows == count
    assert ledger.as_("sealer").execute("select count(*) from ledger_seal_leaves").fetchone() == (2,)
    seen = []
    report = verify(
        ledger.as_("sealer"), keys=public_keys(ledger.keys), progress=lambda done, total: seen.append((done, total))
    )
    assert report.ok
    assert seen[-1] == (count, count)


def test_the_lag_says_how_much_waits_and_since_when(ledger):
    lag = "select unsealed, oldest from hearth.ledger_lag()"
    assert ledger.as_("worker").execute(lag).fetchone() == (0, None)
    (first, _) = ledger.write(2)
    recorded = ledger.as_("sealer").execute("select recorded_at from ledger_entry where id = %s", [first]).fetchone()[0]
    assert ledger.as_("worker").execute(lag).fetchone() == (2, recorded)
    ledger.seal()
    assert ledger.as_("worker").execute(lag).fetchone() == (0, None)


def test_the_private_key_is_a_file_that_only_its_owner_reads(ledger):
    ledger.write()
    ledger.seal()
    path = ledger.keys / "ledger-seal.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert signer(ledger.keys).name == ledger.signer.name
    stored = str(ledger.as_("postgres").execute("select s::text from ledger_seal s").fetchall())
    assert path.read_bytes().hex() not in stored


def test_a_new_key_leaves_what_the_old_one_signed_in_force(sealed):
    old = sealed.signer.name
    (sealed.keys / "ledger-seal.key").rename(sealed.keys / "retired.key")
    sealed.write()
    assert sealed.seal().key == sealed.signer.name != old
    assert sealed.verify().ok


def test_a_public_key_under_another_keys_name_is_not_believed(sealed, tmp_path):
    other = signer(tmp_path / "other").name
    ours = sealed.keys / f"ledger-seal-{sealed.signer.name}.pub"
    ours.write_text((tmp_path / "other" / f"ledger-seal-{other}.pub").read_text())
    assert sealed.verify().first.problem is Problem.SEAL_UNSIGNED


def test_the_anchor_is_kept_hourly_and_can_be_read_from_an_e_mail(ledger, tmp_path):
    ledger.write()
    made = anchor_of(ledger.seal())
    assert newest_in(ledger.anchors) == made
    assert read_anchors(f"> Dear all,\n> {made.e_mail}") == [made]
    folder = tmp_path / "kept"
    for at in ("2026-01-31T22:10", "2026-01-31T22:50", "2026-01-31T23:10", "2026-02-01T00:00"):
        write_anchor(folder, type(made)(made.n, 1, f"{at}:00.000000+00:00", made.hash))
    assert [anchor.sealed_at[:16] for anchor in anchors_in(folder)] == [
        "2026-01-31T22:50", "2026-01-31T23:10", "2026-02-01T00:00"]  # fmt: skip
    assert sorted(path.name for path in folder.iterdir()) == ["2026-01.anchor", "2026-02.anchor"]


def test_an_anchor_that_could_not_be_written_is_written_with_the_next_round(sealed):
    for path in sealed.anchors.iterdir():
        path.unlink()
    assert sealed.seal() is None
    assert newest_in(sealed.anchors).n == 3


def restore_to(ledger, n):
    """What a restore of an older backup leaves: the ledger as it was at seal `n`."""
    (bound,) = ledger.as_("postgres").execute("select to_xid::text from ledger_seal where n = %s", [n]).fetchone()
    later = f"xid >= '{bound}'"
    ledger.tamper(
        f"delete from ledger_entry_words where id in (select id from ledger_entry where {later})",
        f"delete from ledger_entry where {later}",
        f"delete from ledger_seal_leaves where n > {n}",
        f"delete from ledger_seal where n > {n}",
    )


def test_after_a_restore_a_new_epoch_begins_and_what_was_lost_is_said(sealed):
    restore_to(sealed, 2)
    assert sealed.verify().first.problem is Problem.NOT_AS_ANCHORED
    begun = sealed.begin_epoch()
    assert (begun.n, begun.after_seal) == (2, 2)
    sealed.write(3)
    assert (sealed.seal().epoch, sealed.seal()) == (2, None)
    report = sealed.verify()
    assert report.ok
    assert report.losses == (Loss(3, 3, 2),)
    assert "Seal 3 was anchored and lost in the restore that began epoch 2." in report.sentences()


def test_transaction_ids_that_start_again_do_not_confuse_the_epochs(sealed):
    """A dump and restore gives old rows numbers that new transactions will take again."""
    sealed.write(2)
    sealed.as_("postgres").execute("select pg_current_xact_id()")
    begun = sealed.begin_epoch()
    assert begun.after_seal == 4, "what the restored database held unsealed is sealed first"
    sealed.write(2)
    sealed.seal()
    report = sealed.verify()
    assert (report.ok, report.seals, report.rows) == (True, 5, 16)


def test_an_epoch_begun_without_the_key_is_found(sealed):
    restore_to(sealed, 2)
    sealed.tamper("insert into ledger_epoch values (2, now(), 2, 'restore', '', '')")
    assert Problem.EPOCH_UNSIGNED in {finding.problem for finding in sealed.verify().findings}


def test_rows_written_into_a_closed_epoch_are_found(sealed):
    sealed.begin_epoch()
    sealed.tamper(
        "alter table ledger_entry disable trigger user",
        "insert into ledger_entry (act, happened_at, xid, epoch) values ('a.b', now(), '9999999', 1)",
    )
    assert sealed.verify().first.problem is Problem.PLANTED
