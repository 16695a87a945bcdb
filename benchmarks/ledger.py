"""How fast the ledger is written, sealed and verified, on a throwaway server of its own with real durability.

PYTHONPATH=src python benchmarks/ledger.py [--rows 100000] [--writers 8] [--seconds 5]
"""

import argparse
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import psycopg

from hearth.cli.postgres import databases
from hearth.cli.postgres.server import Server, remove, system_user

RECORD = """select hearth.record('case.noted', 'case', %s, null, now(), '5.2(a)', '{"band": "high"}', %s, true)"""
WORDS = '{"why": "She said that he had taken the money again and that she was afraid to ask for it."}'


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--writers", type=int, default=8)
    options.add_argument("--seconds", type=float, default=5)
    chosen = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hearth-bench-"))
    folder.chmod(0o755)
    server = Server(folder / "postgres", folder / "sockets", run_as=system_user())
    server.make()
    server.start()
    try:
        databases.make_roles(server)
        databases.create(server, "bench")
        migrate(server, folder)
        measure(server.url("bench", "hearth_worker"), server.url("bench", "hearth_sealer"), folder, chosen)
    finally:
        remove(server)


def migrate(server: Server, folder: Path) -> None:
    environment = {
        **os.environ,
        "HEARTH_DATABASE_ROLE": "owner",
        "HEARTH_DATABASE_URL": server.url("bench"),
        "HEARTH_HOME": str(folder),
        "HEARTH_SECRET_KEY": secrets.token_urlsafe(40),
    }
    subprocess.run([sys.executable, "-m", "hearth.cli.migrate"], env=environment, check=True)


def measure(worker: str, sealer: str, folder: Path, chosen: argparse.Namespace) -> None:
    with ProcessPoolExecutor(chosen.writers) as pool:
        for count in (1, chosen.writers):
            written = list(pool.map(partial(write, worker, chosen.seconds), range(count)))
            total = sum(number for number, _ in written)
            cpu = sum(used for _, used in written) / total
            print(f"{count} writers, each entry with words in its own transaction: {total / chosen.seconds:,.0f}/s,")
            print(f"  {cpu * 1e6:,.0f} µs of PostgreSQL's CPU each")
    with psycopg.connect(worker, autocommit=True) as connection, Clock(connection, "one transaction", chosen.rows):
        connection.execute(RECORD.replace("%s", "n", 1) + " from generate_series(1, %s) n", [WORDS, chosen.rows])
    with psycopg.connect(sealer, autocommit=True) as connection:
        seal_and_verify(connection, folder)


def write(address: str, seconds: float, number: int) -> tuple[int, float]:
    """One writer: how many entries it committed, and the server's CPU seconds."""
    count, end = 0, time.perf_counter() + seconds
    with psycopg.connect(address, autocommit=True) as connection:
        while time.perf_counter() < end:
            connection.execute(RECORD, [number, WORDS])
            count += 1
        return count, server_cpu(connection)


def server_cpu(connection: psycopg.Connection) -> float:
    """CPU seconds of the server process behind a connection. CPU, because the machine may be busy with other things."""
    fields = Path(f"/proc/{connection.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Clock:
    """Prints rows per second, and CPU per row of this process and of the server."""

    def __init__(self, connection: psycopg.Connection, what: str, rows: int) -> None:
        self.connection, self.what, self.rows = connection, what, rows

    def __enter__(self) -> None:
        self.before = time.perf_counter(), time.process_time(), server_cpu(self.connection)

    def __exit__(self, *problem: object) -> None:
        now = time.perf_counter(), time.process_time(), server_cpu(self.connection)
        wall, ours, servers = (new - old for new, old in zip(now, self.before, strict=True))
        print(f"{self.what}: {self.rows / wall:,.0f} rows/s,", end=" ")
        print(f"CPU a row {ours / self.rows * 1e6:.1f} µs here and {servers / self.rows * 1e6:.1f} µs in PostgreSQL")


def seal_and_verify(connection: psycopg.Connection, folder: Path) -> None:
    from hearth.ledger.keys import public_keys, signer
    from hearth.ledger.sealing import seal
    from hearth.ledger.verifying import verify

    waiting = connection.execute("select unsealed from hearth.ledger_lag()").fetchone()
    rows = int(waiting[0]) if waiting else 0
    with Clock(connection, "sealing", rows):
        seal(connection, signer=signer(folder / "keys"), anchors=folder / "anchors")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Clock(connection, "verifying", rows):
        report = verify(connection, keys=public_keys(folder / "keys"))
    print(f"verifying took {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MB more memory")
    print("\n".join(report.sentences()))


if __name__ == "__main__":
    main()
