"""A book of a province: how long `yidui export` takes for 100 000 teams with a report each, and how much memory.

python -m benchmarks.books [TEAMS]
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import psutil

from bot.settings import PACKAGED_CAMPAIGNS
from storage import Store
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.database import connect
from storage.embedded import ensure
from storage.models import Card
from storage.schema import stamp
from storage.store import open_store

AT_ONCE = 1000


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
            pipe.execute()


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
        "amount_fen": str(100_000 + number * 7919 % 5_000_000),
        "donations": str(number % 900 + 1),
        "previous": "",
        "previous_amount_fen": "0",
        "previous_donations": "0",
        "reported_at": now.isoformat(),
        "reported_by": f"person{number}",
        "report_day": day,
        "day": day,
    }


def measure(form: str, output: Path, environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of a processor (what else runs on the machine does not count), MB at the most."""
    command = [sys.executable, "-m", "bot", "export", "zhaotong-2024", "--format", form, "-o", str(output)]
    began, most, busy = time.monotonic(), 0, 0.0
    running = psutil.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    while running.poll() is None:
        with suppress(psutil.NoSuchProcess):
            most, busy = max(most, running.memory_info().rss), sum(running.cpu_times()[:2]) or busy
        time.sleep(0.05)
    if running.returncode:
        raise SystemExit(f"export --format {form} ended with status {running.returncode}")
    return time.monotonic() - began, busy, most / 1e6


def main() -> None:
    teams = int(next(chain(sys.argv[1:], ["100000"])))
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        server = ensure(data_dir)
        store = open_store(connect(server.url), "yd", "rehearsal")
        stamp(store.database, "yd", "rehearsal", "")
        campaign = load(PACKAGED_CAMPAIGNS / "zhaotong-2024")
        store.campaigns.publish(campaign, store.clock.now())
        fill(store, campaign, teams)
        environment = os.environ | {
            "YIDUI_MODE": "rehearsal",
            "YIDUI_DATA_DIR": str(data_dir),
            "YIDUI_WECHAT_APPID": "",
        }
        print("| form | teams | seconds | of a processor | memory, MB | file, MB |\n|---|---|---|---|---|---|")
        for form in ("xlsx", "csv", "json"):
            output = Path(folder) / form
            seconds, busy, memory = measure(form, output, environment)
            size = output.stat().st_size / 1e6
            print(f"| {form} | {teams} | {seconds:.1f} | {busy:.1f} | {memory:.0f} | {size:.1f} |", flush=True)
        server.stop()


if __name__ == "__main__":
    main()
