"""Every clause is kept by something that is there, attested, or planned with its part named; and the house can tell."""

from pathlib import Path

import pytest

from hearth.cli import main
from hearth.policy.packs import BadPack, Chain, PackFiles, build, check_declared, keeping, load
from hearth.policy.packs.coverage import counted, coverage, in_words
from hearth.policy.packs.keeping import Keeper, KeeperKind, Standing
from hearth.policy.terms import CODE

GROUND = """
[pack]
title = "A small association"
version = "1"
policy = "Safeguarding"

[[post]]
id = "lead"
title = "Lead"
parts = ["lead"]

[[rule]]
id = "concern.triage"
promise = "Decide"
about = "concern"
clause = "1"
owner = "triage"
starts = "concern.logged"
stops = "concern.triaged"
limit = "1 working day"

[[clause]]
id = "1"
text = "We decide."
source = "Section 1"
"""


def packed(added: str) -> Chain:
    return Chain((PackFiles("small", (("pack.toml", (GROUND + added).encode()),)),))


def clause(kept_by: str) -> str:
    return f'\n[[clause]]\nid = "2"\ntext = "More."\nsource = "Section 2"\nkept_by = [{kept_by}]\n'


def how_it_stands(added: str) -> Standing:
    return coverage(build(packed(added)))[-1].standing


def test_what_cites_a_clause_keeps_it() -> None:
    pack = build(packed(""))
    assert pack.keepers_of("1") == (Keeper(KeeperKind.CLOCK, "concern.triage"),)
    assert in_words(pack.keepers_of("1")[0], pack) == "clock: Decide"


def test_a_clause_nothing_keeps_is_told_from_one_that_is_planned_attested_or_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    statement = '\n[[statement]]\nid = "s"\ntext = "We listen."\nby = "lead"\nclause = "2"\n'
    assert how_it_stands(clause("")) is Standing.NOTHING
    assert how_it_stands(clause('"planned:workforce"')) is Standing.PLANNED
    assert how_it_stands(clause("") + statement) is Standing.PLANNED
    monkeypatch.delitem(keeping.TO_COME, "statements")
    assert how_it_stands(clause("") + statement) is Standing.ATTESTED
    assert how_it_stands(clause('"planned:workforce"') + statement) is Standing.ATTESTED
    assert how_it_stands(clause('"planned:workforce", "clock:concern.triage"')) is Standing.KEPT


@pytest.mark.parametrize(
    ("kept_by", "sentence"),
    [
        ('"clock:case.target"', "there is no clock “case.target”"),
        ('"words:abuse_type"', "there is no word list “abuse_type”"),
        ('"post:nobody"', "there is no post “nobody”"),
        ('"planned:magic"', "waits for nothing that is to come"),
        ('"case.target"', "is written kind:name"),
        ('"miracle:one"', "is written kind:name"),
    ],
)
def test_a_keeper_that_is_not_there_is_an_error_of_the_pack(kept_by: str, sentence: str) -> None:
    with pytest.raises(BadPack) as bad:
        build(packed(clause(kept_by)))
    assert sentence in str(bad.value)
    build(packed(clause('"clock:concern.triage"')))


def test_a_record_or_an_act_that_keeps_a_clause_is_one_of_the_houses() -> None:
    declared = {"concern.logged": {}, "concern.triaged": {}, "case.opened": {"band": CODE}}
    acts = {"log_concern"}
    good = build(packed(clause('"record:case.opened", "act:log_concern"')))
    bad = build(packed(clause('"record:case.imagined", "act:fly"')))
    assert check_declared(good, declared, (), acts) == []
    assert {problem.sentence for problem in check_declared(bad, declared, (), acts)} == {
        "nothing in the house declares the happening “case.imagined”",
        "nobody in the house does “fly”",
    }


def test_the_command_ends_well_only_when_every_clause_is_kept_attested_or_planned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "pack.toml").write_text(GROUND + clause(""))
    assert main(["pack", "coverage", str(folder)]) == 3
    assert "nothing keeps it" in capsys.readouterr().out

    (folder / "pack.toml").write_text(GROUND + clause('"planned:workforce"'))
    assert main(["pack", "coverage", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "to come: Vetting, training" in told
    assert "1 kept, 0 attested, 1 planned, 0 written down only, 0 nothing keeps it" in told


def test_what_an_inherited_pack_keeps_is_counted_with_it_only_when_asked(packs: Path) -> None:
    pack = load(packs / "manchester-2025")
    own, everything = coverage(pack), coverage(pack, inherited=True)
    assert len(own) < len(everything)
    assert sum(counted(own).values()) == len(own)


SEASONS = '\n[[word]]\nlist = "season"\ncode = "winter"\nlabel = "Winter"\n'


def test_a_list_of_words_no_page_reads_keeps_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pack may write down what it likes; kept is what somebody acts on."""
    assert how_it_stands(clause('"words:season"') + SEASONS) is Standing.WRITTEN
    assert how_it_stands(clause('"words:season", "planned:workforce"') + SEASONS) is Standing.PLANNED
    assert how_it_stands(clause('"words:season", "clock:concern.triage"') + SEASONS) is Standing.KEPT
    read_by_triage = '\n[triage]\nposts = ["lead"]\nlevels = "season"\nclause = "1"\n'
    assert how_it_stands(clause('"words:season"') + SEASONS + read_by_triage) is Standing.KEPT, "triage offers it"

    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "pack.toml").write_text(GROUND + clause('"words:season"') + SEASONS)
    assert main(["pack", "coverage", str(folder), "--missing"]) == 3
    told = capsys.readouterr().out
    assert "words: season (written down: nothing in Hearth acts on it)" in told
    assert "1 written down only" in told


def test_what_only_a_part_to_come_reads_is_planned() -> None:
    bodies = '\n[[word]]\nlist = "body"\ncode = "board"\nlabel = "The board"\n'
    covered = coverage(build(packed(clause('"words:body"') + bodies)))[-1]
    assert (covered.standing, covered.waits_for) == (Standing.PLANNED, ("reports",))
