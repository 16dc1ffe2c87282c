"""The same load over a Redis that is several servers: what their failures cost, and the account at the end."""

import threading
from collections import Counter
from collections.abc import Callable

from benchmarks.chaos.captains import CAPTAINS, Told, account_reports, captain, report
from benchmarks.chaos.pushes import Played, account_pushes
from storage.campaign_schema import Campaign
from tests.faults.halves import Halves


def play(installation: Halves, campaign: Campaign, fail: Callable[[Told], Counter[str]]) -> int:
    """Captains report and pushes fall due while `fail` does its work and tells how often each failure was survived.

    0 where nothing acknowledged is lost, nothing counted twice, and every push came once or has its reason.
    """
    captains = [captain(installation.people, number) for number in range(CAPTAINS)]
    told, over, played = Told(), threading.Event(), Played(installation.store, campaign)
    loading = [threading.Thread(target=report, args=(c, i, told, over)) for i, c in enumerate(captains)]
    threads = [*loading, threading.Thread(target=played.move_on, args=(over,))]
    for thread in threads:
        thread.start()
    try:
        done = fail(told)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    print("\nfailures survived: " + ", ".join(f"{name} × {times}" for name, times in sorted(done.items())))
    silences = told.unavailable()
    each = ", ".join(f"{silence:.1f}" for silence in silences)
    print(f"unavailable: {sum(silences):.1f} s in {len(silences)} times ({each})")
    reports = account_reports(installation.store, campaign, told)
    return int(reports + account_pushes(installation.platform, played) > 0)
