"""`make scale`: what answers cost from a thousand teams to a million, what a team takes, how long the heavy work is.

Bounded: of TEAMS (1000,113500,1000000) the first stands beside each of the others, and is asked in turn with it;
`audit verify` and `backup` are timed at HEAVY (113500) teams, while a captain goes on reporting. Answers are those of
the product, without HTTP; the ledger and what follows from it are the product's too (`drive.py`), and the audit has to
be content with them.
"""

import os
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep

from rich.console import Console
from rich.table import Table

from benchmarks.city import City, openid_of
from benchmarks.costs import message
from benchmarks.drive import settle_down
from benchmarks.load import timed
from bot.dispatch import Dispatcher
from handlers import router
from scheduler.jobs import JOBS
from storage import Store
from storage.campaign_schema import Campaign
from storage.chain import Chain
from storage.database import connect
from storage.embedded import ensure
from storage.models.people import Grant
from storage.schema import stamp
from storage.snapshots import Snapshots
from storage.store import open_store

TIMES, BULLETINS = 200, 40
BETWEEN_SECONDS = 0.05
ORGANIZER = openid_of(10**9)

console = Console(width=120, highlight=False)


@dataclass(frozen=True, slots=True)
class Drive:
    """A store with one drive in it: a captain who can report, an organizer, and teams that grow in number."""

    store: Store
    campaign: Campaign
    dispatcher: Dispatcher
    totals: Iterator[int]
    empty: tuple[int, int]

    @classmethod
    def found(cls, url: str) -> "Drive":
        store = open_store(connect(url), "yd", "live")
        stamp(store.database, "yd", "live", "")
        City.found(store, 1)
        campaign, dispatcher = store.campaigns.all()[0], Dispatcher(store, router, per_minute=10**9)
        code = store.people.invite(campaign, Grant(role="organizer"), datetime.now(UTC))
        made = cls(store, campaign, dispatcher, count(1), _sizes(store))
        made.say(ORGANIZER, f"绑定 {code}")
        return made

    def say(self, openid: str, text: str) -> str:
        return self.dispatcher.dispatch(message(openid, text))

    def report(self) -> None:
        turn = next(self.totals)
        said = self.say(openid_of(0), f"进度 {1000 + turn * 10}.50元 {turn + 20}人次")
        assert said.startswith("已记录"), said

    def bulletin(self) -> str:
        now, snapshots = datetime.now(UTC), Snapshots(self.store.database, self.store.keys)
        return JOBS["bulletin"].render(self.campaign, snapshots.draft(self.campaign, "bulletin", now, now))

    def actions(self) -> list[tuple[Callable[[], object], int]]:
        """What is measured, and how often."""
        captain = openid_of(0)
        words = [(captain, "排行"), (captain, "我的队伍"), (ORGANIZER, "队伍")]
        said = [(partial(self.say, who, word), TIMES) for who, word in words]
        return [*said, (self.report, TIMES), (self.bulletin, BULLETINS)]

    def settle_down(self, numbers: range) -> float:
        """How long that took, in seconds; the disk is not waited for."""
        self.store.database.config_set("appendfsync", "no")
        [seconds] = timed(lambda: settle_down(self.store, self.campaign, numbers), 1)
        self.store.database.config_set("appendfsync", "always")
        return seconds

    def bytes_a_team(self, teams: int) -> str:
        grown = ((now - before) / teams for now, before in zip(_sizes(self.store), self.empty, strict=True))
        return " · ".join(f"{size:,.0f}" for size in grown)


