"""Campaigns as published: a valid file becomes a version in Redis, and every process notices the version.

A bad file never unloads a good version, and an id in use cannot vanish: publishing a file that drops a region or
a project in which teams stand, or moves one whose teams are counted above it, is refused.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from secrets import token_hex
from time import monotonic
from typing import Any

from pydantic import ValidationError

from storage.campaign_document import Rule
from storage.campaign_schema import Campaign
from storage.campaign_settings import Push
from storage.database import Database, SchemaMismatch, script
from storage.enrolment import Enrolment
from storage.keys import Keys
from storage.ledger import Author, Plan
from storage.roster import Roster
from storage.teams import Teams

_republish = script("republish")

log = logging.getLogger(__name__)

BATCH = 500
"""Teams looked at in one round trip."""
NOTICE_SECONDS = 1.0
"""How soon a process notices a new version."""
NEVER = float("-inf")
"""The clock of a machine that has just started is near 0."""


class PublishRefused(Exception):
    """The file would take away what is in use; the text says what."""


@dataclass(frozen=True, slots=True)
class Published:
    """One campaign as it stands in Redis. `since`: by a push's id, the publication that changed it, or opened the
    campaign, last.

    `closed_at`: when it was closed, None while it is open. `frozen`: closed, and its figures final.
    """

    campaign: Campaign
    version: int
    published_at: datetime
    first_published_at: datetime
    since: Mapping[str, datetime]
    closed: bool
    closed_at: datetime | None = None
    frozen: bool = False


@dataclass(slots=True)
class Campaigns:
    """The published campaigns, and what operators taught, kept in the process until the version changes.

    `_version`: None for a database that has none yet, '' before the first look.

    Whoever looks at them notices, too, that a newer program has carried the database over meanwhile.
    """

    database: Database
    keys: Keys
    _version: str | None = ""
    _schema: str | None = None
    _looked_at: float = NEVER
    _published: dict[str, Published] = field(default_factory=dict)
    _unreadable: dict[str, str] = field(default_factory=dict)
    _taught: dict[str, str] = field(default_factory=dict)

    def all(self) -> tuple[Campaign, ...]:
        """Every published campaign, closed ones too, in order of publication."""
        return tuple(p.campaign for p in self.published().values())

    def get(self, campaign_id: str) -> Campaign:
        """Raises `KeyError`."""
        return self.published()[campaign_id].campaign

    def published(self) -> dict[str, Published]:
        """Every one by its id. Raises `SchemaMismatch` where this process would write what is not read any more."""
        if monotonic() - self._looked_at > NOTICE_SECONDS:
            version, schema = self.database.together(
                [("GET", self.keys.campaigns_version()), ("GET", self.keys.schema())]
            )
            if int(schema or 0) > int(self._schema or schema or 0):
                raise SchemaMismatch("a newer Yidui has carried this database over: stop this one")
            self._schema = schema
            if version != self._version:
                self._load()
                self._taught = self.database.hgetall(self.keys.taught())
                self._version = version
            self._looked_at = monotonic()
        return self._published

    def unreadable(self) -> Mapping[str, str]:
        """What is published and cannot be read, by id, and why: that campaign alone is not served."""
        self.published()
        return self._unreadable

    def taught(self) -> Mapping[str, str]:
        """What operators taught: masked line → intent (`storage.lines`). Never looked up for one message alone."""
        self.published()
        return self._taught

    def look_again(self) -> None:
        """This process has changed something and is not to wait until it notices."""
        self._looked_at = NEVER

    def publish(self, campaign: Campaign, now: datetime) -> int:
        """Make a campaign the current version (unchanged: the old version number). Raises `PublishRefused`.

        A closed one is open again, but for one whose figures are final.
        """
        before = self._stored(campaign.id)
        campaign = _with_answers(before, campaign)
        file = campaign.model_dump(mode="json")
        frozen = bool(before and before.get("frozen"))
        if before and before["file"] == file and (frozen or not before["closed"]):
            return int(before["version"])
        self.refuse_to_take_away(campaign)
        version = int(before["version"]) + 1 if before else 1
        kept = _unchanged(before, campaign) if before and not before["closed"] else {}
        record = {
            "version": version,
            "published_at": now.isoformat(),
            "first_published_at": before["first_published_at"] if before else now.isoformat(),
            "since": {push.id: kept.get(push.id, now.isoformat()) for push in campaign.pushes},
            "closed": False,
            "file": file,
        }
        if frozen and before:
            record |= {name: before[name] for name in ("closed", "closed_at", "frozen")}
        elif before and before["closed"]:
            self._enter(campaign.id, "campaign.opened", "", now)
        self._store(campaign.id, record)
        if before and before["file"].get("policy", {}).get("threshold") != file["policy"]["threshold"]:
            Enrolment(self.database, self.keys).renew(campaign)
        return version

    def amend(self, campaign_id: str, change: Callable[[Campaign], Campaign], now: datetime) -> int:
        """Publish what `change` makes of the newest version, whatever is published meanwhile; the version number.

        Raises `PublishRefused` where the campaign is closed.
        """
        keys = [self.keys.campaigns(), self.keys.campaigns_version()]
        while True:
            stood = self.database.hget(self.keys.campaigns(), campaign_id)
            before = json.loads(stood)
            if before["closed"]:
                raise PublishRefused(f"{campaign_id} is closed")
            file = change(Campaign.model_validate(before["file"])).model_dump(mode="json")
            if file == before["file"]:
                return int(before["version"])
            record = before | {"version": int(before["version"]) + 1, "published_at": now.isoformat(), "file": file}
            if _republish(self.database, keys, [campaign_id, stood, json.dumps(record, ensure_ascii=False)]):
                self.look_again()
                return int(record["version"])

    def close(self, campaign_id: str, now: datetime) -> None:
        """Close a campaign: captains write no more, look-ups answer, everything about it stays. Raises `KeyError`.

        One that is closed already stays closed since then.
        """
        record = self._stored(campaign_id)
        if record is None:
            raise KeyError(campaign_id)
        if not record["closed"]:
            self._enter(campaign_id, "campaign.closed", "closed", now)
            self._store(campaign_id, record | {"closed": True, "closed_at": now.isoformat()})

    def freeze(self, campaign_id: str, now: datetime) -> None:
        """The figures of a campaign are final from now on; it is closed where it was not. Raises `KeyError`."""
        self.close(campaign_id, now)
        record = self._stored(campaign_id)
        if record and not record.get("frozen"):
            self._enter(campaign_id, "campaign.frozen", "frozen", now)
            self._store(campaign_id, record | {"frozen": True})

    def _enter(self, campaign_id: str, kind: str, state: str, now: datetime) -> None:
        """A line of the ledger that it is open, closed or frozen, on which every write of figures relies."""
        key = self.keys.state(campaign_id)
        if (self.database.hget(key, "state") or "") == state:
            return
        plan = Plan(self.keys, campaign_id, Author(f"{kind}:{token_hex(8)}", "operator", now), kind)
        if state:
            plan.effect("HSET", key, "state", state)
        else:
            plan.effect("HDEL", key, "state")
        plan.commit(self.database, {})

    def begin_anew(self, campaign_id: str, now: datetime) -> None:
        """After it was emptied: it is open, and nothing that was due before is pushed any more. Raises `KeyError`."""
        record = self._stored(campaign_id)
        if record is None:
            raise KeyError(campaign_id)
        since = {push["id"]: now.isoformat() for push in record["file"]["pushes"]}
        self._store(campaign_id, record | {"since": since, "closed": False, "frozen": False})

    def refuse_to_take_away(self, campaign: Campaign) -> None:
        """Raises `PublishRefused` if the file drops what teams stand in, or moves what their figures hang on."""
        if record := self._stored(campaign.id):
            self._refuse_to_make_it_real(record, campaign)
            before, after = _parents(record["file"]), _parents(campaign.model_dump(include={"regions", "projects"}))
            self._refuse_to_drop(campaign.id, before, after)
            self._refuse_to_move(campaign.id, before, after)

    def _refuse_to_make_it_real(self, record: dict[str, Any], campaign: Campaign) -> None:
        """What was practised never counts, and what counts is never wiped."""
        was = bool(record["file"].get("practice"))
        if was != campaign.practice and self.database.exists(self.keys.ledger(campaign.id)):
            mend = f"yidui campaign wipe {campaign.id} first" if was else "take 'practice' out of the file"
            raise PublishRefused(f"{campaign.id}: teams or roles stand in it, so 'practice' cannot be changed; {mend}")

    def _refuse_to_drop(self, campaign: str, before: dict[str, str], after: dict[str, str]) -> None:
        gone = before.keys() - after.keys()
        used = gone & self._scopes_of_teams(campaign) if gone else gone
        if used:
            raise PublishRefused(f"{campaign}: teams stand in {', '.join(sorted(used))}; put them back into the file")
        if used := gone & self._scopes_of_the_roster(campaign) if gone else gone:
            put_back = f"{', '.join(sorted(used))}; put them back into the file"
            raise PublishRefused(f"{campaign}: units on the roster belong to {put_back}")

    def _refuse_to_move(self, campaign: str, old: dict[str, str], new: dict[str, str]) -> None:
        counts = self.database.hgetall(self.keys.counts(campaign))
        moved = [scope for scope in old.keys() & new.keys() if old[scope] != new[scope]]
        roster = self._scopes_of_the_roster(campaign) if moved else set()
        used = [
            f"{scope} (was: {old[scope]})"
            for scope in sorted(moved)
            if int(counts.get(f"teams:{scope}", 0)) or scope in roster
        ]
        if used:
            raise PublishRefused(
                f"{campaign}: the parent of {', '.join(used)} has changed, and the figures of teams hang on it; "
                "give it back, or add a new id instead"
            )

    def _scopes_of_teams(self, campaign: str) -> set[str]:
        """Where teams stand, also those that wait or were turned away: `region:R`, `project:P`."""
        teams, found = Teams(self.database, self.keys), set[str]()
        codes = teams.codes(campaign)
        for start in range(0, len(codes), BATCH):
            for team in teams.many(campaign, codes[start : start + BATCH]):
                found |= {f"region:{team.region}", f"project:{team.project}"}
        return found

    def _scopes_of_the_roster(self, campaign: str) -> set[str]:
        """Where the units on the roster belong: `region:R`, `project:P`."""
        units = Roster(self.database, self.keys).within(campaign, "")
        return {scope for unit in units for scope in (f"region:{unit.region}", f"project:{unit.project}")}

    def _stored(self, campaign_id: str) -> dict[str, Any] | None:
        """The record of a campaign, whether or not its file can be read. Raises `PublishRefused` for a damaged one."""
        stored = self.database.hget(self.keys.campaigns(), campaign_id)
        if stored is None:
            return None
        try:
            record: dict[str, Any] = json.loads(stored)
            if record["version"] and all(
                isinstance(record["file"][t], list) for t in ("regions", "projects", "rulebook")
            ):
                return record
        except (ValueError, KeyError, TypeError):
            pass
        raise PublishRefused(f"{campaign_id}: what was published before is damaged; put the backup from before it back")

    def _store(self, campaign_id: str, record: dict[str, Any]) -> None:
        with self.database.pipeline(transaction=True) as pipe:
            pipe.hset(self.keys.campaigns(), campaign_id, json.dumps(record, ensure_ascii=False))
            pipe.incr(self.keys.campaigns_version())
            pipe.execute()
        self.look_again()

    def _load(self) -> None:
        read, unreadable = dict[str, Published](), dict[str, str]()
        for cid, text in self.database.hgetall(self.keys.campaigns()).items():
            try:
                read[cid] = _published(text)
            except (ValueError, KeyError, TypeError) as error:
                unreadable[cid] = _why(error)
        for cid in unreadable.keys() - self._unreadable.keys():
            log.error("campaign %s cannot be read and is not served: %s", cid, unreadable[cid])
        ordered = sorted(read.items(), key=lambda item: (item[1].first_published_at, item[0]))
        self._published, self._unreadable = dict(ordered), unreadable


@lru_cache(maxsize=64)
def _published(text: str) -> Published:
    """A stored publication: a process that notices one of them anew reads the others no second time."""
    record = json.loads(text)
    campaign = Campaign.model_validate(record["file"])
    return Published(
        campaign=campaign.in_state("frozen" if record.get("frozen") else "closed" if record["closed"] else ""),
        version=record["version"],
        published_at=datetime.fromisoformat(record["published_at"]),
        first_published_at=datetime.fromisoformat(record["first_published_at"]),
        since={push.id: datetime.fromisoformat(_since(record, push.id)) for push in campaign.pushes},
        closed=record["closed"],
        closed_at=datetime.fromisoformat(closed_at) if (closed_at := record.get("closed_at")) else None,
        frozen=bool(record.get("frozen")),
    )


def _why(error: Exception) -> str:
    """What is wrong with a stored publication, in one line."""
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        return f"{'.'.join(map(str, first['loc']))} {first['msg']}".strip().splitlines()[0]
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _since(record: dict[str, Any], push: str) -> str:
    """As it is recorded; an earlier Yidui kept one moment for the whole plan, or none."""
    whole = record.get("plan_since", record["first_published_at"])
    return str(record.get("since", {}).get(push, whole))


def _unchanged(before: dict[str, Any], campaign: Campaign) -> dict[str, str]:
    """Since when each push stands that is as it was, however an earlier Yidui wrote it; none of an unreadable plan."""
    try:
        stood = [Push.model_validate(row) for row in before["file"]["pushes"]]
    except ValidationError:
        return {}
    return {push.id: _since(before, push.id) for push in campaign.pushes if push in stood}


def _parents(file: dict[str, Any]) -> dict[str, str]:
    """Every region and project of a file, and what stands above it ('none' for nothing)."""
    kinds = (("region", file["regions"]), ("project", file["projects"]))
    return {f"{kind}:{row['id']}": row.get("parent") or "none" for kind, rows in kinds for row in rows}


def _with_answers(before: dict[str, Any] | None, campaign: Campaign) -> Campaign:
    """The campaign with the coordinators' answers that were adopted, but for those whose id the file takes."""
    if before is None:
        return campaign
    ids = {rule.id for rule in campaign.rulebook}
    earlier = (rule for rule in before["file"]["rulebook"] if rule["status"] == "answered" and rule["id"] not in ids)
    adopted = tuple(map(Rule.model_validate, earlier))
    return campaign.model_copy(update={"rulebook": (*campaign.rulebook, *adopted)})
