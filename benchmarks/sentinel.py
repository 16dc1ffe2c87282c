"""`make sentinel`: three hosts, a Redis and a Sentinel on each, a web and a worker half on two, and the primary fails.

Bounded: SECONDS (180) of failures, one after another: the primary is killed, is stopped, its host is cut off from the
others (network namespaces, as root; without them all share the loopback address, and that is left out), a web half is
killed. `chaos/captains.py` tells who reports meanwhile, and what is counted at the end. What a killed primary alone
had is looked for on a copy of its disk. REPLICAS=0 shows what is lost without the replicas' word.
"""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path

from benchmarks.chaos.captains import Told
from benchmarks.chaos.over_several import play
from benchmarks.chaos.pushes import write_campaign
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.database import connect
from storage.ledger import Ledger
from storage.left_behind import left_behind
from tests.faults.halves import Halves, halves
from tests.faults.hosts import hosts
from tests.faults.redises import Guarded, RedisServer, copy_of, guarded

DOWN_AFTER_MS = 2000
STOPPED_SECONDS, BETWEEN_SECONDS = 8.0, 8.0


def main(seconds: float, replicas: int) -> int:
    place = Path(tempfile.mkdtemp(prefix="sentinel-", dir="/var/tmp"))
    try:
        with hosts(3) as (machines, me):
            where = "network namespaces" if machines[0].namespace else "the loopback address alone"
            print(f"three hosts ({where}), {replicas} of 2 replicas before an acknowledgement", flush=True)
            servers = guarded(machines, place, servers=3, down_after_ms=DOWN_AFTER_MS)
            campaign = load(write_campaign(place / "campaigns") / "zhaotong-2024")
            with halves(machines[:2], me, servers.url, replicas, place, campaign) as installation:
                return play(installation, campaign, partial(_fail, servers, installation, campaign, place, seconds))
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _fail(
    servers: Guarded, installation: Halves, campaign: Campaign, place: Path, seconds: float, told: Told
) -> Counter[str]:
    """One failure after another, each survived before the next; what killed primaries alone had is told of."""
    done, left = Counter[str](), set[int]()

    def killed(primary: RedisServer) -> None:
        primary.signal(signal.SIGKILL)
        servers.await_failover(primary)
        left.update(_alone(primary, installation, campaign, place / f"copy-{time.monotonic_ns()}"))
        primary.start()

    def stopped(primary: RedisServer) -> None:
        primary.signal(signal.SIGSTOP)
        time.sleep(STOPPED_SECONDS)
        primary.signal(signal.SIGCONT)
        servers.await_failover(primary)

    def cut_off(primary: RedisServer) -> None:
        primary.host.cut_off()
        time.sleep(STOPPED_SECONDS)
        primary.host.connect()
        servers.await_failover(primary)

    def web_killed(_: RedisServer) -> None:
        machine = installation.machines[0]
        machine.processes["web"].kill()
        machine.processes["web"].wait()
        machine.start("web")
        machine.await_ready()

    failures: dict[str, Callable[[RedisServer], None]] = {
        "kill -9 primary": killed,
        "SIGSTOP primary": stopped,
        "the primary's host cut off": cut_off,
        "kill -9 a web half": web_killed,
    }
    if not servers.servers[0].host.can_be_cut_off:
        del failures["the primary's host cut off"]
    give_up = time.monotonic() + seconds
    for name in cycle(failures):
        time.sleep(BETWEEN_SECONDS)
        if time.monotonic() > give_up:
            break
        primary = servers.primary()
        print(f"{time.strftime('%H:%M:%S')} {name} ({primary.place})", flush=True)
        failures[name](primary)
        servers.await_replicas(2)
        done[name] += 1
    again = len(left & told.booked)
    print(f"left behind by killed primaries: {len(left)}; came again, and were booked and acknowledged: {again}")
    return done


def _alone(primary: RedisServer, installation: Halves, campaign: Campaign, folder: Path) -> set[int]:
    """The increments (fen) that a killed primary has on its disk and the present one has not."""
    store = installation.store
    copy = copy_of(primary, folder, primary.host)
    earlier = connect(copy.url)
    try:
        found = [*left_behind(campaign.id, Ledger(earlier, store.keys), store.ledger)]
    finally:
        earlier.close()
        copy.signal(signal.SIGKILL)
    return {
        int(entry.values["amount_fen"]) - int(entry.values["previous_amount_fen"])
        for entry in found
        if entry.kind == "report.accepted"
    }


if __name__ == "__main__":
    sys.exit(main(float(os.environ.get("SECONDS") or 180), int(os.environ.get("REPLICAS") or 1)))
