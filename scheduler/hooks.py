"""What happened, for the other systems that campaign files name: read off the ledger, put into the outbox once.

Nothing is added to the step that books. Codes and figures only: no name, no telephone, no words of anybody.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from storage import Store
from storage.campaign_schema import Campaign
from storage.campaign_settings import Hook
from storage.ledger import Entry
from storage.models.pushes import Notification

WORTH = timedelta(days=1)
"""How long it is worth sending; a bulletin that is older is told to no new hook."""
TOTALS_APART = timedelta(minutes=1)
JOB = "hook"


class Hooks:
    """Any number of workers may do it: what is told has an id, and stands in the outbox once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def tick(self) -> int:
        """How many messages are new."""
        told, now = 0, self._store.clock.now()
        for published in self._store.campaigns.published().values():
            if published.campaign.hooks:
                with self._store.faults.alone(published.campaign.id, "telling its hooks"):
                    told += self._tell(published.campaign, now)
        return told

    def _tell(self, campaign: Campaign, now: datetime) -> int:
        newest, kept = self._store.ledger.last_id(campaign.id), self._store.hooks.kept(campaign.id)
        if kept is None:
            self._store.hooks.begin(campaign.id, newest)
            return 0
        messages = [*self._registrations(campaign, kept.seen, newest, now), *self._bulletin(campaign, now)]
        just_told = kept.totals_at is not None and timedelta() <= now - kept.totals_at < TOTALS_APART
        totals_due = newest != kept.totals and not just_told
        if totals_due:
            messages += self._totals(campaign, now)
        new = self._store.outbox.enqueue(messages)
        if newest != kept.seen:
            self._store.hooks.saw(campaign.id, newest)
        if totals_due:
            self._store.hooks.told_totals(campaign.id, newest, now)
        return new

    def _registrations(self, campaign: Campaign, seen: str, newest: str, now: datetime) -> Iterator[Notification]:
        hooks = [hook for hook in campaign.hooks if "team.registered" in hook.events]
        if not hooks or newest == seen:
            return
        for entry in self._store.ledger.entries(campaign.id, after=seen, until=newest):
            if entry.kind == "team.registered":
                for hook in hooks:
                    yield message(campaign, hook, "team.registered", entry.id, _registered(entry), now)

    def _bulletin(self, campaign: Campaign, now: datetime) -> Iterator[Notification]:
        hooks = [hook for hook in campaign.hooks if "bulletin" in hook.events]
        issue = self._store.snapshots.newest(campaign.id) if hooks else None
        if issue is None or now - issue.digest.cut_off > WORTH:
            return
        figures = issue.digest.figures
        data = {
            "issue": issue.issue,
            "correction": issue.rev > 1,
            "cut_off": campaign.local(issue.digest.cut_off).isoformat(),
            "amount_fen": figures.amount_fen,
            "donations": figures.donations,
            "teams": figures.teams,
            "today_fen": figures.today_fen,
            "offline_fen": figures.offline_fen,
            "match_fen": figures.matched_fen,
            "regions": [{"id": region, "amount_fen": fen} for region, fen in figures.regions if fen],
        }
        for hook in hooks:
            yield message(campaign, hook, "bulletin", f"{issue.issue}.{issue.rev}", data, now)

    def _totals(self, campaign: Campaign, now: datetime) -> Iterator[Notification]:
        hooks = [hook for hook in campaign.hooks if "totals" in hook.events]
        if not hooks:
            return
        figures = self._store.figures.on(campaign, campaign.local(now).date(), top=1)
        data = {
            "ledger_id": figures.ledger,
            "amount_fen": figures.amount_fen,
            "donations": figures.donations,
            "teams": figures.teams,
            "today_fen": figures.today_fen,
            "offline_fen": figures.offline_fen,
            "match_fen": figures.matched_fen,
        }
        for hook in hooks:
            yield message(campaign, hook, "totals", f"{now.timestamp() // 60:.0f}", data, now)


def message(
    campaign: Campaign, hook: Hook, event: str, name: str, data: Mapping[str, object], now: datetime
) -> Notification:
    """What one hook is told of one event; `name`: which of its kind."""
    told = {"type": event, "campaign": campaign.id, "timestamp": campaign.local(now).isoformat(), "data": data}
    return Notification(
        id=f"{campaign.id}:hook:{hook.name}:{event}:{name}",
        campaign=campaign.id,
        job=JOB,
        hook=hook.name,
        text=json.dumps(told, ensure_ascii=False),
        asked=True,
        created_at=now,
        due_at=now,
        expires_at=now + WORTH,
    )


def _registered(entry: Entry) -> dict[str, object]:
    at = entry.at.isoformat()
    of_team = {name: entry.values[name] for name in ("region", "project", "status")}
    return {"code": entry.team, "registered_at": at, **of_team}
