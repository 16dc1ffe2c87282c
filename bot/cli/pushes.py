"""`push …`, `outbox …`: what is pushed to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from storage import Store
    from storage.campaign_schema import Campaign
    from storage.campaign_settings import Push
    from storage.models.pushes import Delivery, Notification

push = typer.Typer(help="The scheduled pushes of a campaign.", no_args_is_help=True)
outbox = typer.Typer(help="What was sent to whom, when, how, and why not.", no_args_is_help=True)

SILENT = "there is nothing to say on that day"
Day = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="The day whose push is corrected (--again); today if absent."),
]


def add_to(app: typer.Typer) -> None:
    app.add_typer(push, name="push")
    app.add_typer(outbox, name="outbox")


def _as_fields(campaign: Campaign, planned: Push, text: str, at: datetime) -> dict[str, str]:
    """The push in a template's fields, for each kind of message for which the operator named one for its job."""
    from bot.settings import load_settings
    from scheduler.channels.template_fields import fill
    from scheduler.channels.template_message import DIGESTS
    from storage.models.pushes import Notification

    settings = load_settings()
    notice = Notification(
        id="", campaign=campaign.id, job=planned.job, text=text, created_at=at, due_at=at, expires_at=at
    )
    shown = "\n".join(f"{key}: {value}" for key, value in fill(("thing1", "time2", "thing3"), notice).items())
    kinds = {"subscription notice": settings.wechat_notices, "template message": settings.wechat_templates}
    if planned.job in DIGESTS:
        del kinds["template message"]
    return {kind: shown for kind, named in kinds.items() if text and planned.job in named}


@push.command()
def preview(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    job: Annotated[str, typer.Argument(metavar="JOB")],
    day: Day = None,
) -> None:
    """What a push would say at this moment, and to whom. Nothing is queued."""
    from bot.cli.session import CommandError, open_store, published
    from scheduler.bulletins import UnknownJob, occurrence_on, push_named, why_not_now
    from scheduler.bulletins import preview as foretell

    with open_store() as store:
        campaign, now = published(store, campaign_id), store.clock.now()
        try:
            planned = push_named(campaign, job)
        except UnknownJob as error:
            raise CommandError(str(error)) from None
        scheduled = occurrence_on(campaign, planned, _date(day), now)
        told = foretell(store, campaign, planned, scheduled, now)
    typer.echo(told.text or SILENT)
    if untimely := why_not_now(campaign, planned, scheduled, now):
        typer.echo(f"\nnot to be pushed now: {untimely}")
    persons = sum(bool(recipient.person) for recipient in told.recipients)
    robots = [recipient.robot for recipient in told.recipients if recipient.robot]
    typer.echo(f"\nto {persons} persons and {len(robots)} group robots {' '.join(robots)}".rstrip())
    for form, content in told.posted.items():
        typer.echo(f"\ngroup robots, {form}:\n{content}")
    for kind, fields in _as_fields(campaign, planned, told.text, scheduled).items():
        typer.echo(f"\n{kind}:\n{fields}")


@push.command()
def run(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    job: Annotated[str, typer.Argument(metavar="JOB")],
    day: Day = None,
    again: Annotated[bool, typer.Option("--again", help="As a correction of what went out.")] = False,
) -> None:
    """Queue a push now. What was queued before stays as it is, unless it is sent `--again`."""
    from bot.cli.session import CommandError, open_to_write, published
    from scheduler.bulletins import UnknownJob, occurrence_on, plan, push_named, why_not_now
    from scheduler.bulletins import preview as foretell

    with open_to_write() as store:
        campaign, now = published(store, campaign_id), store.clock.now()
        try:
            planned = push_named(campaign, job)
        except UnknownJob as error:
            raise CommandError(str(error)) from None
        scheduled = occurrence_on(campaign, planned, _date(day), now)
        if not again and (untimely := why_not_now(campaign, planned, scheduled, now)):
            raise CommandError(f"{planned.id} of {scheduled:%Y-%m-%d %H:%M}: {untimely}")
        if not foretell(store, campaign, planned, scheduled, now).text:
            raise CommandError(f"{planned.id} of {scheduled:%Y-%m-%d}: {SILENT}")
        queued = plan(store, campaign, planned, scheduled, now, again=again)
    note = "" if queued else "; it stands in the outbox already, --again sends a correction"
    typer.echo(f"{campaign_id} {planned.id} of {scheduled:%Y-%m-%d %H:%M}: {queued} queued{note}")


