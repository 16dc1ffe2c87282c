"""Erasure: whoever leaves is taken out of every campaign, her words are blanked, and what is kept about her goes.

What was begun is finished: from the first step to the last she stands on a list, and what an outage, a kill or a
message of hers in work cut short is taken up again from there.
"""

import logging
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from redis.exceptions import ResponseError

from storage.campaign_schema import Campaign
from storage.campaigns import Campaigns
from storage.database import Database, StorageError
from storage.inbox import Inbox
from storage.incidents import Incidents
from storage.keys import RAW_TEXT_SECONDS, Keys
from storage.ledger import Author, Changed
from storage.matters import Incident, Matter
from storage.models import Mail, Membership, Notification, Person
from storage.people import People
from storage.questions import Questions
from storage.teams import Teams

log = logging.getLogger(__name__)

TRIES = 20
"""How often her teams are read again because somebody reports for them meanwhile, before it is left to the sweep."""
Blank = Callable[[str], str]
"""What stands in the place of her words: for the number of a case that she opened, or for none ('')."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """`_owed`: whom this process could not put on the list, because the database was away."""

    database: Database
    keys: Keys
    campaigns: Campaigns
    people: People
    inbox: Inbox
    teams: Teams
    incidents: Incidents
    questions: Questions
    _owed: set[str] = field(default_factory=set)

    def erase(self, person: Person, at: datetime, blank: Blank) -> None:
        """Take her out of every campaign, closed ones too, and erase her; figures stay. For whoever holds her lock.

        What a storage error cuts short, or teams that do not stand still, is finished by the sweep.
        """
        self.database.sadd(self.keys.erasures(), person.openid)
        author = Author(f"erasure:{secrets.token_hex(8)}", person.id, at)
        try:
            for published in self.campaigns.published().values():
                self._take_out(published.campaign, author)
                self._blank_words(published.campaign.id, lambda said: said.by == person.id, blank)
        except Changed:
            log.warning("somebody's teams do not stand still: she is erased later")
            return
        if unread := list(self.campaigns.unreadable()):
            log.warning("somebody is erased once %s can be read", ", ".join(unread))
            return
        self.people.forget(person)
        self.database.srem(self.keys.erasures(), person.openid)
        self.database.set(self.keys.erased(), "1")

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

    def finish(self, person: Person, at: datetime, blank: Blank) -> None:
        """Before she begins anew, what was to be erased is."""
        if self.database.sismember(self.keys.erasures(), person.openid):
            self.erase(person, at, blank)

    def sweep(self, at: datetime, blank: Blank) -> None:
        """Erase whoever stands on the list, but for those of whom a message is in work: they come next time."""
        for openid in self.database.smembers(self.keys.erasures()):
            token = secrets.token_hex(8)
            if not self.inbox.hold(openid, token):
                continue
            known = self.database.hget(self.keys.person(openid), "id") or ""
            self.erase(Person(id=known, openid=openid), at, blank)
            self.database.delete(self.keys.conversation(openid))
            self.inbox.release(openid, "", token)

    def forget_old_words(self, at: datetime, blank: Blank) -> None:
        """What was complained of or asked is kept for 30 days, an answer and its question from the answer on."""
        oldest = at - timedelta(seconds=RAW_TEXT_SECONDS)
        for campaign in self.campaigns.published():
            self._blank_words(campaign, lambda said: said.last_word < oldest, blank)

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

    def _take_out(self, campaign: Campaign, author: Author) -> None:
        """Raises `Changed` where her teams do not stand still."""
        keys, cid = self.keys, campaign.id
        for attempt in range(TRIES):
            codes, roles, card, subscribed = self.database.together(
                [
                    ("HGET", keys.captains(cid), author.person),
                    ("HGET", keys.roles(cid), author.person),
                    ("HEXISTS", keys.contact_cards(cid), author.person),
                    ("SISMEMBER", keys.subscribers(cid), author.person),
                ]
            )
            if not (codes or roles or card or subscribed):
                return
            membership = Membership(codes=tuple((codes or "").split()), roles=roles or "")
            hers = [t for t in self.teams.many(cid, membership.codes) if author.person in t.captains]
            try:
                self.people.leave(campaign, author, membership, hers)
            except Changed:
                if attempt == TRIES - 1:
                    raise

    def _blank_words(self, campaign: str, concerns: Callable[[Matter], bool], blank: Blank) -> None:
        """What was complained of and asked, and the notices that carry it; that there was a case stays."""
        for case in filter(concerns, self.incidents.with_words(campaign)):
            self._blank_notices(campaign, self._told_of(campaign, case), blank(case.number))
            self.incidents.erase(campaign, case)
        for question in filter(concerns, self.questions.all(campaign)):
            told = [f"{campaign}:answer:{number}:{question.by}" for number in question.numbers]
            self._blank_notices(campaign, told, blank(""))
            self.questions.erase(campaign, question)

    def _told_of(self, campaign: str, case: Incident) -> list[str]:
        """The ids of the notices about a case: they were first due when it was opened."""
        opened = f"{case.at.timestamp():.3f}"
        due_then = self.database.zrangebyscore(self.keys.outbox(campaign), opened, opened)
        return [i for i in due_then if i.startswith(tuple(f"{campaign}:incident:{n}:" for n in case.numbers))]

    def _blank_notices(self, campaign: str, notification_ids: Iterable[str], words: str) -> None:
        """Other words in the place of a notice's own, in the outbox and in the mailbox where it may lie."""
        for notification_id in notification_ids:
            record = self.keys.notification(campaign, notification_id)
            if doc := self.database.hget(record, "doc"):
                push = Notification.model_validate_json(doc)
                for openid in self.people.openids([push.person]).values():
                    mailbox = self.keys.mailbox(openid)
                    old, new = (Mail(text=t, read_until=push.read_until).model_dump_json() for t in (push.text, words))
                    self.database.linsert(mailbox, "BEFORE", old, new)
                    self.database.lrem(mailbox, 1, old)
                self.database.hset(record, "doc", push.model_copy(update={"text": words}).model_dump_json())
