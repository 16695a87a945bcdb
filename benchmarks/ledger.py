"""How fast the ledger is written, sealed and verified, on a throwaway server of its own with real durability.

PYTHONPATH=src python benchmarks/ledger.py [--rows 100000] [--writers 8] [--seconds 5]
"""

import argparse
import os
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
            written = sum(pool.map(partial(write, worker, chosen.seconds), range(count)))
            print(
                f"{count} writers, each entry with words in a transaction of its own: {written / chosen.seconds:,.0f}/s"
            )
    with psycopg.connect(worker, autocommit=True) as connection:
        started = time.perf_counter()
        connection.execute(RECORD.replace("%s", "n", 1) + " from generate_series(1, %s) n", [WORDS, chosen.rows])
        print(f"{chosen.rows:,} entries in one transaction: {chosen.rows / (time.perf_counter() - started):,.0f}/s")
    seal_and_verify(sealer, folder)


def write(address: str, seconds: float, number: int) -> int:
    """One writer: how many entries it committed."""
    count, end = 0, time.perf_counter() + seconds
    with psycopg.connect(address, autocommit=True) as connection:
        while time.perf_counter() < end:
            connection.execute(RECORD, [number, WORDS])
            count += 1
    return count


def seal_and_verify(address: str, folder: Path) -> None:
    import resource

    from hearth.ledger.keys import public_keys, signer
    from hearth.ledger.sealing import seal
    from hearth.ledger.verifying import verify

    with psycopg.connect(address, autocommit=True) as connection:
        started = time.perf_counter()
        made = seal(connection, signer=signer(folder / "keys"), anchors=folder / "anchors")
        rows = made.rows if made else 0
        print(f"sealing: {rows / (time.perf_counter() - started):,.0f} rows/s")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        report = verify(connection, keys=public_keys(folder / "keys"))
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        print(f"verifying: {rows / (time.perf_counter() - started):,.0f} rows/s, {grown / 1024:.0f} MB more memory")
        print("\n".join(report.sentences()))


if __name__ == "__main__":
    main()
