"""Who hears of a case, and what: those who look after it, who reported it, and robots by number, kind and severity."""

from collections.abc import Callable, Mapping
from datetime import datetime

from handlers import texts
from handlers.notices import OPERATORS, notification, to_robot
from storage import Store
from storage.campaign_schema import Campaign
from storage.casework import sees
from storage.matters import Incident
from storage.models.people import Membership
from storage.models.pushes import Notification

JOB = "incident"
Say = Callable[[Campaign, Incident], str]
"""What is said of a case."""


def who_sees(store: Store, campaign: Campaign, case: Incident) -> dict[str, Membership]:
    """Person id → what she is, of everybody who looks after a case; never who reported it."""
    offices = store.people.offices(campaign.id)
    return {pid: m for pid, m in offices.items() if pid != case.by and sees(campaign, m, case)}


def of_office(people: Mapping[str, Membership], region: str) -> list[str]:
    """Those of them who are of the office of a region, '' for the whole campaign's."""
    return [pid for pid, m in people.items() if any(grant.region == region for grant in m.grants)]


def opened(campaign: Campaign, case: Incident, people: list[str]) -> list[Notification]:
    """To whoever looks after it, and to robots; the operators' where there is nobody."""
    text = texts.cases.opened_notice(campaign, case)
    told = [notification(_id(campaign, case, pid), campaign, JOB, pid, text, case.at) for pid in people]
    if not people:
        return [to_operators(campaign, case, "opened", case.at)]
    robots = () if case.accused else campaign.incidents.robots
    said = texts.cases.robot_notice(campaign, case)
    return [*told, *(to_robot(_id(campaign, case, f"robot-{r}"), campaign, JOB, r, said, case.at) for r in robots)]


def to_office(
    campaign: Campaign, case: Incident, people: list[str], text: str, step: str, now: datetime
) -> list[Notification]:
    """A notice without words of the case to those who are to look after it."""
    return [notification(_id(campaign, case, step, pid), campaign, JOB, pid, text, now) for pid in people]


def to_operators(campaign: Campaign, case: Incident, step: str, now: datetime) -> Notification:
    text = texts.cases.operators_notice(campaign, case)
    return to_robot(_id(campaign, case, step, f"robot-{OPERATORS}"), campaign, JOB, OPERATORS, text, now)


def to_reporter(
    campaign: Campaign, case: Incident, say: Say, step: str, person: str, now: datetime
) -> list[Notification]:
    """The answer to who reported it, unless it was she who did something about it (`person`)."""
    if case.by == person:
        return []
    notice = notification(_id(campaign, case, step, case.by), campaign, JOB, case.by, say(campaign, case), now)
    return [notice.model_copy(update={"asked": True})]


def case_of(notice: Notification) -> str:
    """The number of the case that a notice is about, '' where it is about none."""
    return notice.id.split(":")[2] if notice.job == JOB else ""


def _id(campaign: Campaign, case: Incident, *parts: str) -> str:
    return ":".join((campaign.id, JOB, case.number, *parts))
