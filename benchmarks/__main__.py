"""`python -m benchmarks`: every measurement in one run of about two minutes, printed as tables with ratios."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from rich.console import Console
from rich.table import Table

from benchmarks import outbox, scale
from benchmarks.city import City, openid_of
from benchmarks.costs import crypto_microseconds, fdatasync_seconds, round_trips
from benchmarks.load import Outcome, ask, run
from benchmarks.messages import print_messages
from benchmarks.reports import HERE, print_reports
from benchmarks.servers import Server, serving
from storage import Store
from storage.database import connect
from storage.embedded import EmbeddedRedis, ensure
from storage.store import open_store

CAPTAINS, CONNECTIONS, ROUNDS, REPORTS = 500, 32, 7, 700
STARTS = 5
"""Those that are measured; one before them compiles the code."""
CITY_PER_SECOND, CITY_REPORTS = 20.0, 200
SECONDS = 15.0
"""For what a report costs the processor."""
PEERS = {
    "yidui": "Yidui: a report, encrypted and durable",
    "echo": "wechatpy + Flask: bare echo",
    "durable-echo": "the same echo + three durable EVALSHA",
    "werobot": "WeRoBot + Redis session (not durable)",
}
BEGINS = {"yidui": "已记录"}
"""How the right answer begins; the others repeat what was said."""

console = Console(width=110, highlight=False)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-", dir=_data()) as place:
        folder = Path(place)
        console.print(
            f"{len(os.sched_getaffinity(0))} processors, the load generator and Redis included; "
            f"an fdatasync here takes {fdatasync_seconds(folder) * 1e6:.0f} µs"
        )
        measure_reports(folder)
        print_reports(console, [HERE], folder, SECONDS)
        measure_costs(folder)
        measure_scale(folder)
        measure_outbox(folder)
        print_messages(console)


def measure_reports(folder: Path) -> None:
    """The report path beside the peers, turn by turn, in all forms of words; what the ledger took is counted."""
    with _redis(folder / "durable") as durable, _redis(folder / "quick") as quick, ExitStack() as running:
        connect(quick.url).config_set("appendfsync", "everysec")
        city = City.found(_store(durable), CAPTAINS)
        first_answers = [_first_answer(durable.url, folder, turn) for turn in range(1 + STARTS)][1:]
        servers = [running.enter_context(serving("yidui", durable.url, folder))]
        for name in ("echo", "durable-echo", "werobot"):
            redis = quick if name == "werobot" else durable
            servers.append(running.enter_context(serving(name, redis.url, folder)))
        before = city.mark()
        turns = [[_turn(server, city) for server in servers] for _ in range(ROUNDS + 1)]
        answered, booked = sum(turn[0].sent - turn[0].failed for turn in turns), city.booked(before)
        calm = run(servers[0].port, city.reports(CITY_REPORTS), "已记录", CONNECTIONS, CITY_PER_SECOND)
        half = median(turn[0].rate for turn in turns[1:]) / 2
        halved = run(servers[0].port, city.reports(REPORTS), "已记录", CONNECTIONS, half)
        _print_reports(turns[1:], servers)
        table = _table("Yidui by itself", "", "measured", "to reach")
        table.add_row("reports in the ledger, answered as booked", f"{booked}, {answered}", "the same")
        table.add_row("p99 at 20 reports/s (a city)", f"{calm.latency_ms(99):.0f} ms, {calm.failed} failed", "≤ 50 ms")
        half_load = f"{halved.latency_ms(99):.0f} ms, {halved.failed} failed"
        table.add_row(f"p99 at {half:.0f} reports/s (half of the most)", half_load, "≤ 100 ms")
        starts = f"{median(first_answers):.2f} s, least {min(first_answers):.2f} s of {STARTS}"
        table.add_row("start to first answer", starts, "≤ 1.5 s")
        table.add_row("memory of a web process (PSS)", f"{servers[0].worker_megabytes():.0f} MB", "≤ 80 MB")
        console.print(table)


def measure_costs(folder: Path) -> None:
    """Our crypto beside the library's, and the round trips of three answers."""
    ours, library = crypto_microseconds()
    with _redis(folder / "costs") as redis:
        store = _store(redis)
        City.found(store, 3)
        said = {"a report": "进度 {}0.5万元 32人次", "我的队伍": "我的队伍", "排行": "排行"}
        trips = {name: round_trips(store, openid_of(i), text) for i, (name, text) in enumerate(said.items())}
    table = _table("What a step costs", "", "measured", "to reach")
    table.add_row("verify, decrypt, encrypt, sign: Yidui", f"{ours:.0f} µs CPU", "")
    table.add_row("the same: wechatpy", f"{library:.0f} µs CPU, {library / ours:.1f} × as much", "5 ×")
    for name, seen in trips.items():
        table.add_row(f"Redis round trips of {name}", str(seen), "")
    console.print(table)


