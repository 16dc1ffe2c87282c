"""What: the JOBS table. A campaign's push plan names jobs; how each is said is shared with the handlers.

A job is a function of the campaign and a snapshot, nothing else, so that every copy of a push says the same. To add
one: write the function, add a row and its name in `handlers/texts/pushes.py`, and name it in a campaign file's
`[[pushes]]`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from handlers.bulletins.edition import Edition
from handlers.bulletins.table import render_table
from handlers.bulletins.text import render_bulletin
from scheduler import digests, reminders, silence
from storage import Store
from storage.announcements import THRESHOLD
from storage.campaign_schema import Campaign
from storage.snapshots import Snapshot

Render = Callable[[Campaign, Snapshot], str]
Personal = Callable[[Store, Campaign, Snapshot], Callable[[str], str]]
Claim = Callable[[Store, Campaign, Snapshot, Collection[str]], set[str]]


@dataclass(frozen=True, slots=True)
class Job:
    """One row of JOBS: the words, '' where there is nothing to say. `numbered`: each occurrence is an issue.

    `table`: the same as markdown_v2, where a job has it. `personal`: the words for one person (id; '' for a robot) by
    what she is, where they are not the same for all. `about`: the local days that the job is about, from which the
    plan's `before` counts. `unasked`: its place among a day's unasked pushes, lower ones first (design §2,
    "subscribing"); None where it is no such push. `claim`: takes for some persons what others may have told them today,
    and says for whom it could. `after_close`: said of a campaign that is closed, too. `called`: not by the clock, but
    by what happens.
    """

    render: Render
    numbered: bool = False
    table: Render | None = None
    personal: Personal | None = None
    unasked: int | None = None
    claim: Claim | None = None
    after_close: bool = False
    called: bool = False


def bulletin(campaign: Campaign, snapshot: Snapshot) -> str:
    return render_bulletin(Edition.of(campaign, snapshot))


def bulletin_table(campaign: Campaign, snapshot: Snapshot) -> str:
    return render_table(Edition.of(campaign, snapshot))


JOBS: dict[str, Job] = {
    "bulletin": Job(bulletin, numbered=True, table=bulletin_table),
    "opening-reminder": Job(reminders.opening, unasked=2),
    "first-day": Job(reminders.first_day, unasked=2),
    "last-day": Job(reminders.last_day, unasked=2),
    "closing": Job(reminders.closing, unasked=2, after_close=True),
    "deadline-reminder": Job(reminders.deadline, personal=reminders.deadline_to, unasked=3),
    "task-deadline": Job(reminders.tasks_due, personal=reminders.tasks_due_to, unasked=3),
    THRESHOLD: Job(reminders.threshold_note, unasked=4, called=True),
    "silent-reminder": Job(silence.example, personal=silence.to_captains, unasked=5, claim=silence.claim),
    "thanks": Job(reminders.thanks, unasked=6, after_close=True),
    "slogan": Job(reminders.slogan, unasked=7),
    "final-report": Job(reminders.final_report, after_close=True),
    "digest": Job(digests.of_campaign, personal=digests.of_regions),
    "incidents": Job(digests.incidents, personal=digests.incidents_seen),
}
