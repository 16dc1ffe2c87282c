"""`make upgrade`: two hosts, each with a web and a worker half, brought to another program one after the other.

Twice, while captains report: first to one that reads the same stored form, then to one whose schema has a step more, so
that the halves of before refuse to go on as soon as the first of the new ones has taken it. `chaos/captains.py` tells
who reports; whoever was not answered within WeChat's three deliveries counts as lost here, too.
"""

import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.chaos.captains import Told
from benchmarks.chaos.over_several import play
from benchmarks.chaos.pushes import write_campaign
from bot.simulator.platform import FAULT_BANNER
from storage.campaign_files import load
from tests.faults.halves import Half, Halves, halves
from tests.faults.hosts import Host, hosts
from tests.faults.redises import server

HERE = Path(__file__).parents[1]
BETWEEN_SECONDS = 10.0
HALVES: tuple[Half, ...] = ("worker", "web")


def main() -> int:
    place = Path(tempfile.mkdtemp(prefix="upgrade-", dir="/var/tmp"))
    try:
        with hosts(2) as (machines, me), _redis(machines[0], place / "redis") as url:
            campaign = load(write_campaign(place / "campaigns") / "zhaotong-2024")
            newer = _with_a_step_more(place / "newer")
            with halves(machines, me, url, 0, place, campaign) as installation:
                told: list[Told] = []
                wrong = play(installation, campaign, partial(_upgrade, installation, newer, told))
                unanswered = told[0].otherwise[FAULT_BANNER[:24]]
                print(f"not answered within three deliveries: {unanswered}")
                return int(wrong or unanswered > 0)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _upgrade(installation: Halves, newer: Path, noted: list[Told], told: Told) -> Counter[str]:
    noted.append(told)
    done = Counter[str]()
    for name, code in (("to one of the same form", HERE), ("to one with a step more", newer)):
        for machine in installation.machines:
            time.sleep(BETWEEN_SECONDS)
            print(f"{time.strftime('%H:%M:%S')} {name}: {machine.host.address}:{machine.port}", flush=True)
            for half in HALVES:
                machine.stop(half)
                machine.start(half, code)
            machine.await_ready()
            done[name] += 1
    time.sleep(BETWEEN_SECONDS)
    return done


def _with_a_step_more(folder: Path) -> Path:
    """This program, with a step at the end of its schema that carries nothing over."""
    for package in ("bot", "handlers", "scheduler", "storage", "campaigns"):
        shutil.copytree(HERE / package, folder / package)
    steps = folder / "storage" / "migrations" / "__init__.py"
    before, _, after = steps.read_text(encoding="utf-8").rpartition("\n)\n")
    steps.write_text(f"{before}\n    tell_hooks,\n)\n{after}", encoding="utf-8")
    return folder


@contextmanager
def _redis(host: Host, folder: Path) -> Iterator[str]:
    made = server(host, folder)
    made.start()
    while not made.answers():
        time.sleep(0.05)
    yield made.url


if __name__ == "__main__":
    sys.exit(main())
