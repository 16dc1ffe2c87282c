"""Tables that an organizer brought to the console: read and compared by a worker, looked at, written on her yes.

The file lies in `FOLDER` beneath the data directory, as long as what is kept of it here: a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.models.fact import Fact

FOLDER = "brought"
LASTS = timedelta(hours=24)
Sort = Literal["roster", "platform"]
State = Literal["reading", "read", "writing", "written", "refused"]
UNDONE: tuple[State, ...] = ("reading", "writing")
"""The states in which a worker has something to do."""
List = Literal["new", "same", "changed", "alike", "liaison", "stray", "refused"]
LISTS: tuple[List, ...] = ("new", "changed", "alike", "refused", "stray", "liaison", "same")


class BroughtTable(Fact):
    """`person` brought it, `name` is what the file is called on her disk, `file` in the folder. `as_of`: of when the
    figures are, as she typed it; `apart`: units like others are their own.

    `done` of `of` rows are read or written. `counts`: rows on each list; `shown`: the first of each, as they are told.
    `why` it cannot be taken, '' for no reason. `matched`: a digest of every row as she saw it; `begun`: she agreed,
    and the writing began with just that.
    """

    id: str
    person: str
    sort: Sort
    name: str
    file: str
    at: datetime
    as_of: str = ""
    apart: bool = False
    state: State = "reading"
    done: int = 0
    of: int = 0
    counts: dict[List, int] = Field(default_factory=dict)
    shown: dict[List, tuple[str, ...]] = Field(default_factory=dict)
    why: str = ""
    matched: str = ""
    begun: bool = False

    def is_over(self, now: datetime) -> bool:
        return self.at + LASTS <= now


@dataclass(frozen=True, slots=True)
class BroughtTables:
    database: Database
    keys: Keys

    def bring(self, campaign: Campaign, table: BroughtTable) -> BroughtTable:
        """Keep a new one; the same form brings it once."""
        self.database.hsetnx(self.keys.brought(campaign.id), table.id, table.model_dump_json())
        return self.get(campaign.id, table.id) or table

    def get(self, campaign: str, table_id: str) -> BroughtTable | None:
        kept = self.database.hget(self.keys.brought(campaign), table_id)
        return BroughtTable.model_validate_json(kept) if kept else None

    def keep(self, campaign: str, table: BroughtTable) -> BroughtTable:
        """As it is from now on."""
        self.database.hset(self.keys.brought(campaign), table.id, table.model_dump_json())
        return table

    def agree(self, campaign: str, table_id: str, *, apart: bool) -> BroughtTable | None:
        """She has seen the lists and says yes; None where there is nothing to say yes to."""
        table = self.get(campaign, table_id)
        if table is None or table.state != "read":
            return table if table and table.state in ("writing", "written") else None
        return self.keep(
            campaign, table.model_copy(update={"state": "writing", "apart": apart, "begun": False, "done": 0})
        )

    def of(self, campaign: str, now: datetime) -> Sequence[BroughtTable]:
        """Those of this day, the newest first; what is kept of the others goes."""
        found = [BroughtTable.model_validate_json(doc) for doc in self.database.hvals(self.keys.brought(campaign))]
        if over := [table.id for table in found if table.is_over(now)]:
            self.database.hdel(self.keys.brought(campaign), *over)
        return sorted((t for t in found if not t.is_over(now)), key=lambda table: table.at, reverse=True)