def measure_scale(folder: Path) -> None:
    """From a thousand teams to 113 500, beside a thousand."""
    with _redis(folder / "few") as few, _redis(folder / "many") as many:
        stores = _store(few), _store(many)
        for store in stores:
            City.found(store, 1)
        grown = list(scale.grow(*stores, openid_of(0)))
    title = (
        "By number of teams, in turn with a thousand (lower quartile, without HTTP; to reach: ≤ 1.2 ×, ≤ 1 s, ≤ 1 s)"
    )
    table = _table(title, "teams", "排行", "我的队伍", "bulletin", "poster")
    for first, then in grown:
        pairs = zip(first.seconds, then.seconds, strict=True)
        table.add_row(f"{then.teams:,}", *(f"{many * 1000:.2f} ms, {many / few:.2f} ×" for few, many in pairs))
    console.print(table)


def measure_outbox(folder: Path) -> None:
    """Filling the outbox, and draining it beside a bare HTTP loop."""
    with _redis(folder / "outbox") as redis:
        store = _store(redis)
        City.found(store, 1)
        campaign = store.campaigns.all()[0]
        drained, looped = outbox.drain_rates(store, campaign, folder)
        queued, evening = outbox.enqueue_seconds(store, campaign), outbox.evening(redis, store, campaign)
    table = _table("The outbox", "", "measured", "to reach")
    table.add_row(f"{outbox.QUEUED:,} notifications queued", f"{queued:.2f} s", "≤ 2 s")
    table.add_row("a bulletin to as many subscribers, planned", f"{evening.planned_seconds:.2f} s", "")
    memory = f"{evening.begins_megabytes:.0f} MB, at most {evening.most_megabytes:.0f} MB"
    table.add_row("the worker's memory before and meanwhile", memory, "flat")
    table.add_row("drained through customer-service messages", f"{drained:.0f}/s", "")
    table.add_row("a bare HTTP loop against the same fake", f"{looped:.0f}/s, {drained / looped:.2f} ×", "≥ 0.95 ×")
    console.print(table)


def _data() -> Path:
    """On the disk where the data would be: a temporary folder may lie in memory, where nothing is durable."""
    folder = Path("data")
    folder.mkdir(exist_ok=True)
    return folder.resolve()


def _first_answer(redis_url: str, folder: Path, turn: int) -> float:
    """Seconds from a start to the answer to a captain's report."""
    started = perf_counter()
    with serving("yidui", redis_url, folder) as server:
        ask(server.port, openid_of(0), f"进度 {500 + turn}元 {5 + turn}人次", "已记录")
        return perf_counter() - started


def _turn(server: Server, city: City) -> Outcome:
    return run(server.port, city.reports(REPORTS), BEGINS.get(server.name), CONNECTIONS)


def _print_reports(turns: list[list[Outcome]], servers: list[Server]) -> None:
    title = f"Messages through granian: {ROUNDS} turns of {REPORTS}, {CONNECTIONS} connections, medians"
    table = _table(title, "", "per second", "p50", "p99", "failed", "Yidui is", "to reach")
    wanted = {"yidui": "≥ 600/s, < 1 s", "durable-echo": "≥ 0.8 ×", "werobot": "≥ 1.0 ×"}
    for place, server in enumerate(servers):
        mine = [turn[place] for turn in turns]
        times = median(turn[0].rate / turn[place].rate if turn[place].rate else 0.0 for turn in turns)
        table.add_row(
            PEERS[server.name],
            f"{median(o.rate for o in mine):.0f}",
            f"{median(o.latency_ms(50) for o in mine):.0f} ms",
            f"{median(o.latency_ms(99) for o in mine):.0f} ms",
            str(sum(o.failed for o in mine)),
            "" if place == 0 else f"{times:.2f} ×",
            wanted.get(server.name, ""),
        )
    console.print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(*columns, title=title, title_justify="left")
    table.columns[0].min_width = 38
    return table


@contextmanager
def _redis(folder: Path) -> Iterator[EmbeddedRedis]:
    server = ensure(folder)
    try:
        yield server
    finally:
        server.stop()


def _store(redis: EmbeddedRedis) -> Store:
    return open_store(connect(redis.url), "yd", "live")


if __name__ == "__main__":
    main()
