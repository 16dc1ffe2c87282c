"""Progress in items: how many of each task a region has brought about. Counts are cumulative, the ledger keeps each."""

from dataclasses import dataclass

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, NotAllowed, Plan
from storage.models import Membership, Team


@dataclass(frozen=True, slots=True)
class Counted:
    """A count that was written: before, and now."""

    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Tasks:
    """The counts of every campaign that reports items."""

    database: Database
    keys: Keys

    def counts(self, campaign: str) -> dict[str, int]:
        """`task|region` → number of items, for every count that was reported."""
        return {name: int(value) for name, value in self.database.hgetall(self.keys.tasks(campaign)).items()}

    def report(
        self, campaign: Campaign, author: Author, membership: Membership, teams: list[Team], cell: str, count: int
    ) -> Counted:
        """Write the count of a `task|region`; a captain of a team there or a coordinator of the region may.

        Raises `NotAllowed`, or `Changed` where it moved meanwhile.
        """
        key, (task, region) = self.keys.tasks(campaign.id), cell.split("|")
        before = self.database.hget(key, cell) or ""
        plan = Plan(self.keys, campaign.id, author, "task.counted", values={"task": task, "region": region})
        plan.values["count"] = str(count)
        if membership.covers(campaign.region_path(region)):
            plan.expect(self.keys.roles(campaign.id), author.person, membership.roles)
        elif any(team.region == region and team.status == "active" for team in teams):
            plan.expect(self.keys.captains(campaign.id), author.person, " ".join(membership.codes))
        else:
            raise NotAllowed
        plan.expect(key, cell, before)
        plan.effect("HSET", key, cell, str(count))
        done = plan.commit(self.database, {"before": int(before or 0), "now": count}).outcome
        return Counted(done["before"], done["now"])
