"""The copies of one push: each recipient's words, and the forms in which a group robot posts a bulletin."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from handlers import pictures, texts
from handlers.bulletins.edition import Edition
from handlers.pictures import poster_of
from handlers.posters.drawing import can_draw
from scheduler.audience import Audience, admitted, audience
from scheduler.jobs import JOBS
from storage import Store
from storage.campaign_schema import Campaign
from storage.campaign_settings import Form, Push
from storage.models.pushes import Notification
from storage.occurrences import after_quiet
from storage.snapshots import Snapshot, plan_name

TEXT: tuple[Form, ...] = ("text",)
A_DAY = timedelta(days=1)
"""How long a bulletin in a mailbox is worth reading: until the next one. A reminder is, as long as it may be sent."""
Words = Callable[[Audience], str]


def copies(store: Store, campaign: Campaign, push: Push, snapshot: Snapshot, now: datetime) -> Iterator[Notification]:
    """Every notification of one occurrence, as it goes into the outbox; those that bring a picture wait for it."""
    say, table = words(store, campaign, snapshot), _table(campaign, snapshot)
    recipients = admitted(store, campaign, push, snapshot, told(store, campaign, push, snapshot, say))
    if JOBS[push.job].claim:
        say = words(store, campaign, snapshot)
    for recipient, form, name in _named(campaign, snapshot, recipients):
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


def posted(campaign: Campaign, snapshot: Snapshot) -> dict[Form, str]:
    """What a group robot posts of it, form by form; of a picture what it is of."""
    shown: dict[Form, str] = {
        "text": text_of(campaign, snapshot),
        "table": _table(campaign, snapshot),
        "picture": texts.pictures.of_an_issue(_title(campaign, snapshot)),
    }
    return {form: shown[form] for form in (_forms(campaign) if JOBS[snapshot.job].table else TEXT)}


def told(store: Store, campaign: Campaign, push: Push, snapshot: Snapshot, say: Words) -> list[Audience]:
    """The audience for which there is something to say."""
    return [each for each in audience(store, campaign, push, snapshot.scheduled_at) if say(each)]


def words(store: Store, campaign: Campaign, snapshot: Snapshot) -> Words:
    """What each recipient is told: the same to all, or each what she may see."""
    if (personal := JOBS[snapshot.job].personal) is None:
        text = text_of(campaign, snapshot)
        return lambda _recipient: text
    to = personal(store, campaign, snapshot)
    return lambda recipient: _marked(campaign, snapshot, to(recipient.person))


def _times(
    campaign: Campaign, push: Push, snapshot: Snapshot, recipient: Audience, now: datetime
) -> tuple[datetime, datetime]:
    """When it is due and when it has expired: a person's begins after the quiet hours, a robot's at its minute.

    Ordered after its time was over, it has its whole lifetime from now.
    """
    at, lasts = snapshot.scheduled_at, timedelta(minutes=push.expires_minutes)
    begins = after_quiet(campaign, at) if recipient.person else at
    if now >= begins + lasts:
        return now, now + lasts
    return begins, begins + lasts


def _named(
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


def text_of(campaign: Campaign, snapshot: Snapshot) -> str:
    """What the push says to whoever is told the same as everybody."""
    return _marked(campaign, snapshot, JOBS[snapshot.job].render(campaign, snapshot))


def _marked(campaign: Campaign, snapshot: Snapshot, text: str) -> str:
    """The words, marked as a correction, which a bulletin does itself, or as of a practice drive."""
    if snapshot.rev > 1 and text and not JOBS[snapshot.job].numbered:
        text = texts.bulletin.correction_of(text.removeprefix(texts.wording.PRACTICE))
    return texts.wording.marked(text) if campaign.practice else text
