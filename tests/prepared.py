"""The migrated cluster the tests start from: made once for what it is made of, then copied in a second.

What it is made of: migrations and their SQL, the roles, the cast, the locked libraries. Anything of that changed and it
is made anew. Two workers that need it at once wait for each other.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from hearth.cli.postgres import databases
from hearth.cli.postgres.server import SUPERUSER, Server, system_user

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "hearth_template"
UNFOUNDED = "hearth_unfounded"  # every table, and no provider yet
WORKING = "hearth_test"
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100"}
MADE_OF = (
    "src/hearth/*/migrations/**/*",
    "src/hearth/*/sql/**/*",
    "src/hearth/*/row_security.py",
    "src/hearth/*/tables.py",
    "src/hearth/ledger/sql_files.py",
    "src/hearth/organisation/operations.py",
    "src/hearth/cli/postgres/*",
    "src/hearth/cli/migrate.py",
    "src/hearth/site/settings.py",
    "src/hearth/policy/**/*.py",
    "packs/**/*",
    "tests/cast.py",
    "tests/prepared.py",
    "requirements.lock",
)
KEPT = 8


def prepared(run: Path) -> Server:
    """A running throwaway server in `run`, with the migrated template, the working database and their keys."""
    server = Server(run / "postgres", run / "sockets", run_as=system_user(), settings=FAST)
    adopted(server, run / "keys")
    server.start()
    return server


def adopted(server: Server, keys: Path) -> None:
    """Give a server that is not made yet the prepared cluster, and put its keys into a folder that is not there yet."""
    place = _place()
    server.data.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    shutil.copytree(place / "keys", keys)
    server.adopt(_copy(place / "postgres", server.data.with_name("copied")))


def _place() -> Path:
    home = Path(os.environ.get("HEARTH_TEST_CACHE", Path(tempfile.gettempdir()) / f"hearth-prepared-{os.geteuid()}"))
    home.mkdir(mode=0o755, exist_ok=True)
    place = home / _digest()
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "whole").exists():
            shutil.rmtree(place, ignore_errors=True)
            _make(place)
            _keep_the_newest(home)
        place.touch()
    return place


def _make(place: Path) -> None:
    place.mkdir(mode=0o755, parents=True)
    server = Server(place / "postgres", place / "s", run_as=system_user(), settings=FAST)
    server.make()
    server.start()
    try:
        databases.make_roles(server)
        databases.create(server, TEMPLATE)
        environment = {
            **os.environ,
            "HEARTH_KEYS": str(place / "keys"),
            "HEARTH_DATABASE_ROLE": "owner",
            "HEARTH_DATABASE_URL": server.url(TEMPLATE),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]),
        }
        run = [sys.executable, "-W", "ignore", "-m"]
        subprocess.run([*run, "hearth.cli.migrate"], env=environment, check=True, cwd=ROOT)
        databases.create(server, UNFOUNDED, template=TEMPLATE)
        subprocess.run([*run, "cast"], env=environment, check=True, cwd=ROOT)
        databases.create(server, WORKING, template=TEMPLATE)
        with psycopg.connect(server.url("postgres", SUPERUSER), autocommit=True) as superuser:
            # A whole test is one transaction there, on a machine of any speed; in service one may take a minute.
            superuser.execute(f"alter role hearth_app in database {WORKING} set transaction_timeout = 0")
    finally:
        server.stop()
    (place / "whole").touch()


def _copy(source: Path, target: Path) -> Path:
    subprocess.run(["cp", "-a", "--reflink=auto", str(source), str(target)], check=True)
    return target


def _keep_the_newest(home: Path) -> None:
    places = sorted((path for path in home.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for path in places[:-KEPT]:
        shutil.rmtree(path, ignore_errors=True)


def _digest() -> str:
    made_of = hashlib.sha256(sys.version.encode())
    for path in sorted({path for pattern in MADE_OF for path in ROOT.glob(pattern) if path.is_file()}):
        if "__pycache__" not in path.parts:
            made_of.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return made_of.hexdigest()[:16]
