"""Where Hearth keeps what it makes on this machine, and what its processes are told about it."""

import hashlib
import os
import pwd
import tempfile
from pathlib import Path

import hearth
from hearth.cli.postgres.memory import room_for_pages
from hearth.cli.postgres.programs import SHARED, can_reach, system_user
from hearth.cli.postgres.server import LONGEST_SOCKET_PATH, Server
from hearth.cli.problems import Problem

DATABASE = "hearth"


def home() -> Path:
    """The folder that holds everything: .hearth here, or what HEARTH_HOME names."""
    folder = _home()
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    return folder


def _home() -> Path:
    return Path(os.environ.get("HEARTH_HOME") or Path.cwd() / ".hearth").absolute()


def has_database() -> bool:
    """Whether another PostgreSQL is named, or our own runs. Makes nothing."""
    return bool(os.environ.get("HEARTH_DATABASE_URL")) or (_home().is_dir() and embedded_server(_home()).is_running)


def keys(folder: Path) -> Path:
    """The keys, outside the database and outside its backups."""
    return Path(os.environ.get("HEARTH_KEYS") or folder / "keys")


def files(folder: Path) -> Path:
    """What people attached, encrypted."""
    return folder / "files"


def pack(name: str) -> Path:
    """A policy by its folder, or by the name of one that ships with Hearth."""
    package = Path(hearth.__file__).resolve().parent
    for folder in (Path(name), package / "packs" / name, package.parents[1] / "packs" / name):
        if (folder / "pack.toml").is_file():
            return folder.absolute()
    raise Problem(f"There is no policy called {name}. Name a folder with a pack.toml in it.")


def embedded_server(folder: Path) -> Server:
    """Our own PostgreSQL for that home, in folders its system user can reach."""
    run_as = system_user()
    base = folder / "postgresql"
    if not can_reach(folder, run_as):
        base = SHARED / _short_name(folder)
    sockets = _sockets(base, folder, run_as)
    return Server(data=base / "data", sockets=sockets, run_as=run_as, started_with=room_for_pages())


def refuse_outside_database() -> None:
    """Commands about our own PostgreSQL make no sense where the address of another one is set."""
    if os.environ.get("HEARTH_DATABASE_URL"):
        raise Problem(
            "HEARTH_DATABASE_URL names another PostgreSQL, so Hearth's own is not used. "
            "Unset it, or use that server's own tools."
        )


def require_database(folder: Path) -> None:
    """Say how to start our own PostgreSQL where no other is named and it does not run."""
    if not os.environ.get("HEARTH_DATABASE_URL") and not embedded_server(folder).is_running:
        raise Problem("PostgreSQL is not running. Start it with: hearth pg start.")


def surroundings(folder: Path, role: str, database: str = DATABASE) -> dict[str, str]:
    """The environment of a process of Hearth that signs in to the database with one role for life."""
    told = {**os.environ, "HEARTH_HOME": str(folder), "HEARTH_KEYS": str(keys(folder)), "HEARTH_DATABASE_ROLE": role}
    told.setdefault("HEARTH_DATABASE_URL", embedded_server(folder).url(database))
    told["DJANGO_SETTINGS_MODULE"] = "hearth.site.settings"
    return told


def _sockets(base: Path, folder: Path, run_as: str | None) -> Path:
    """The socket's folder: beside the data, or a short name where that is too long for a socket."""
    beside = base / "s"
    if len(str(beside)) <= LONGEST_SOCKET_PATH:
        return beside
    runtime = "/run" if run_as else os.environ.get("XDG_RUNTIME_DIR")
    if runtime and os.access(runtime, os.W_OK):
        return Path(runtime, f"hearth-{_short_name(folder)}")
    return _own(Path(tempfile.gettempdir(), f"hearth-{os.getuid()}-{_short_name(folder)}"))


def _own(short: Path) -> Path:
    """A folder in a place everybody can write to: it must be ours, or somebody else could listen there."""
    short.mkdir(mode=0o700, exist_ok=True)
    if short.is_symlink() or short.stat().st_uid != os.getuid():
        owner = pwd.getpwuid(short.stat().st_uid).pw_name
        raise Problem(f"{short} belongs to {owner}. Set XDG_RUNTIME_DIR, or a shorter HEARTH_HOME.")
    return short


def _short_name(folder: Path) -> str:
    return hashlib.sha256(str(folder).encode()).hexdigest()[:12]
