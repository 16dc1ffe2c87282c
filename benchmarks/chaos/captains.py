"""The load: captains who go on reporting, and what became of what they were told."""

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from bot.simulator.people import Rehearsal, SimulatedPerson
from handlers.texts.receiving import NOT_WITH_THE_REPLICA
from storage.audit import verify
from storage.campaign_schema import Campaign
from storage.store import Store

CAPTAINS, PAUSE_SECONDS = 20, 3.1
"""A captain keeps, by and large, within the twenty messages a minute that are answered."""
SILENCE_SECONDS = 1.0
"""Without an acknowledgement for longer, with twenty captains who report, nobody can report."""


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
        silences = (later - earlier for earlier, later in pairwise(sorted(self.moments)))
        return [seconds for seconds in silences if seconds > SILENCE_SECONDS]


def captain(people: Rehearsal, number: int) -> SimulatedPerson:
    """Registered, and subscribed to every bulletin."""
    person = people[f"captain-{number}"]
    unit = f"第{number + 1}小学"
    for said in (f"组队 {unit} 昭阳区 人道暖昭通 队长甲 1390000{number:04d}", "订阅 全部", "进度 1000元 10人次"):
        reply = person.say(said)
        assert reply.startswith("已"), reply
    return person


def report(person: SimulatedPerson, number: int, told: Told, over: threading.Event) -> None:
    """One captain goes on reporting; each of her increments is an amount that nobody else has."""
    turn, chance = 0, random.Random(number)
    while not over.wait(chance.uniform(0.5, 1.5) * PAUSE_SECONDS):
        fen = 10_000 + turn * CAPTAINS + number
        turn += 1
        told.note(fen, person.say(f"又筹了{fen // 100}.{fen % 100:02d}元"))


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