@outbox.command("list")
def list_outbox(
    campaign_id: Annotated[str | None, typer.Argument(metavar="[CAMPAIGN]")] = None,
    status: Annotated[str | None, typer.Option(help="Only those of one status, such as unknown.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many of each campaign, newest first.")] = 50,
) -> None:
    """The newest pushes: id, status, channel, when it was settled on the campaign's clock, to whom, and why not."""
    from typing import get_args

    from bot.cli.session import CommandError, open_store, published, tell
    from storage.models.pushes import DeliveryStatus

    if status is not None and status not in get_args(DeliveryStatus):
        raise CommandError(f"no status {status!r}; there are: {', '.join(get_args(DeliveryStatus))}")
    with open_store() as store:
        known = store.campaigns.published()
        ids = [published(store, campaign_id).id] if campaign_id else list(known)
        lines = []
        for cid in ids:
            found = store.outbox.list(cid, status, limit)  # type: ignore[arg-type]  # checked above
            names = _names(store, cid, [delivery.notification for delivery in found])
            lines += [_line(delivery, known[cid].campaign, names) for delivery in found]
    tell(lines, f"no push is {status}" if status else "nothing was pushed yet")


@outbox.command()
def show(notification_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """One push: everything known about it, and its text."""
    from bot.cli.session import open_store, published

    with open_store() as store:
        delivery = _found(store.outbox.get, notification_id)
        notice = delivery.notification
        campaign = published(store, notice.campaign)
        names = _names(store, campaign.id, [notice])
    for name, value in (
        ("id", notice.id),
        ("job", notice.job),
        ("to", _to(notice, names)),
        ("due", _moment(campaign, notice.due_at)),
        ("expires", _moment(campaign, notice.expires_at)),
        ("status", delivery.status),
        ("channel", delivery.channel),
        ("reason", delivery.reason),
        ("attempts", str(delivery.attempts)),
        ("settled", _moment(campaign, delivery.settled_at)),
    ):
        if value:
            typer.echo(f"{name:8} {value}")
    typer.echo(f"\n{notice.text}")


@outbox.command()
def retry(notification_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Queue a push again that did not arrive. One that arrived is not sent twice."""
    import secrets

    from bot.cli.session import CommandError, open_to_write
    from storage.outbox import AlreadyDelivered

    campaign = _campaign_of(notification_id)
    with open_to_write() as store:
        _found(store.outbox.get, notification_id)
        try:
            store.outbox.retry(campaign, notification_id, secrets.token_hex(8), store.clock.now())
        except AlreadyDelivered:
            raise CommandError(f"{notification_id} arrived; it is not sent again") from None
    typer.echo(f"{notification_id}: queued")


@outbox.command()
def resume() -> None:
    """Try at once what stands still, and whatever waits for it: for whoever has mended it."""
    from bot.cli.session import open_to_write, tell

    with open_to_write() as store:
        parts = sorted(store.breakers.standing().closed)
        store.breakers.open_all()
        for campaign in store.campaigns.published():
            store.outbox.hasten(campaign, store.clock.now())
    tell([f"{part}: is tried again" for part in parts], "nothing stands still")


def _names(store: Store, campaign: str, notices: Sequence[Notification]) -> dict[str, str]:
    """Person id → what she is called where that is kept: by her office, or as a captain."""
    persons = sorted({notice.person for notice in notices if notice.person})
    captains = {person: store.teams.card(campaign, person).name for person in persons}
    return {person: name for person, name in captains.items() if name} | store.roles.names(campaign, persons)


def _to(notice: Notification, names: dict[str, str]) -> str:
    if not notice.person:
        named = f"group robot {notice.robot}" if notice.robot else f"hook {notice.hook}"
        return named if notice.robot or notice.hook else "everybody"
    return f"{names[notice.person]} ({notice.person})" if notice.person in names else notice.person


def _line(delivery: Delivery, campaign: Campaign, names: dict[str, str]) -> str:
    at = f"{campaign.local(delivery.settled_at):%m-%d %H:%M:%S}" if delivery.settled_at else "-"
    to = _to(delivery.notification, names)
    line = (delivery.notification.id, delivery.status, delivery.channel or "-", at, to, delivery.reason)
    return "\t".join(line).rstrip()


def _moment(campaign: Campaign, at: datetime | None) -> str:
    """On the campaign's own clock, with its offset; '' for none."""
    return campaign.local(at).isoformat(sep=" ", timespec="seconds") if at else ""


def _found(get: Callable[[str, str], Delivery], notification_id: str) -> Delivery:
    from bot.cli.session import CommandError

    try:
        return get(_campaign_of(notification_id), notification_id)
    except KeyError:
        raise CommandError(f"no push {notification_id!r}; see: yidui outbox list") from None


def _campaign_of(notification_id: str) -> str:
    """Every notification's id begins with its campaign's."""
    return notification_id.partition(":")[0]


def _date(day: datetime | None) -> date | None:
    return day.date() if day else None
