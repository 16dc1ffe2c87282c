"""What crosses the border to Redis, as frozen values. Money is integer fen, counts are 人次 (gifts, never people)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

Channel = Literal["online", "offline"]
ReportKind = Literal["total", "day", "increment", "correction", "close", "merge"]
"""`close`: the midnight figure of a day that was over, put beneath what had been booked since; `merge`: the total with
which a team goes on after another was merged into it, said by nobody."""
TeamStatus = Literal["active", "unclaimed", "pending", "rejected", "disabled", "merged"]
"""`disabled`: off every list, its figures in no sum; `merged`: another team goes on with its figures."""
ClaimAs = Literal["captain", "successor", "another"]
"""What the sender of a claim code becomes: the first captain, the only one from then on, or one more."""
Role = Literal["coordinator", "organizer"]
Metric = Literal["amount", "donations", "today", "yesterday"]
"""What is ranked: in fen what came together, today or yesterday alone, or 人次."""
Edition = Literal["evening", "noon", "all"]
"""Which bulletins somebody subscribed to: the evening's, noon's besides, or every one."""


class Fact(BaseModel):
    """A value kept in Redis."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Conversation(Fact):
    """An open dialogue: which question was asked (`state`), what is known so far, and the dialogue beneath it."""

    state: str
    data: dict[str, Any] = {}
    below: "Conversation | None" = None

    @property
    def proposes(self) -> bool:
        """Whether a write waits for her answer: a proposal has an id, under which it can be made once."""
        return "id" in self.data


class Person(Fact):
    """One WeChat user. `id` is random and the only name the ledger knows; the rest is erasable.

    `campaign` and `team` (`campaign/code`) are what she spoke of last; that counts as named for ten minutes after
    `named_at`. The team also saves a look-up; it is never the truth about who leads what. `more` is where the
    standings go on that she looked at last. `idle`: how many replies running answered nothing. `seen`: the local day on
    which somebody with a role last wrote, None for who has none.
    """

    id: str
    openid: str
    campaign: str = ""
    named_at: datetime | None = None
    team: str = ""
    more: str = ""
    idle: int = 0
    linked: bool = False
    seen: date | None = None


class Grant(Fact):
    """A role in a campaign; `region` empty means the whole campaign.

    An organizer may what a coordinator may: the name says that she sits in the office that runs the campaign.
    """

    role: Role
    region: str = ""

    @property
    def stored(self) -> str:
        """`role:region`, as the ledger writes it."""
        return f"{self.role}:{self.region}"


class Invitation(Fact):
    """What an open invitation gives, until when, to whom (as her office calls her), and who made it.

    `name` is '' where none was said, `by` a person's id, '' for the operator.
    """

    role: Role
    region: str = ""
    until: datetime
    name: str = ""
    by: str = ""

    @property
    def grant(self) -> Grant:
        return Grant(role=self.role, region=self.region)


class Bound(Fact):
    """Since when somebody has a role, and who invited her: a person's id, '' for the operator."""

    since: datetime
    by: str = ""


class RoleCard(Fact):
    """Who somebody with roles is: erasable, never in the ledger. `bound`: `role:region` → since when, by whom."""

    name: str = ""
    bound: dict[str, Bound] = {}


class Membership(Fact):
    """What a person is in one campaign. `roles` is the stored text that a write compares before it trusts it."""

    codes: tuple[str, ...] = ()
    roles: str = ""

    @property
    def grants(self) -> tuple[Grant, ...]:
        pairs = (entry.partition(":") for entry in self.roles.split())
        return tuple(Grant(role=role, region=region) for role, _, region in pairs)

    def grant_over(self, region_path: tuple[str, ...]) -> Grant | None:
        """The widest of her roles that reaches a place, given the place and every region above it."""
        reach = {"": len(region_path)} | {region: depth for depth, region in enumerate(region_path)}
        reaching = [grant for grant in self.grants if grant.region in reach]
        return max(reaching, key=lambda grant: reach[grant.region], default=None)

    def covers(self, region_path: tuple[str, ...]) -> bool:
        """Whether one of her roles reaches a place, given the place and every region above it."""
        return any(not grant.region or grant.region in region_path for grant in self.grants)


