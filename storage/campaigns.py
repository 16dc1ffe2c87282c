"""Campaigns as published: a valid file becomes a version in Redis, and every process notices the version.

A bad file never unloads a good version, and an id in use cannot vanish: publishing a file that drops a region or
a project in which teams stand is refused.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys

NOTICE_SECONDS = 1.0
"""How soon a process notices a new version."""


class PublishRefused(Exception):
    """The file would take away what is in use; the text says what."""


@dataclass(frozen=True, slots=True)
class Published:
    """One campaign as it stands in Redis."""

    campaign: Campaign
    version: int
    published_at: datetime
    first_published_at: datetime
    closed: bool


@dataclass(slots=True)
class Campaigns:
    """The published campaigns, kept in the process until the version changes."""

    database: Database
    keys: Keys
    _version: str | None = None
    _looked_at: float = 0.0
    _published: dict[str, Published] = field(default_factory=dict)

    def all(self) -> tuple[Campaign, ...]:
        """Every published campaign that is not closed, in order of publication."""
        return tuple(p.campaign for p in self.published().values() if not p.closed)

    def get(self, campaign_id: str) -> Campaign:
        """Raises `KeyError`."""
        return self.published()[campaign_id].campaign

    def published(self) -> dict[str, Published]:
        if monotonic() - self._looked_at > NOTICE_SECONDS:
            version = self.database.get(self.keys.campaigns_version())
            if version != self._version:
                self._published = dict(self._load())
                self._version = version
            self._looked_at = monotonic()
        return self._published

    def publish(self, campaign: Campaign, now: datetime) -> int:
        """Make a campaign the current version (unchanged: the old version number). Raises `PublishRefused`."""
        before = self._stored(campaign.id)
        campaign = _with_answers(before, campaign)
        file = campaign.model_dump(mode="json")
        if before and before["file"] == file and not before["closed"]:
            return int(before["version"])
        if before:
            self._refuse_to_drop(Campaign.model_validate(before["file"]), campaign)
        version = int(before["version"]) + 1 if before else 1
        record = {
            "version": version,
            "published_at": now.isoformat(),
            "first_published_at": before["first_published_at"] if before else now.isoformat(),
            "closed": False,
            "file": file,
        }
        self._store(campaign.id, record)
        return version

    def close(self, campaign_id: str) -> None:
        """Stop a campaign: it takes no messages any more, and everything about it stays. Raises `KeyError`."""
        record = self._stored(campaign_id)
        if record is None:
            raise KeyError(campaign_id)
        self._store(campaign_id, record | {"closed": True})

    def _refuse_to_drop(self, before: Campaign, after: Campaign) -> None:
        gone = [f"region:{r.id}" for r in before.regions if r.id not in {x.id for x in after.regions}]
        gone += [f"project:{p.id}" for p in before.projects if p.id not in {x.id for x in after.projects}]
        counts = self.database.hgetall(self.keys.counts(before.id))
        used = [scope for scope in gone if int(counts.get(f"teams:{scope}", 0))]
        if used:
            raise PublishRefused(f"{before.id}: teams stand in {', '.join(used)}; put them back into the file")

    def _stored(self, campaign_id: str) -> dict[str, Any] | None:
        stored = self.database.hget(self.keys.campaigns(), campaign_id)
        return json.loads(stored) if stored else None

    def _store(self, campaign_id: str, record: dict[str, Any]) -> None:
        with self.database.pipeline(transaction=True) as pipe:
            pipe.hset(self.keys.campaigns(), campaign_id, json.dumps(record, ensure_ascii=False))
            pipe.incr(self.keys.campaigns_version())
            pipe.execute()
        self._looked_at = 0.0

    def _load(self) -> Iterator[tuple[str, Published]]:
        stored = {cid: json.loads(text) for cid, text in self.database.hgetall(self.keys.campaigns()).items()}
        for cid, record in sorted(stored.items(), key=lambda item: (item[1]["first_published_at"], item[0])):
            yield (
                cid,
                Published(
                    campaign=Campaign.model_validate(record["file"]),
                    version=record["version"],
                    published_at=datetime.fromisoformat(record["published_at"]),
                    first_published_at=datetime.fromisoformat(record["first_published_at"]),
                    closed=record["closed"],
                ),
            )


def _with_answers(before: dict[str, Any] | None, campaign: Campaign) -> Campaign:
    """The campaign with the coordinators' answers that were adopted, but for those whose id the file takes."""
    if before is None:
        return campaign
    ids, earlier = {rule.id for rule in campaign.rulebook}, Campaign.model_validate(before["file"]).rulebook
    adopted = tuple(rule for rule in earlier if rule.status == "answered" and rule.id not in ids)
    return campaign.model_copy(update={"rulebook": (*campaign.rulebook, *adopted)})
