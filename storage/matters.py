"""Matters: whatever waits for a decision, of any kind. One counter a campaign numbers them all.

A number is printed and typed with its letter, `D12`, so that it is never taken for a team's code or a line of a list.
What had a number of its own kind before there was one counter keeps it as `was`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import not_
from typing import Generic, Literal, TypeVar

from pydantic import Field

from storage.database import Database
from storage.keys import Keys
from storage.models.fact import Fact
from storage.models.teams import Channel, Total
from storage.reckoning import Reading
from storage.targets import Target

MatterKind = Literal["question", "incident", "delivery", "review", "difference", "raise"]
Why = Literal["amount", "per gift", "jump", "drop", "offline"]
"""Why figures wait: a limit of the campaign file that they are beyond, or that offline gifts are looked at."""
REVIEWED_WITHIN = timedelta(days=1)
"""How long after they were said figures that wait should be decided on: the order of 待办."""


class Matter(Fact):
    """One of them. `state` is `open` until it is decided; what follows is its kind's own.

    `region` is the id of the place it belongs to, '' for the whole campaign; `subject` what it is about, by code or id,
    '' where `text` says it all. `text` is what somebody said, erasable. `level`: how urgent; `owner`: the person who
    has taken it; `due`: when it should be decided. `by` is the person it comes from.
    """

    number: str
    kind: MatterKind
    at: datetime
    by: str
    region: str = ""
    subject: str = ""
    state: str = "open"
    level: str = ""
    owner: str = ""
    due: datetime | None = None
    text: str = ""
    was: str = ""

    @property
    def last_word(self) -> datetime:
        """When something was said about it last."""
        return self.at

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number it ever had."""
        return (self.number, self.was) if self.was else (self.number,)


class Question(Matter):
    """What no rule answers. `answer` is what a coordinator said, '' until then; `adopted`: it is a rule now."""

    kind: Literal["question"] = "question"
    state: Literal["open", "answered", "adopted"] = "open"
    answer: str = ""
    answered_at: datetime | None = None

    @property
    def last_word(self) -> datetime:
        """When something was said about it last."""
        return self.answered_at or self.at


class Incident(Matter):
    """A complaint or a warning; `level` is how grave it sounds, `region` whose office looks after it.

    `told`: how many coordinators were notified. `sort`: what it is about, by its words, '' where they do not tell.
    `accused`: the regions of the offices that it is about, '' for the whole campaign's; `teams`: the codes of the teams
    whose captains it may be about. `risen`: how many offices above were told that the time was over. `result`: what
    came of it, in the words of who closed it, erasable.
    """

    kind: Literal["incident"] = "incident"
    state: Literal["open", "taken", "closed"] = "open"
    told: int
    sort: str = ""
    accused: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    risen: int = 0
    result: str = ""
    closed_at: datetime | None = None

    @property
    def ending(self) -> "Incident":
        """The same, dated when it was closed: its result is kept as long as anything that was said then."""
        return self.model_copy(update={"at": self.closed_at or self.at})


class UncertainDelivery(Matter):
    """A push of which nobody knows whether it arrived: `subject` is its id. It waits while that is `unknown`."""

    kind: Literal["delivery"] = "delivery"
    state: Literal["open", "resent"] = "open"


class Review(Matter):
    """Figures that wait for a coordinator, counted nowhere until one passes them. `subject`: the team's code.

    `why` they wait; `day`: the local date on which they were said. What was said is a reading (fen, 人次, None where
    nothing was said; `figure_day`: the day at whose end it stood), or with `replaces` the right total in the place of
    that report (id). `before`: the total it was said upon; `reached`: the total it led to then. `taken_at`: when its
    `owner` took it. `decided_by`, `decided_at`: whoever passed or returned it, or took it back. `report`: what passing
    it booked. `turn`: how often a decision was undone.
    """

    kind: Literal["review"] = "review"
    state: Literal["open", "passed", "returned", "withdrawn"] = "open"
    why: Why
    day: date
    said_as: Literal["total", "day", "increment", "correction"]
    channel: Channel
    amount_fen: int | None
    donations: int | None
    as_of: datetime | None = None
    figure_day: date | None = None
    replaces: str = ""
    before: Total
    reached: Total
    taken_at: datetime | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    report: str = ""
    turn: int = 0

    @property
    def op_id(self) -> str:
        """The operation of its decision: it is decided once, and once more each time that was undone."""
        return f"matter:{self.number}/{self.turn}"

    @property
    def reading(self) -> Reading:
        """What was said. Raises `ValueError` for a correction, which is no reading."""
        if self.said_as == "correction":
            raise ValueError(f"{self.number} is a correction")
        return Reading(self.said_as, self.channel, self.amount_fen, self.donations, self.as_of, self.figure_day)


