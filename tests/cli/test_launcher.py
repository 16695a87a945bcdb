"""./hearth: from a clone to a running command, with one plain sentence for whatever stands in the way."""

import fcntl
import importlib.util
import os
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def launcher():
    """The launcher as a module."""
    told = importlib.util.spec_from_file_location("launcher", ROOT / "launcher.py")
    module = importlib.util.module_from_spec(told)
    told.loader.exec_module(module)
    return module


@pytest.fixture
def made(launcher, monkeypatch):
    """Environments appear at once instead of being installed; `made` says which."""
    names = []

    def environment(build, kind):
        (build.part / "bin").mkdir(parents=True)
        (build.part / "bin" / "python").symlink_to(sys.executable)
        names.append(kind)

    monkeypatch.setattr(launcher.Build, "environment", environment)
    monkeypatch.setattr(launcher, "styles_are_built", lambda: True)
    monkeypatch.setattr(launcher, "hold", lambda environment: (environment / "in-use").touch())
    return names


def program(folder, name, says):
    """A stand-in for a program."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{says}\n")
    (folder / name).chmod(0o755)


def test_the_second_run_makes_nothing(launcher, made, tmp_path):
    first = launcher.prepared(tmp_path, "run")
    assert launcher.prepared(tmp_path, "run") == first
    assert made == ["run"]


def test_the_tests_have_an_environment_of_their_own(launcher, made, tmp_path):
    assert launcher.prepared(tmp_path, "run") != launcher.prepared(tmp_path, "test")
    assert made == ["run", "test"]


def test_new_packages_make_a_new_environment_and_the_old_one_goes(launcher, made, tmp_path, monkeypatch):
    old = launcher.prepared(tmp_path, "run")
    monkeypatch.setattr(launcher, "digest", lambda kind: "another")
    new = launcher.prepared(tmp_path, "run")
    assert new != old
    assert not old.exists()


def test_an_old_environment_stays_while_something_runs_from_it(launcher, made, tmp_path, monkeypatch):
    old = launcher.prepared(tmp_path, "run")
    with (old / "in-use").open() as running:
        fcntl.flock(running, fcntl.LOCK_SH)
        monkeypatch.setattr(launcher, "digest", lambda kind: "another")
        launcher.prepared(tmp_path, "run")
        assert old.exists()


def test_an_environment_whose_python_has_gone_is_made_again(launcher, made, tmp_path):
    python = launcher.prepared(tmp_path, "run") / "bin" / "python"
    python.unlink()
    python.symlink_to(tmp_path / "gone")
    launcher.prepared(tmp_path, "run")
    assert made == ["run", "run"]


def test_a_step_that_fails_leaves_nothing_half_made(launcher, tmp_path, monkeypatch, capsys):
    def fails(build, kind):
        build.part.mkdir()
        build.step("Installing the packages", ["sh", "-c", "echo error: No space left on device >&2; exit 2"])

    monkeypatch.setattr(launcher.Build, "environment", fails)
    monkeypatch.setenv("HEARTH_HOME", str(tmp_path))
    assert launcher.main(["demo"]) == 1
    heard = capsys.readouterr()
    assert not heard.out
    assert heard.err.splitlines()[-1].startswith(f"hearth: The disk that holds {tmp_path} is too full. Free 1 GB")
    assert not list(tmp_path.glob("run-*"))


def test_what_a_crash_has_left_is_cleared_away(launcher, made, tmp_path):
    (tmp_path / "run-abc.part").mkdir()
    launcher.prepared(tmp_path, "run")
    assert not (tmp_path / "run-abc.part").exists()


def test_a_nearly_full_disk_is_told_before_anything_is_fetched(launcher, made, tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(launcher.shutil, "disk_usage", lambda _: usage(10, 9, 1))
    with pytest.raises(launcher.Problem, match="too full"):
        launcher.prepared(tmp_path, "run")
    assert made == []


def test_a_folder_that_may_not_be_written_is_one_sentence(launcher, made, tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "locked"))

    monkeypatch.setattr(launcher.Path, "mkdir", refuse)
    with pytest.raises(launcher.Problem, match=r"cannot read or write .*locked\. Run it as the user who owns"):
        launcher.prepared(tmp_path / "locked", "run")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("error: dns error", "the package registry cannot be reached"),
        ("npm error code ENOTFOUND", "the package registry cannot be reached"),
        ("OSError: [Errno 28] No space left on device", "too full"),
        ("first\nerror: hash mismatch for django\n", "failed: error: hash mismatch for django (the whole story"),
        ("", "it said nothing"),
    ],
)
def test_what_a_tool_says_at_length_is_told_in_one_sentence(launcher, tmp_path, said, told):
    sentence = launcher.why_it_failed("Installing the packages", said, launcher.Build(tmp_path, tmp_path / "part"))
    assert told in sentence
    assert "\n" not in sentence


def test_a_python_is_tried_before_it_is_trusted(launcher, tmp_path, monkeypatch):
    shims, versions = tmp_path / "shims", tmp_path / ".pyenv" / "versions"
    versions.mkdir(parents=True)
    program(shims, "python3.13", "echo nothing behind it >&2; exit 127")
    program(shims, "python3", "echo 3 11")
    (versions / "3.12.1").mkdir()
    program(versions / "3.12.1" / "bin", "python3.12", "echo 3 12")
    monkeypatch.setenv("PATH", str(shims))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    monkeypatch.setattr(launcher.sys, "base_prefix", str(tmp_path / "elsewhere"))
    assert launcher.found_python() == str(versions / "3.12.1" / "bin" / "python3.12")

    program(versions / "3.12.1" / "bin", "python3.12", "exit 1")
    assert launcher.found_python() is None


def test_a_python_is_found_whatever_the_home_folder_is(launcher, tmp_path, monkeypatch):
    versions = tmp_path / "tools" / "versions"
    (versions / "3.13.0").mkdir(parents=True)
    program(versions / "3.13.0" / "bin", "python3.13", "echo 3 13")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("HOME", str(tmp_path / "of-a-build"))
    monkeypatch.setattr(launcher.sys, "base_prefix", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "tools"))
    assert launcher.found_python() == str(versions / "3.13.0" / "bin" / "python3.13")

    monkeypatch.delenv("PYENV_ROOT")
    assert launcher.found_python() is None

    monkeypatch.setattr(launcher.sys, "base_prefix", str(versions / "3.11.7"))
    assert launcher.found_python() == str(versions / "3.13.0" / "bin" / "python3.13")


def test_without_pip_it_says_how_to_get_it(launcher, monkeypatch, tmp_path):
    program(tmp_path / "bin", "pip3", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(launcher.sys, "executable", str(tmp_path / "bin" / "pip3"))
    with pytest.raises(launcher.Problem, match="apt-get install python3-pip"):
        launcher.found_pip()


def test_without_any_python_the_first_lines_say_so(tmp_path):
    for name in ("dirname", "readlink"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    script = (ROOT / "hearth").read_text().replace("/usr/bin/python3", "/nowhere/python3")
    (tmp_path / "hearth").write_text(script)
    told = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(["/bin/sh", tmp_path / "hearth", "demo"], env=told, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        "hearth: A Python 3.11 or newer must be there to begin with. Install Python 3.13 and try again.\n"
    )


def test_every_locked_package_has_a_hash_and_no_address():
    for name in ("requirements.lock", "requirements-build.lock"):
        lock = (ROOT / name).read_text()
        packages = [line for line in lock.splitlines() if line and line[0].isalnum()]
        assert packages
        assert all(line.endswith("\\") for line in packages)
        assert "://" not in lock


def test_it_runs_on_the_oldest_python_it_promises():
    """Python 3.11's grammar is enough for it."""
    import ast

    ast.parse((ROOT / "launcher.py").read_text(), feature_version=(3, 11))
    assert os.access(ROOT / "hearth", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_a_pyenv_of_somebody_else_is_passed_over(launcher, tmp_path, monkeypatch):
    """Root's pyenv, for somebody who came by `su`: Python 3.11 raises where it may not look into a folder."""

    def locked(folder: Path, _pattern: str) -> list[Path]:
        raise PermissionError(13, "Permission denied", str(folder))

    program(tmp_path / "bin", "python3.13", "echo 3 13")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "of-root"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(launcher.Path, "glob", locked)
    assert launcher.found_python() == str(tmp_path / "bin" / "python3.13")
