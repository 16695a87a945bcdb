"""`hearth pack check` says everything that is wrong with a policy written as data, and where."""

import shutil
from pathlib import Path

import pytest

from hearth.cli import main

PACKS = Path(__file__).resolve().parents[2] / "packs"


@pytest.fixture
def packs(tmp_path):
    """A copy of the packs that ship, to spoil."""
    shutil.copytree(PACKS, tmp_path / "packs")
    return tmp_path / "packs"


def test_a_mistake_is_told_with_its_file_and_line_and_exit_code_3(packs, capsys):
    rules = packs / "manchester-2025" / "rules.toml"
    rules.write_text(rules.read_text().replace("\npromise = ", "\nlimmit = ", 1))
    assert main(["pack", "check", str(packs / "manchester-2025")]) == 3
    heard = capsys.readouterr()
    assert "manchester-2025/rules.toml:" in heard.out
    assert "limmit" in heard.out
    assert heard.err.startswith("hearth: ")


def test_what_an_inherited_pack_has_wrong_is_told_once(packs, capsys):
    rules = packs / "england" / "rules.toml"
    rules.write_text(rules.read_text().replace("\npromise = ", "\nlimmit = ", 1))
    main(["pack", "check", str(packs / "england"), str(packs / "london"), str(packs / "manchester-2025")])
    said = [line for line in capsys.readouterr().out.splitlines() if "limmit" in line]
    assert len(said) == 1


def test_a_folder_that_is_no_pack_is_told(tmp_path, capsys):
    assert main(["pack", "check", str(tmp_path / "nothing")]) == 3
    assert "there is no pack" in capsys.readouterr().out


def test_what_nothing_reads_yet_is_told_to_its_author_with_what_it_waits_for_and_is_no_mistake(packs, capsys):
    assert main(["pack", "check", str(packs / "livv-2022"), str(packs / "london")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "livv-2022/accounts.toml:19: [[report]], written 3 times, is read by nothing yet: it waits for "
        "“Reports for the board, the partnership and the council”",
        "livv-2022/accounts.toml:36: “section_11_return” has no figures: neither “metrics” nor “sections” stand in it",
        "livv-2022/accounts.toml:5: “open_cases” counts “case.opened - case.closed”, which Hearth does not count month "
        "by month: it has no figure",
        "livv-2022: nothing is wrong",
        "london: nothing is wrong",
    ], "what it inherits is told to the author of that"