class Card(Fact):
    """What a captain left of herself: erasable, never in the ledger."""

    name: str = ""
    phone: str = ""


Post = Literal["leader", "liaison", "watch"]
"""Whom a unit names besides its captain: 分管领导, 联络员, 舆情专人 (the notice asks for them)."""
POSTS: tuple[Post, ...] = get_args(Post)


class UnitPerson(Fact):
    """Whom a unit named to a post: erasable, never in the ledger.

    `person`: the id of a liaison who bound herself, '' until then; `code`: what she binds herself by.
    """

    name: str
    phone: str = ""
    person: str = ""
    code: str = ""


class Total(Fact):
    """A cumulative total of one (team, channel): fen and 人次. `report` is the id of the report it stands on."""

    amount_fen: int = 0
    donations: int = 0
    report: str = ""


class Increment(Fact):
    """An increment accepted lately, remembered to notice a repetition."""

    amount_fen: int
    donations: int
    at: datetime


class Team(Fact):
    """One unit in one project, with its totals. `opening_*` are the totals at local midnight of `day`.

    `claim_code` makes its sender what `claim_as` says. `number` orders ties and is given inside the registering write;
    `version` grows with every write. `twin`: the team that holds the name of both, since a change of the rule for names
    has made one of two; '' for almost every team. `into`: the team that goes on for a merged one. `grown_since`:
    the first local day on which it may have grown, where another that was merged into it is older. `heard`: the local
    day on which it was last heard of, None in what was kept before that was noted. `held`: the numbers of the matters
    in which figures of it wait, oldest first. `difference`: the number of the matter that tells how the platform's
    total differs from what was reported, '' where it never did. `village`: the village or community that it is linked
    with (挂钩村), `link`: its own forwarding link, either '' where nobody said. `final_*`: the totals that stand since
    the campaign was frozen, in the place of the reported ones, None where those stand.
    """

    code: str
    unit: str
    unit_key: str
    project: str
    region: str
    status: TeamStatus
    captains: tuple[str, ...] = ()
    registered_at: datetime
    number: int = 0
    version: int = 1
    online: Total = Total()
    offline: Total = Total()
    day: date | None = None
    opening_online: Total = Total()
    opening_offline: Total = Total()
    recent: tuple[Increment, ...] = ()
    claim_code: str = ""
    claim_as: ClaimAs = "captain"
    twin: str = ""
    into: str = ""
    grown_since: date | None = None
    heard: date | None = None
    held: tuple[str, ...] = ()
    difference: str = ""
    village: str = ""
    link: str = ""
    final_online: Total | None = None
    final_offline: Total | None = None

    @property
    def amount_fen(self) -> int:
        return self.standing("online").amount_fen + self.standing("offline").amount_fen

    @property
    def donations(self) -> int:
        return self.standing("online").donations + self.standing("offline").donations

    @property
    def reported(self) -> bool:
        """Whether it has any figures: reported ones, or final ones."""
        return bool(self.online.report or self.offline.report or self.final_online or self.final_offline)

    def standing(self, channel: Channel) -> Total:
        """The total that ranks and is summed up: the final one where there is one, else the reported one."""
        return self.final(channel) or self.total(channel)

    def amount_of(self, channels: Iterable[Channel]) -> int:
        """What stands in some channels, in fen."""
        return sum(self.standing(channel).amount_fen for channel in channels)

    def final(self, channel: Channel) -> Total | None:
        return self.final_online if channel == "online" else self.final_offline

    def total(self, channel: Channel) -> Total:
        return self.online if channel == "online" else self.offline

    def opening(self, channel: Channel, day: date) -> Total:
        """The total at the midnight that began `day`."""
        if self.day != day:
            return self.total(channel)
        return self.opening_online if channel == "online" else self.opening_offline

    def booked_since(self, channel: Channel, day: date) -> bool:
        """Whether anything that stands was booked since the midnight that began `day`."""
        return self.total(channel).report != self.opening(channel, day).report

    def today_fen(self, day: date) -> int:
        """What came in since the midnight that began `day`, in fen."""
        if self.day != day:
            return 0
        reported = self.online.amount_fen + self.offline.amount_fen
        return reported - self.opening_online.amount_fen - self.opening_offline.amount_fen


