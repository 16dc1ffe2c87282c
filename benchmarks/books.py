"""A book of a province: how long `yidui export` takes for 100 000 teams with a report and a figure of the platform's
each, and how much memory; and how long a roster of 10 000 units takes to come in.

python -m benchmarks.books [TEAMS [UNITS]]
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

import psutil

from bot.settings import PACKAGED_CAMPAIGNS
from storage import Store
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.database import connect
from storage.embedded import ensure
from storage.models.people import Card
from storage.platform import Confirmed
from storage.schema import stamp
from storage.store import open_store

AT_ONCE = 1000
DEFAULTS = ("100000", "10000")
"""Teams, and units of the roster."""


def fill(store: Store, campaign: Campaign, teams: int) -> None:
    """The entries of so many registrations and reports, as their writes would have left them."""
    ledger, cards, now = store.keys.ledger(campaign.id), store.keys.contact_cards(campaign.id), datetime.now(UTC)
    for start in range(0, teams, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, teams))
        with store.database.pipeline(transaction=False) as pipe:
            for number in numbers:
                card = Card(name=f"李{number}", phone=f"139{number:08d}").model_dump_json()
                pipe.hset(cards, f"person{number}", card)
                pipe.xadd(ledger, _registered(campaign, number, now))
                pipe.xadd(ledger, _reported(number, now))
            pipe.xadd(ledger, _imported(numbers, now))
            pipe.execute()
    while store.chain.extend(campaign.id):
        pass


def _entry(kind: str, number: int, now: datetime) -> dict[str, str]:
    about = {"kind": kind, "op": f"{kind}/{number}", "by": f"person{number}", "at": now.isoformat()}
    return about | {"team": f"{number:06d}", "number": f"{number + 1:06d}" if kind == "team.registered" else ""}


def _registered(campaign: Campaign, number: int, now: datetime) -> dict[str, str]:
    return _entry("team.registered", number, now) | {
        "unit": f"昭通市第{number}中学",
        "unit_key": f"昭通市第{number}中学",
        "project": campaign.projects[number % len(campaign.projects)].id,
        "region": campaign.regions[number % len(campaign.regions)].id,
        "status": "active",
        "captain": f"person{number}",
        "claim_code": "",
    }


def _reported(number: int, now: datetime) -> dict[str, str]:
    day = f"{now:%Y-%m-%d}"
    return _entry("report.accepted", number, now) | {
        "report": f"R{number:012d}",
        "channel": "online",
        "said_as": "total",
        "amount_fen": str(_fen(number)),
        "donations": str(number % 900 + 1),
        "previous": "",
        "previous_amount_fen": "0",
        "previous_donations": "0",
        "reported_at": now.isoformat(),
        "reported_by": f"person{number}",
        "report_day": day,
        "day": day,
    }


def _imported(numbers: range, now: datetime) -> dict[str, str]:
    """What the platform says of these teams: of every hundredth 5 yuan more than was reported."""
    figures = [
        Confirmed(
            team=f"{number:06d}",
            amount_fen=_fen(number) + (500 if number % 100 == 0 else 0),
            donations=number % 900 + 1,
            matched_fen=number % 5000,
            as_of=now,
            reported_fen=_fen(number),
        ).model_dump(mode="json")
        for number in numbers
    ]
    return _entry("platform.imported", numbers.start, now) | {"team": "", "figures": json.dumps(figures)}


def _fen(number: int) -> int:
    return 100_000 + number * 7919 % 5_000_000


def roster(campaign: Campaign, units: int, file: Path, first: int = 0) -> None:
    """So many units from the `first` on, spread over the regions."""
    places = [region.name for region in campaign.regions]
    numbers = range(first, first + units)
    rows = (f"{places[n % len(places)]}第{n}中学,{places[n % len(places)]},李敏,139{n:08d}" for n in numbers)
    file.write_text("\n".join(["单位名称,县区,联络员,联络员电话", *rows]), encoding="utf-8")


def measure(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of a processor (what else runs on the machine does not count), MB at the most."""
    command = [sys.executable, "-m", "bot", *command]
    began, most, busy = time.monotonic(), 0, 0.0
    running = psutil.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None:
        with suppress(psutil.NoSuchProcess):
            most, busy = max(most, running.memory_info().rss), sum(running.cpu_times()[:2]) or busy
        time.sleep(0.05)
    if running.returncode:
        raise SystemExit(f"{' '.join(command[3:])} ended with status {running.returncode}")
    return time.monotonic() - began, busy, most / 1e6


def main() -> None:
    teams, units = (int(told) for told in islice(chain(sys.argv[1:], DEFAULTS[len(sys.argv) - 1 :]), 2))
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        server = ensure(data_dir)
        store = open_store(connect(server.url), "yd", "rehearsal")
        stamp(store.database, "yd", "rehearsal", "")
        campaign = load(PACKAGED_CAMPAIGNS / "zhaotong-2024")
        store.campaigns.publish(campaign, store.clock.now())
        environment = os.environ | {
            "YIDUI_MODE": "rehearsal",
            "YIDUI_DATA_DIR": str(data_dir),
            "YIDUI_WECHAT_APPID": "",
        }
        print("| what | rows | seconds | of a processor | memory, MB | file, MB |\n|---|---|---|---|---|---|")
        table = Path(folder) / "roster.csv"
        roster(campaign, units, table)
        _print("roster", units, measure(["import", campaign.id, "roster", str(table), "--apply"], environment), table)
        fill(store, campaign, teams)
        for form in ("xlsx", "csv", "json"):
            output = Path(folder) / form
            took = measure(["export", campaign.id, "--format", form, "-o", str(output)], environment)
            _print(form, teams, took, output)
        server.stop()


def _print(what: str, rows: int, took: tuple[float, float, float], file: Path) -> None:
    seconds, busy, memory = took
    size = file.stat().st_size / 1e6
    print(f"| {what} | {rows} | {seconds:.1f} | {busy:.1f} | {memory:.0f} | {size:.1f} |", flush=True)


if __name__ == "__main__":
    main()
