"""`python -m benchmarks.viewers`: a thousand people who look at the board, beside captains who report.

Each asks every five seconds with the ETag she has; twenty reports a second change the board for all of them. Printed:
how long the board takes, and the webhook with and without them, in short turns on one server, load generators included;
all turns of a kind count together, so that what else the machine does in one of them weighs little.
"""

import multiprocessing
import re
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles
from time import perf_counter, sleep

from rich.console import Console
from rich.table import Table

from benchmarks.city import City
from benchmarks.load import run
from benchmarks.scale import settle_down
from benchmarks.servers import Server, serving
from storage.campaign_settings import Ranking
from storage.database import connect
from storage.embedded import ensure
from storage.store import open_store

TEAMS, CAPTAINS = 113_500, 500
VIEWERS, EVERY_SECONDS = 1000, 5.0
REPORTS_PER_SECOND, REPORTS, TURNS, CONNECTIONS = 20.0, 100, 12, 32
VIEWS = ("live", "live", "live", "live?scope=region", "live?scope=unit&page=3", "screen/live")
"""What they look at, in turn."""
LOOKS = 40
PAGES = {
    "teams, pages 1 to 40": "/board/{campaign}?page={page}",
    "teams, pages 5 000 to 5 040": "/board/{campaign}?page=50{page:02d}",
    "units, pages 5 000 to 5 040": "/board/{campaign}?scope=unit&page=50{page:02d}",
    "API, 200 lines from far down": "/api/v1/campaigns/{campaign}/leaderboard?limit=200&cursor=99{page:02d}0",
}
ETAG = re.compile(rb"etag: (\S+)", re.IGNORECASE)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="viewers-") as place:
        folder = Path(place)
        redis = ensure(folder)
        try:
            store = open_store(connect(redis.url), "yd", "live")
            city = City.found(store, CAPTAINS)
            campaign = store.campaigns.all()[0].model_copy(update={"ranking": Ranking(mode="full")})
            store.campaigns.publish(campaign, datetime.now(UTC))
            settle_down(store, campaign, range(CAPTAINS, TEAMS))
            with serving("yidui", redis.url, folder) as server:
                print_pages(server.port, campaign.id)
                report(turns(server, campaign.id, city))
        finally:
            redis.stop()


@dataclass(slots=True)
class Seen:
    """Seconds: of the webhook's answers without viewers and beside them, of each look from the moment it was due, and
    of the server's processor time. `unchanged`: how many looks were 304; `failed`: answers that were wrong.
    """

    alone: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    work_alone: float = 0.0
    work_beside: float = 0.0
    unchanged: int = 0
    failed: int = 0


def turns(server: Server, campaign: str, city: City) -> Seen:
    """The webhook without and with viewers, turn by turn."""
    seen = Seen()
    run(server.port, city.reports(REPORTS), "已记录", CONNECTIONS, REPORTS_PER_SECOND)
    for _ in range(TURNS):
        began = server.work_seconds()
        alone = run(server.port, city.reports(REPORTS), "已记录", CONNECTIONS, REPORTS_PER_SECOND)
        seen.work_alone += server.work_seconds() - began
        with watched(server.port, campaign) as told:
            sleep(1)
            began = server.work_seconds()
            beside = run(server.port, city.reports(REPORTS), "已记录", CONNECTIONS, REPORTS_PER_SECOND)
            seen.work_beside += server.work_seconds() - began
        seen.alone += alone.latencies
        seen.beside += beside.latencies
        seen.failed += alone.failed + beside.failed
        seen.looks += told[0]
        seen.unchanged += told[1]
    return seen


def print_pages(port: int, campaign: str) -> None:
    """How long pages take that nobody has looked at within the last second: each is asked for once."""
    table = Table("a page nobody looked at just now", "p50", "p95", "to reach", title=f"Pages at {TEAMS:,} teams")
    with socket.create_connection(("127.0.0.1", port)) as line:
        for name, path in PAGES.items():
            took = []
            for number in range(LOOKS):
                head = f"GET {path.format(campaign=campaign, page=number)} HTTP/1.1\r\nHost: board.example.org\r\n\r\n"
                began = perf_counter()
                line.sendall(head.encode())
                answer(line)
                took.append(perf_counter() - began)
            cuts = quantiles(took, n=20)
            table.add_row(name, f"{cuts[9] * 1000:.1f} ms", f"{cuts[18] * 1000:.1f} ms", "p95 ≤ 30 ms")
    Console(width=110).print(table)


@contextmanager
def watched(port: int, campaign: str) -> Iterator[list]:
    """A thousand viewers in a process of their own, while the block runs; what they saw is told at its end."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=view, args=(port, campaign, theirs))
    process.start()
    theirs.close()
    told: list = []
    yield told
    ours.send("enough")
    told += ours.recv()
    process.join()


def view(port: int, campaign: str, until: Connection) -> None:
    """Look on behalf of all viewers, evenly spaced, each with her own ETag; tell how long each look took."""
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(8)]
    etags, looks, unchanged = [b""] * VIEWERS, list[float](), 0
    due, spacing, turn = perf_counter(), EVERY_SECONDS / VIEWERS, 0
    while not until.poll():
        if (wait := due - perf_counter()) > 0:
            sleep(wait)
        viewer, line = turn % VIEWERS, lines[turn % len(lines)]
        path = f"/board/{campaign}/{VIEWS[viewer % len(VIEWS)]}"
        head = f"GET {path} HTTP/1.1\r\nHost: board.example.org\r\n".encode()
        head += b"If-None-Match: " + etags[viewer] + b"\r\n" if etags[viewer] else b""
        line.sendall(head + b"\r\n")
        status, etag = answer(line)
        looks.append(perf_counter() - due)
        etags[viewer] = etag
        unchanged += status == 304
        due, turn = max(due + spacing, perf_counter() - 1), turn + 1
    until.send([looks, unchanged])


def answer(line: socket.socket) -> tuple[int, bytes]:
    """The status and the ETag of one whole answer."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += line.recv(65536)
    head, _, body = read.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    left = (int(length[1]) if length and status != 304 else 0) - len(body)
    while left > 0:
        left -= len(line.recv(65536))
    found = ETAG.search(head)
    if status not in (200, 304) or not found:
        raise ValueError(read[:200])
    return status, found[1]


def report(seen: Seen) -> None:
    p99 = [quantiles(each, n=100)[98] * 1000 for each in (seen.alone, seen.beside)]
    cuts, seconds = quantiles(seen.looks, n=100), TURNS * REPORTS / REPORTS_PER_SECOND
    table = Table(
        "", "measured", "to reach", title=f"{VIEWERS} viewers, {TEAMS:,} teams, {REPORTS_PER_SECOND:.0f} reports/s"
    )
    table.add_row(
        "looks a second",
        f"{len(seen.looks) / (seconds + TURNS):.0f}, {seen.unchanged} of {len(seen.looks)} were 304",
        "200",
    )
    table.add_row(
        "the board: p50, p95, p99", " · ".join(f"{cuts[at - 1] * 1000:.1f} ms" for at in (50, 95, 99)), "p95 ≤ 50 ms"
    )
    table.add_row(
        "processor of the server, alone → beside them",
        f"{seen.work_alone / seconds:.1%} → {seen.work_beside / seconds:.1%}",
        "",
    )
    table.add_row(
        f"webhook p99 of {len(seen.alone)}, alone → beside them",
        f"{p99[0]:.0f} → {p99[1]:.0f} ms, {p99[1] / p99[0]:.2f} ×, {seen.failed} failed",
        "≤ 1.2 ×",
    )
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
