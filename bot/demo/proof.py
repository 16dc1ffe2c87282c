"""The proof: what is kept, compared with what the story says, and with what people really saw."""

from collections.abc import Iterator

from bot.demo.stage import DELIVERIES, Stage
from bot.demo.story import Ending
from storage import audit, folding
from storage.models.pushes import Delivery

ARRIVED = ("sent", "mailbox")


def differences(stage: Stage, end: Ending) -> list[str]:
    """Everything that stands otherwise than the story says, a line each; empty is good."""
    return [
        *_teams(stage, end),
        *_reports(stage, end),
        *_counts(stage, end),
        *_totals(stage, end),
        *audit.verify(stage.campaign, stage.store.database, stage.store.keys),
        *_pushes(stage, end),
    ]


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
    reports = folding.rebuild(stage.campaign, stage.store.ledger).reports.values()
    retracted = sum(report.status == "retracted" for report in reports)
    if (len(reports), retracted) != (end.reports, end.retracted):
        yield (
            f"the ledger has {len(reports)} reports, {retracted} of them retracted; "
            f"the story says {end.reports} and {end.retracted}"
        )


def _counts(stage: Stage, end: Ending) -> Iterator[str]:
    """The items of each task in each region; a campaign of money has none."""
    found, wanted = stage.store.tasks.counts(stage.campaign.id), {"|".join(cell): n for cell, n in end.counts.items()}
    for cell in sorted(found.keys() | wanted.keys()):
        if found.get(cell) != wanted.get(cell):
            yield f"count {cell}: is {found.get(cell)}, the story says {wanted.get(cell)}"


def _totals(stage: Stage, end: Ending) -> Iterator[str]:
    today = stage.campaign.local(stage.store.clock.now()).date()
    figures = stage.store.figures.on(stage.campaign, today)
    outermost = {region.id for region in stage.campaign.regions if not region.parent}
    for name, found, wanted in (
        ("amount in fen", figures.amount_fen, end.amount_fen),
        ("人次", figures.donations, end.donations),
        ("teams", figures.teams, len(end.teams)),
        (
            "sum of the regions in fen",
            sum(value for name, value in figures.regions if name in outermost),
            end.amount_fen,
        ),
    ):
        if found != wanted:
            yield f"total {name}: is {found}, the story says {wanted}"


def _pushes(stage: Stage, end: Ending) -> Iterator[str]:
    """Each recipient has each push exactly once, in the outbox and before her own eyes."""
    for at, push in end.pushes:
        name, deliveries = f"{push.job} of {at:%m-%d %H:%M}", stage.deliveries(push.job, at)
        yield from _arrived(stage, name, deliveries, _openids(stage, push.people) + list(push.robots))
    for notice in end.notices:
        name, deliveries = f"{notice.job} with {'、'.join(notice.contains)}", stage.notices(notice.job, notice.contains)
        yield from _arrived(stage, name, deliveries, _openids(stage, notice.people))
    kept = sum(not d.notification.picture for d in stage.store.outbox.list(stage.campaign.id, limit=DELIVERIES))
    if kept != end.pushed:
        yield f"the outbox has {kept} pushes beside pictures, the story {end.pushed}"


def _openids(stage: Stage, keys: tuple[str, ...]) -> list[str]:
    return [stage.people[key].openid for key in keys]


def _arrived(stage: Stage, name: str, deliveries: list[Delivery], wanted: list[str]) -> Iterator[str]:
    """They went to these people and robots, and arrived."""
    told = [stage.recipient(delivery) for delivery in deliveries]
    if sorted(told) != sorted(wanted):
        yield f"{name}: went to {len(told)} recipients, not to the {len(wanted)} of the story"
    for delivery in deliveries:
        if delivery.status not in ARRIVED:
            yield f"{delivery.notification.id}: {delivery.status} {delivery.reason}"
        else:
            yield from _seen(stage, delivery)


def _seen(stage: Stage, delivery: Delivery) -> Iterator[str]:
    """What was sent stands once in its recipient's transcript; what lies in a mailbox was shown once at most."""
    text = stage.shown(delivery)
    entries = stage.people.platform.transcript(stage.recipient(delivery))
    pushed = sum(entry.kind == "push" and entry.text == text for entry in entries)
    shown = sum(entry.kind == "reply" and text in entry.text for entry in entries)
    good = (pushed, shown) == (1, 0) if delivery.status == "sent" else pushed == 0 and shown <= 1
    if not good:
        yield f"{delivery.notification.id}: seen {pushed} times as a push and {shown} times in a reply"
