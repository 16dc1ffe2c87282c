"""The export: everything kept about one campaign, in the shape that other programs rely on."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NotRequired, TypedDict

from storage.campaign_schema import Campaign
from storage.matters import Incident
from storage.models import Card, Delivery, Report, Team
from storage.platform import Confirmed
from storage.store import Store
from storage.views import rebuild

EVERY_DELIVERY = 10**9

Row = dict[str, str | int | None]


class Export(TypedDict):
    """The document. Amounts are fen, counts 人次; what is not known of a team is null.

    `tasks` are there where a campaign counts items and no money, `zero_reports` where a team said that it had nothing
    new.
    """

    campaign: str
    exported_at: str
    ledger_id: str
    teams: list[Row]
    reports: list[Row]
    incidents: list[Row]
    deliveries: list[Row]
    tasks: NotRequired[list[Row]]
    zero_reports: NotRequired[list[Row]]


def export_campaign(store: Store, campaign: Campaign, now: datetime) -> Export:
    """Everything kept about a campaign at business time `now`.

    Teams, reports and counts of items are read off the ledger, so every one ever accepted is there: with the incidents
    they are as of the entry `ledger_id`. Deliveries, which change without the ledger, are as they stand a moment later.
    Captains stand with the names and telephones they left, persons otherwise by their random id.
    """
    ledger_id, (cards,) = store.ledger.moment(campaign.id, [("HGETALL", store.keys.contact_cards(campaign.id))])
    views = rebuild(campaign, store.ledger, ledger_id)
    left = {holder: Card.model_validate_json(card) for holder, card in cards.items()}
    export = Export(
        campaign=campaign.id,
        exported_at=campaign.local(now).isoformat(timespec="seconds"),
        ledger_id=ledger_id,
        teams=list(_teams(campaign, list(views.teams.values()), left, views.confirmed)),
        reports=[_report(campaign, report) for report in views.reports.values()],
        incidents=[_incident(campaign, c) for c in store.incidents.all(campaign.id) if c.number in views.incidents],
        deliveries=[_delivery(campaign, d) for d in store.outbox.list(campaign.id, limit=EVERY_DELIVERY)],
    )
    if campaign.progress == "items":
        export["tasks"] = list(_tasks(views.tasks))
    if views.zero_reports:
        export["zero_reports"] = [{"team": e.team, "at": _local(campaign, e.at)} for e in views.zero_reports]
    return export


def _teams(
    campaign: Campaign, teams: list[Team], cards: Mapping[str, Card], confirmed: Mapping[str, Confirmed]
) -> Iterable[Row]:
    amounts = sorted(-team.amount_fen for team in teams if team.reported)
    for team in teams:
        card = cards.get(team.captains[0] if team.captains else f"#{team.code}", Card())
        yield {
            "code": team.code,
            "unit": team.unit,
            "project": team.project,
            "region": team.region,
            "captain": card.name,
            "phone": card.phone,
            "status": team.status,
            "registered_at": _local(campaign, team.registered_at),
            "amount_fen": team.amount_fen,
            "donation_count": team.donations,
            "offline_fen": team.offline.amount_fen,
            "confirmed_fen": confirmed[team.code].amount_fen if team.code in confirmed else None,
            "match_fen": confirmed[team.code].matched_fen if team.code in confirmed else None,
            "village": None,
            "rank": 1 + bisect_left(amounts, -team.amount_fen) if team.reported else None,
        }


def _report(campaign: Campaign, report: Report) -> Row:
    """A report; `as_of` is the moment that was named for the figures, else the moment they were said."""
    at = _local(campaign, report.at)
    return {
        "id": report.id,
        "team": report.team,
        "at": at,
        "as_of": _local(campaign, report.as_of) if report.as_of else at,
        "kind": report.kind,
        "amount_fen": report.amount_fen,
        "donation_count": report.donations,
        "channel": report.channel,
        "status": report.status,
    }


def _tasks(counts: Mapping[str, int]) -> Iterable[Row]:
    """How many items of each task stand in each region."""
    for cell, count in sorted(counts.items()):
        task, region = cell.split("|")
        yield {"task": task, "region": region, "count": count}


def _incident(campaign: Campaign, case: Incident) -> Row:
    return {
        "number": case.number,
        "at": _local(campaign, case.at),
        "person": case.by,
        "text": case.text,
        "told": case.told,
        "status": case.state,
        "kind": case.sort or None,
        "severity": case.level or None,
        "region": case.region or None,
        "result": case.result or None,
        "closed_at": _local(campaign, case.closed_at) if case.closed_at else None,
    }


def _delivery(campaign: Campaign, delivery: Delivery) -> Row:
    notice = delivery.notification
    return {
        "id": notice.id,
        "job": notice.job,
        "person": notice.person or None,
        "robot": notice.robot or None,
        "text": notice.text,
        "due_at": _local(campaign, notice.due_at),
        "status": delivery.status,
        "channel": delivery.channel or None,
        "reason": delivery.reason or None,
        "attempts": delivery.attempts,
        "settled_at": _local(campaign, delivery.settled_at) if delivery.settled_at else None,
    }


def _local(campaign: Campaign, at: datetime) -> str:
    return campaign.local(at).isoformat(timespec="seconds")
