"""Message in, reply out, once it is claimed: the border at which a campaign's fault ends, so that the others go on.

A campaign whose rules fail is left aside for this one message. Whoever means it is told that nothing was recorded;
whoever does not has her answer from the others. Who belongs to it is asked which other one she means.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.faults import failing_of
from bot.mailbox import REPLY_BYTES
from handlers import texts
from handlers.campaigns import meant, named_lately
from handlers.messages import Context, Message, Reply, Site, belongs
from handlers.router import Router
from storage import Store
from storage.campaign_schema import Campaign
from storage.database import StorageError
from storage.ledger import recorded
from storage.models.people import Person
from storage.people import Desk
from storage.reception import Arrival

LATE_SECONDS = (2, 60)
"""A message that is handled so long after its CreateTime was delivered again, or waited: it was said then."""


class Failed(Exception):
    """A fault leaves no answer; the text is all that can be said to her."""


@dataclass(slots=True)
class _Sitting:
    """One message before the handlers: when it was said, who sent it, and which campaigns could not be asked.

    `lost`: ids of those that cannot be read and in which she has a team or role. `failed`: those whose rules failed.
    """

    message: Message
    said_at: datetime
    arrival: Arrival
    person: Person
    campaigns: tuple[Campaign, ...]
    desk: Desk
    lost: Sequence[str]
    failed: dict[str, tuple[Campaign, Exception]] = field(default_factory=dict)

    @property
    def sound(self) -> tuple[Campaign, ...]:
        return tuple(campaign for campaign in self.campaigns if campaign.id not in self.failed)

    @property
    def missed(self) -> list[str]:
        """The names of the campaigns of hers that could not be asked; '' for one whose name cannot be read."""
        return [
            *("" for _ in self.lost),
            *(campaign.short for campaign, _ in self.failed.values() if self.is_hers(campaign)),
        ]

    def is_hers(self, campaign: Campaign) -> bool:
        """Whether she has a team or role in it."""
        return belongs(self.desk.memberships.get(campaign.id))

    def is_about(self, campaign: Campaign) -> bool:
        """Whether the open dialogue speaks of a campaign: then her answer may be to it."""
        conversation = self.arrival.claim.conversation
        return conversation is not None and f'"{campaign.id}"' in conversation.model_dump_json()


@dataclass(frozen=True, slots=True)
class Answering:
    """The handlers' answer to a message that was claimed."""

    store: Store
    router: Router
    site: Site

    def answer(self, message: Message, arrival: Arrival, person: Person, now: datetime) -> tuple[Reply, Desk]:
        """What the handlers say, and what she is; `now` is business time.

        Raises `Failed` where a fault is all there is; storage errors pass through.
        """
        sitting = self._sitting(message, arrival, person, now)
        meant_first: list[Campaign | None] = []
        while True:
            try:
                meant_first = meant_first or [self._meant(sitting)]
                ctx = self._context(sitting, meant_first[0])
                reply = self.router.answer(ctx)
                break
            except (StorageError, Failed):
                raise
            except Exception as error:  # noqa: BLE001  # the border: every fault is noted, and ends in a fixed sentence
                self._leave_aside(sitting, error)
        self._note(sitting)
        return _with_notice(_seen(_marked(reply, ctx), sitting, ctx.now), sitting.missed), sitting.desk

    def _leave_aside(self, sitting: _Sitting, error: Exception) -> None:
        """Do without the campaign that failed. Raises `Failed` where she means it, or no campaign is at fault."""
        failing, key = failing_of(error), sitting.message.key
        if failing is None or failing.campaign.id in sitting.failed:
            self.store.faults.note("", error, f"message {key}")
            raise Failed(_sentence(key, None)) from error
        campaign = failing.campaign
        sitting.failed[campaign.id] = (campaign, error)
        if not sitting.sound and len(sitting.campaigns) > 1:
            self.store.faults.note("", error, f"message {key}")
            raise Failed(_sentence(key, None)) from error
        if not sitting.sound or failing.meant or recorded.get() or sitting.is_about(campaign):
            self._note(sitting)
            raise Failed(_sentence(key, campaign)) from error

    def _note(self, sitting: _Sitting) -> None:
        for campaign, error in sitting.failed.values():
            self.store.faults.note(campaign.id, error, f"message {sitting.message.key}")

    def _sitting(self, message: Message, arrival: Arrival, person: Person, now: datetime) -> _Sitting:
        campaigns = self.store.campaigns.all()
        unreadable = list(self.store.campaigns.unreadable())
        theirs = self.store.people.memberships(person, unreadable) if unreadable else {}
        lost = [cid for cid, membership in theirs.items() if membership.codes or membership.roles]
        desk = self.store.reception.desk(arrival, person, campaigns)
        return _Sitting(message, _said_at(message, now), arrival, person, campaigns, desk, lost)

    def _meant(self, sitting: _Sitting) -> Campaign | None:
        """The campaign that is meant, never because another of hers cannot be asked. Raises `Failed` where none can."""
        now = sitting.said_at
        if not sitting.missed:
            return meant(sitting.person, sitting.sound, sitting.desk.memberships, now)
        if named := named_lately(sitting.person, sitting.sound, now):
            return named
        if any(map(sitting.is_hers, sitting.sound)):
            return None
        raise Failed(texts.receiving.not_recorded(sitting.message.key[:8], sitting.missed[0]))

    def _context(self, sitting: _Sitting, chosen: Campaign | None) -> Context:
        return Context(
            message=sitting.message,
            person=sitting.person,
            campaigns=sitting.sound,
            chosen=chosen,
            memberships=sitting.desk.memberships,
            last_team=sitting.desk.teams.get(sitting.person.team),
            at_hand=sitting.desk.teams,
            conversation=sitting.arrival.claim.conversation,
            store=self.store,
            now=sitting.said_at,
            vocabulary=self.router.vocabulary,
            site=self.site,
        )


