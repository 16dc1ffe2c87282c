"""Bounded: SECONDS (1800) of faults, one every few seconds, each undone before the next; FAULTS names some of them.

Captains report increments of which no two are equal, and the rehearsal's clock is moved from one planned push to the
next. At the end the ledger is compared with what captains were told, and the pushes with what the rehearsal WeChat
received.
"""

import os
import shutil
import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

from benchmarks.chaos.captains import CAPTAINS, Told, account_reports, captain, report
from benchmarks.chaos.faults import alive, disk, faults, misbehave, steppable
from benchmarks.chaos.pushes import Played, account_pushes, write_campaign
from storage.database import connect
from storage.embedded import ensure
from storage.store import open_store
from tests.faults.installation import running


def main(seconds: float) -> int:
    place = Path(tempfile.mkdtemp(prefix="chaos-", dir="/var/tmp"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, place, ignore_errors=True)
        small = stack.enter_context(disk(place / "disk"))
        steps = place / "clock"
        environment = {"YIDUI_CAMPAIGN_DIR": str(write_campaign(place / "campaigns")), **steppable(steps)}
        installation = stack.enter_context(running(place / "disk" / "data", **environment))
        store = open_store(connect(ensure(installation.data_dir).url), "yd", "rehearsal")
        (campaign,) = store.campaigns.all()
        captains = [captain(installation.people, number) for number in range(CAPTAINS)]
        told, over, played = Told(), threading.Event(), Played(store, campaign)
        stack.callback(over.set)
        load = [threading.Thread(target=report, args=(c, i, told, over)) for i, c in enumerate(captains)]
        pushes = threading.Thread(target=played.move_on, args=(over,))
        for thread in (*load, pushes):
            thread.start()
        done = misbehave(faults(installation, store, small, steps), installation, seconds)
        over.set()
        for thread in (*load, pushes):
            thread.join()
        alive(installation)
        print("\nfaults: " + ", ".join(f"{name} × {times}" for name, times in sorted(done.items())))
        wrong = account_reports(store, campaign, told) + account_pushes(installation.platform, played)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(float(os.environ.get("SECONDS") or 1800)))
