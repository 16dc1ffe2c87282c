"""The proof: what is kept, compared with what the story says, and with what people really saw."""

from collections.abc import Iterator
from datetime import datetime

from bot.demo.stage import Stage
from bot.demo.story import Ending, Pushed
from storage import audit
from storage.models import Delivery

ARRIVED = ("sent", "mailbox")


def differences(stage: Stage, end: Ending) -> list[str]:
    """Everything that stands otherwise than the story says, a line each; empty is good."""
    return [
        *_teams(stage, end),
        *_reports(stage, end),
        *_totals(stage, end),
        *audit.verify(stage.campaign, stage.store.database, stage.store.keys),
        *_pushes(stage, end),
    ]


def pushes_of(end: Ending) -> int:
    """How many pushes to single recipients the story has."""
    return sum(len(push.people) + len(push.robots) for _, push in end.pushes)


def _teams(stage: Stage, end: Ending) -> Iterator[str]:
    there = {team.unit: team for team in stage.teams()}
    for unit in sorted(there.keys() ^ end.teams.keys()):
        yield f"team {unit}: {'not in the story' if unit in there else 'is missing'}"
    for unit in there.keys() & end.teams.keys():
        team = there[unit]
        if (team.project, team.region) != end.teams[unit]:
            yield f"team {unit}: is in {team.project}, {team.region}; the story says {end.teams[unit]}"
        told = end.stands.get(unit)
        wanted = (told.online_fen, told.offline_fen, told.donations) if told else (0, 0, 0)
        found = (team.online.amount_fen, team.offline.amount_fen, team.donations)
        if found != wanted:
            yield f"team {unit}: stands at {found} (online fen, offline fen, 人次); the story says {wanted}"


def _reports(stage: Stage, end: Ending) -> Iterator[str]:
    reports = audit.rebuild(stage.campaign, stage.store.ledger).reports.values()
    retracted = sum(report.status == "retracted" for report in reports)
    if (len(reports), retracted) != (end.reports, end.retracted):
        yield (
            f"the ledger has {len(reports)} reports, {retracted} of them retracted; "
            f"the story says {end.reports} and {end.retracted}"
        )


def _totals(stage: Stage, end: Ending) -> Iterator[str]:
    today = stage.campaign.local(stage.store.clock.now()).date()
    figures = stage.store.boards.figures(stage.campaign, today)
    for name, found, wanted in (
        ("amount in fen", figures.amount_fen, end.amount_fen),
        ("人次", figures.donations, end.donations),
        ("teams", figures.teams, len(end.teams)),
        ("sum of the regions in fen", sum(value for _, value in figures.regions), end.amount_fen),
    ):
        if found != wanted:
            yield f"total {name}: is {found}, the story says {wanted}"


def _pushes(stage: Stage, end: Ending) -> Iterator[str]:
    """Each recipient has each push exactly once, in the outbox and before her own eyes."""
    for at, push in end.pushes:
        deliveries = stage.deliveries(push.job, at)
        told = sorted(_recipient(stage, delivery) for delivery in deliveries)
        wanted = sorted([stage.people[key].openid for key in push.people] + list(push.robots))
        if told != wanted:
            yield f"{_name(at, push)}: went to {len(told)} recipients, not to the {len(wanted)} of the story"
        for delivery in deliveries:
            if delivery.status not in ARRIVED:
                yield f"{delivery.notification.id}: {delivery.status} {delivery.reason}"
            else:
                yield from _seen(stage, delivery)
    kept = len(stage.store.outbox.list(stage.campaign.id, limit=pushes_of(end) + 1))
    if kept != pushes_of(end):
        yield f"the outbox has {kept} pushes or more, the story {pushes_of(end)}"


def _seen(stage: Stage, delivery: Delivery) -> Iterator[str]:
    """What was sent stands once in its recipient's transcript; what lies in a mailbox was shown once at most."""
    text = delivery.notification.text
    entries = stage.people.platform.transcript(_recipient(stage, delivery))
    pushed = sum(entry.kind == "push" and entry.text == text for entry in entries)
    shown = sum(entry.kind == "reply" and text in entry.text for entry in entries)
    good = (pushed, shown) == (1, 0) if delivery.status == "sent" else pushed == 0 and shown <= 1
    if not good:
        yield f"{delivery.notification.id}: seen {pushed} times as a push and {shown} times in a reply"


def _recipient(stage: Stage, delivery: Delivery) -> str:
    notice = delivery.notification
    return notice.robot or stage.person(notice.person).openid


def _name(at: datetime, push: Pushed) -> str:
    return f"{push.job} of {at:%m-%d %H:%M}"
