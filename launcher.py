"""What ./hearth runs: makes the environment the first time, then hands over to the `hearth` command in it.

It runs on the standard library of Python 3.11 and needs git's clone, pip, and either a Python 3.12 that can be read or
the internet. Everything it makes lies in the project's own folder .hearth (HEARTH_HOME names another). An environment
is made beside its place and renamed into it, so there is never half of one.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST, BEST = (3, 12), (3, 13)  # which Python serves, and which uv fetches when there is none
FETCHING = "Fetching Python 3.13"
SPACE = 1_000_000_000  # bytes that an environment and a demonstration need
WHAT_MAKES_IT = ("launcher.py", "pyproject.toml", "requirements.lock", "requirements-build.lock")
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
NETWORK = re.compile(
    r"dns error|failed to lookup|name resolution|Name or service|error sending request|ConnectTimeout|No route to host"
    r"|Connection refused|NewConnectionError|Network is unreachable|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|timed out",
    re.IGNORECASE,
)
FULL = re.compile(r"No space left|Disk quota exceeded|ENOSPC|os error 28", re.IGNORECASE)


class Problem(Exception):
    """Why it cannot go on, in one sentence that says what to do."""


def main(words: list[str]) -> int:
    """Make the environment where it is missing or old; become the command in it."""
    home = Path(os.environ.get("HEARTH_HOME") or ROOT / ".hearth").absolute()
    try:
        environment = prepared(home, "test" if words[:1] == ["test"] else "run")
    except Problem as problem:
        print(f"hearth: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("hearth: Stopped. Nothing was left half-made.", file=sys.stderr)
        return 130
    os.environ.update(HEARTH_HOME=str(home), PYTHONPYCACHEPREFIX=str(environment / "pycache"))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    python = str(environment / "bin" / "python")
    os.execv(python, [python, "-m", "hearth.cli", *words])


def prepared(home: Path, kind: str) -> Path:
    """The environment for this state of the project: `run` to use Hearth, `test` with the tools of its tests too."""
    with plainly(home):
        home.mkdir(mode=0o755, parents=True, exist_ok=True)
        environment = home / f"{kind}-{digest(kind)}"
        with only_one(home):
            if not os.access(environment / "bin" / "python", os.X_OK):
                make(environment, home, kind)
            elif not styles_are_built():
                Build(home, environment).project()
            hold(environment)
            forget_old(home, environment)
        return environment


@contextlib.contextmanager
def plainly(home: Path) -> Iterator[None]:
    """Say in one sentence what the machine refused."""
    try:
        yield
    except PermissionError as problem:
        raise Problem(
            f"Hearth cannot read or write {problem.filename}. Run it as the user who owns that folder, "
            "or let HEARTH_HOME name a folder of your own."
        ) from problem
    except OSError as problem:
        if problem.errno in (28, 122):
            raise Problem(disk_full(home)) from problem
        raise Problem(f"{problem.strerror or problem}: {problem.filename or home}.") from problem


def digest(kind: str) -> str:
    """Names an environment by everything that went into it, so an old one is never mistaken for a new one."""
    told = hashlib.sha256(f"{kind} {ROOT}".encode())
    for name in WHAT_MAKES_IT:
        told.update((ROOT / name).read_bytes())
    return told.hexdigest()[:10]


def styles_are_built() -> bool:
    """Whether the browser's styles answer to their sources; only their builder knows."""
    return bool(runpy.run_path(str(ROOT / "hatch_build.py"))["is_built"](ROOT))


