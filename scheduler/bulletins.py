"""One occurrence of a scheduled push: which it is, its snapshot, and its copies into the outbox.

Doing it twice changes nothing, from two processes at once or after a crash in the middle: the snapshot is stored
by whoever comes first, and a notification whose id is known stays as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.pictures import poster_of
from handlers.posters.drawing import can_draw
from scheduler.audience import Audience
from scheduler.copies import copies, posted, text_of, told, words
from scheduler.jobs import JOBS
from storage import Store, occurrences
from storage.campaign_schema import Campaign
from storage.campaign_settings import Form, Push
from storage.campaign_times import moment_on
from storage.models.pushes import Notification
from storage.snapshots import Snapshots, occurrence_name


class UnknownJob(Exception):
    """The campaign file names a push or a job that does not exist; the text says which there are."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a push would say now, and to whom; `posted`: what group robots would post, form by form."""

    text: str
    recipients: tuple[Audience, ...]
    posted: Mapping[Form, str]


def push_named(campaign: Campaign, name: str) -> Push:
    """The push of the plan with this id, or else the first with this job. Raises `UnknownJob`."""
    for push in (*(p for p in campaign.pushes if p.id == name), *(p for p in campaign.pushes if p.job == name)):
        if push.job not in JOBS:
            raise UnknownJob(f"{push.id}: no job {push.job!r}; there are: {', '.join(JOBS)}")
        return push
    planned = ", ".join(push.id for push in campaign.pushes) or "none"
    raise UnknownJob(f"{campaign.id} plans no push {name!r}; planned: {planned}")


def occurrence_on(campaign: Campaign, push: Push, day: date | None, now: datetime) -> datetime:
    """The occurrence that a push by hand stands for: the last of today, or this minute; the first of another day.

    So a push by hand in place of one that was missed does not double it, and one before the hour is its own.
    """
    local = campaign.local(now)
    if day is not None and day != local.date() and push.at:
        return moment_on(day, min(push.at), campaign.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(microseconds=1)
    moments = occurrences.between(campaign, push, midnight, now)
    return max(moments, default=local.replace(second=0, microsecond=0))


def why_not_now(campaign: Campaign, push: Push, scheduled_at: datetime, now: datetime) -> str:
    """Why pushing it by hand would tell something untrue, '' where it would not.

    Words and figures are those of now: of another day they say nothing, and a reminder has its hours.
    """
    local = campaign.local(now)
    if JOBS[push.job].called:
        return "it is not sent by the clock: what happens calls it"
    if scheduled_at.date() != local.date():
        return f"its words and figures would be those of today, {local:%Y-%m-%d}; leave --date out"
    if JOBS[push.job].numbered:
        return ""
    begun = [at for at in sorted(push.at) if at <= local.time()]
    lasts = timedelta(minutes=push.expires_minutes)
    if begun and (over := datetime.combine(local.date(), begun[-1], campaign.zone) + lasts) <= now:
        return f"it is for {begun[-1]:%H:%M} and was to go out until {over:%H:%M}; it is {local:%H:%M} now"
    return ""


def plan(
    store: Store, campaign: Campaign, push: Push, scheduled_at: datetime, now: datetime, again: bool = False
) -> int:
    """Queue one occurrence; how many notifications are new. `again`: as a correction of what was queued before.

    A bulletin's picture is wanted at once, and goes to the robots when it is drawn.
    """
    snapshots, job = store.snapshots, JOBS[push.job]
    while store.chain.extend(campaign.id):
        pass
    rev = _rev(snapshots, campaign, push, scheduled_at, again)
    draft = snapshots.draft(campaign, push.job, scheduled_at, now, rev)
    snapshot = snapshots.take(draft, job.numbered)
    pictured, copied = list[Notification](), 0

    def worded() -> Iterator[Notification]:
        nonlocal copied
        for each in copies(store, campaign, push, snapshot, now):
            if each.picture:
                pictured.append(each)
            else:
                copied += 1
                yield each

    queued = store.outbox.enqueue(worded())
    if job.numbered and can_draw():
        store.pictures.want(poster_of(snapshot, campaign), pictured)
    snapshots.mark_planned(snapshot, push.id, copied)
    return queued


def preview(store: Store, campaign: Campaign, push: Push, scheduled_at: datetime, now: datetime) -> Preview:
    """What `plan` would queue; writes nothing."""
    snapshots, job = store.snapshots, JOBS[push.job]
    draft = snapshots.draft(campaign, push.job, scheduled_at, now)
    issue = snapshots.next_issue(campaign.id) if job.numbered else None
    snapshot = draft.model_copy(update={"issue": issue})
    recipients = told(store, campaign, push, snapshot, words(store, campaign, snapshot))
    robots = any(each.robot for each in recipients)
    return Preview(text_of(campaign, snapshot), tuple(recipients), posted(campaign, snapshot) if robots else {})


def lasts_until(campaign: Campaign, push: Push, scheduled_at: datetime) -> datetime:
    """Until when an occurrence may go out: persons are told after the quiet hours."""
    return occurrences.after_quiet(campaign, scheduled_at) + timedelta(minutes=push.expires_minutes)


def _rev(snapshots: Snapshots, campaign: Campaign, push: Push, scheduled_at: datetime, again: bool) -> int:
    name = occurrence_name(campaign.local(scheduled_at))
    rev = snapshots.rev_to_plan(campaign.id, push.id, name)
    while again and snapshots.get(campaign.id, push.job, name, rev):
        rev += 1
    return rev
