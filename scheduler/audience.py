"""Whom a push goes to: persons and group robots, each once."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.jobs import JOBS
from storage import Store
from storage.campaign_schema import Campaign, Push
from storage.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Audience:
    """One recipient: a person by id, or a group robot by name. `asked`: quiet hours do not hold it."""

    person: str = ""
    robot: str = ""
    asked: bool = False

    @property
    def name(self) -> str:
        return self.person or f"robot-{self.robot}"


def audience(store: Store, campaign: Campaign, push: Push) -> Iterator[Audience]:
    """Everybody a push goes to, once: whoever asked for it first, then those it is sent to unasked, then robots."""
    people, told = store.people, set()
    groups = (
        ("subscribers", True, people.subscribers),
        ("organizers", False, people.organizers),
        ("coordinators", False, people.coordinators),
        ("captains", False, people.captains),
    )
    for group, asked, members in groups:
        if group not in push.audience:
            continue
        for person in members(campaign.id):
            if person not in told:
                told.add(person)
                yield Audience(person=person, asked=asked)
    if "robots" in push.audience:
        yield from (Audience(robot=robot, asked=True) for robot in push.robots)


def admitted(store: Store, campaign: Campaign, push: Push, snapshot: Snapshot) -> list[Audience]:
    """The audience without those who have had all that a day allows; a bulletin counts for nobody."""
    recipients = list(audience(store, campaign, push))
    if JOBS[push.job].numbered:
        return recipients
    unasked = [recipient.person for recipient in recipients if recipient.person and not recipient.asked]
    day = campaign.local(snapshot.scheduled_at).date()
    admitted = store.announcements.admit(campaign.id, day, f"{push.id}:{snapshot.occurrence}", unasked)
    return [each for each in recipients if each.asked or each.robot or each.person in admitted]
