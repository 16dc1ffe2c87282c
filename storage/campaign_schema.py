"""The schema of a campaign file: one TOML file describes one drive, completely.

Every value that comes from a document carries its provenance: `source` names the section, `status` says
whether the document states it, we repaired damaged text, or we inferred it. What a campaign lacks is absent.
Amounts are integer fen; times of day are `HH:MM` in the campaign's own time zone.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, PrivateAttr, ValidationInfo, field_validator, model_validator

from storage.campaign_document import Contact, Organiser, Policy, Project, Region, Rule, Threshold, Windows
from storage.campaign_extras import Award, BookColumns, Fact, ReviewLevel, Site, Task
from storage.campaign_references import broken_references
from storage.campaign_settings import (
    Board,
    Bulletin,
    Goals,
    Hook,
    Incidents,
    Limits,
    Offline,
    Privacy,
    Push,
    QuietHours,
    Ranking,
    Reconcile,
    Registration,
    Silence,
)
from storage.campaign_tables import Name, Slug, Table, Text
from storage.campaign_times import in_zone


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("a time zone, such as Asia/Shanghai") from None
    return name


ZoneName = Annotated[str, AfterValidator(_known_zone)]


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

    def __copy__(self) -> "Campaign":
        """Without what was made of it: the copy may be given other values."""
        copied = super().__copy__()
        for made in copied.__dict__.keys() - Campaign.model_fields.keys():
            del copied.__dict__[made]
        return copied

    @cached_property
    def closed(self) -> bool:
        """Whether it was closed, which is published and stands in no file: look-ups answer, captains write no more."""
        return self._state != ""

    @cached_property
    def frozen(self) -> bool:
        """Whether its figures are final: only an organizer changes one."""
        return self._state == "frozen"

    @cached_property
    def state(self) -> State:
        return self._state

    def in_state(self, state: State) -> "Campaign":
        """The same campaign, open, closed or frozen."""
        moved = self.model_copy()
        moved._state = state
        return moved

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def local(self, at: datetime) -> datetime:
        """The same instant on the campaign's wall clock."""
        return at.astimezone(self.zone)

    @cached_property
    def _regions(self) -> Mapping[str, Region]:
        return {region.id: region for region in self.regions}

    @cached_property
    def _projects(self) -> Mapping[str, Project]:
        return {project.id: project for project in self.projects}

    @cached_property
    def _paths(self) -> Mapping[str, tuple[str, ...]]:
        return {region.id: tuple(self._upwards(region)) for region in self.regions} | {"": ()}

    def _upwards(self, region: Region) -> Iterator[str]:
        yield region.id
        while region.parent:
            region = self.region(region.parent)
            yield region.id

    def region(self, region_id: str) -> Region:
        """Raises `KeyError`."""
        return self._regions[region_id]

    def project(self, project_id: str) -> Project:
        """Raises `KeyError`."""
        return self._projects[project_id]

    def contact(self, contact_id: str) -> Contact:
        return next(c for c in self.contacts if c.id == contact_id)

    def shows(self, donations: int) -> bool:
        """Whether the line of a team with so many 人次 may be public; whoever never gave one is not hidden by it."""
        return not 0 < donations < self.ranking.min_unit_size

    def region_path(self, region_id: str) -> tuple[str, ...]:
        """The region and every region above it, nearest first; nothing for '', the whole campaign."""
        return self._paths[region_id]

    def threshold_for(self, project_id: str) -> Threshold | None:
        """The claim threshold that holds for a project or, for a direction, for its parent project."""
        threshold = self.policy.threshold
        if threshold is None:
            return None
        holds = project_id in threshold.projects or self.project(project_id).parent in threshold.projects
        return threshold if holds else None
