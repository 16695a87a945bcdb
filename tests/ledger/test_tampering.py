"""Whoever owns the whole server can change the ledger. Each way of doing it is found, and the first wrong row is named.

The control is `test_an_untouched_ledger_verifies`: the same ledger without tampering is right.
"""

from dataclasses import replace

import psycopg
import pytest

from hearth.ledger.anchors import AnchorDisagrees
from hearth.ledger.keys import Signer, signer
from hearth.ledger.report import Problem
from hearth.ledger.seals import seal_numbered
from ledger.findings import remake_from, wrong

EDITS = (
    "act = 'case.closed'",
    "by_id = 7",
    "facts = '{\"step\": 0}'",
    "clause = ''",
    "circle_id = 3",
    "about_id = 99",
    "request = gen_random_uuid()",
    "happened_at = happened_at - interval '1 day'",
    "recorded_at = recorded_at - interval '1 second'",
    "words_digest = sha256('')",
    "words_digest = null",
)


def test_an_edit_of_any_column_is_named(sealed):
    sealed.tamper(*(f"update ledger_entry set {edit} where id = {n}" for n, edit in enumerate(EDITS, start=2)))
    report = sealed.verify()
    assert wrong(report) == (Problem.EDITED, "entry 2", 1)
    edited = [finding.what for finding in report.findings if finding.problem is Problem.EDITED]
    assert edited == [f"entry {n}" for n, _ in enumerate(EDITS, start=2)]


def test_swapping_who_did_two_things_is_found(sealed):
    sealed.tamper("update ledger_entry set by_id = case id when 5 then 8 else 5 end where id in (5, 8)")
    report = sealed.verify()
    assert wrong(report) == (Problem.EDITED, "entry 5", 2)
    assert [finding.what for finding in report.findings] == ["entry 5", "entry 8"]


def test_a_deleted_entry_in_the_middle_is_named(sealed):
    sealed.tamper("delete from ledger_entry where id = 6", "delete from ledger_entry_words where id = 6")
    assert wrong(sealed.verify()) == (Problem.GONE, "entry 6", 2)


def test_a_deleted_tail_is_named(sealed):
    sealed.tamper("delete from ledger_entry where id > 10")
    report = sealed.verify()
    assert wrong(report) == (Problem.GONE, "entry 11", 3)
    assert report.total == 2


def test_a_tail_deleted_with_its_seal_is_found_by_the_anchor(sealed):
    cut = (
        "delete from ledger_entry where id > 8",
        "delete from ledger_entry_words where id > 8",
        "delete from ledger_seal_leaves where n = 3",
        "delete from ledger_seal where n = 3",
    )
    sealed.tamper(*cut)
    assert sealed.verify(anchored=False).ok, "without the anchor nothing shows: that is what the anchor is for"
    assert wrong(sealed.verify()) == (Problem.NOT_AS_ANCHORED, "seal 3", None)


def test_backdating_is_found(sealed):
    sealed.tamper("update ledger_entry set recorded_at = recorded_at - interval '2 minutes' where id = 7")
    assert wrong(sealed.verify()) == (Problem.EDITED, "entry 7", 2)


def test_an_entry_backdated_before_it_is_sealed_is_found(sealed):
    sealed.write()
    sealed.tamper("update ledger_entry set recorded_at = recorded_at - interval '3 hours' where id = 13")
    sealed.seal()
    assert wrong(sealed.verify()) == (Problem.WRONG_TIME, "entry 13", 4)


def test_reordering_is_found(sealed):
    sealed.tamper(
        "update ledger_entry set xid = (select xid from ledger_entry where id = 10), recorded_at ="
        " (select recorded_at from ledger_entry where id = 10) where id = 2"
    )
    assert wrong(sealed.verify()) == (Problem.MOVED, "entry 2", 1)


def test_swapping_two_entries_is_found(sealed):
    sealed.tamper("update ledger_entry set id = case id when 2 then -3 else 2 end where id in (2, 3)",
                  "update ledger_entry set id = 3 where id = -3")  # fmt: skip
    assert wrong(sealed.verify())[1] in {"entry 2", "entry 3"}


def test_an_entry_put_in_afterwards_is_found(sealed):
    sealed.tamper(
        "alter table ledger_entry disable trigger user",
        "insert into ledger_entry (act, happened_at, xid, epoch)"
        " select 'case.noted', now(), xid, 1 from ledger_entry where id = 6",
    )
    assert wrong(sealed.verify()) == (Problem.PLANTED, "entry 13", 2)


def test_edited_words_are_told_from_an_edited_entry(sealed):
    sealed.tamper('update ledger_entry_words set body = \'{"why": "Nobody said anything"}\' where id = 6')
    assert wrong(sealed.verify()) == (Problem.WORDS_EDITED, "entry 6", 2)


