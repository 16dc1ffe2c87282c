"""Whom a push goes to: everybody once, by what they asked for and what they are, then the group robots; and who of them
has room for it today.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.jobs import JOBS
from storage import Store
from storage.announcements import PUSHES_A_DAY
from storage.campaign_schema import Campaign
from storage.campaign_settings import Push
from storage.occurrences import editions, on_day
from storage.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Audience:
    """One recipient: a person by id, or a group robot by name."""

    person: str = ""
    robot: str = ""

    @property
    def name(self) -> str:
        return self.person or f"robot-{self.robot}"


def audience(store: Store, campaign: Campaign, push: Push, scheduled_at: datetime) -> Iterator[Audience]:
    """Everybody a push goes to, once."""
    told = set[str]()
    for person in _persons(store, campaign, push, scheduled_at):
        if person not in told:
            told.add(person)
            yield Audience(person=person)
    if "robots" in push.audience:
        yield from (Audience(robot=robot) for robot in push.robots)


def _persons(store: Store, campaign: Campaign, push: Push, scheduled_at: datetime) -> Iterator[str]:
    people, cid = store.people, campaign.id
    groups = {
        "organizers": people.organizers,
        "coordinators": people.coordinators,
        "captains": people.captains,
        "liaisons": store.unit_people.liaisons,
    }
    found = (person for group in groups if group in push.audience for person in groups[group](cid))
    if push.job != "bulletin":
        subscribers = people.subscribers(cid) if "subscribers" in push.audience else {}
        yield from subscribers
        yield from found
        return
    yield from _subscribed(store, campaign, push, scheduled_at, found)


def _subscribed(
    store: Store, campaign: Campaign, push: Push, scheduled_at: datetime, others: Iterator[str]
) -> Iterator[str]:
    """Who gets a bulletin: each as she subscribed; who has it by her office, one a day, the evening's."""
    hers, now = store.people.subscribers(campaign.id), editions(campaign, scheduled_at)
    if "subscribers" in push.audience:
        yield from (person for person, edition in hers.items() if edition in now)
    yield from (person for person in others if hers.get(person, "evening") in now)


def admitted(
    store: Store, campaign: Campaign, push: Push, snapshot: Snapshot, recipients: Sequence[Audience]
) -> list[Audience]:
    """The recipients without those who have had all that a day allows, or are told the same by somebody else."""
    job, day = JOBS[push.job], campaign.local(snapshot.scheduled_at).date()
    if job.unasked is None:
        return list(recipients)
    name, persons = f"{push.id}:{snapshot.occurrence}", [each.person for each in recipients if each.person]
    kept = min(PUSHES_A_DAY, _ahead(campaign, push, snapshot.scheduled_at))
    admitted = store.announcements.admit(campaign.id, day, name, persons, kept)
    if job.claim:
        admitted = job.claim(store, campaign, snapshot, admitted)
    return [each for each in recipients if each.robot or each.person in admitted]


def _ahead(campaign: Campaign, push: Push, scheduled_at: datetime) -> int:
    """How many unasked pushes to the same people are still to come today that go before this one."""
    rank, day = JOBS[push.job].unasked or 0, campaign.local(scheduled_at).date()
    return sum(
        campaign.local(moment).date() == day and moment > scheduled_at
        for other in campaign.pushes
        if other.job in JOBS and (before := JOBS[other.job].unasked) is not None and before < rank
        if {*other.audience} & {*push.audience} - {"robots"}
        for moment in on_day(campaign, other, day)
    )