class Raise(Matter):
    """A target that somebody asks to have raised. `subject`: the target's place (see `storage.targets`).

    `before_fen`: what was hoped for (争) when she asked, None where nothing was set; `hope_fen`: what she asks for.
    `decided_by`, `decided_at`: whoever passed or returned it, or took it back; `stood`: the target before that.
    """

    kind: Literal["raise"] = "raise"
    state: Literal["open", "passed", "returned", "withdrawn"] = "open"
    before_fen: int | None
    hope_fen: int
    decided_by: str = ""
    decided_at: datetime | None = None
    stood: Target | None = None


class Difference(Matter):
    """The platform's total of a team that is not what was reported online at that moment. `subject`: the team's code.

    A team has one, which opens again where the platform's figure changes. `as_of`: the moment of the figures, in fen;
    `reported_fen`: None where nothing was reported; `merged`: the team goes on as another, with which it is compared.
    `platform_donations` where the platform tells 人次; `older_fen`: so much of it is of donation pages that the newest
    table did not name; `confirmed_fen`: what it had said before, None for nothing.
    `asked_at`: when the captain was asked to look. `decided_by` and `decided_at` are None where figures came to agree.
    `report`: the correction that adopting the platform's figure booked. `turn`: how often it was opened again.
    """

    kind: Literal["difference"] = "difference"
    state: Literal["open", "adopted", "kept", "settled", "merged"] = "open"
    as_of: datetime
    reported_fen: int | None
    platform_fen: int
    platform_donations: int | None = None
    older_fen: int = Field(default=0, exclude_if=not_)
    confirmed_fen: int | None = None
    asked_at: datetime | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    report: str = ""
    turn: int = 0

    @property
    def op_id(self) -> str:
        """The operation of its decision: it is decided once each time it is open."""
        return f"matter:{self.number}/{self.turn}"


KINDS: Mapping[MatterKind, type[Matter]] = {
    "question": Question,
    "incident": Incident,
    "delivery": UncertainDelivery,
    "review": Review,
    "difference": Difference,
    "raise": Raise,
}
"""Every kind and what is kept of it: a new kind is a class and a row."""
OfKind = TypeVar("OfKind", bound=Matter)


@dataclass(frozen=True, slots=True)
class Matters(Generic[OfKind]):
    """The matters of one kind, of every campaign."""

    database: Database
    keys: Keys
    shape: type[OfKind]

    @property
    def kind(self) -> str:
        return str(self.shape.model_fields["kind"].default)

    def next_number(self, campaign: str) -> str:
        """The next number, whatever the kind, taken before the write; a gap is harmless."""
        return f"D{self.database.incr(self.keys.next_matter(campaign))}"

    def get(self, campaign: str, number: str) -> OfKind | None:
        """The matter of this kind with the number, such as `D12`."""
        stored = self.database.hget(self.keys.matters(campaign, self.kind), number)
        return self.shape.model_validate_json(stored) if stored else None

    def many(self, campaign: str, numbers: Sequence[str]) -> list[OfKind]:
        """Those of this kind with these numbers, in that order; unknown ones are left out."""
        key = self.keys.matters(campaign, self.kind)
        stored = self.database.hmget(key, list(numbers)) if numbers else []
        return [self.shape.model_validate_json(doc) for doc in stored if doc]

    def once(self, campaign: str, was: str) -> OfKind | None:
        """The matter of this kind that had the number before there was one counter; zeros in front do not count."""
        return next((m for m in self.all(campaign) if m.was and m.was.lstrip("0") == was.lstrip("0")), None)

    def all(self, campaign: str) -> list[OfKind]:
        """Every one that is kept, in order of their numbers."""
        stored = map(self.shape.model_validate_json, self.database.hvals(self.keys.matters(campaign, self.kind)))
        return sorted(stored, key=lambda matter: int(matter.number.removeprefix("D")))
