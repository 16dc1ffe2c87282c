"""Receiving a message: it is claimed, and its sender looked up in the same round trip where she is expected, as is the
clock where it has to be asked.

Whoever wrote lately is expected: which person she is, in which campaigns, which teams she leads and spoke of last. What
is read about that person behind the claim counts only if the claim says the same of her; else it is read anew.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any

from storage.campaign_schema import Campaign
from storage.clock import REAL, Clock, RunningClock
from storage.database import Command
from storage.inbox import UNLIMITED, Claim, Inbox, Limit, Opens
from storage.models.people import Person
from storage.people import Desk, People, desk_of

EXPECTED_SECONDS = 600.0
"""How long after her last message a person is expected: as long as what she spoke of last is taken to be meant."""
EXPECTED_AT_MOST = 5000
TEAMS_AT_MOST = 4
"""Of who leads more, the teams are read where they are asked for."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is read behind a claim: for which person and campaigns, and which teams (`campaign/code`)."""

    person: str
    campaigns: tuple[str, ...]
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that came: what became of its claim, the clock as it runs for it, whom it was expected from, and what
    was read about that person."""

    claim: Claim
    clock: RunningClock = REAL
    expected: Expected | None = None
    read: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Reception:
    """The way in. What it expects stays in the process, and decides nothing but the number of round trips."""

    inbox: Inbox
    people: People
    clock: Clock
    _until: OrderedDict[str, tuple[float, Expected]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def receive(self, openid: str, message_key: str, token: str, opens: Opens, limit: Limit = UNLIMITED) -> Arrival:
        """Claim a message, as `Inbox.claim` does, at the time that the clock shows."""
        _, expected = self._until.get(openid, (0.0, None))
        reads: Sequence[Command] = ()
        if expected is not None:
            reads = self.people.desk_reads(expected.person, expected.campaigns, expected.teams)
        question, clock = self.clock.question(), self.clock.lately()
        while True:
            claim = self.inbox.claim(openid, message_key, token, opens, clock.now(), limit, [*question, *reads])
            told, read = claim.read[: len(question)], claim.read[len(question) :]
            if claim.status != "new" or (runs := self.clock.told(told)) == clock:
                return Arrival(claim, clock, expected, read)
            clock = runs

    def desk(self, arrival: Arrival, person: Person, campaigns: Sequence[Campaign]) -> Desk:
        """What the person who sent it is, as `People.desk` says it."""
        expected = arrival.expected
        if arrival.read and expected and _is_hers(expected, person, campaigns):
            return desk_of(expected.campaigns, expected.teams, arrival.read)
        return self.people.desk(person, campaigns)

    def expect(self, person: Person, remembered: Mapping[str, str | None], desk: Desk) -> None:
        """She was answered, being what `desk` says, and `remembered` is kept about her: she may write again soon."""
        now, last = monotonic(), remembered.get("team", person.team)
        hers = [f"{cid}/{code}" for cid, membership in desk.memberships.items() for code in membership.codes]
        teams = tuple(dict.fromkeys([*([last] if last else []), *(hers if len(hers) <= TEAMS_AT_MOST else [])]))
        with self._lock:
            self._until[person.openid] = (now + EXPECTED_SECONDS, Expected(person.id, tuple(desk.memberships), teams))
            self._until.move_to_end(person.openid)
            while len(self._until) > EXPECTED_AT_MOST or next(iter(self._until.values()))[0] < now:
                self._until.popitem(last=False)

    def forget(self, openid: str) -> None:
        """She was erased."""
        with self._lock:
            self._until.pop(openid, None)


def _is_hers(expected: Expected, person: Person, campaigns: Sequence[Campaign]) -> bool:
    """Whether what was read is about this person, all of these campaigns, and the team she spoke of last."""
    here = tuple(campaign.id for campaign in campaigns)
    return expected.person == person.id and expected.campaigns == here and person.team in ("", *expected.teams)
