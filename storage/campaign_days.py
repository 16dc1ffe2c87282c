"""Which local days a campaign's own days are: when the drive begins and ends, registration, the deadlines of tasks."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from storage.campaign_document import Window
from storage.campaign_schema import Campaign


def drive(campaign: Campaign) -> Window | None:
    """The days of the drive itself: of matching, else of activity; where items are counted, of reporting."""
    windows = campaign.windows
    counted = windows.reporting if campaign.progress == "items" else None
    return windows.matching or windows.activity or counted


def first(campaign: Campaign) -> Sequence[date]:
    """The first day of the drive, none where the file names none."""
    window = drive(campaign)
    return _day(campaign, window.start if window else None)


def last(campaign: Campaign) -> Sequence[date]:
    """The last day of the drive."""
    window = drive(campaign)
    return _day(campaign, window.end if window else None)


def registration_ends(campaign: Campaign) -> Sequence[date]:
    """The last day on which teams register."""
    window = campaign.windows.registration
    return _day(campaign, window.end if window else None)


def task_deadlines(campaign: Campaign) -> Sequence[date]:
    """The last days of the tasks that have one."""
    return sorted({day for task in campaign.tasks for day in _day(campaign, task.deadline)})


ABOUT: Mapping[str, Callable[[Campaign], Sequence[date]]] = {
    "opening-reminder": first,
    "first-day": first,
    "last-day": last,
    "closing": last,
    "thanks": last,
    "final-report": last,
    "deadline-reminder": registration_ends,
    "task-deadline": task_deadlines,
}
"""The days that a job is about, from which the plan's `before` counts; a job that is not here is about none."""


def _day(campaign: Campaign, at: datetime | None) -> list[date]:
    return [campaign.local(at).date()] if at else []