def test_words_moved_to_another_entry_are_found(sealed):
    sealed.tamper("delete from ledger_entry_words where id = 6", "update ledger_entry_words set id = 6 where id = 5")
    assert {finding.problem for finding in sealed.verify().findings} == {Problem.WORDS_GONE, Problem.WORDS_EDITED}


def test_words_given_to_an_entry_that_had_none_are_found(ledger):
    ledger.write(1, words=False)
    ledger.seal()
    ledger.tamper("insert into ledger_entry_words (id, salt, body) values (1, sha256('x'), '{}')")
    assert wrong(ledger.verify()) == (Problem.WORDS_PLANTED, "entry 1", 1)


def test_words_that_belong_to_no_entry_are_found(sealed):
    sealed.tamper("insert into ledger_entry_words (id, salt, body) values (900, sha256('x'), '{}')")
    assert wrong(sealed.verify()) == (Problem.WORDS_PLANTED, "entry 900", None)


def test_an_edited_seal_is_found(sealed):
    sealed.tamper("update ledger_seal set sealed_at = sealed_at + interval '1 minute' where n = 2")
    assert wrong(sealed.verify())[:2] == (Problem.SEAL_EDITED, "seal 2")


def test_a_deleted_seal_is_found(sealed):
    sealed.tamper("delete from ledger_seal_leaves where n = 2", "delete from ledger_seal where n = 2")
    found = {(finding.problem, finding.what) for finding in sealed.verify().findings}
    assert {(Problem.SEAL_GONE, "seal 2"), (Problem.CHAIN_BROKEN, "seal 3"), (Problem.PLANTED, "entry 5")} <= found


def test_an_edited_list_of_rows_is_found(sealed):
    """Whoever edits a row and its digest in the seal's list is caught by the signed root."""
    edit = "update ledger_seal_leaves set leaves = set_byte(leaves, 20, (get_byte(leaves, 20) + 1) % 256) where n = 2"
    sealed.tamper(edit)
    assert Problem.LIST_EDITED in {finding.problem for finding in sealed.verify().findings}


def test_the_owners_rewrite_of_tail_and_head_without_the_key_is_found(sealed, tmp_path):
    sealed.tamper("update ledger_entry set act = 'case.closed' where id = 10")
    own = signer(tmp_path / "owners")
    remake_from(sealed, 3, Signer(sealed.signer.name, own.private))
    assert wrong(sealed.verify())[:2] == (Problem.SEAL_UNSIGNED, "seal 3")


def test_the_owners_rewrite_with_the_stolen_key_is_found_by_the_anchor(sealed):
    sealed.tamper("update ledger_entry set act = 'case.closed' where id = 10")
    remake_from(sealed, 3, sealed.signer)
    assert sealed.verify(anchored=False).ok, "the rewrite agrees with itself"
    assert wrong(sealed.verify())[:2] == (Problem.NOT_AS_ANCHORED, "seal 3")


def test_nothing_is_sealed_on_top_of_a_rewritten_ledger(sealed):
    sealed.tamper("update ledger_entry set act = 'case.closed' where id = 10")
    remake_from(sealed, 3, sealed.signer)
    sealed.write()
    with pytest.raises(AnchorDisagrees, match="Seal 3 was anchored"):
        sealed.seal()


def test_a_row_change_edited_deleted_or_put_in_is_found(ledger):
    track_a_table(ledger)
    for number in range(4):
        ledger.as_("owner").execute("insert into kept values (%s, 'a')", [number])
    ledger.seal()
    assert ledger.verify().ok
    ledger.tamper("update ledger_change set columns = '{word}' where id = 2", "delete from ledger_change where id = 3")
    report = ledger.verify()
    assert wrong(report) == (Problem.EDITED, "change 2", 1)
    assert (Problem.GONE, "change 3") in {(finding.problem, finding.what) for finding in report.findings}


def track_a_table(ledger):
    from hearth.ledger.tables import track_changes

    ledger.as_("owner").execute("create table kept (id bigint primary key, word text)")
    for operation in track_changes("kept"):
        ledger.as_("owner").execute(operation.sql)


def test_only_the_keys_we_know_count(sealed):
    from hearth.ledger.verifying import verify

    report = verify(sealed.as_("sealer"), keys={})
    assert wrong(report)[:2] == (Problem.SEAL_UNSIGNED, "seal 1")
    assert report.total == 3


def test_a_seal_remembers_everything_it_says(sealed):
    one = seal_numbered(sealed.as_("sealer"), 2)
    for name, value in one.__dict__.items():
        if name in {"hash", "key", "signature"}:
            continue
        other = value + type(value)(1) if isinstance(value, int) else bytes(32) if isinstance(value, bytes) else None
        if other is not None:
            assert replace(one, **{name: other}).true_hash != one.hash, name


def test_the_connection_is_left_as_it_was(sealed):
    connection = sealed.as_("sealer")
    sealed.verify()
    assert connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE
