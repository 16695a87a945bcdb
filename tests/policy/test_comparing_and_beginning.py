"""Somebody without a developer begins a pack, changes it, and reads in plain words what the change means."""

import shutil
from pathlib import Path

import pytest

from hearth.cli import main
from hearth.policy.packs import load
from hearth.policy.packs.coverage import coverage
from hearth.policy.packs.diffing import differences, in_short
from hearth.policy.packs.keeping import Standing


@pytest.fixture
def shelf(tmp_path: Path, packs: Path) -> Path:
    """A folder of one's own with the packs one builds on."""
    for name in ("defaults", "england", "livv-2022"):
        shutil.copytree(packs / name, tmp_path / name)
    return tmp_path


def new(folder: Path, *more: str) -> int:
    return main(["pack", "new", str(folder), "--title", 'Our "small" association', *more])


def test_a_new_pack_checks_at_once_and_every_clause_of_it_is_kept(shelf: Path) -> None:
    assert new(shelf / "ours") == 0
    assert main(["pack", "check", str(shelf / "ours")]) == 0
    pack = load(shelf / "ours")
    assert pack.title == 'Our "small" association'
    assert {row.standing for row in coverage(pack)} == {Standing.KEPT}


def test_a_pack_is_never_written_over_another_nor_upon_nothing(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(shelf / "england") == 1
    assert "england is there already" in capsys.readouterr().err
    assert new(shelf / "ours", "--inherits", "nowhere") == 1
    assert "no pack “nowhere”" in capsys.readouterr().err
    assert not (shelf / "ours").exists()
    assert new(shelf / "Ours!") == 1
    assert "small letters" in capsys.readouterr().err


def test_a_clone_has_another_title_and_other_posts_and_is_the_same_otherwise(shelf: Path) -> None:
    like = str(shelf / "livv-2022")
    assert new(shelf / "ours", "--like", like, "--post", 'advisory_team=Support "A" \\ B') == 0
    found = [str(each) for each in differences(load(shelf / "livv-2022"), load(shelf / "ours"))]
    assert 'post advisory_team: title: Adviser, Advisory Team → Support "A" \\ B' in found
    assert 'title: Livv Housing Group → Our "small" association' in found
    assert load(shelf / "ours").title == 'Our "small" association'


def test_a_clone_has_the_old_name_nowhere_and_says_where_part_of_it_is_left(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    like, written = shelf / "livv-2022", ("accounts.toml", "pack.toml")
    assert new(shelf / "ours", "--like", str(like), "--name", "Livv Homes=Our Homes") == 0
    told = capsys.readouterr().out
    assert all("Livv Housing Group" in (like / name).read_text() for name in written), "the control"
    assert not any("Livv Housing Group" in (shelf / "ours" / name).read_text() for name in written)
    pack = load(shelf / "ours")
    assert pack.entities["group"].title == 'Our "small" association'
    assert pack.entities["homes"].title == "Our Homes"
    assert 'ours/accounts.toml:58: title = "Livv Maintenance"' in told, "a name of its own is not guessed"
    assert "ours/accounts.toml:54" not in told
    assert new(shelf / "other", "--like", str(like), "--name", "Livv Hoems=Our Homes") == 1
    assert "“Livv Hoems” stands nowhere in livv-2022" in capsys.readouterr().err


def test_a_new_name_that_has_the_old_one_in_it_is_written_once(shelf: Path) -> None:
    title = "Livv Housing Group North"
    assert main(["pack", "new", str(shelf / "north"), "--title", title, "--like", str(shelf / "livv-2022")]) == 0
    pack = load(shelf / "north")
    assert (pack.title, pack.entities["group"].title) == (title, title)


def test_a_post_that_is_to_be_renamed_is_there(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(shelf / "ours", "--like", str(shelf / "livv-2022"), "--post", "adviser=Support team") == 1
    assert "livv-2022 writes no post “adviser”" in capsys.readouterr().err
    assert not (shelf / "ours").exists()


def test_a_shorter_limit_and_a_new_gate_are_told_in_plain_words(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new(shelf / "ours")
    new(shelf / "stricter")
    with (shelf / "stricter" / "rules.toml").open("a") as rules:
        rules.write(
            '\n[[override]]\nrule = "concern.triage"\nclause = "1"\nforce = "policy"\nlimit = "4 hours"\n'
            '\n[[gate]]\nid = "close.told"\nact = "case.closed"\nclause = "1"\nsentence = "Say who was told"\n'
            'requires = { fact = "outcome", present = true }\n'
        )
    capsys.readouterr()
    assert main(["pack", "diff", str(shelf / "ours"), str(shelf / "stricter")]) == 0
    told = capsys.readouterr().out
    assert "clock concern.triage (Decide on the concern): clause: H.triage → 1; force: default → policy" in told
    danger = "1 hour where somebody is in danger now"
    assert f"limit: {danger}, 1 working day → {danger}, 4 hours" in told
    assert "new gate: close.told · Say who was told" in told
    assert told.splitlines()[-1] == "1 changed clock, 1 new gate"

    back = differences(load(shelf / "stricter"), load(shelf / "ours"))
    assert "no longer a gate: close.told · Say who was told" in [str(each) for each in back]
    assert in_short(differences(load(shelf / "ours"), load(shelf / "ours"))) == "nothing is different"


def test_what_a_pack_says_once_and_what_keeps_a_clause_are_told_when_they_change(shelf: Path) -> None:
    new(shelf / "ours")
    before, clauses = load(shelf / "ours"), shelf / "ours" / "clauses.toml"
    kept = next(line for line in clauses.read_text().splitlines() if line.startswith("kept_by"))
    clauses.write_text(clauses.read_text().replace(kept, 'kept_by = ["clock:concern.triage", "planned:workforce"]', 1))
    about = shelf / "ours" / "pack.toml"
    about.write_text(
        about.read_text().replace('title = "Our', 'partial = true\ntitle = "My', 1)
        + '\n[small_numbers]\nfewer_than = 7\nclause = "1"\n\n[kept_late]\nmonths = 1\nclause = "1"\n'
    )
    found = [str(each) for each in differences(before, load(shelf / "ours"))]
    assert 'title: Our "small" association → My "small" association' in found
    assert "whole or partial: whole → partial: not to be adopted alone" in found
    assert "numbers that are not told: fewer than 5 (H.figures) → fewer than 7 (1)" in found
    assert "what was kept late puts its clause at risk: for 2 months (H.kept-late) → for 1 month (1)" in found
    (keepers,) = (each for each in found if each.startswith("clause "))
    assert "→ clock: Decide on the concern, to come: Vetting, training, induction and supervision" in keepers


def test_one_clause_is_explained_with_its_slips_and_its_keepers(
    packs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HEARTH_DATABASE_URL")
    monkeypatch.setenv("HEARTH_HOME", str(packs / "nowhere"))
    assert main(["pack", "explain", str(packs / "manchester-2025"), "5.1"]) == 0
    told = capsys.readouterr().out
    assert "printed “Children Act 2014”; may mean: Children Act 2004" in told
    assert "to come: Policy documents" in told
    assert main(["pack", "explain", str(packs / "manchester-2025"), "4.1.6"]) == 3
    assert "There are: 4.1.6" in capsys.readouterr().err
