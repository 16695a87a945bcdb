"""The guide “Your policy in a day”, followed literally: every command says what the guide says, and the pack it builds
is the one that lies beside it. HEARTH_REWRITE=yes writes what the commands say today into the guide."""

import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hearth.cli import main
from hearth.policy.packs import load
from hearth.policy.packs.coverage import coverage
from hearth.policy.packs.diffing import differences
from hearth.policy.packs.keeping import Standing
from hearth.timescales.pack_check import check_pack

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs/guides/your-policy-in-a-day.md"
KEPT = ROOT / "docs/guides/your-policy-in-a-day/glan-derwen"
FENCED = re.compile(r"```(console|toml [a-z]+\.toml)\n(.*?)```", re.DOTALL)
LEFT_OUT = "..."


@dataclass
class Follower:
    """Somebody who types what the guide says into a folder of their own, and reads what comes back."""

    capsys: pytest.CaptureFixture[str]
    pack: Path

    def told(self, command: str) -> str:
        """What a command says, as it stands on the screen."""
        main(shlex.split(command)[1:])
        heard = self.capsys.readouterr()
        return heard.out + heard.err

    def block(self, kind: str, body: str) -> Iterator[tuple[str, str, str]]:
        """Do one block: write the file, or run each command. Gives each command, what the guide says, what came."""
        if kind != "console":
            (self.pack / kind.removeprefix("toml ")).write_text(body)
            return
        for part in filter(None, re.split(r"^(?=\$ )", body, flags=re.MULTILINE)):
            command, _, says = part.removeprefix("$ ").partition("\n")
            yield command, says, self.told(command)


def as_shown(says: str, came: str) -> str:
    """What came, shortened where the guide leaves lines out: only the lines it shows, and dots for the others."""
    if LEFT_OUT not in says.splitlines():
        return came
    shown, lines = set(says.splitlines()), []
    for line in came.splitlines():
        if line in shown:
            lines.append(line)
        elif not lines or lines[-1] != LEFT_OUT:
            lines.append(LEFT_OUT)
    return "\n".join(lines) + "\n"


@pytest.fixture
def follower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Follower:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HEARTH_DATABASE_URL")
    monkeypatch.delenv("HEARTH_HOME")
    (tmp_path / "packs").symlink_to(ROOT / "packs")
    return Follower(capsys, tmp_path / ".hearth/packs/glan-derwen")


def test_the_guide_can_be_followed_as_it_stands_and_ends_in_the_pack_beside_it(follower: Follower) -> None:
    """feature 87"""
    guide = GUIDE.read_text()
    wrong, today = [], guide
    for kind, body in FENCED.findall(guide):
        for command, says, came in follower.block(kind, body):
            if as_shown(says, came) != says:
                wrong.append(f"$ {command}\n{as_shown(says, came)}")
                today = today.replace(f"$ {command}\n{says}", f"$ {command}\n{as_shown(says, came)}", 1)
    if os.environ.get("HEARTH_REWRITE"):
        GUIDE.write_text(today)
        for file in follower.pack.iterdir():
            (KEPT / file.name).write_bytes(file.read_bytes())
    assert not wrong, "the guide says otherwise; HEARTH_REWRITE=yes writes it down:\n" + "\n".join(wrong)
    assert {file.name: file.read_bytes() for file in follower.pack.iterdir()} == {
        file.name: file.read_bytes() for file in KEPT.iterdir()
    }


def test_the_control_a_changed_limit_is_noticed(follower: Follower) -> None:
    """Were the guide read and not followed, the test above would say nothing."""
    blocks = FENCED.findall(GUIDE.read_text())
    spoilt = [(kind, body.replace('limit = "12 weeks"', 'limit = "13 weeks"')) for kind, body in blocks]
    said = [(says, came) for kind, body in spoilt for _, says, came in follower.block(kind, body)]
    assert any(as_shown(says, came) != says and "13 weeks" not in says and "2027-02-26" in came for says, came in said)


def test_the_pack_is_right_and_holds_two_policies_of_which_nothing_is_left_unkept() -> None:
    assert check_pack(KEPT) == []
    pack = load(KEPT)
    assert pack.chain == ("defaults", "wales", "glan-derwen")
    assert all(pack.clauses_of(policy) for policy in ("children", "adults"))
    assert Standing.NOTHING not in {row.standing for row in coverage(pack)}
    assert pack.words_in("abuse_type").canonical("County lines") == "cce"


def test_a_sister_association_begins_from_it_with_other_titles(follower: Follower) -> None:
    """The last command of the guide, in a folder where the first pack stands."""
    command = re.search(r"`(hearth pack new [^`]*--like [^`]*)`", GUIDE.read_text())
    assert command
    follower.pack.mkdir(parents=True)
    for file in KEPT.iterdir():
        (follower.pack / file.name).write_bytes(file.read_bytes())
    follower.told(command[1])
    found = differences(load(follower.pack), load(follower.pack.parent / "theirs"))
    assert [str(each) for each in found] == [
        "post hub_officer: title: Support Hub Officer → Adviser",
        "title: Glan Derwen Homes → Their name",
    ]
