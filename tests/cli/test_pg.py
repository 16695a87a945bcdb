"""Our own PostgreSQL: whole or not there, open to nobody else, backed up so that a restore is known to work."""

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime

import psycopg
import pytest

from hearth.cli import places
from hearth.cli.postgres import backup, databases, programs
from hearth.cli.postgres.server import Server, ServerProblem, system_user
from hearth.ledger.keys import PRIVATE, signer

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def server(hearth):
    """A running server in a home of its own, with one promise in it."""
    server = places.embedded_server(hearth.home)
    server.make()
    server.start()
    databases.make_roles(server)
    databases.create(server, "hearth")
    with psycopg.connect(server.url("hearth", "hearth_owner")) as connection:
        connection.execute("create table kept (what text)")
        connection.execute("insert into kept values ('a promise')")
    yield server
    server.stop("immediate")


def kept(server):
    with psycopg.connect(server.url("hearth", "hearth_owner")) as connection:
        return connection.execute("select what from kept").fetchall()


def test_it_starts_and_stops_by_command_and_says_so(hearth):
    assert hearth("pg", "status").returncode == 1
    started = hearth("pg", "start")
    assert started.returncode == 0, started.stderr
    assert "postgresql:///hearth?host=" in started.stdout
    assert hearth("pg", "status").returncode == 0
    assert "stopped" in hearth("pg", "stop").stdout
    assert hearth("pg", "status").returncode == 1
    assert "was not running" in hearth("pg", "stop").stdout


def test_it_never_listens_on_the_network_and_trusts_nobody(postgres):
    with psycopg.connect(postgres.url("postgres", "postgres")) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        ways = connection.execute("select distinct auth_method from pg_hba_file_rules").fetchall()
    assert ways == [("peer",)]


def test_no_role_of_hearth_is_a_superuser_or_passes_row_security(postgres):
    with psycopg.connect(postgres.url("postgres", "postgres")) as connection:
        roles = "select rolname, rolsuper, rolbypassrls from pg_roles where rolname like 'hearth%'"
        found = connection.execute(roles).fetchall()
    assert len(found) >= 7
    assert not [name for name, superuser, bypasses in found if superuser or bypasses]


def test_a_cluster_that_could_not_be_made_leaves_nothing_behind(hearth, monkeypatch):
    monkeypatch.setattr(Server, "_configure", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    server = places.embedded_server(hearth.home)
    with pytest.raises(OSError, match="No space"):
        server.make()
    assert not server.is_made
    assert list(server.data.parent.iterdir()) == []


def test_a_home_with_a_long_name_gets_a_short_socket(hearth, monkeypatch, tmp_path):
    home = hearth.home / ("very-long-name-" * 8)
    home.mkdir()
    server = places.embedded_server(home)
    assert len(str(server.sockets)) < 100
    assert places.embedded_server(home).sockets == server.sockets


def test_a_short_socket_folder_of_somebody_else_is_refused(monkeypatch, tmp_path):
    taken = tmp_path / "taken"
    taken.symlink_to(tmp_path)
    with pytest.raises(places.Problem, match="belongs to"):
        places._own(taken)


def test_programs_that_cannot_be_reached_are_copied_once_to_where_they_can(hearth, monkeypatch):
    shared = hearth.home / "shared"
    monkeypatch.setattr(programs, "SHARED", shared)
    monkeypatch.setattr(programs, "can_reach", lambda path, run_as: str(path).startswith(str(shared)))
    programs.binaries.cache_clear()
    try:
        found = programs.binaries(None)
        assert found.is_relative_to(shared)
        said = subprocess.run([found / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True)
        assert "PostgreSQL" in said.stdout
        programs.binaries.cache_clear()
        made_at = found.stat().st_ctime_ns
        assert programs.binaries(None).stat().st_ctime_ns == made_at
    finally:
        programs.binaries.cache_clear()


def test_a_private_folder_is_out_of_reach_of_another_user(tmp_path):
    folder = tmp_path / "private"
    folder.mkdir(mode=0o700)
    assert programs.can_reach(folder, None)
    if os.geteuid() == 0:
        assert not programs.can_reach(folder, system_user())


@pytest.fixture
def copied(hearth, server):
    """A backup of it with an attached file, and the keys that belong to it."""
    files = places.files(hearth.home)
    files.mkdir()
    (files / "letter").write_bytes(b"sealed")
    assert not (hearth.home / "keys" / PRIVATE).exists(), "nothing is sealed yet"
    made = hearth("pg", "backup", str(hearth.home / "copy"))
    assert made.returncode == 0, made.stderr
    assert "A key for backups was made. Copy it away now" in made.stdout
    return hearth.home / "copy"


def restored(hearth, copy, new):
    """Restore it into a new place, with the keys put there before."""
    shutil.copytree(hearth.home / "keys", new / "keys", dirs_exist_ok=True)
    return hearth("pg", "restore", str(copy), "--into", str(new))


def test_a_backup_comes_back_with_every_row_and_file_and_never_over_another(hearth, homes, copied):
    over = hearth("pg", "restore", str(copied))
    assert over.returncode == 1
    assert "already" in over.stderr

    keyless = hearth("pg", "restore", str(copied), "--into", str(homes / "h-restored"))
    assert keyless.returncode == 1
    assert "Put the keys that belong to the backup into" in keyless.stderr

    done = restored(hearth, copied, homes / "h-restored")
    assert done.returncode == 0, done.stderr
    assert kept(places.embedded_server(homes / "h-restored")) == [("a promise",)]
    assert (homes / "h-restored" / "files" / "letter").read_bytes() == b"sealed"

    again = hearth("pg", "backup", str(homes / "another"))
    assert "The keys" not in again.stdout
    assert f"They lie in {hearth.home / 'keys'}" in again.stdout


def test_a_backup_is_locked_and_another_key_does_not_open_it(hearth, homes, copied):
    written = b"".join(path.read_bytes() for path in copied.iterdir())
    assert b"a promise" not in written
    assert b"sealed" not in written
    assert b"PG_VERSION" not in written, "control: this is in every cluster that is not locked"
    signer(homes / "h-other" / "keys")
    (homes / "h-other" / "keys" / "backup.key").write_bytes(bytes(32))
    refused = hearth("pg", "restore", str(copied), "--into", str(homes / "h-other"))
    assert refused.returncode == 1
    assert "was locked with another key" in refused.stderr
    assert not places.embedded_server(homes / "h-other").is_made


def change_a_byte(path, where):
    """As a bad disk or somebody clever does."""
    with path.open("r+b") as file:
        file.seek(where if where >= 0 else path.stat().st_size + where)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))


