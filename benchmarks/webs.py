"""`python -m benchmarks.webs`: 1, 2 and 4 web processes over one Redis, and by what they cost, a province.

Reports a second say how busy the machine is: the load generator, Redis and the web processes share its processors. What
a report costs the processor says more, and is what the simulation takes: Poisson arrivals, each report's work in a web
process (which does one thing at a time) and its steps in the one thread of Redis, in the order in which they came.
"""

import heapq
import os
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from rich.console import Console
from rich.table import Table

from benchmarks.city import City
from benchmarks.load import run
from benchmarks.servers import serving
from storage.database import Database, connect
from storage.embedded import ensure
from storage.store import open_store

PROCESSES, CAPTAINS, REPORTS, CONNECTIONS = (1, 2, 4), 100, 1000, 32
TIERS = (("a city", 20), ("113,500 teams", 400), ("300,000 teams", 1000))
"""Reports a second (domain.md §8)."""
SIMULATED_SECONDS, STEPS, FULL = 60.0, 3, 0.7
"""How long is simulated; a report's steps in Redis; how busy anything may be, so that a burst finds room."""

console = Console(width=110, highlight=False)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a report costs, in seconds of a processor."""

    web: float
    redis: float


def main() -> None:
    folder = Path("data").resolve()
    folder.mkdir(exist_ok=True)
    table = Table("web processes", "reports/s", "p50", "p99", "failed", "µs a report: web", "Redis")
    costs = []
    for processes in PROCESSES:
        with tempfile.TemporaryDirectory(prefix="webs-", dir=folder) as place:
            costs.append(_measure(processes, Path(place), table))
    console.print(f"{len(os.sched_getaffinity(0))} processors, load average {os.getloadavg()[0]:.1f}")
    console.print(table)
    cost = min(costs, key=lambda each: each.web + each.redis)
    console.print(f"by {cost.web * 1e6:.0f} µs in a web process and {cost.redis * 1e6:.0f} µs in Redis, simulated:")
    console.print(_simulated(cost))


def _measure(processes: int, place: Path, table: Table) -> Cost:
    redis = ensure(place / "redis")
    try:
        database = connect(redis.url)
        city = City.found(open_store(database, "yd", "live"), CAPTAINS)
        with serving("yidui", redis.url, place, WORKERS=str(processes)) as server:
            run(server.port, city.reports(CAPTAINS), "已记录", CONNECTIONS)
            web, inside = server.work_seconds(), _redis_seconds(database)
            outcome = run(server.port, city.reports(REPORTS), "已记录", CONNECTIONS)
            cost = Cost((server.work_seconds() - web) / REPORTS, (_redis_seconds(database) - inside) / REPORTS)
        table.add_row(
            str(processes),
            f"{outcome.rate:.0f}",
            f"{outcome.latency_ms(50):.0f} ms",
            f"{outcome.latency_ms(99):.0f} ms",
            str(outcome.failed),
            f"{cost.web * 1e6:.0f}",
            f"{cost.redis * 1e6:.0f}",
        )
        return cost
    finally:
        redis.stop()


def _redis_seconds(database: Database) -> float:
    told = database.info("cpu")
    return float(told["used_cpu_user_main_thread"]) + float(told["used_cpu_sys_main_thread"])


def _simulated(cost: Cost) -> Table:
    table = Table("reports/s", "web processes", "Redis is busy", "p99", "processors, with a replica's Redis")
    for name, rate in TIERS:
        processes = max(1, -int(-rate * cost.web / FULL // 1))
        busy = rate * cost.redis
        if busy >= 1:
            table.add_row(f"{rate} ({name})", "", f"{busy:.0%}: more than one", "", "several Redis: a cluster")
            continue
        p99 = quantiles(simulate(cost, rate, processes), n=100)[98]
        processors = rate * (cost.web + 2 * cost.redis)
        table.add_row(f"{rate} ({name})", str(processes), f"{busy:.0%}", f"{p99 * 1000:.0f} ms", f"{processors:.1f}")
    most = FULL / cost.redis
    table.add_row(f"{most:.0f} (one Redis' most)", str(-int(-most * cost.web / FULL // 1)), f"{FULL:.0%}", "", "")
    return table


def simulate(cost: Cost, rate: float, processes: int) -> list[float]:
    """How long each report took, in seconds, of SIMULATED_SECONDS of arrivals: its work is done in turns with Redis."""
    chance, took = random.Random(1), list[float]()
    free, redis_free = [0.0] * processes, 0.0
    events: list[tuple[float, int, float]] = [(came, 0, came) for came in _arrivals(chance, rate)]
    heapq.heapify(events)
    while events:
        now, step, came = heapq.heappop(events)
        if step == 2 * STEPS + 1:
            took.append(now - came)
        elif step % 2:
            redis_free = max(now, redis_free) + chance.expovariate(STEPS / cost.redis)
            heapq.heappush(events, (redis_free, step + 1, came))
        else:
            place = free.index(min(free))
            free[place] = max(now, free[place]) + chance.expovariate((STEPS + 1) / cost.web)
            heapq.heappush(events, (free[place], step + 1, came))
    return took


def _arrivals(chance: random.Random, rate: float) -> Iterator[float]:
    now = 0.0
    while (now := now + chance.expovariate(rate)) < SIMULATED_SECONDS:
        yield now


if __name__ == "__main__":
    main()
