"""The views of a campaign: everything that follows from its ledger alone."""

from collections import Counter, defaultdict
from collections.abc import MutableMapping
from dataclasses import dataclass, field

from storage.awards import Settled
from storage.ledger import Entry
from storage.matters import Difference, Incident, Raise, Review
from storage.models.reports import Count, Report, Withdrawal
from storage.models.teams import Team
from storage.platform import Confirmed
from storage.platform_mergers import Told
from storage.roster import RosterUnit
from storage.targets import Target


@dataclass(frozen=True, slots=True)
class Apart:
    """Two teams before they went on as one: what the target had grown by, and what the platform told of both."""

    source: Team
    target: Team
    growth: dict[str, int]
    told: Told | None


@dataclass(slots=True)
class Views:
    """Everything that follows from the ledger up to its entry `ledger`. Boards map (metric, scope) to number → value.

    `written`: the entry that last wrote a team; `histories`: every one that did; `units`: the teams of a unit by its
    key; `region_units`: every key that was ever a unit's there; `shelves`: what teams off the lists grew by;
    `captains`: a person's team codes, separated by spaces as they are kept; `roster`: the units that are expected, by
    id, with their ids by name and by region; `confirmed`: the platform's figures by team, with the pages' teams;
    `mergers`: by the code of a merged team, what both were before; `keyed`: how many teams of a region bear a key,
    while one entry after the other rekeys a team.
    """

    ledger: str = "0-0"
    teams: MutableMapping[str, Team] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    histories: MutableMapping[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, str] = field(default_factory=dict)
    units: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    region_units: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shelves: dict[str, dict[str, int]] = field(default_factory=dict)
    captains: dict[str, str] = field(default_factory=dict)
    mergers: dict[str, Apart] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    subscribers: dict[str, str] = field(default_factory=dict)
    switched_off: set[str] = field(default_factory=set)
    tasks: dict[str, int] = field(default_factory=dict)
    newest_counts: dict[str, Count] = field(default_factory=dict)
    boards: MutableMapping[tuple[str, str], dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    reports: MutableMapping[str, Report] = field(default_factory=dict)
    withdrawn: dict[str, Withdrawal] = field(default_factory=dict)
    zero_reports: list[Entry] = field(default_factory=list)
    incidents: dict[str, Incident] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    differences: dict[str, Difference] = field(default_factory=dict)
    confirmed: MutableMapping[str, Confirmed] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    roster: dict[str, RosterUnit] = field(default_factory=dict)
    roster_names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    roster_regions: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    targets: dict[str, Target] = field(default_factory=dict)
    raises: dict[str, Raise] = field(default_factory=dict)
    state: str = ""
    awards: dict[str, Settled] = field(default_factory=dict)
    keyed: Counter[tuple[str, str]] | None = None