def main(sizes: list[int], heavy: int) -> None:
    folder = Path("data").resolve()
    folder.mkdir(exist_ok=True)
    answers = Table("teams", "排行", "我的队伍", "队伍", "a report", "bulletin", "bytes a team: memory · file")
    work = Table("work", "teams", "seconds", "its memory", "a report meanwhile: median · slowest")
    with tempfile.TemporaryDirectory(prefix="scale-", dir=folder) as place:
        few, many = ensure(Path(place) / "few"), ensure(Path(place) / "many")
        try:
            small, large = Drive.found(few.url), Drive.found(many.url)
            small.settle_down(range(sizes[0]))
            there = 0
            for teams in sizes[1:]:
                settled = large.settle_down(range(there, teams))
                there = teams
                console.print(f"{teams:,} teams, settled down in {settled:.0f} s", style="dim")
                pairs = _side_by_side(small, large)
                answers.add_row(
                    f"{sizes[0]:,}", *(f"{one * 1000:.2f} ms" for one, _ in pairs), small.bytes_a_team(sizes[0])
                )
                shown = tuple(f"{other * 1000:.2f} ms, {other / one:.2f} ×" for one, other in pairs)
                console.print(f"{teams:,}: {'; '.join(shown)}; {large.bytes_a_team(teams)} bytes a team", style="dim")
                answers.add_row(f"{teams:,}", *shown, large.bytes_a_team(teams), end_section=True)
                if teams == heavy:
                    for row in _heavy(large, Path(place), teams):
                        console.print(", ".join(row), style="dim")
                        work.add_row(*row)
            large.store.database.close()
            many.stop()
            console.print(answers)
            started = perf_counter()
            many = ensure(Path(place) / "many")
            work.add_row("start: the file is loaded", f"{sizes[-1]:,}", f"{perf_counter() - started:.1f}", "", "none")
            console.print(work)
        finally:
            few.stop()
            many.stop()


def _side_by_side(small: Drive, large: Drive) -> list[tuple[float, float]]:
    """Of each action the lower quartile (seconds) at either size, in turn: what else runs disturbs both alike."""
    pairs = []
    for (one, times), (other, _) in zip(small.actions(), large.actions(), strict=True):
        taken = [(timed(one, 1)[0], timed(other, 1)[0]) for _ in range(times)]
        pairs.append((quantiles([a for a, _ in taken], n=4)[0], quantiles([b for _, b in taken], n=4)[0]))
    return pairs


def _heavy(drive: Drive, place: Path, teams: int) -> Iterator[tuple[str, ...]]:
    chain, command = Chain(drive.store.database, drive.store.keys), partial(_command, place / "many")

    def seal() -> None:
        while chain.extend(drive.campaign.id):
            pass

    audit, copy = ("audit", "verify", drive.campaign.id), ("backup", str(place / "copies"))
    yield _timed("sealing (the worker)", teams, drive, seal)
    yield _timed("yidui audit verify (a rebuild)", teams, drive, partial(command, *audit))
    yield _timed("yidui backup (a copy and its audit)", teams, drive, partial(command, *copy))


def _timed(name: str, teams: int, drive: Drive, work: Callable[[], int | None]) -> tuple[str, ...]:
    with _reporting(drive) as latencies:
        started = perf_counter()
        memory = work()
        seconds = perf_counter() - started
    while_it_ran = f"{median(latencies) * 1000:.1f} ms · {max(latencies) * 1000:.0f} ms"
    return name, f"{teams:,}", f"{seconds:.1f}", f"{memory} MB" if memory else "", while_it_ran


@contextmanager
def _reporting(drive: Drive) -> Iterator[list[float]]:
    """A captain who goes on reporting; how long each of her answers took."""
    latencies, over = [0.0], threading.Event()

    def go_on() -> None:
        while not over.is_set():
            latencies.extend(timed(drive.report, 1))
            sleep(BETWEEN_SECONDS)

    reporter = threading.Thread(target=go_on)
    reporter.start()
    try:
        yield latencies
    finally:
        over.set()
        reporter.join()


def _command(data: Path, *arguments: str) -> int:
    """A command of the product's in a process of its own; its memory in MB. Raises where it finds anything."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YIDUI_")}
    subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=environment | {"YIDUI_DATA_DIR": str(data)},
        check=True,
        stdout=sys.stderr,
    )
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000


def _sizes(store: Store) -> tuple[int, int]:
    memory, persistence = store.database.info("memory"), store.database.info("persistence")
    return int(memory["used_memory"]), int(persistence["aof_current_size"])


if __name__ == "__main__":
    main(
        [int(size) for size in (os.environ.get("TEAMS") or "1000,113500,1000000").split(",")],
        int(os.environ.get("HEAVY") or 113_500),
    )
