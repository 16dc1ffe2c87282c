"""What a coordinator has sent to captains unasked: a reminder to report, and a notice in her own words.

Each is one entry of the ledger that says where and to how many, never what. A team is reminded once a day, and nobody
gets more than `PUSHES_A_DAY` (design §2, "subscribing"): both are looked at again inside the write.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from storage.campaign_schema import Campaign
from storage.database import Database, script
from storage.keys import OPERATION_SECONDS, Keys
from storage.ledger import Author, Ledger, NotAllowed, Plan
from storage.models.fact import Fact
from storage.models.people import Membership
from storage.models.pushes import Notification
from storage.outbox import from_now

_admit = script("admit")

THRESHOLD = "threshold-note"
"""The job of what a captain hears near the claim threshold and past it."""
PUSHES_A_DAY = 2
"""How many unasked pushes a person gets in one local day of a campaign."""

BATCH = 1000


class Told(Fact):
    """How many captains and liaisons it was sent to, and their teams' codes by the way they are reached."""

    captains: int
    liaisons: int = 0
    ways: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Announcements:
    """`regions`: ids, none for the whole campaign. `pushed`: how many each recipient had today, as it was read.

    Both ways to write raise `NotAllowed` where no role of hers reaches a region, `Changed` where a role, a team or a
    recipient is not as it was read. Written once per operation.
    """

    database: Database
    keys: Keys

    def reminded(self, campaign: str, day: date, codes: Sequence[str]) -> set[str]:
        """The teams that were reminded on a local day."""
        marks = self.database.hmget(self.keys.reminded(campaign, day.isoformat()), [*codes]) if codes else []
        return {code for code, mark in zip(codes, marks, strict=True) if mark}

    def free_to_remind(self, campaign: str, day: date, push: str, codes: Sequence[str]) -> set[str]:
        """The teams that nothing has reminded on a local day, but `push` (its occurrence) itself."""
        marks = self.database.hmget(self.keys.reminded(campaign, day.isoformat()), [*codes]) if codes else []
        return {code for code, mark in zip(codes, marks, strict=True) if mark in (None, push)}

    def remind_by(self, campaign: str, day: date, push: str, codes: Sequence[str]) -> None:
        """Mark teams as reminded by a scheduled push (its occurrence); one that is marked already stays another's."""
        key = self.keys.reminded(campaign, day.isoformat())
        with self.database.pipeline(transaction=True) as pipe:
            for code in codes:
                pipe.hsetnx(key, code, push)
            pipe.expire(key, OPERATION_SECONDS)
            pipe.execute()

    def pushed(self, campaign: str, day: date, persons: Sequence[str]) -> dict[str, int]:
        """How many unasked pushes each person was given on a local day."""
        counts = self.database.hmget(self.keys.unasked(campaign, day.isoformat()), [*persons]) if persons else []
        return {person: int(count or 0) for person, count in zip(persons, counts, strict=True)}

    def admit(self, campaign: str, day: date, push: str, persons: Sequence[str], kept: int = 0) -> set[str]:
        """Those whose day has room for one more unasked push, which is taken for `push` (its occurrence), once.

        `kept`: how many places of the day are left for what is still to come and goes before it.
        """
        keys = [
            self.keys.unasked(campaign, day.isoformat()),
            self.keys.admitted(campaign, push),
        ]
        admitted = set[str]()
        for start in range(0, len(persons), BATCH):
            batch = persons[start : start + BATCH]
            admitted.update(_admit(self.database, keys, [OPERATION_SECONDS, PUSHES_A_DAY - kept, *batch]))
        return admitted

    def remind(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        regions: Sequence[str],
        pushes: Sequence[Notification],
        pushed: Mapping[str, int],
        told: Told,
    ) -> Told:
        """Reminders to the captains of teams, each of which is marked as reminded today."""
        plan = _begun(self.keys, campaign, author, membership, regions, "captains.reminded", told)
        marks = self.keys.reminded(campaign.id, campaign.local(author.at).date().isoformat())
        for code in (code for codes in told.ways.values() for code in codes):
            plan.expect(marks, code, "")
            plan.effect("HSET", marks, code, "1")
        plan.effect("EXPIRE", marks, OPERATION_SECONDS)
        return self._sent(plan, campaign, pushes, pushed, told)

    def announce(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        regions: Sequence[str],
        pushes: Sequence[Notification],
        pushed: Mapping[str, int],
        told: Told,
    ) -> Told:
        """A notice to captains."""
        plan = _begun(self.keys, campaign, author, membership, regions, "captains.notified", told)
        return self._sent(plan, campaign, pushes, pushed, told)

    def done(self, campaign: str, op_id: str) -> Told | None:
        """What an operation did if it was done already."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        return Told.model_validate(committed.outcome) if committed else None

    def _sent(
        self,
        plan: Plan,
        campaign: Campaign,
        pushes: Sequence[Notification],
        pushed: Mapping[str, int],
        told: Told,
    ) -> Told:
        counts = self.keys.unasked(campaign.id, campaign.local(plan.author.at).date().isoformat())
        for push in pushes:
            had = pushed[push.person]
            plan.expect(counts, push.person, str(had) if had else "")
            plan.effect("HINCRBY", counts, push.person, 1)
            plan.notify(push)
        plan.effect("EXPIRE", counts, OPERATION_SECONDS)
        return Told.model_validate(plan.commit(self.database, told.model_dump(mode="json")).outcome)


def _begun(
    keys: Keys,
    campaign: Campaign,
    author: Author,
    membership: Membership,
    regions: Sequence[str],
    kind: str,
    told: Told,
) -> Plan:
    for region in regions or ("",):
        if not membership.covers(campaign.region_path(region) if region else ()):
            raise NotAllowed
    values = {"regions": " ".join(regions), "recipients": str(told.captains + told.liaisons)}
    plan = Plan(keys, campaign.id, author, kind, values=values)
    plan.expect(keys.roles(campaign.id), author.person, membership.roles)
    return plan


def note(plan: Plan, database: Database, campaign: Campaign, pushes: Sequence[Notification]) -> None:
    """Add notifications to a plan. One of the threshold is unasked: it goes once, where an organizer has not switched
    it off, and the morning after a full day."""
    today = campaign.local(plan.author.at).date()
    for push in pushes:
        if push.job != THRESHOLD:
            plan.notify(push)
            continue
        keys, cid = plan.keys, campaign.id
        key, counts = keys.notification(cid, push.id), keys.unasked(cid, today.isoformat())
        known, had, off = database.together(
            [("EXISTS", key), ("HGET", counts, push.person), ("SMEMBERS", keys.switched_off(cid))]
        )
        if not known and {planned.id for planned in campaign.pushes if planned.job == THRESHOLD} - {*off}:
            _count(plan, campaign, push, today, full=int(had or 0) >= PUSHES_A_DAY)


def _count(plan: Plan, campaign: Campaign, push: Notification, today: date, full: bool) -> None:
    day = today + timedelta(days=full)
    counts = plan.keys.unasked(campaign.id, day.isoformat())
    plan.effect("HINCRBY", counts, push.person, 1)
    plan.effect("EXPIRE", counts, OPERATION_SECONDS)
    morning = datetime.combine(day, campaign.quiet_hours.end, campaign.zone)
    plan.notify(from_now(push, morning) if full else push)
