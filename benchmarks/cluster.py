"""`make cluster`: six servers of a cluster on three hosts, a web and a worker half on two; slots move, primaries fail.

Bounded: SECONDS (150): the campaign's slot and some captains' are brought to other servers key by key while people
report, and primaries are killed, stopped, and cut off (network namespaces, as root; without them all share the loopback
address, and that is left out). `chaos/captains.py` tells who reports meanwhile, and what is counted at the end.
"""

import os
import random
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

from benchmarks.chaos.captains import CAPTAINS, Told
from benchmarks.chaos.over_several import play
from benchmarks.chaos.pushes import write_campaign
from bot.settings import PACKAGED_CAMPAIGNS
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.slots import slot_of
from tests.faults.halves import Halves, halves
from tests.faults.hosts import hosts
from tests.faults.redises import Clustered, clustered

STOPPED_SECONDS, BETWEEN_SECONDS = 8.0, 6.0
MOVED_AT_ONCE = 5
"""Captains whose slots are moved together."""


def main(seconds: float) -> int:
    place = Path(tempfile.mkdtemp(prefix="cluster-", dir="/var/tmp"))
    try:
        with hosts(3) as (machines, me):
            where = "network namespaces" if machines[0].namespace else "the loopback address alone"
            print(f"three hosts ({where}), three primaries and three replicas", flush=True)
            servers = clustered(machines, place)
            campaign = load(write_campaign(place / "campaigns") / "zhaotong-2024")
            with halves(machines[:2], me, servers.url, 1, place, campaign) as installation:
                _tell_places(servers, installation)
                return play(installation, campaign, partial(_fail, servers, installation, campaign, seconds))
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _tell_places(servers: Clustered, installation: Halves) -> None:
    for path in sorted(PACKAGED_CAMPAIGNS.glob("*/campaign.toml")):
        where = servers.keeper(slot_of(installation.store.keys.ledger(path.parent.name))).place
        print(f"{path.parent.name} is kept by {where}")


def _fail(servers: Clustered, installation: Halves, campaign: Campaign, seconds: float, _: Told) -> Counter[str]:
    """Moves and failures in turn, each survived before the next."""
    keys, chance, done = installation.store.keys, random.Random(1), Counter[str]()
    of_campaign = slot_of(keys.ledger(campaign.id))

    def move() -> None:
        people = [installation.people[f"captain-{number}"].openid for number in range(CAPTAINS)]
        slots = [of_campaign, *(slot_of(keys.person(each)) for each in chance.sample(people, MOVED_AT_ONCE))]
        for slot in slots:
            source = servers.keeper(slot)
            others = {id(each): each for each in servers.keepers().values() if each is not source}
            started = time.monotonic()
            moved = servers.move(slot, chance.choice(list(others.values())))
            if slot == of_campaign:
                print(f"  the campaign's slot: {moved} keys moved in {time.monotonic() - started:.2f} s", flush=True)

    def kill() -> None:
        primary = servers.keeper(of_campaign)
        primary.signal(signal.SIGKILL)
        servers.await_other(primary)
        primary.start()

    def stop() -> None:
        primary = servers.keeper(of_campaign)
        primary.signal(signal.SIGSTOP)
        time.sleep(STOPPED_SECONDS)
        primary.signal(signal.SIGCONT)
        servers.await_other(primary)

    def cut_off() -> None:
        primary = servers.keeper(of_campaign)
        primary.host.cut_off()
        time.sleep(STOPPED_SECONDS)
        primary.host.connect()

    failures: dict[str, Callable[[], None]] = {
        "slots moved": move,
        "kill -9 the campaign's primary": kill,
        "slots moved again": move,
        "SIGSTOP the campaign's primary": stop,
        "its host cut off": cut_off,
    }
    if not servers.servers[0].host.can_be_cut_off:
        del failures["its host cut off"]
    give_up = time.monotonic() + seconds
    for name in cycle(failures):
        time.sleep(BETWEEN_SECONDS)
        if time.monotonic() > give_up:
            break
        print(f"{time.strftime('%H:%M:%S')} {name} ({servers.keeper(of_campaign).place})", flush=True)
        failures[name]()
        servers.await_whole()
        done[name] += 1
    return done


if __name__ == "__main__":
    sys.exit(main(float(os.environ.get("SECONDS") or 150)))
