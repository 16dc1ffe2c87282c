"""`python -m benchmarks.engines SERVER…`: the report path over each of these binaries, turn by turn in one run.

Which engine comes along was decided by it (docs/adr/0009); the first one named is what the others are measured by.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from time import monotonic, sleep

from rich.console import Console
from rich.table import Table

from benchmarks.city import City
from benchmarks.load import run
from benchmarks.servers import serving
from storage.database import Database, StorageError, connect
from storage.store import open_store

CAPTAINS, CONNECTIONS, ROUNDS, REPORTS = 300, 32, 7, 500
DURABLE = {"port": "0", "appendonly": "yes", "appendfsync": "always", "save": "", "maxmemory-policy": "noeviction"}


def main(binaries: list[Path]) -> None:
    data = Path("data")
    data.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=data.resolve()) as place, ExitStack() as running:
        told, servers, cities = [], [], []
        for number, binary in enumerate(binaries):
            folder = Path(place) / str(number)
            database = running.enter_context(_engine(binary, folder))
            info = database.info("server")
            told.append(f"{info.get('server_name', 'redis')} {info.get('valkey_version', info['redis_version'])}")
            cities.append(City.found(open_store(database, "yd", "live"), CAPTAINS))
            servers.append((running.enter_context(serving("yidui", f"unix://{folder}/redis.sock", folder)), database))
        turns = []
        for _ in range(ROUNDS + 1):
            turns.append(
                [
                    run(s.port, c.reports(REPORTS), "已记录", CONNECTIONS)
                    for (s, _), c in zip(servers, cities, strict=True)
                ]
            )
        table = Table(
            "server", "reports/s", "p50", "p99", "failed", "× the first", "memory", title_justify="left",
            title=f"{ROUNDS} turns of {REPORTS} durable reports, {CONNECTIONS} connections, medians",
        )  # fmt: skip
        for place_in_turn, (_, database) in enumerate(servers):
            mine = [turn[place_in_turn] for turn in turns[1:]]
            table.add_row(
                told[place_in_turn],
                f"{median(o.rate for o in mine):.0f}",
                f"{median(o.latency_ms(50) for o in mine):.0f} ms",
                f"{median(o.latency_ms(99) for o in mine):.0f} ms",
                str(sum(o.failed for o in mine)),
                f"{median(turn[place_in_turn].rate / turn[0].rate for turn in turns[1:]):.2f}",
                f"{database.info('memory')['used_memory_rss'] / 1e6:.0f} MB",
            )
        Console(width=110, highlight=False).print(table)


@contextmanager
def _engine(binary: Path, folder: Path) -> Iterator[Database]:
    folder.mkdir()
    socket = folder / "redis.sock"
    arguments = [str(binary), "--dir", str(folder), "--unixsocket", str(socket)]
    for name, value in DURABLE.items():
        arguments += [f"--{name}", value]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    try:
        yield _answering(connect(f"unix://{socket}"))
    finally:
        process.terminate()
        process.wait()


def _answering(database: Database) -> Database:
    give_up = monotonic() + 10
    while True:
        try:
            database.ping()
            return database
        except StorageError:
            if monotonic() > give_up:
                raise
            sleep(0.05)


if __name__ == "__main__":
    main([Path(name).resolve() for name in sys.argv[1:]])
