"""The export: everything kept about one campaign, in the shape that other programs rely on."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NotRequired, TypedDict

from storage.books import Book, read_book
from storage.campaign_schema import Campaign
from storage.matters import Incident
from storage.models.people import Grant
from storage.models.pushes import Delivery
from storage.models.reports import Report
from storage.relocation import stands
from storage.store import Store

EVERY_DELIVERY = 10**9
CAPTAIN = "captain"
"""Who said a report that nobody of an office said for her."""

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
    """Everything kept about a campaign at business time `now`."""
    return document(store, read_book(store, campaign, now))


def document(store: Store, book: Book) -> Export:
    """A book as the document.

    What is read off the ledger is as of the entry `ledger_id`. Deliveries, which change without the ledger, are as they
    stand a moment later; they belong to no region, and so to no region's book. Captains stand with the names and
    telephones they left, persons otherwise by their random id.
    """
    campaign = book.campaign
    deliveries = [] if book.region else store.outbox.list(campaign.id, limit=EVERY_DELIVERY)
    export = Export(
        campaign=campaign.id,
        exported_at=_local(campaign, book.at),
        ledger_id=book.ledger_id,
        teams=list(_teams(book)),
        reports=[_report(campaign, report, book.offices.get(report.id)) for report in book.reports],
        incidents=[_incident(campaign, case) for case in book.incidents],
        deliveries=[_delivery(campaign, delivery) for delivery in deliveries],
    )
    if campaign.progress == "items":
        export["tasks"] = list(_tasks(book.tasks))
    if book.zero_reports:
        export["zero_reports"] = [{"team": e.team, "at": _local(campaign, e.at)} for e in book.zero_reports]
    return export


def _teams(book: Book) -> Iterable[Row]:
    """Every team; its rank among those of the book that are on boards."""
    amounts = sorted(-team.amount_fen for team in book.teams if stands(team))
    for team in book.teams:
        card, confirmed = book.card(team), book.confirmed.get(team.code)
        yield {
            "code": team.code,
            "unit": team.unit,
            "project": team.project,
            "region": team.region,
            "captain": card.name,
            "phone": card.phone,
            "status": team.status,
            "registered_at": _local(book.campaign, team.registered_at),
            "amount_fen": team.amount_fen,
            "donation_count": team.donations,
            "offline_fen": team.standing("offline").amount_fen,
            "confirmed_fen": confirmed.amount_fen if confirmed else None,
            "match_fen": confirmed.matched_fen if confirmed else None,
            "village": team.village or None,
            "rank": 1 + bisect_left(amounts, -team.amount_fen) if stands(team) else None,
        }


def _report(campaign: Campaign, report: Report, office: Grant | None) -> Row:
    """A report; `as_of` is the moment that was named for the figures, else the moment they were said.

    `by` is `captain`, or the office that said it for her, `role:region`, as the ledger has it.
    """
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
        "by": f"{office.role}:{office.region}" if office else CAPTAIN,
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
