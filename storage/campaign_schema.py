"""The schema of a campaign file: one TOML file describes one drive, completely.

Every value that comes from a document carries its provenance: `source` names the section, `status` says
whether the document states it, we repaired damaged text, or we inferred it. What a campaign lacks is absent.
Amounts are integer fen; times of day are `HH:MM` in the campaign's own time zone.
"""

from datetime import datetime, time
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from storage.campaign_extras import Award, BookColumns, Fact, ReviewLevel, Site, Task
from storage.campaign_references import broken_references
from storage.campaign_tables import Fen, Name, Slug, Sourced, Table, Text
from storage.campaign_times import Days, End, Hour, Offset, PushHour, Start, in_zone


def _listed(value: object) -> object:
    """A value alone, as a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("a time zone, such as Asia/Shanghai") from None
    return name


ZoneName = Annotated[str, AfterValidator(_known_zone)]


class Organiser(Sourced):
    name: Text
    role: str = "主办"
    aliases: tuple[str, ...] = ()


class Region(Sourced):
    """A place a team belongs to. `bucket` regions (市直) collect units that belong to no county.

    `code`: of the national division code (国家统计局), where it is a division.
    """

    id: Slug
    name: Name
    aliases: tuple[Name, ...] = ()
    parent: str | None = None
    bucket: bool = False
    code: Annotated[str, Field(pattern=r"^(\d{2}|\d{4}|\d{6}|\d{9})?$")] = ""


class Contact(Sourced):
    """Whom to call. `public`: printed in a public notice, so every follower may be told.

    Where the document names nobody, `name` and `office` are the issuing office and there are no `phones`.
    """

    id: Slug
    name: Text
    office: Text
    phones: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    public: bool = True


UnitKind = Literal["学校", "医院", "企业", "机关", "村社区", "社会组织", "慈善组织", "社工机构", "志愿服务机构"]
"""What kind of unit a name says it is."""


class Project(Sourced):
    """A project, or with `parent` one of a project's directions, that teams register for.

    `region`: where it is carried out. `only_regions`, `only_kinds`: the places and the kinds of units the document
    names for it, where it names any; other units are asked about. Where `only_regions` is empty, `region` counts.
    """

    id: Slug
    name: Name
    aliases: tuple[Name, ...] = ()
    parent: str | None = None
    purpose: Text
    eligible: str = ""
    initiators: tuple[str, ...] = ()
    executor: str = ""
    region: str | None = None
    only_regions: tuple[str, ...] = ()
    only_kinds: tuple[UnitKind, ...] = ()
    grant_min_fen: Fen | None = None
    grant_max_fen: Fen | None = None
    link: str = ""
    contacts: tuple[str, ...] = ()


class Window(Sourced):
    """A span of business time; an open side is absent. `opens` is the hour at which each day begins."""

    start: Start | None = None
    end: End | None = None
    opens: Hour | None = None

    def holds(self, now: datetime) -> bool:
        return (self.start is None or now >= self.start) and (self.end is None or now <= self.end)


class Windows(Table):
    """`activity`: the days of the drive itself, where the document speaks of no matching."""

    registration: Window | None = None
    activity: Window | None = None
    matching: Window | None = None
    reporting: Window | None = None
    publicity: Window | None = None


class Match(Sourced):
    """`kind` is `not stated` where the document promises matched money but not how it is shared out."""

    kind: Literal["random", "ratio", "none", "not stated"]
    pool_fen: Fen | None = None
    pool_scope: str = ""


class Threshold(Sourced):
    """A claim threshold: a team at or above it decides on the use of its money (谁筹资、谁主张).

    `channels`: whose donations count. `basis`: whether matched money counts besides, where it is known by team.
    """

    amount_fen: Fen
    comparator: Literal["at least", "more than"] = "at least"
    projects: tuple[str, ...]
    channels: Annotated[tuple[Literal["online", "offline"], ...], Field(min_length=1)] = ("online", "offline")
    basis: Literal["donations", "donations and match"] = "donations"
    above: str
    below: str
    caveat: str = ""

    def reached(self, amount_fen: int) -> bool:
        return amount_fen >= self.amount_fen if self.comparator == "at least" else amount_fen > self.amount_fen


class Attribution(Sourced):
    principle: str
    reviewer: str = ""


class Policy(Table):
    minimum_gift_fen: Fen | None = None
    minimum_gift_source: str = ""
    match: Match | None = None
    threshold: Threshold | None = None
    attribution: Attribution | None = None
    voluntary: Text
    voluntary_source: str = ""
    incident_duty: str = ""
    incident_source: str = ""


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
    go out. A job that something else than the clock calls has no `at`.
    """

    id: Slug
    job: str
    at: tuple[PushHour, ...] = ()
    days: Days = ()
    before: Annotated[tuple[Offset, ...], BeforeValidator(_listed)] = ()
    weekdays: tuple[Weekday, ...] = ()
    audience: tuple[Literal["subscribers", "coordinators", "organizers", "captains", "liaisons", "robots"], ...]
    robots: tuple[str, ...] = ()
    expires_minutes: Annotated[int, Field(gt=0, le=10_080)] = 180

    @model_validator(mode="after")
    def _days_are_said_once(self) -> "Push":
        if self.days and self.before:
            raise ValueError("both days and before; give one of them")
        return self


