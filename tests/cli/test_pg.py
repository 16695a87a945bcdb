"""Our own PostgreSQL: whole or not there, open to nobody else, backed up so that a restore is known to work."""

import os
import subprocess
from datetime import UTC, datetime

import psycopg
import pytest

from hearth.cli import places
from hearth.cli.postgres import backup, databases, programs
from hearth.cli.postgres.server import Server, ServerProblem, system_user
from hearth.ledger.keys import signer

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


def test_a_backup_comes_back_with_every_row_and_file_unless_somebody_changed_it(hearth, server, homes):
    files = places.files(hearth.home)
    files.mkdir()
    (files / "letter").write_bytes(b"sealed")
    made = hearth("pg", "backup", str(hearth.home / "copy"))
    assert made.returncode == 0, made.stderr
    assert "keys are not in it" in made.stdout

    signer(hearth.home / "keys")
    over = hearth("pg", "restore", str(hearth.home / "copy"))
    assert over.returncode == 1
    assert "already" in over.stderr

    new = homes / "h-restored"
    keyless = hearth("pg", "restore", str(hearth.home / "copy"), "--into", str(new))
    assert keyless.returncode == 1
    assert "Put the keys that belong to the backup into" in keyless.stderr
    signer(new / "keys")
    restored = hearth("pg", "restore", str(hearth.home / "copy"), "--into", str(new))
    assert restored.returncode == 0, restored.stderr
    assert kept(places.embedded_server(new)) == [("a promise",)]
    assert (new / "files" / "letter").read_bytes() == b"sealed"

    changed = next((hearth.home / "copy" / "database" / "base").rglob("pg_filenode.map"))
    changed.write_bytes(b"x" + changed.read_bytes()[1:])
    signer(homes / "h-never" / "keys")
    refused = hearth("pg", "restore", str(hearth.home / "copy"), "--into", str(homes / "h-never"))
    assert refused.returncode == 1
    assert "pg_verifybackup found a problem" in refused.stderr
    assert not places.embedded_server(homes / "h-never").is_made


def test_a_backup_that_cannot_be_finished_leaves_no_folder(tmp_path, monkeypatch):
    def full(_server: Server, _program: str, *_: str) -> None:
        (tmp_path / "copy.part" / "half").touch()
        raise ServerProblem("No space left on device")

    monkeypatch.setattr(backup, "_tool", full)
    with pytest.raises(ServerProblem):
        backup.make(Server(tmp_path, tmp_path), tmp_path / "files", tmp_path / "copy", at=NOW)
    assert list(tmp_path.iterdir()) == []