@contextlib.contextmanager
def only_one(home: Path) -> Iterator[None]:
    """One launcher at a time makes environments; another waits and says so."""
    with (home / "launcher.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("Another ./hearth is setting up; waiting for it ...\n")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def hold(environment: Path) -> None:
    """Keep the environment for as long as the command runs: the lock passes through exec and ends with the process."""
    held = os.open(environment / "in-use", os.O_RDWR | os.O_CREAT, 0o644)
    fcntl.flock(held, fcntl.LOCK_SH)
    os.set_inheritable(held, True)


def forget_old(home: Path, current: Path) -> None:
    """Remove environments of earlier states of the project that nothing runs from any more."""
    for old in home.glob(current.name.split("-")[0] + "-*"):
        if old != current and (old / "in-use").exists():
            with (old / "in-use").open("r+") as lock, contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(old, ignore_errors=True)


def make(environment: Path, home: Path, kind: str) -> None:
    """Make one environment beside its place, then rename it into it."""
    if shutil.disk_usage(home).free < SPACE:
        raise Problem(disk_full(home))
    if not os.access(ROOT / "src", os.W_OK):
        raise PermissionError(13, "Permission denied", str(ROOT / "src"))
    tell(f"Setting up Hearth in {home} (once; again only when its packages change)\n")
    for left_by_a_crash in home.glob("*.part"):
        shutil.rmtree(left_by_a_crash, ignore_errors=True)
    part = environment.with_name(environment.name + ".part")
    try:
        Build(home, part).environment(kind)
        shutil.rmtree(environment, ignore_errors=True)  # one whose Python has gone
        part.rename(environment)
    finally:
        shutil.rmtree(part, ignore_errors=True)


class Build:
    """The steps that make one environment, each shown as it goes, all they say kept in one log."""

    def __init__(self, home: Path, part: Path) -> None:
        self.home, self.part, self.log = home, part, home / "launcher.log"
        self.log.write_text("")
        self.surroundings = surroundings(home)

    def environment(self, kind: str) -> None:
        """uv, then a Python, then the locked packages, then Hearth itself with its browser assets."""
        uv, python = self.uv(), found_python()
        venv = [uv, "venv", "--no-project", "--relocatable", "--python"]
        if python:
            self.step(f"Making the environment with {python}", [*venv, python, self.part])
        else:
            self.step(FETCHING, [*venv, "3.13", "--managed-python", self.part])
        install = [uv, "pip", "install", "--python", self.part / "bin" / "python"]
        locked = ["-r", "requirements.lock"] if kind == "test" else ["-r", "pyproject.toml", "-c", "requirements.lock"]
        self.step("Installing the packages", [*install, "--require-hashes", *locked])
        self.project()

    def project(self) -> None:
        """Hearth itself, from this clone; making the package compiles the browser's styles."""
        install = [self.uv(), "pip", "install", "--python", self.part / "bin" / "python", "--no-deps"]
        anew = ["--reinstall-package", "hearth", "--refresh-package", "hearth"]
        locked = ["--build-constraints", "requirements-build.lock"]
        self.step("Building Hearth and its styles", [*install, *anew, *locked, "-e", ROOT])

    def uv(self) -> Path:
        """uv in our own folder, brought by whichever pip there is: it needs no venv module."""
        lock = (ROOT / "requirements-build.lock").read_text()
        stanza = re.search(r"^uv==(\S+).*?(?=^\S)", lock + "\nend", re.MULTILINE | re.DOTALL)
        assert stanza  # noqa: S101 - the lock file is part of the project
        folder = self.home / f"uv-{stanza[1]}"
        if not (folder / "bin" / "uv").exists():
            part = folder.with_name(folder.name + ".part")
            part.mkdir()
            (part / "wanted.txt").write_text(stanza[0])
            pip = [*found_pip(), "install", "--no-deps", "--only-binary=:all:", "--require-hashes", "--target"]
            try:
                self.step("Fetching uv, which installs the rest", [*pip, part, "-r", part / "wanted.txt"])
                part.rename(folder)
            finally:
                shutil.rmtree(part, ignore_errors=True)
        return folder / "bin" / "uv"

    def step(self, what: str, command: list[object]) -> None:
        """Run one step, showing that it lives; on failure say in one sentence what went wrong."""
        tell(f"  {what} ... ")
        started = time.monotonic()
        with self.log.open("ab") as log:
            log.write(f"\n# {what}\n".encode())
            log.flush()
            begun = log.tell()
            child = subprocess.Popen(
                [str(word) for word in command], cwd=ROOT, env=self.surroundings, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
            try:
                failed = waited(child, started)
            except BaseException:
                os.killpg(child.pid, signal.SIGTERM)
                child.wait()
                tell("\n")
                raise
        tell(f"{'failed after' if failed else 'done in'} {time.monotonic() - started:.0f} s\n")
        if failed:
            raise Problem(why_it_failed(what, self.log.read_bytes()[begun:].decode(errors="replace"), self))


def waited(child: "subprocess.Popen[bytes]", started: float) -> int:
    """Wait for a step; on a terminal show the seconds go by."""
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.wait(timeout=1)
        if sys.stderr.isatty():
            seconds = f"{time.monotonic() - started:.0f} s"
            tell(seconds + "\b" * len(seconds))


def surroundings(home: Path) -> dict[str, str]:
    """Our environment variables for the steps: caches in the user's own place, or in ours where he has none."""
    kept = dict(os.environ, UV_PYTHON_INSTALL_DIR=str(home / "python"))
    if AUTHORITIES.exists():  # an office network may have an authority of its own, known to the system only
        kept.setdefault("UV_SYSTEM_CERTS", "1")
        kept.setdefault("NODE_EXTRA_CA_CERTS", str(AUTHORITIES))
    for name in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"):
        kept.pop(name, None)
    own = Path(os.path.expanduser("~"))
    writable = os.access(own, os.W_OK) and all(os.access(path, os.W_OK) for path in own.glob(".cache"))
    if not writable:
        kept.setdefault("UV_CACHE_DIR", str(home / "cache" / "uv"))
        kept.setdefault("npm_config_cache", str(home / "cache" / "npm"))
        kept.setdefault("PIP_NO_CACHE_DIR", "1")
    return kept


def found_python() -> str | None:
    """A Python that serves and can be run: the best liked first, from PATH, then from pyenv."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    folders += [folder for kept in _kept_by_pyenv() for folder in _newest_first(kept)]
    found: dict[tuple[int, int], str] = {}
    for folder in folders:
        for name in ("python3.13", "python3.12", "python3.14", "python3"):
            version = version_of(folder / name)
            if version and version[:2] >= OLDEST:
                found.setdefault(version[:2], str(folder / name))
        if BEST in found:
            break
    return found.get(BEST) or next((found[version] for version in sorted(found)), None)


def _kept_by_pyenv() -> list[Path]:
    """Where pyenv keeps its versions: in the home folder, where it says itself, and beside the Python that runs this.

    The home folder alone would not do: a build that runs with another HOME has the same Python on its PATH.
    """
    said = os.environ.get("PYENV_ROOT")
    kept = [Path(os.path.expanduser("~/.pyenv/versions"))]
    kept += [Path(said) / "versions"] if said else []
    beside = Path(sys.base_prefix).resolve().parent
    return kept + ([beside] if beside.name == "versions" else [])


def _newest_first(kept: Path) -> list[Path]:
    """The folders of its versions. One that we may not read has none for us: it may be another user's."""
    with contextlib.suppress(OSError):
        return sorted(kept.glob("*/bin"), reverse=True)
    return []


def version_of(program: Path) -> tuple[int, int] | None:
    """Its version, or nothing when it is not there, cannot be read, or is a shim with nothing behind it."""
    if not os.access(program, os.X_OK):
        return None
    ask = "import sys, ssl, sqlite3; print(*sys.version_info[:2]) if sys.version_info[3] == 'final' else exit(1)"
    try:
        said = subprocess.run([program, "-I", "-c", ask], capture_output=True, text=True, timeout=20, check=True).stdout
        major, minor = said.split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def found_pip() -> list[str]:
    """A pip: this Python's own, or one on PATH."""
    for command in ([sys.executable, "-m", "pip"], ["python3", "-m", "pip"], ["pip3"], ["pip"]):
        with contextlib.suppress(OSError):
            if subprocess.run([*command, "--version"], capture_output=True).returncode == 0:
                return [*command]
    raise Problem("Hearth needs pip once, to fetch uv. Install it (on Debian: apt-get install python3-pip).")


def why_it_failed(what: str, said: str, build: Build) -> str:
    """One sentence for what a tool said at length."""
    if FULL.search(said):
        return disk_full(build.home)
    if what == FETCHING:
        return "Hearth needs Python 3.12 or newer, found none and could not fetch one. Install Python 3.13 first."
    if NETWORK.search(said):
        return f'"{what}" failed: the package registry cannot be reached. Check the network (more in {build.log}).'
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
    return f'"{what}" failed: {last[:200]} (the whole story is in {build.log})'


def disk_full(home: Path) -> str:
    """The disk has no room."""
    return f"The disk that holds {home} is too full. Free 1 GB, or let HEARTH_HOME name a folder on another disk."


def tell(text: str) -> None:
    """Progress goes to stderr, so that what commands print stays clean."""
    print(text, end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
