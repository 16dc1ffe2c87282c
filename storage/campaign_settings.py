"""How a campaign is run on Yidui: what its file sets of registration, ranking, bulletins, limits and pushes."""

from datetime import time
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from storage.campaign_tables import Fen, Slug, Sourced, Table
from storage.campaign_times import Days, Hour, Offset, PushHour


def _listed(value: object) -> object:
    """A value alone, as a list of one."""
    return value if isinstance(value, list | tuple) else [value]


class Registration(Sourced):
    """`mode`: `open`; `approve`: every team waits for a coordinator; `roster`: a unit that is not on the roster does.

    `late`: what happens after the deadline: refused, or kept until a coordinator approves.
    `names`: whose names teams bear: units', people's who form them, or both. `source` is where the document says so.
    """

    mode: Literal["open", "approve", "roster"] = "open"
    late: Literal["refuse", "approve"] = "refuse"
    names: Literal["units", "people", "both"] = "units"
    team_name_rule: str = ""

    @model_validator(mode="after")
    def _says_where(self) -> "Registration":
        if self.names != "units" and not self.source:
            raise ValueError(f"names is {self.names!r}; say in `source` where the document lets people form teams")
        return self


class Ranking(Table):
    """`mode`: `full`, `top:N`, `own` (only one's own rank) or `off`.

    `min_unit_size`: the 人次 below which a team's own line is not public; whoever never gave one is not hidden by it.
    """

    mode: Annotated[str, Field(pattern=r"^(full|own|off|top:[1-9][0-9]{0,5})$")] = "full"
    min_unit_size: Annotated[int, Field(ge=0, le=1_000_000)] = 10

    @property
    def public(self) -> bool:
        return self.mode not in ("own", "off")

    @property
    def top(self) -> int | None:
        """How many places are shown to the public; None where all are."""
        return int(self.mode.removeprefix("top:")) if self.mode.startswith("top:") else None


Form = Literal["text", "table", "picture"]
"""What a bulletin may be to a group robot."""


class Bulletin(Table):
    """`leaders`: how many places it names. `regions`: by amount, or as the file lists them without a ranking.

    `robots`: what a group robot posts of an issue, one message after the other: its text, its table, its
    picture. `theme`: the colours of its pictures.
    """

    leaders: Annotated[int, Field(ge=1, le=30)] = 10
    regions: Literal["ranked", "listed"] = "ranked"
    robots: Annotated[tuple[Form, ...], Field(min_length=1, max_length=3)] = ("table", "picture")
    theme: Literal["light", "dark"] = "light"


class Board(Table):
    """`embed`: the sites (`https://www.example.org`) that may show the public board in a frame."""

    embed: tuple[Annotated[str, Field(pattern=r"^https://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?$")], ...] = ()


class Hook(Table):
    """Another system that is told what happens. `name`: under which its secret stands in the setting HOOKS."""

    name: Slug
    url: Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[^\s#]*)?$")]
    events: Annotated[tuple[Literal["bulletin", "team.registered", "totals"], ...], Field(min_length=1)]


class Limits(Table):
    """Beyond what a report waits for a coordinator: it adds more than `amount` (fen), comes to more than `per_gift`
    (fen) a 人次, or to more than `jump` times the present total or less than that part of it.
    """

    amount: Annotated[int, Field(gt=0, le=10**15)] = 100_000_000
    per_gift: Annotated[int, Field(gt=0, le=10**15)] = 1_000_000
    jump: Annotated[int, Field(gt=1, le=1_000_000)] = 100


class Offline(Table):
    """`approve`: whether every report of offline gifts waits for a coordinator."""

    approve: bool = False


class Silence(Table):
    """`list`: whether coordinators are told which teams of their region have not been heard of today. `remind`: whether
    a `silent-reminder` of the plan may ask those teams' captains for a word.
    """

    list: bool = True
    remind: bool = False


class Incidents(Table):
    """Within which time a case is taken, and closed once taken; afterwards the office above is called.

    `robots`: the group robots that are told number, kind and severity of a new case, where it accuses no office.
    """

    take_minutes: Annotated[int, Field(gt=0, le=10_080)] = 60
    close_hours: Annotated[int, Field(gt=0, le=720)] = 48
    robots: tuple[str, ...] = ()


class Goal(Table):
    """What is counted upon (`floor`, 保) and hoped for (`hope`, 争), in fen."""

    floor: Fen | None = None
    hope: Fen | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Goal":
        if self.floor is not None and self.hope is not None and self.floor > self.hope:
            raise ValueError(f"floor {self.floor} is above hope {self.hope}; put the smaller amount first")
        return self


class RegionGoal(Goal):
    region: str


class Goals(Goal):
    """The campaign's own, and those of `regions`: what stands until an organizer sets another (目标)."""

    regions: tuple[RegionGoal, ...] = ()


class Reconcile(Table):
    """`tolerance_fen`: by how much the platform's total and the reported one may differ and still be told as one."""

    tolerance_fen: Fen = 0


class Privacy(Table):
    """`keep_people_days`: how long after the close captains' names and telephones are kept."""

    keep_people_days: Annotated[int, Field(gt=0)] = 180


class QuietHours(Table):
    start: Hour = time(22, 0)
    end: Hour = time(8, 0)

    def holds(self, at: time) -> bool:
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""In the order of `date.weekday`."""


class Push(Table):
    """One push of the plan: which job, at what times of the campaign's day, to whom.

    `days` limits it to those local dates, `before` to days counted from the one that the job is about (`T-7`),
    `weekdays` to some of either. 24:00 is the end of its day. `expires_minutes`: how long after its time it may still
    go out. A job that something else than the clock calls has no `at`. `channels`: by which ways alone persons may be
    told it, besides their mailbox; empty: by every one that the account has.
    """

    id: Slug
    job: str
    at: tuple[PushHour, ...] = ()
    days: Days = ()
    before: Annotated[tuple[Offset, ...], BeforeValidator(_listed)] = ()
    weekdays: tuple[Weekday, ...] = ()
    audience: tuple[Literal["subscribers", "coordinators", "organizers", "captains", "liaisons", "robots"], ...]
    robots: tuple[str, ...] = ()
    channels: tuple[Literal["customer_service", "subscription_notice", "template_message"], ...] = ()
    expires_minutes: Annotated[int, Field(gt=0, le=10_080)] = 180

    @model_validator(mode="after")
    def _days_are_said_once(self) -> "Push":
        if self.days and self.before:
            raise ValueError("both days and before; give one of them")
        return self