class Report(Fact):
    """One accepted report; the totals are cumulative, after it. `previous` is the report that it stands on.

    `day`: the local day to which its figures belong, which may be the one before it was said.
    `as_of`: the moment she named for the figures, None where she named none. `replaces`: the report that a correction
    put right; both stand on the same one. `moved`: the report of another team or channel that this was.
    """

    id: str
    team: str
    channel: Channel
    kind: ReportKind
    amount_fen: int
    donations: int
    at: datetime
    day: date
    by: str
    previous: str = ""
    previous_amount_fen: int = 0
    previous_donations: int = 0
    as_of: datetime | None = None
    replaces: str = ""
    moved: str = ""
    status: Literal["accepted", "retracted", "corrected"] = "accepted"

    @property
    def place(self) -> str:
        """The (team, channel) of the report, as one name."""
        return f"{self.team}|{self.channel}"


class Withdrawal(Fact):
    """The report of a (team, channel) that was taken back last: which, by whom (person id), when.

    `left` is the report on which the total stood then: while it does, the one that was taken back may be put back.
    """

    report: str
    by: str
    at: datetime
    left: str


class Count(Fact):
    """A count of items: how many of a task (id) a region (id) has brought about, and the count that stood before it.

    `before` is None where none stood. `by` is the person's id.
    """

    task: str
    region: str
    count: int
    before: int | None
    by: str
    at: datetime

    @property
    def cell(self) -> str:
        """The task in the region, as one name."""
        return f"{self.task}|{self.region}"


class Standing(Fact):
    """A place in a ranking. Equal totals share a rank and stand in order of registration."""

    rank: int
    number: int
    value: int


class Notification(Fact):
    """One outgoing push to one recipient: a person, a group robot by name, or another system by its hook's name.

    `asked`: it answers her, or is a robot's; quiet hours hold the rest. `expires_at` ends its sending; in a mailbox it
    is worth reading until `read_until` (None: for ever). `push`: the id of its push in the plan, '' for none.
    `corrected_by` names the plan that corrects it: once that stands in the outbox, this one is not sent.
    `markdown`: the same for a channel that shows tables, '' where there is only the text. `picture`: the name of a
    picture that is sent in the place of the text where the channel can, `link` the page that shows it.
    """

    id: str
    campaign: str
    job: str
    push: str = ""
    person: str = ""
    robot: str = ""
    hook: str = ""
    text: str
    markdown: str = ""
    picture: str = ""
    link: str = ""
    asked: bool = False
    created_at: datetime
    due_at: datetime
    expires_at: datetime
    read_until: datetime | None = None
    corrected_by: str = ""


class Mail(Fact):
    """A push left in a person's mailbox: shown with her next reply, unless it is no longer worth reading."""

    text: str
    read_until: datetime | None = None


DeliveryStatus = Literal["queued", "inflight", "sent", "mailbox", "skipped", "failed", "unknown", "expired"]


class Delivery(Fact):
    """What became of a notification, by which channel, and why.

    `begun_at`: when a sender first marked it in flight, real time; `sender`: who marked it last. `matter`: the number
    under which an unknown outcome waits for a coordinator.
    """

    notification: Notification
    status: DeliveryStatus = "queued"
    channel: str = ""
    reason: str = ""
    attempts: int = 0
    settled_at: datetime | None = None
    begun_at: datetime | None = None
    sender: str = ""
    matter: str = ""
