"""Erasure: whoever leaves is taken out of every campaign, her words are blanked, and what is kept about her goes.

What was begun is finished: from the first step to the last she stands on a list, and what an outage, a kill or a
message of hers in work cut short is taken up again from there.
"""

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from redis.exceptions import ResponseError

from storage.blanking import Blank, Blanking
from storage.campaign_schema import Campaign
from storage.campaigns import Campaigns
from storage.database import Database, StorageError
from storage.deadletters import DeadLetters
from storage.inbox import Inbox
from storage.keys import RAW_TEXT_SECONDS, Keys
from storage.ledger import Author, Changed
from storage.made_books import MadeBooks
from storage.models.people import Membership, Person
from storage.models.pushes import Notification
from storage.models.teams import Team
from storage.people import People
from storage.teams import Teams

log = logging.getLogger(__name__)

TRIES = 20
"""How often her teams are read again because somebody reports for them meanwhile, before it is left to the sweep."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said when somebody leaves, from above: `blank` in the place of her words.

    `orphaned`: the notice to a person (by id) that a team of a campaign waits for a captain since a moment.
    """

    blank: Blank
    orphaned: Callable[[Campaign, Team, str, datetime], Notification]


@dataclass(frozen=True, slots=True)
class Erasure:
    """`_owed`: whom this process could not put on the list, because the database was away."""

    database: Database
    keys: Keys
    campaigns: Campaigns
    people: People
    inbox: Inbox
    teams: Teams
    blanking: Blanking
    dead_letters: DeadLetters
    made_books: MadeBooks
    _owed: set[str] = field(default_factory=set)

    def erase(self, person: Person, at: datetime, words: Words) -> list[Team]:
        """Take her out of every campaign, closed ones too, and erase her; figures stay. For whoever holds her lock.

        Returns her teams that wait for a captain now; whoever coordinates them is told. What a storage error cuts
        short, or teams that do not stand still, is finished by the sweep.
        """
        self._begin(person, at)
        orphaned: list[Team] = []
        author = Author(f"erasure:{secrets.token_hex(8)}", person.id, at)
        try:
            for published in self.campaigns.published().values():
                orphaned += self._take_out(published.campaign, author, words)
                self.blanking.words(published.campaign.id, lambda said: said.by == person.id, words.blank)
                self.made_books.forget_made(published.campaign.id)
        except Changed:
            log.warning("somebody's teams do not stand still: she is erased later")
            return orphaned
        if unread := list(self.campaigns.unreadable()):
            log.warning("somebody is erased once %s can be read", ", ".join(unread))
            return orphaned
        self.dead_letters.erase(person.openid)
        self.people.forget(person)
        self.database.srem(self.keys.erasures(), person.openid)
        self.database.set(self.keys.erased(), "1")
        return orphaned

    def owe(self, openid: str) -> None:
        """She is to be erased and cannot be now."""
        self._owed.add(openid)
        self.hand_over()

    def hand_over(self) -> None:
        """Put on the list whom this process still owes it; where it owes nobody, nothing is sent."""
        if owed := tuple(self._owed):
            with suppress(StorageError):
                self.database.sadd(self.keys.erasures(), *owed)
                self._owed.difference_update(owed)

    def finish(self, person: Person, at: datetime, words: Words) -> None:
        """Before she begins anew, what was to be erased is."""
        if self.database.sismember(self.keys.erasures(), person.openid):
            self.erase(person, at, words)

    def sweep(self, at: datetime, words: Words) -> None:
        """Erase whoever stands on the list, but for those of whom a message is in work: they come next time."""
        for openid in self.database.smembers(self.keys.erasures()):
            token = secrets.token_hex(8)
            if not self.inbox.hold(openid, token):
                continue
            known = self.database.hget(self.keys.person(openid), "id") or ""
            self.erase(Person(id=known, openid=openid), at, words)
            self.database.delete(self.keys.conversation(openid))
            self.inbox.release(openid, "", token)

    def forget_old_words(self, at: datetime, blank: Blank) -> None:
        """What was complained of or asked is kept for 30 days, an answer and its question from the answer on."""
        oldest = at - timedelta(seconds=RAW_TEXT_SECONDS)
        for campaign in self.campaigns.published():
            self.blanking.words(campaign, lambda said: said.last_word < oldest, blank)

    def compact(self) -> None:
        """Have a server of our own write its append-only file anew, where somebody was erased since it last was.

        Our own is reached by its socket, as the embedded one is; others are their operators' matter.
        """
        if "path" not in self.database.connection_pool.connection_kwargs:
            return
        if self.database.getdel(self.keys.erased()):
            try:
                self.database.bgrewriteaof()
            except ResponseError as error:
                log.info("the append-only file is written anew later: %s", error)
                self.database.set(self.keys.erased(), "1")

    def _begin(self, person: Person, at: datetime) -> None:
        """From now on she stands on the list of those to be erased; who is known, too, on that of those who left."""
        if self.database.exists(self.keys.who(person.id)):
            self.database.hset(self.keys.departed(), person.id, at.isoformat(timespec="seconds"))
        self.database.sadd(self.keys.erasures(), person.openid)

    def _take_out(self, campaign: Campaign, author: Author, words: Words) -> list[Team]:
        """Her teams that wait for a captain now. Raises `Changed` where they do not stand still."""
        keys, cid = self.keys, campaign.id
        orphaned: list[Team] = []
        for attempt in range(TRIES):
            codes, roles, subscribed, *cards = self.database.together(
                [
                    ("HGET", keys.captains(cid), author.person),
                    ("HGET", keys.roles(cid), author.person),
                    ("HEXISTS", keys.subscribers(cid), author.person),
                    ("HEXISTS", keys.contact_cards(cid), author.person),
                    ("HEXISTS", keys.role_cards(cid), author.person),
                    ("HEXISTS", keys.liaisons(cid), author.person),
                    ("EXISTS", keys.former_role(cid, author.person)),
                ]
            )
            if not (codes or roles or subscribed or any(cards)):
                break
            self.blanking.told(cid, author.person, words.blank)
            membership = Membership(codes=tuple((codes or "").split()), roles=roles or "")
            hers = [t for t in self.teams.many(cid, membership.codes) if author.person in t.captains]
            try:
                orphaned += self.people.leave(campaign, author, membership, hers, words.orphaned)
            except Changed:
                if attempt == TRIES - 1:
                    raise
        return orphaned
