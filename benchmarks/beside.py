"""`python -m benchmarks.beside [TEAMS]`: the webhook beside long work: a book of 100 000 teams as xlsx, which a worker
makes, and rosters of 10 000 rows, which it takes in.

One server, one run, in turns: the worker goes on for a few seconds and is held for as many, while reports come at the
same pace all the time; the load generator is included.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from rich.console import Console
from rich.table import Table

from benchmarks.books import fill, roster
from benchmarks.city import City
from benchmarks.lists import office
from benchmarks.load import AES_KEY, APPID, TOKEN, run
from benchmarks.servers import serving
from storage import Store
from storage.brought_tables import FOLDER, BroughtTable
from storage.campaign_schema import Campaign
from storage.database import connect
from storage.embedded import ensure
from storage.ledger import Author
from storage.schema import stamp
from storage.store import open_store

TEAMS, CAPTAINS, UNITS, ROSTERS = 100_000, 500, 10_000, 4
REPORTS_PER_SECOND, TURN, CONNECTIONS = 20.0, 60, 16
MOST = 1.5


@dataclass(slots=True)
class Turns:
    """How long reports took in seconds, while the worker was held and while it was at work."""

    alone: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Traffic:
    """Reports at an even pace, and the worker that they stand beside."""

    port: int
    city: City
    worker: subprocess.Popen[bytes]

    def beside(self, over: Callable[[], bool]) -> Turns:
        """Turn by turn, until the worker is done."""
        turns = Turns()
        while not over():
            for told, sign in ((turns.beside, signal.SIGCONT), (turns.alone, signal.SIGSTOP)):
                self.worker.send_signal(sign)
                outcome = run(self.port, self.city.reports(TURN), "已记录", CONNECTIONS, REPORTS_PER_SECOND)
                told += outcome.latencies
                turns.failed += outcome.failed
        self.worker.send_signal(signal.SIGCONT)
        return turns


@contextmanager
def working(redis_url: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`yidui worker` on the same database, until the block ends."""
    given = {"WECHAT_APPID": APPID, "WECHAT_TOKEN": TOKEN, "WECHAT_AES_KEY": AES_KEY, "REDIS_URL": redis_url}
    given |= {"DATA_DIR": str(folder)}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("YIDUI_")}
    environment |= {f"YIDUI_{key}": value for key, value in given.items()}
    with (folder / "worker.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "bot", "worker"], env=environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        process.wait()


def book(store: Store, campaign: Campaign, person: str) -> Callable[[], bool]:
    """Ask for one; whether it is made."""
    now, hers = store.clock.now(), store.people.offices(campaign.id)[person]
    store.made_books.ask(campaign, Author(f"bench/{now}", person, now), hers, "", "xlsx")
    return lambda: store.made_books.wanted(campaign.id) is None


def rosters(store: Store, campaign: Campaign, person: str, folder: Path) -> Callable[[], bool]:
    """Bring some, one after the other is read, agreed to and written; whether the last one is."""
    (folder / FOLDER).mkdir(exist_ok=True)
    left = [f"roster{number}" for number in range(ROSTERS)]
    for number, name in enumerate(left):
        roster(campaign, UNITS, folder / FOLDER / f"{name}.csv", number * UNITS)
        table = BroughtTable(
            id=name, person=person, sort="roster", name=name, file=f"{name}.csv", at=store.clock.now(), apart=True
        )
        store.brought_tables.bring(campaign, table)

    def over() -> bool:
        for name in left[:]:
            table = store.brought_tables.get(campaign.id, name)
            if table is None or table.state == "refused":
                raise SystemExit(f"{name}: {table and table.why}")
            if table.state == "read":
                store.brought_tables.agree(campaign.id, name, apart=True)
            elif table.state == "written":
                left.remove(name)
        return not left

    return over


def main() -> None:
    teams = int(sys.argv[1]) if len(sys.argv) > 1 else TEAMS
    with tempfile.TemporaryDirectory(prefix="beside-") as place:
        folder = Path(place)
        redis = ensure(folder)
        try:
            store = open_store(connect(redis.url), "yd", "live")
            stamp(store.database, "yd", "live", APPID)
            city = City.found(store, CAPTAINS)
            campaign = store.campaigns.all()[0]
            organizer = str(store.database.hget(store.keys.person(office(store, campaign, CAPTAINS, "")), "id"))
            fill(store, campaign, teams)
            table = Table("beside", "reports", "p50", "p99", "failed", "to reach", title="The webhook beside long work")
            with serving("yidui", redis.url, folder) as server, working(redis.url, folder) as worker:
                traffic = Traffic(server.port, city, worker)
                traffic.beside(_once())
                _tell(table, f"a book of {teams:,} teams", traffic.beside(book(store, campaign, organizer)))
                _tell(
                    table,
                    f"{ROSTERS} rosters of {UNITS:,} rows",
                    traffic.beside(rosters(store, campaign, organizer, folder)),
                )
            Console(width=110).print(table)
        finally:
            redis.stop()


def _once() -> Callable[[], bool]:
    """One turn, in which everything is loaded."""
    turns = iter((False, True))
    return lambda: next(turns)


def _tell(table: Table, what: str, turns: Turns) -> None:
    alone, beside = (quantiles(each, n=100) for each in (turns.alone, turns.beside))
    told = [f"{alone[at] * 1000:.1f} → {beside[at] * 1000:.1f} ms, {beside[at] / alone[at]:.2f} ×" for at in (49, 98)]
    table.add_row(what, f"{len(turns.beside)}", *told, f"{turns.failed}", f"p99 ≤ {MOST} ×")


if __name__ == "__main__":
    main()
