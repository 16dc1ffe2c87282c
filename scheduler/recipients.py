"""Whom a push goes to: everybody once, by what they asked for and what they are, then the group robots."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from storage import Store
from storage.campaign_schema import Campaign, Push
from storage.occurrences import editions


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
