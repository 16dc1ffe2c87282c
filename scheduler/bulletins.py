"""One occurrence of a scheduled push: snapshot, text, recipients, outbox.

Doing it twice changes nothing, from two processes at once or after a crash in the middle: the snapshot is stored
by whoever comes first, and a notification whose id is known stays as it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers import pictures, texts
from handlers.bulletins.edition import Edition
from handlers.pictures import poster_of
from handlers.posters.drawing import can_draw
from scheduler.jobs import JOBS
from scheduler.recipients import Audience, audience
from storage import Store, occurrences
from storage.announcements import PUSHES_A_DAY
from storage.campaign_schema import Campaign, Form, Push
from storage.campaign_times import moment_on
from storage.models import Notification
from storage.snapshots import Snapshot, Snapshots, occurrence_name, plan_name

TEXT: tuple[Form, ...] = ("text",)
A_DAY = timedelta(days=1)
"""How long a bulletin in a mailbox is worth reading: until the next one. A reminder is, as long as it may be sent."""
Words = Callable[[Audience], str]


class UnknownJob(Exception):
    """The campaign file names a push or a job that does not exist; the text says which there are."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a push would say now, and to whom."""

    text: str
    recipients: tuple[Audience, ...]


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
    rev = _next_rev(snapshots, campaign, push, scheduled_at) if again else 1
    draft = snapshots.draft(campaign, push.job, scheduled_at, now, rev)
    snapshot = snapshots.take(draft, job.numbered)
    notifications = list(_notifications(store, campaign, push, snapshot, now))
    told = [each for each in notifications if not each.picture]
    queued = store.outbox.enqueue(told)
    snapshots.mark_planned(snapshot, push.id, len(told))
    if job.numbered and can_draw():
        store.pictures.want(poster_of(snapshot, campaign), [each for each in notifications if each.picture])
    return queued


def preview(store: Store, campaign: Campaign, push: Push, scheduled_at: datetime, now: datetime) -> Preview:
    """What `plan` would queue; writes nothing."""
    snapshots, job = store.snapshots, JOBS[push.job]
    draft = snapshots.draft(campaign, push.job, scheduled_at, now)
    issue = snapshots.next_issue(campaign.id) if job.numbered else None
    snapshot = draft.model_copy(update={"issue": issue})
    told = _told(store, campaign, push, snapshot, _words(store, campaign, snapshot))
    return Preview(_text(campaign, snapshot), tuple(told))


def lasts_until(campaign: Campaign, push: Push, scheduled_at: datetime) -> datetime:
    """Until when an occurrence may go out: persons are told after the quiet hours."""
    return occurrences.after_quiet(campaign, scheduled_at) + timedelta(minutes=push.expires_minutes)


def _notifications(
    store: Store, campaign: Campaign, push: Push, snapshot: Snapshot, now: datetime
) -> Iterator[Notification]:
    say, table = _words(store, campaign, snapshot), _table(campaign, snapshot)
    recipients = _admitted(store, campaign, push, snapshot, _told(store, campaign, push, snapshot, say))
    if JOBS[push.job].claim:
        say = _words(store, campaign, snapshot)
    for recipient, form, name in _copies(campaign, snapshot, recipients):
        due_at, expires_at = _times(campaign, push, snapshot, recipient, now)
        job, picture = (pictures.JOB, poster_of(snapshot, campaign).name) if form == "picture" else (push.job, "")
        yield Notification(
            id=f"{campaign.id}:{job}:{snapshot.occurrence}:{snapshot.rev}:{name}",
            campaign=campaign.id,
            job=job,
            push=push.id,
            person=recipient.person,
            robot=recipient.robot,
            text=texts.pictures.of_an_issue(_title(campaign, snapshot)) if picture else say(recipient),
            markdown=table if form == "table" else "",
            picture=picture,
            asked=bool(recipient.robot),
            created_at=now,
            due_at=due_at,
            expires_at=expires_at,
            read_until=due_at + A_DAY if JOBS[push.job].numbered else expires_at,
            corrected_by=plan_name(push.id, snapshot.scheduled_at, snapshot.rev + 1),
        )


def _times(
    campaign: Campaign, push: Push, snapshot: Snapshot, recipient: Audience, now: datetime
) -> tuple[datetime, datetime]:
    """When it is due and when it has expired: a person's begins after the quiet hours, a robot's at its minute.

    Ordered after its time was over, it has its whole lifetime from now.
    """
    at, lasts = snapshot.scheduled_at, timedelta(minutes=push.expires_minutes)
    begins = occurrences.after_quiet(campaign, at) if recipient.person else at
    if now >= begins + lasts:
        return now, now + lasts
    return begins, begins + lasts


def _copies(
    campaign: Campaign, snapshot: Snapshot, recipients: Sequence[Audience]
) -> Iterator[tuple[Audience, Form, str]]:
    """Every message of a push with its name: a text for each recipient, to a robot what the file lets it post.

    A recipient's first message bears its name alone.
    """
    for recipient in recipients:
        first, *others = _forms(campaign) if recipient.robot and JOBS[snapshot.job].table else TEXT
        yield recipient, first, recipient.name
        yield from ((recipient, form, f"{recipient.name}:{form}") for form in others)


def _title(campaign: Campaign, snapshot: Snapshot) -> str:
    return texts.bulletin.issue_name(Edition.of(campaign, snapshot))


def _forms(campaign: Campaign) -> Sequence[Form]:
    """What a robot posts of a bulletin: what the file says, without pictures where none can be drawn."""
    return [form for form in campaign.bulletin.robots if form != "picture" or can_draw()] or TEXT


def _table(campaign: Campaign, snapshot: Snapshot) -> str:
    table = JOBS[snapshot.job].table
    return table(campaign, snapshot) if table else ""


def _words(store: Store, campaign: Campaign, snapshot: Snapshot) -> Words:
    """What each recipient is told: the same to all, or each what she may see."""
    if (personal := JOBS[snapshot.job].personal) is None:
        text = _text(campaign, snapshot)
        return lambda _recipient: text
    to = personal(store, campaign, snapshot)
    return lambda recipient: _marked(campaign, snapshot, to(recipient.person))


def _told(store: Store, campaign: Campaign, push: Push, snapshot: Snapshot, say: Words) -> list[Audience]:
    """The audience for which there is something to say."""
    return [each for each in audience(store, campaign, push, snapshot.scheduled_at) if say(each)]


def _admitted(
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
        for moment in occurrences.on_day(campaign, other, day)
    )


def _text(campaign: Campaign, snapshot: Snapshot) -> str:
    return _marked(campaign, snapshot, JOBS[snapshot.job].render(campaign, snapshot))


def _marked(campaign: Campaign, snapshot: Snapshot, text: str) -> str:
    """The words, marked as a correction, which a bulletin does itself, or as of a practice drive."""
    if snapshot.rev > 1 and text and not JOBS[snapshot.job].numbered:
        text = texts.bulletin.correction_of(text.removeprefix(texts.wording.PRACTICE))
    return texts.wording.marked(text) if campaign.practice else text


def _next_rev(snapshots: Snapshots, campaign: Campaign, push: Push, scheduled_at: datetime) -> int:
    name, rev = occurrence_name(campaign.local(scheduled_at)), 1
    while snapshots.get(campaign.id, push.job, name, rev):
        rev += 1
    return rev
