"""Captains who report without end while things go wrong, the pushes that fall due meanwhile, and the account of both.

Captains report increments of which no two are equal, and the rehearsal's clock is moved from one planned push to the
next. At the end the ledger is compared with what captains were told, and the pushes with what the rehearsal WeChat got.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from bot.simulator.people import Rehearsal, SimulatedPerson
from bot.simulator.platform import Platform
from handlers.texts.receiving import NOT_WITH_THE_REPLICA
from storage.audit import verify
from storage.campaign_schema import Campaign
from storage.campaign_settings import Push
from storage.database import StorageError
from storage.store import Store
from tests.faults.installation import ZONE

CAPTAINS, PAUSE_SECONDS = 20, 3.1
"""A captain keeps, by and large, within the twenty messages a minute that are answered."""
PUSH_SECONDS, EVE_SECONDS, EVE = 40.0, 10.0, timedelta(minutes=30)
"""How often the clock is moved to the next planned push, by way of half an hour before it, in which captains write."""
SILENCE_SECONDS = 1.0
"""Without an acknowledgement for longer, with twenty captains who report, nobody can: it is not available."""
BULLETINS = Push.model_validate(
    {
        "id": "bulletin",
        "job": "bulletin",
        "at": ["18:00:00", "21:00:00"],
        "days": ["2024-04-27/2024-05-31"],
        "audience": ["subscribers", "robots"],
        "robots": ["zhibanqun"],
    }
)
"""The plan that is played: each captain and the group have each of its bulletins once."""


@dataclass
class Told:
    """What captains were answered, by the fen of their increment, and when each acknowledgement came (monotonic)."""

    said: set[int] = field(default_factory=set)
    booked: set[int] = field(default_factory=set)
    otherwise: Counter[str] = field(default_factory=Counter)
    moments: list[float] = field(default_factory=list)

    def note(self, fen: int, reply: str) -> None:
        self.said.add(fen)
        if reply.startswith("已记录") and NOT_WITH_THE_REPLICA not in reply:
            self.booked.add(fen)
            self.moments.append(time.monotonic())
        else:
            self.otherwise[reply[:24] or "(no answer)"] += 1

    def unavailable(self) -> list[float]:
        """How long nothing was acknowledged, each time, in seconds."""
        heard = sorted(self.moments)
        silences = (later - earlier for earlier, later in pairwise(heard))
        return [seconds for seconds in silences if seconds > SILENCE_SECONDS]


def captain(people: Rehearsal, number: int) -> SimulatedPerson:
    person = people[f"captain-{number}"]
    unit = f"第{number + 1}小学"
    for said in (f"组队 {unit} 昭阳区 人道暖昭通 队长甲 1390000{number:04d}", "订阅 全部", "进度 1000元 10人次"):
        reply = person.say(said)
        assert reply.startswith("已"), reply
    return person


def report(captain: SimulatedPerson, number: int, told: Told, over: threading.Event) -> None:
    """One captain goes on reporting; each of her increments is an amount that nobody else has."""
    turn, chance = 0, random.Random(number)
    while not over.wait(chance.uniform(0.5, 1.5) * PAUSE_SECONDS):
        fen = 10_000 + turn * CAPTAINS + number
        turn += 1
        told.note(fen, captain.say(f"又筹了{fen // 100}.{fen % 100:02d}元"))


def move_on(store: Store, campaign: Campaign, due: list[datetime], over: threading.Event) -> None:
    """To the next planned push, and the next: the pushes of the plan fall due while things go wrong."""
    moments = sorted(
        {datetime.combine(day, at, ZONE) for push in campaign.pushes for day in push.days for at in push.at}
    )
    for moment in moments:
        for until, seconds in ((moment - EVE, PUSH_SECONDS), (moment, EVE_SECONDS)):
            if over.wait(seconds):
                return
            until_done(lambda until=until: store.clock.advance_to(until))  # type: ignore[misc]  # a default holds the moment
        due.append(moment)
        print(f"{time.strftime('%H:%M:%S')} the pushes of {moment:%m-%d %H:%M} fall due", flush=True)


def until_done(undo: Callable[[], object]) -> None:
    while True:
        try:
            undo()
            return
        except StorageError:
            time.sleep(0.2)


def await_settled(store: Store, campaign: Campaign, owed: int) -> None:
    """Until every push that fell due is in the outbox, and none waits there."""
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        if sum(store.outbox.counts(campaign.id).values()) >= owed and not store.outbox.waiting(campaign.id):
            return
        time.sleep(0.5)


def account_reports(store: Store, campaign: Campaign, told: Told) -> int:
    """How many acknowledged reports are lost, or reports counted twice, or views other than the ledger says."""
    booked: Counter[int] = Counter()
    for entry in store.ledger.entries(campaign.id):
        if entry.kind == "report.accepted" and entry.values["said_as"] == "increment":
            booked[int(entry.values["amount_fen"]) - int(entry.values["previous_amount_fen"])] += 1
    lost, doubled = told.booked - booked.keys(), {fen for fen, times in booked.items() if times > 1}
    differences = verify(campaign, store.database, store.keys)
    print(f"reports: {len(told.said)} said, {len(told.booked)} acknowledged, {len(booked)} booked")
    print("answered otherwise: " + (", ".join(f"{t!r} × {n}" for t, n in told.otherwise.most_common(8)) or "none"))
    print(f"lost: {len(lost)}; counted twice: {len(doubled)}; differences to the ledger: {len(differences)}")
    return len(lost) + len(doubled) + len(differences)


def account_pushes(platform: Platform, store: Store, campaign: Campaign, owed: int) -> int:
    """How many pushes came twice, wait for ever, or were never planned: each captain and the group have each once.

    Pictures are shown alike, so the hour tells them apart; the group has one with each bulletin.
    """
    received = Counter((e.owner, e.text, f"{e.at:%m-%d %H}") for e in platform.entries(0) if e.kind == "push")
    twice = sum(times > 1 for times in received.values())
    counts, waiting = store.outbox.counts(campaign.id), store.outbox.waiting(campaign.id)
    missing = owed - sum(counts.values())
    print(f"pushes: {owed} due, {sum(received.values())} received, {twice} of them twice, {missing} never planned")
    print(f"outbox: {', '.join(f'{status} {n}' for status, n in counts.items()) or 'empty'}; still waiting: {waiting}")
    return twice + waiting + max(missing, 0)