class Rule(Sourced):
    """One entry of the rulebook: what people ask, in several phrasings, and the answer in our own words.

    Some topics mean something to the bot: `contact` (the entry about the person in `contact`), `contact-all`,
    `threshold-above`, `threshold-below`, `threshold-exact` and `threshold-other` (a project without the
    threshold) are chosen by names and amounts in a question; `refuse` is what the bot must decline.
    `contact` is whom to ask about the entry. `covers`: the common entries (`campaigns/_common`) that it answers too.
    """

    id: Slug
    topic: str
    questions: tuple[str, ...] = ()
    answer: Text
    contact: str | None = None
    covers: tuple[Slug, ...] = ()


State = Literal["", "closed", "frozen"]
"""What stands in no file: '' while it is open."""


class Campaign(Table):
    """One drive, as its file describes it. `progress`: what is reported, money or counts of items (`tasks`).
    `platform_domains`: where the platform's pages are, itself and all beneath it; a team's own link is on one of them.

    `practice`: a drill on the live account, offered to nobody who does not belong to it, and marked wherever it speaks.
    """

    id: Slug
    name: Name
    short: Name
    aliases: tuple[Name, ...] = ()
    year: Annotated[int, Field(ge=2000, le=2100)]
    level: Text
    platform: Text
    platform_domains: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")], ...] = ()
    document: Text
    basis: tuple[str, ...] = ()
    parent: str = ""
    area: Name
    progress: Literal["money", "items"] = "money"
    practice: bool = False
    timezone: ZoneName = "Asia/Shanghai"
    organisers: tuple[Organiser, ...]
    windows: Windows = Windows()
    regions: tuple[Region, ...]
    projects: tuple[Project, ...]
    contacts: tuple[Contact, ...] = ()
    policy: Policy
    registration: Registration = Registration()
    ranking: Ranking = Ranking()
    board: Board = Board()
    bulletin: Bulletin = Bulletin()
    quiet_hours: QuietHours = QuietHours()
    limits: Limits = Limits()
    offline: Offline = Offline()
    silence: Silence = Silence()
    incidents: Incidents = Incidents()
    reconcile: Reconcile = Reconcile()
    targets: Goals = Goals()
    privacy: Privacy = Privacy()
    pushes: tuple[Push, ...] = ()
    hooks: tuple[Hook, ...] = ()
    rulebook: tuple[Rule, ...] = ()
    slogans: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    review_levels: tuple[ReviewLevel, ...] = ()
    sites: tuple[Site, ...] = ()
    facts: tuple[Fact, ...] = ()
    book_columns: tuple[BookColumns, ...] = ()
    awards: tuple[Award, ...] = ()
    _state: State = PrivateAttr(default="")

    @field_validator("windows", "tasks")
    @classmethod
    def _on_its_clock(cls, tables: Any, info: ValidationInfo) -> Any:
        """Every moment on the campaign's own clock."""
        return in_zone(tables, ZoneInfo(info.data.get("timezone", "UTC")))

    @model_validator(mode="after")
    def _references_exist(self) -> "Campaign":
        if found := list(broken_references(dict(self))):
            raise ValueError("\n".join(found))
        if self.registration.names != "units" and (named := [a.name for a in self.awards if a.of != "regions"]):
            raise ValueError(f"awards: teams bear people's names here, who are on no list: {', '.join(named)}")
        return self

    @property
    def closed(self) -> bool:
        """Whether it was closed, which is published and stands in no file: look-ups answer, captains write no more."""
        return self._state != ""

    @property
    def frozen(self) -> bool:
        """Whether its figures are final: only an organizer changes one."""
        return self._state == "frozen"

    @property
    def state(self) -> State:
        return self._state

    def in_state(self, state: State) -> "Campaign":
        """The same campaign, open, closed or frozen."""
        moved = self.model_copy()
        moved._state = state
        return moved

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def local(self, at: datetime) -> datetime:
        """The same instant on the campaign's wall clock."""
        return at.astimezone(self.zone)

    def region(self, region_id: str) -> Region:
        return next(r for r in self.regions if r.id == region_id)

    def project(self, project_id: str) -> Project:
        return next(p for p in self.projects if p.id == project_id)

    def contact(self, contact_id: str) -> Contact:
        return next(c for c in self.contacts if c.id == contact_id)

    def shows(self, donations: int) -> bool:
        """Whether the line of a team with so many 人次 may be public; whoever never gave one is not hidden by it."""
        return not 0 < donations < self.ranking.min_unit_size

    def region_path(self, region_id: str) -> tuple[str, ...]:
        """The region and every region above it, nearest first; nothing for '', the whole campaign."""
        path: list[str] = []
        above: str | None = region_id
        while above:
            path.append(above)
            above = self.region(above).parent
        return tuple(path)

    def threshold_for(self, project_id: str) -> Threshold | None:
        """The claim threshold that holds for a project or, for a direction, for its parent project."""
        threshold = self.policy.threshold
        if threshold is None:
            return None
        lineage = (project_id, self.project(project_id).parent)
        return threshold if any(p in threshold.projects for p in lineage) else None