def _said_at(message: Message, now: datetime) -> datetime:
    """The business time of a message: said before midnight, it is not of the next day because it was repeated."""
    late, (least, most) = time.time() - message.created, LATE_SECONDS
    return now - timedelta(seconds=late) if least < late < most else now


def _sentence(key: str, campaign: Campaign | None) -> str:
    """What is said of a message that failed: what a handler wrote before it did is not denied."""
    if recorded.get():
        said = texts.receiving.our_fault(key[:8])
    else:
        said = texts.receiving.not_recorded(key[:8], campaign.short if campaign else "")
    return texts.wording.marked(said) if campaign and campaign.practice else said


def _marked(reply: Reply, ctx: Context) -> Reply:
    """What is said in a practice drive, or of one, is marked, and so are the pages that follow."""
    said_of = {ctx.chosen.id, *ctx.spoken_of} if ctx.chosen else ctx.spoken_of
    if not any(campaign.practice for campaign in ctx.campaigns if campaign.id in said_of):
        return reply
    conversation = reply.conversation
    if conversation and conversation.data.get("pages"):
        pages = [texts.wording.marked(page) for page in conversation.data["pages"]]
        conversation = conversation.model_copy(update={"data": conversation.data | {"pages": pages}})
    return replace(reply, text=texts.wording.marked(reply.text), conversation=conversation)


def _seen(reply: Reply, sitting: _Sitting, now: datetime) -> Reply:
    """Of who has a role it is remembered on which day she was seen last, with what is remembered anyway."""
    person, memberships = sitting.person, sitting.desk.memberships
    hers = next((each for each in sitting.campaigns if (m := memberships.get(each.id)) and m.roles), None)
    day = hers.local(now).date() if hers else None
    if day == person.seen:
        return reply
    return replace(reply, remember={**reply.remember, "seen": day.isoformat() if day else None})


def _with_notice(reply: Reply, missed: list[str]) -> Reply:
    """The reply to somebody who belongs to campaigns that stand still, too; a question keeps its own end."""
    if not missed or not reply.text:
        return reply
    line = "\n".join(map(texts.receiving.stands_still, missed))
    longer = f"{line}\n{reply.text}" if reply.conversation else f"{reply.text}\n{line}"
    return replace(reply, text=longer) if len(longer.encode()) <= REPLY_BYTES else reply
