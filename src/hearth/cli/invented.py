"""The demonstration's database: made whole beside its place by a process of its own, then renamed into it."""

import json
import os
import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import hearth
from hearth.cli import places
from hearth.cli.postgres import databases
from hearth.cli.postgres.server import Server
from hearth.cli.problems import Problem
from hearth.cli.progress import step
from hearth.cli.readiness import DEMONSTRATION
from hearth.cli.updating import migrate, run_module

PROVIDER = "Larchfield Homes"
ON_THIS_MACHINE = {
    "HEARTH_DEMONSTRATION": "yes",
    "HEARTH_PLAIN_HTTP": "yes",
    "HEARTH_EMAIL": "off",
    "HEARTH_RING": "01632 960001",
}
UNFINISHED = "hearth_unfinished"
SIGN_INS = "demonstration.json"


@dataclass(frozen=True)
class SignIn:
    """How to sign in as somebody with one part."""

    part: str
    person: str
    path: str


def provider(server: Server, folder: Path, pack: str, *, fresh: bool = False) -> list[SignIn]:
    """The invented provider, ready: made where it is missing, brought to this version where it is old."""
    refuse_real_records(server)
    places.pack(pack)
    if fresh:
        forget(server, folder)
    if not databases.exists(server, places.DATABASE):
        make(server, folder, pack)
    told = json.loads((folder / SIGN_INS).read_text())
    if told["pack"] != pack:
        raise Problem(f"The demonstration here was made with the pack {told['pack']}. Add --fresh to make another.")
    if told["migrations"] != migrations():
        migrate(folder)
        write_whole(folder / SIGN_INS, json.dumps({**told, "migrations": migrations()}))
    return [SignIn(**each) for each in told["sign_ins"]]


def make(server: Server, folder: Path, pack: str) -> None:
    """A database, its tables and the provider. A start that fails leaves nothing behind."""
    mark_keys(places.keys(folder))
    databases.drop(server, UNFINISHED)
    databases.create(server, UNFINISHED)
    try:
        migrate(folder, UNFINISHED)
        sign_ins = found(folder, places.pack(pack))
        told = {"pack": pack, "migrations": migrations(), "sign_ins": sign_ins}
        write_whole(folder / SIGN_INS, json.dumps(told))
        databases.mark(server, UNFINISHED, f"{DEMONSTRATION}: nobody in it is real")
        databases.rename(server, UNFINISHED, places.DATABASE)
    finally:
        databases.drop(server, UNFINISHED)


def found(folder: Path, pack: Path) -> list[dict[str, str]]:
    """The invented provider, its people and what they did, in the unfinished database."""
    at = datetime.now(UTC).isoformat()
    with step("Founding the invented provider"):
        told = surroundings(folder, "owner", UNFINISHED)
        said = run_module("hearth.cli.demonstration.founding", PROVIDER, at, str(pack), told=told)
        sign_ins: list[dict[str, str]] = json.loads(said)
    with step("Adopting its policy and playing what happened"):
        told = surroundings(folder, "app", UNFINISHED)
        run_module("hearth.cli.demonstration.happenings", str(pack), at, told=told)
    return sign_ins


def migrations() -> list[str]:
    """The names of all migrations of this version: while they are the same, there is nothing to migrate."""
    package = Path(hearth.__file__).parent
    return sorted(str(path.relative_to(package)) for path in package.glob("*/migrations/[0-9]*.py"))


def forget(server: Server, folder: Path) -> None:
    """Throw the last demonstration away, keys and attached files with it."""
    databases.drop(server, places.DATABASE)
    shutil.rmtree(places.files(folder), ignore_errors=True)
    (folder / SIGN_INS).unlink(missing_ok=True)


def refuse_real_records(server: Server) -> None:
    """A database that is not a demonstration's is never used for one."""
    if databases.exists(server, places.DATABASE):
        words = databases.words_on(server, places.DATABASE)
        if not words.startswith(DEMONSTRATION):
            raise Problem(f"{server.data} holds a database of your own. Let HEARTH_HOME name another folder.")


def mark_keys(keys: Path) -> None:
    """Make the demonstration's keys and write on them what they are, so that `hearth serve` refuses them."""
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (keys / DEMONSTRATION).exists():
        if any(keys.iterdir()):
            raise Problem(f"{keys} holds keys of your own. Let HEARTH_HOME name another folder.")
        write_whole(keys / "secret", secrets.token_urlsafe(48))
        write_whole(keys / DEMONSTRATION, "These keys are for trying Hearth only.\n")


def surroundings(folder: Path, role: str, database: str = places.DATABASE) -> dict[str, str]:
    """What the demonstration's processes are told: its own keys, and that nothing is sent anywhere."""
    told = places.surroundings(folder, role, database)
    secret = (places.keys(folder) / "secret").read_text()
    return {**told, **ON_THIS_MACHINE, "HEARTH_SECRET_KEY": secret}


def write_whole(path: Path, text: str) -> None:
    """A file for our own eyes that is there whole or not at all."""
    part = path.with_name(path.name + ".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    part.rename(path)
