"""The four nouns every handler knows: `Message` in, `Context` around it, `Reply` out, `UserError` as a way out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from handlers.heralds import herald_of
from handlers.language.words import Intent
from handlers.understand.readings import Reading
from handlers.wishes.slots import Slots
from storage import Store
from storage.campaign_schema import Campaign
from storage.ledger import Author
from storage.models.people import Conversation, Membership, Person
from storage.models.teams import Team

NOBODY = Membership()
"""What somebody is where she is nothing."""


class UserError(Exception):
    """A user's mistake. Its text is the reply; an open dialogue stays open."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class CampaignNeeded(Exception):
    """The answer depends on the campaign, and it is not clear which one is meant: she is asked."""


Kind = Literal["text", "voice", "image", "video", "location", "link", "sticker", "file", "event", "other"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What an event tells about a push of ours, or about what a person allows.

    `push` is WeChat's id of the push, `template` of the template, either '' where the event does not say it; `status`
    is in WeChat's words. `good`: the push arrived, or she allows it.
    """

    push: str = ""
    template: str = ""
    status: str = ""
    good: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One message or event from WeChat, decoded and verified.

    `key` identifies it across deliveries and holds no openid. `text` is what a person typed (for voice: the
    recognised text), `event`/`event_key` belong to `kind == "event"`. `created` is WeChat's CreateTime, Unix seconds.
    `menu_tap`: she tapped a line of a menu message instead of typing it. `notices`: what an event tells besides.
    """

    key: str
    openid: str
    account: str
    kind: Kind
    created: int
    text: str = ""
    event: str = ""
    event_key: str = ""
    menu_tap: bool = False
    notices: tuple[Notice, ...] = ()


MAILBOX = "mailbox"
"""The way of last resort: shown with a person's next reply."""
Reach = Callable[[str, Sequence[str], datetime], Mapping[str, str]]
"""By which channel a push of a job would go to each of some persons (ids) at a business time, `MAILBOX` where by none;
who was erased is left out."""


def by_mailbox(_job: str, persons: Sequence[str], _now: datetime) -> Mapping[str, str]:
    """The reach of an installation that has no channel."""
    return dict.fromkeys(persons, MAILBOX)


@dataclass(frozen=True, slots=True)
class Site:
    """What the installation has besides its words.

    `address`: where its pages are seen from outside, '' where nobody said. `scenes`: the account makes QR codes that
    tell whence somebody came. `reach`: what its channels could do now. `console`: where the coordinators' console is,
    without its path, '' where there is none. `sends_pictures`: the account gives pictures to who wrote lately.
    `notice_article`: the article in which a subscription notice is allowed, '' where the account has none.
    `mass_span`: by what the account counts its messages to everybody, None where it has none.
    """

    address: str = ""
    scenes: bool = False
    reach: Reach = by_mailbox
    console: str = ""
    sends_pictures: bool = False
    notice_article: str = ""
    mass_span: Literal["day", "month"] | None = None


NOWHERE = Site()
"""Words and nothing else."""

Audience = Literal["all", "captain", "coordinator", "organizer"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word: who can use it, and in one line what for; '' where 帮助 does not print it."""

    word: str
    summary: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Context:
    """What a handler sees: the message, who sent it, what she is in each campaign, the store, and business time.

    `chosen` is the campaign that is meant, None where that is not clear; `last_team` the team she spoke of last;
    `at_hand`: teams that came with her message, by `campaign/code`.
    `reading`: what her message is in the campaign that is meant, None where it is to be read yet (`hearing.said_as`).
    `spoken_of`: the ids of the campaigns that a
    handler took for meant. `besides`: lines that are said above the reply, whichever handler makes it.
    """

    message: Message
    person: Person
    campaigns: tuple[Campaign, ...]
    chosen: Campaign | None
    memberships: Mapping[str, Membership]
    last_team: Team | None
    conversation: Conversation | None
    store: Store
    now: datetime
    at_hand: Mapping[str, Team] = field(default_factory=dict)
    vocabulary: tuple[Word, ...] = ()
    args: str = ""
    reading: Reading | None = None
    spoken_of: set[str] = field(default_factory=set)
    besides: list[str] = field(default_factory=list)
    site: Site = NOWHERE

    @property
    def campaign(self) -> Campaign:
        """The campaign that is meant. Raises `CampaignNeeded` where that is not clear."""
        if self.chosen is None:
            raise CampaignNeeded
        self.spoken_of.add(self.chosen.id)
        return self.chosen

    @property
    def slots(self) -> Slots:
        """What stands behind the word that she typed, by what it may be."""
        return Slots(self.args)

    @property
    def said(self) -> Slots:
        """Her whole message, by what it may hold."""
        return Slots(self.message.text)

    @property
    def offered(self) -> tuple[Campaign, ...]:
        """The campaigns that may be named to her: a practice drive only where she is in it, or belongs to it."""
        return tuple(
            campaign
            for campaign in self.campaigns
            if not campaign.practice or campaign == self.chosen or belongs(self.memberships.get(campaign.id))
        )

    @property
    def membership(self) -> Membership:
        """What the person is in the campaign that is meant."""
        return self.memberships.get(self.campaign.id, NOBODY)

    def own_teams(self, campaign: Campaign) -> list[Team]:
        """Her teams in a campaign, as they were when her message came, or as they are."""
        codes = self.memberships.get(campaign.id, NOBODY).codes
        found = [self.at_hand.get(f"{campaign.id}/{code}") for code in codes]
        hers = [team for team in found if team]
        return hers if len(hers) == len(codes) else self.store.teams.many(campaign.id, codes)

    @property
    def several_campaigns(self) -> bool:
        """Whether she has a team or role in more than one campaign, so that every echo names it."""
        return sum(bool(m.codes or m.roles) for m in self.memberships.values()) > 1

    def author(self, verb: str, line: int = 0) -> Author:
        """Who writes, under the identity of one direct write of this message (design §2, "Every write")."""
        return self._author(f"{self.message.key}/{verb}/{line}")

    def confirming(self, proposal: str, line: int = 0) -> Author:
        """Who writes, under the identity of a confirmed proposal: it can be consumed once."""
        return self._author(f"proposal:{proposal}/{line}")

    def _author(self, op_id: str) -> Author:
        herald = herald_of(self.chosen, self.membership, op_id, self.person.id) if self.chosen else None
        return Author(op_id, self.person.id, self.now, herald)


def belongs(membership: Membership | None) -> bool:
    """Whether somebody has a team or a role there."""
    return membership is not None and bool(membership.codes or membership.roles)


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture that the account has, by WeChat's id of it."""

    media: str


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card that opens a page; `picture` is the address of its own picture."""

    title: str
    description: str
    link: str
    picture: str


@dataclass(frozen=True, slots=True)
class Again:
    """An earlier message is answered now, in its own context; as a `want` where she chose one."""

    ctx: Context
    want: Intent | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer. Empty text answers `success` (nothing is shown); `conversation` None ends an open dialogue.

    `remember` are changes to what is kept about the person (field → value, None deletes). `farewell`: she was
    erased, and nothing that waited for her is added. `idle`: a sentence that answers nothing (not understood, a
    courtesy); said again in the next reply, it would be another one.
    `shown` stands in the place of the text.
    """

    text: str = ""
    conversation: Conversation | None = None
    remember: dict[str, str | None] = field(default_factory=dict)
    farewell: bool = False
    idle: bool = False
    shown: ShownPicture | ShownCard | None = None
