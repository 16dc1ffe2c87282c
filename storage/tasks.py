"""Progress in items: how many of each task a region has brought about. Counts are cumulative, the ledger keeps each.

Of each task in a region the newest count may be taken back; the view then returns to its predecessor.
"""

from dataclasses import asdict, dataclass

from storage.authority import rely_on_final_authority
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Closed, Ledger, NotAllowed, Plan
from storage.models.people import Membership
from storage.models.reports import Count
from storage.models.teams import Team


@dataclass(frozen=True, slots=True)
class Counted:
    """What a write did to a task in a region (ids): the count before, and now; None where none stands."""

    task: str
    region: str
    before: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one task stands: the regions that reported and their counts, of so many that it is asked for in."""

    task: Task
    stands: tuple[tuple[str, int], ...]
    asked: int

    @property
    def reached(self) -> int:
        """How many regions have what is asked for."""
        return sum(self.task.least is not None and count >= self.task.least for _, count in self.stands)


@dataclass(frozen=True, slots=True)
class Tasks:
    """The counts of every campaign that reports items."""

    database: Database
    keys: Keys

    def counts(self, campaign: str) -> dict[str, int]:
        """`task|region` → number of items, for every count that was reported."""
        return {name: int(value) for name, value in self.database.hgetall(self.keys.tasks(campaign)).items()}

    def newest(self, campaign: str) -> list[Count]:
        """The counts that may be taken back, the newest first: of each task in a region the one that stands."""
        kept = map(Count.model_validate_json, self.database.hvals(self.keys.newest_counts(campaign)))
        return sorted(kept, key=lambda count: count.at, reverse=True)

    def report(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        teams: list[Team],
        task: str,
        region: str,
        count: int,
    ) -> Counted:
        """Write the count of a task in a region. Raises `NotAllowed`, or `Changed` where it moved meanwhile."""
        before = self.database.hget(self.keys.tasks(campaign.id), f"{task}|{region}")
        new = Count(
            task=task,
            region=region,
            count=count,
            before=None if before is None else int(before),
            by=author.person,
            at=author.at,
        )
        plan = self._plan(campaign, author, membership, teams, "task.counted", new)
        plan.expect(self.keys.tasks(campaign.id), new.cell, before or "")
        plan.effect("HSET", self.keys.newest_counts(campaign.id), new.cell, new.model_dump_json())
        return self._stand(plan, new.cell, Counted(task, region, new.before, count))

    def retract(
        self, campaign: Campaign, author: Author, membership: Membership, teams: list[Team], newest: Count
    ) -> Counted:
        """Take the newest count of a task in a region back. Raises as `report` does."""
        plan = self._plan(campaign, author, membership, teams, "task.retracted", newest)
        plan.expect(self.keys.newest_counts(campaign.id), newest.cell, newest.model_dump_json())
        plan.effect("HDEL", self.keys.newest_counts(campaign.id), newest.cell)
        return self._stand(plan, newest.cell, Counted(newest.task, newest.region, newest.count, newest.before))

    def written(self, campaign: Campaign, op_id: str) -> Counted | None:
        """What an operation wrote if it was done already: a message that comes again is not doubted again."""
        done = Ledger(self.database, self.keys).outcome(campaign.id, op_id)
        return Counted(**done.outcome) if done else None

    def _plan(
        self, campaign: Campaign, author: Author, membership: Membership, teams: list[Team], kind: str, count: Count
    ) -> Plan:
        """A write that relies, inside its step, on what allows it: a team or a role in the region."""
        values = {"task": count.task, "region": count.region, "count": str(count.count)}
        plan = Plan(self.keys, campaign.id, author, kind, values=values)
        if membership.covers(campaign.region_path(count.region)):
            plan.expect(self.keys.roles(campaign.id), author.person, membership.roles)
        elif campaign.closed:
            raise Closed(campaign.id)
        elif may_count(campaign, membership, teams, count.region):
            plan.expect(self.keys.captains(campaign.id), author.person, " ".join(membership.codes))
        else:
            raise NotAllowed
        rely_on_final_authority(plan, campaign, membership, count.region)
        return plan

    def _stand(self, plan: Plan, cell: str, done: Counted) -> Counted:
        """Commit the plan with the count that stands after it."""
        key = self.keys.tasks(plan.campaign)
        if done.now is None:
            plan.effect("HDEL", key, cell)
        else:
            plan.effect("HSET", key, cell, str(done.now))
        return Counted(**plan.commit(self.database, asdict(done)).outcome)


def may_count(campaign: Campaign, membership: Membership, teams: list[Team], region: str) -> bool:
    """Whether she may say what a region has brought about: a captain of a team there, or a coordinator of it."""
    here = any(team.region == region and team.status == "active" for team in teams)
    return here or membership.covers(campaign.region_path(region))
