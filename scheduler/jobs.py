"""What a scheduled push says. A campaign file names a job; the JOBS table has the words for it.

A job is a function of the campaign and a snapshot, nothing else, so that every copy of a push says the same. To add
one: write the function, add a row, and name it in a campaign file's `[[pushes]]`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from handlers import texts
from handlers.bulletin import render_bulletin
from storage.campaign_schema import Campaign
from storage.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Job:
    """One row of JOBS. `numbered`: each occurrence is an issue and bears the next number."""

    render: Callable[[Campaign, Snapshot], str]
    numbered: bool = False


def bulletin(campaign: Campaign, snapshot: Snapshot) -> str:
    return render_bulletin(campaign, snapshot.digest, snapshot.issue)


def opening_reminder(campaign: Campaign, snapshot: Snapshot) -> str:
    """Before matching opens: when, under which condition, and that nobody has to."""
    matching = campaign.windows.matching
    opens = matching.opens if matching and matching.opens else time(0)
    return texts.opening_reminder(campaign, snapshot.scheduled_at.date(), opens)


def deadline_reminder(campaign: Campaign, snapshot: Snapshot) -> str:
    """Before registration ends; for a campaign without a deadline there is nothing to remind of."""
    registration = campaign.windows.registration
    if registration is None or registration.end is None:
        return ""
    return texts.deadline_reminder(campaign, campaign.local(registration.end), snapshot.scheduled_at.date())


JOBS: dict[str, Job] = {
    "bulletin": Job(bulletin, numbered=True),
    "opening-reminder": Job(opening_reminder),
    "deadline-reminder": Job(deadline_reminder),
}
