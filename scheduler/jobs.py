"""What a scheduled push says. A campaign file names a job; the JOBS table has the words for it.

A job is a function of the campaign and a snapshot, nothing else, so that every copy of a push says the same. To add
one: write the function, add a row, and name it in a campaign file's `[[pushes]]`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from handlers import texts
from handlers.bulletins.edition import Edition
from handlers.bulletins.table import render_table
from handlers.bulletins.text import render_bulletin
from storage.campaign_schema import Campaign
from storage.casework import sees
from storage.models import Membership
from storage.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Job:
    """One row of JOBS: the words, '' where there is nothing to say. `numbered`: each occurrence is an issue.

    `table`: the same as markdown_v2, where a job has it. `personal`: the words for one recipient by what she may see,
    where that is not the same for all.
    """

    render: Callable[[Campaign, Snapshot], str]
    numbered: bool = False
    table: Callable[[Campaign, Snapshot], str] | None = None
    personal: Callable[[Campaign, Snapshot, Membership], str] | None = None


def bulletin(campaign: Campaign, snapshot: Snapshot) -> str:
    return render_bulletin(Edition.of(campaign, snapshot))


def bulletin_table(campaign: Campaign, snapshot: Snapshot) -> str:
    return render_table(Edition.of(campaign, snapshot))


def opening_reminder(campaign: Campaign, snapshot: Snapshot) -> str:
    """Before matching opens: when, under which condition, and that nobody has to; nothing on a day without matching."""
    matching, day = campaign.windows.matching, campaign.local(snapshot.scheduled_at).date()
    if matching is None:
        return ""
    first, last = (campaign.local(end).date() if end else day for end in (matching.start, matching.end))
    if not first <= day <= last:
        return ""
    return texts.reminders.opening_reminder(campaign, day, matching.opens or time(0))


def deadline_reminder(campaign: Campaign, snapshot: Snapshot) -> str:
    """Before registration ends; without a deadline, or after it, there is nothing to remind of."""
    registration = campaign.windows.registration
    if registration is None or registration.end is None or registration.end < snapshot.scheduled_at:
        return ""
    return texts.reminders.deadline_reminder(campaign, campaign.local(registration.end), snapshot.scheduled_at.date())


def incidents(campaign: Campaign, snapshot: Snapshot) -> str:
    """The day's line about cases, of all there are: what an operator previews."""
    return texts.cases.daily(campaign, snapshot.cases, snapshot.digest.cut_off)


def incidents_seen(campaign: Campaign, snapshot: Snapshot, membership: Membership) -> str:
    """The same, of the cases that she may see; nothing for whoever has no role, and for robots."""
    seen = [case for case in snapshot.cases if sees(campaign, membership, case)]
    return texts.cases.daily(campaign, seen, snapshot.digest.cut_off) if membership.roles else ""


JOBS: dict[str, Job] = {
    "bulletin": Job(bulletin, numbered=True, table=bulletin_table),
    "opening-reminder": Job(opening_reminder),
    "deadline-reminder": Job(deadline_reminder),
    "incidents": Job(incidents, personal=incidents_seen),
}
