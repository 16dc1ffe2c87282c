"""The pushes that fall due while things go wrong, and what became of each.

The rehearsal's clock runs a thousand times faster than the faults last: an outage of a minute would be half a day of
the campaign's. So the clock is not moved past a moment until what it owes has ended, however long a fault delays that;
what never ends within PATIENCE is a push that was lost.
"""

import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.chaos.faults import until_done
from bot.settings import PACKAGED_CAMPAIGNS
from bot.simulator.platform import Platform
from handlers import pictures
from handlers.posters.drawing import can_draw
from storage import occurrences
from storage.campaign_schema import Campaign
from storage.database import StorageError
from storage.models.pushes import Delivery
from storage.snapshots import occurrence_name
from storage.store import Store

EVE, EVE_SECONDS, AFTER_SECONDS = timedelta(minutes=30), 10.0, 10.0
"""Captains write within half an hour before each moment, and after it."""
PATIENCE_SECONDS = 180.0
ROBOT = "zhibanqun"
PLAN = f"""
[[pushes]]
id = "bulletin"
job = "bulletin"
at = [18:00:00, 21:00:00]
days = ["2024-04-27/2024-07-31"]
audience = ["subscribers", "robots"]
robots = ["{ROBOT}"]
"""
"""The plan that is played: each captain and the group have each of its bulletins once, the group its picture, too."""
EXPLAINED = ("unknown", "expired", "skipped", "failed")


@dataclass
class Played:
    """The moments that fell due. `late`: those whose pushes had not ended when patience was over."""

    store: Store
    campaign: Campaign
    moments: list[datetime] = field(default_factory=list)
    late: list[datetime] = field(default_factory=list)

    def move_on(self, over: threading.Event) -> None:
        """To the next planned push, and the next, each once the one before has ended."""
        for moment in self._plan():
            for until, seconds in ((moment - EVE, AFTER_SECONDS), (moment, EVE_SECONDS)):
                if over.wait(seconds):
                    return
                until_done(lambda until=until: self.store.clock.advance_to(until))  # type: ignore[misc,attr-defined]  # a default holds the moment
            self.moments.append(moment)
            print(f"{time.strftime('%H:%M:%S')} the pushes of {moment:%m-%d %H:%M} fall due", flush=True)
            if not self._ended_in_time(moment):
                self.late.append(moment)

    def owed(self, moment: datetime) -> list[str]:
        """The ids of what a moment owes: to every captain and to the group, and the group's picture."""
        cid, occurrence = self.campaign.id, occurrence_name(self.campaign.local(moment))
        told = [*self.store.people.subscribers(cid), f"robot-{ROBOT}"]
        ids = [f"{cid}:bulletin:{occurrence}:1:{name}" for name in told]
        return [*ids, f"{cid}:{pictures.JOB}:{occurrence}:1:robot-{ROBOT}:picture"] if can_draw() else ids

    def deliveries(self) -> dict[str, Delivery | None]:
        """What is owed, with what became of it; None where it was never planned."""
        ids = [name for moment in self.moments for name in self.owed(moment)]
        found = self.store.outbox.many(self.campaign.id, ids)
        return {name: found.get(name) for name in ids}

    def _plan(self) -> Iterator[datetime]:
        """Every moment of the plan, in their order."""
        (push,) = self.campaign.pushes
        for day in sorted(push.days):
            yield from occurrences.on_day(self.campaign, push, day)

    def _ended_in_time(self, moment: datetime) -> bool:
        """Meanwhile the clock is set to the moment again: no replica was asked whether it had heard of it."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up:
            with suppress(StorageError):
                self.store.clock.advance_to(moment)  # type: ignore[attr-defined]  # a rehearsal
                ids = self.owed(moment)
                found = self.store.outbox.many(self.campaign.id, ids)
                if len(found) == len(ids) and all(each.settled_at for each in found.values()):
                    return True
            time.sleep(0.5)
        return False


def write_campaign(folder: Path) -> Path:
    """A folder of one campaign, Zhaotong's with this plan: an installation that starts again publishes it again."""
    file = folder / "zhaotong-2024" / "campaign.toml"
    shutil.copytree(PACKAGED_CAMPAIGNS / "zhaotong-2024", file.parent)
    shutil.copytree(PACKAGED_CAMPAIGNS / "_common", folder / "_common")
    before, _, _ = file.read_text(encoding="utf-8").partition("[[pushes]]")  # the plan stands last in the file
    file.write_text(before + PLAN, encoding="utf-8")
    return folder


def account_pushes(platform: Platform, played: Played) -> int:
    """How many pushes came twice, or have no end: each captain and the group have each once, or it is said why not."""
    owed = played.deliveries()
    ended = Counter(delivery.status if delivery else "never planned" for delivery in owed.values())
    received = Counter(
        (entry.owner, entry.text) for entry in platform.entries() if entry.kind == "push" and not entry.picture
    )
    shown = sum(entry.kind == "push" and bool(entry.picture) for entry in platform.entries())
    drawn = sum(d.notification.picture != "" for d in played.store.outbox.list(played.campaign.id, limit=100_000))
    twice = sum(times - 1 for times in received.values()) + max(0, shown - drawn)
    unexplained = [name for name, each in owed.items() if each is None or each.status in ("queued", "inflight")]
    silent = [n for n, each in owed.items() if each and each.status in EXPLAINED and not each.reason]
    came = sum(received.values()) + shown
    print(f"pushes: {len(played.moments)} moments, {len(owed)} owed, {came} received, {twice} of them twice")
    print("became: " + ", ".join(f"{status} {number}" for status, number in sorted(ended.items())))
    why = Counter(each.reason for each in owed.values() if each and each.status in EXPLAINED)
    print("why not: " + (", ".join(f"{reason!r} × {number}" for reason, number in why.items()) or "none"))
    print(
        f"without an end: {len(unexplained)}; without a reason: {len(silent)}; moments that took over "
        f"{PATIENCE_SECONDS:.0f} s: {', '.join(f'{m:%m-%d %H:%M}' for m in played.late) or 'none'}"
    )
    return twice + len(unexplained) + len(silent)
