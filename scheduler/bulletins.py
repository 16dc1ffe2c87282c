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
from storage import Store
from storage.campaign_schema import Campaign, Form, Push
from storage.models import Membership, Notification
from storage.snapshots import Snapshot, Snapshots, occurrence_name, plan_name

TEXT: tuple[Form, ...] = ("text",)
A_DAY = timedelta(days=1)
"""How long a bulletin in a mailbox is worth reading: until the next one. A reminder is, as long as it may be sent."""


class UnknownJob(Exception):
    """The campaign file names a push or a job that does not exist; the text says which there are."""


@dataclass(frozen=True, slots=True)
class Audience:
    """One recipient: a person by id, or a group robot by name. `asked`: quiet hours do not hold it."""

    person: str = ""
    robot: str = ""
    asked: bool = False

    @property
    def name(self) -> str:
        return self.person or f"robot-{self.robot}"


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


def occurrences(campaign: Campaign, push: Push, after: datetime, until: datetime) -> Iterator[datetime]:
    """The scheduled minutes of a push in (after, until], oldest first."""
    day, last = campaign.local(after).date(), campaign.local(until).date()
    while day <= last:
        if not push.days or day in push.days:
            for at in sorted(push.at):
                moment = datetime.combine(day, at, campaign.zone)
                if after < moment <= until:
                    yield moment
        day += timedelta(days=1)


def occurrence_on(campaign: Campaign, push: Push, day: date | None, now: datetime) -> datetime:
    """The occurrence that a push by hand stands for: the last of today, or this minute; the first of another day.

    So a push by hand in place of one that was missed does not double it, and one before the hour is its own.
    """
    local = campaign.local(now)
    if day is not None and day != local.date():
        return datetime.combine(day, min(push.at), campaign.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(microseconds=1)
    return max(occurrences(campaign, push, midnight, now), default=local.replace(second=0, microsecond=0))


def why_not_now(campaign: Campaign, push: Push, scheduled_at: datetime, now: datetime) -> str:
    """Why pushing it by hand would tell something untrue, '' where it would not.

    Words and figures are those of now: of another day they say nothing, and a reminder has its hours.
    """
    local = campaign.local(now)
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
    text = _text(campaign, draft.model_copy(update={"issue": issue}))
    return Preview(text, tuple(audience(store, campaign, push)))


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


def _notifications(
    store: Store, campaign: Campaign, push: Push, snapshot: Snapshot, now: datetime
) -> Iterator[Notification]:
    say = _words(store, campaign, snapshot)
    lasts = timedelta(minutes=push.expires_minutes)
    in_time = now < snapshot.scheduled_at + lasts
    due_at = min(now, snapshot.scheduled_at) if in_time else now
    expires_at = (snapshot.scheduled_at if in_time else now) + lasts
    table = _table(campaign, snapshot)
    for recipient, form, name in _copies(campaign, snapshot, _admitted(store, campaign, push, snapshot)):
        if not (text := say(recipient)):
            continue
        job, picture = (pictures.JOB, poster_of(snapshot, campaign).name) if form == "picture" else (push.job, "")
        yield Notification(
            id=f"{campaign.id}:{job}:{snapshot.occurrence}:{snapshot.rev}:{name}",
            campaign=campaign.id,
            job=job,
            person=recipient.person,
            robot=recipient.robot,
            text=texts.pictures.of_an_issue(_title(campaign, snapshot)) if picture else text,
            markdown=table if form == "table" else "",
            picture=picture,
            asked=recipient.asked,
            created_at=now,
            due_at=due_at,
            expires_at=expires_at,
            read_until=due_at + A_DAY if JOBS[push.job].numbered else expires_at,
            corrected_by=plan_name(push.id, snapshot.scheduled_at, snapshot.rev + 1),
        )


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


def _words(store: Store, campaign: Campaign, snapshot: Snapshot) -> Callable[[Audience], str]:
    """What each recipient is told: the same to all, or each what she may see."""
    if (personal := JOBS[snapshot.job].personal) is None:
        text = _text(campaign, snapshot)
        return lambda _recipient: text
    offices = store.people.offices(campaign.id)

    def say(recipient: Audience) -> str:
        return _marked(campaign, snapshot, personal(campaign, snapshot, offices.get(recipient.person, Membership())))

    return say


def _admitted(store: Store, campaign: Campaign, push: Push, snapshot: Snapshot) -> list[Audience]:
    """The audience without those who have had all that a day allows; a bulletin counts for nobody."""
    recipients = list(audience(store, campaign, push))
    if JOBS[push.job].numbered:
        return recipients
    unasked = [recipient.person for recipient in recipients if recipient.person and not recipient.asked]
    day = campaign.local(snapshot.scheduled_at).date()
    admitted = store.announcements.admit(campaign.id, day, f"{push.id}:{snapshot.occurrence}", unasked)
    return [each for each in recipients if each.asked or each.robot or each.person in admitted]


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