def test_one_changed_byte_anywhere_is_told_and_nothing_is_restored(hearth, homes, copied):
    places_in_it = [
        ("database.locked", 0), ("database.locked", 5_000_000), ("database.locked", -1), ("files.locked", -1),
        ("hearth-backup.json", 40),
    ]  # fmt: skip
    new = homes / "h-changed"
    for name, where in places_in_it:
        change_a_byte(copied / name, where)
        refused = restored(hearth, copied, new)
        change_a_byte(copied / name, where)
        assert refused.returncode == 1
        assert "was changed or is damaged" in refused.stderr
        assert refused.stderr.splitlines()[-1].startswith("hearth: ")
        left = [path.name for path in new.rglob("*") if path.is_file() and "keys" not in path.parts]
        assert left == []
    assert restored(hearth, copied, new).returncode == 0


def test_a_backup_is_made_while_others_write(hearth, server, homes):
    """What was written while the copy ran is in its write-ahead log; the server may not throw that away meanwhile."""
    busy = "insert into kept select 'busy ' || repeat(n::text, 200) from generate_series(1, 2000) n"
    with psycopg.connect(server.url("hearth", "hearth_owner"), autocommit=True) as writer:
        writer.execute(busy)
        going = subprocess.Popen(
            [sys.executable, "-m", "hearth.cli", "pg", "backup", str(hearth.home / "copy")],
            env=hearth.surroundings, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        while going.poll() is None:
            writer.execute(busy)
            time.sleep(0.1)
    assert going.returncode == 0, going.communicate()[1]
    going.stderr.close()
    done = restored(hearth, hearth.home / "copy", homes / "h-busy")
    assert done.returncode == 0, done.stderr
    assert len(kept(places.embedded_server(homes / "h-busy"))) % 2_000 == 1


def test_a_backup_that_cannot_be_finished_leaves_no_folder(tmp_path, monkeypatch):
    def full(_server: Server, _locking: object) -> None:
        assert (tmp_path / "copy.part" / "hearth-backup.json").exists()
        raise ServerProblem("No space left on device")

    monkeypatch.setattr(backup, "_copy_cluster", full)
    with pytest.raises(ServerProblem):
        backup.make(Server(tmp_path, tmp_path), tmp_path / "files", tmp_path / "copy", key=bytes(32), at=NOW)
    assert list(tmp_path.iterdir()) == []
