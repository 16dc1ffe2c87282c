"""The audit: the views that the ledger gives, compared with all that stands in Redis; nothing is written.

Nobody need stand still for it. Whatever is read is read in one transaction with the id of the newest entry; the views
are folded on to that entry, and then compared.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from storage import boards, differences, docket, heard, rolls
from storage.audited import FAMILIES, HASHES, SETS, Values, as_settled, as_text, sums_of
from storage.campaign_schema import Campaign
from storage.chain import Chain
from storage.database import Command, Database
from storage.folding import follow
from storage.heard import LISTED
from storage.keys import Keys, pattern
from storage.ledger import Ledger
from storage.matters import Incident
from storage.models.reports import Report
from storage.models.teams import Team
from storage.platform import matched
from storage.progress import Watch
from storage.snapshots import Snapshots
from storage.team_documents import team_of
from storage.views import Views

BATCH = 1000
"""How many teams, reports or units are read at once: more would hold up whoever writes meanwhile."""
SCANNED = 10_000
"""How many keys a step of the search for strays looks at."""


def verify(campaign: Campaign, database: Database, keys: Keys) -> list[str]:
    """Every difference between what the ledger gives and what stands in Redis, one line each; empty is good."""
    return list(Audit(campaign, Ledger(database, keys)).differences())


@contextmanager
def watched(campaign: Campaign, ledger: Ledger, watch: Watch) -> "Iterator[Audit]":
    """An audit that tells how much of the ledger it has read: all of it by its seal, and again for the views."""
    entries = ledger.database.xlen(ledger.keys.ledger(campaign.id))
    with watch(f"verifying {campaign.id}", 2 * entries) as advance:
        yield Audit(campaign, replace(ledger, advance=advance))


@dataclass(frozen=True, slots=True)
class Audit:
    """One look at everything of a campaign that the ledger determines. `views` go along with what is read."""

    campaign: Campaign
    ledger: Ledger
    views: Views = field(default_factory=Views)

    def differences(self) -> Iterator[str]:
        """One line for each. First whether the ledger is as it was sealed; then the views that it gives.

        What is read together is compared with the ledger up to the entry it was read at.
        """
        changed = list(self._chain())
        yield from changed
        try:
            yield from self._views()
        except (LookupError, ValueError) as error:
            if not changed:
                raise
            yield f"the views cannot be rebuilt from a ledger that was changed: {type(error).__name__} {error}"

    def _chain(self) -> Iterator[str]:
        database, keys = self.ledger.database, self.ledger.keys
        printed = Snapshots(database, keys).printed(self.campaign.id)
        yield from Chain(database, keys).differences(self.campaign.id, printed, self.ledger)

    def _views(self) -> Iterator[str]:
        yield from self._teams()
        yield from self._histories()
        yield from self._order()
        yield from self._reports()
        yield from self._incidents()
        yield from self._hashes()
        yield from self._sets()
        yield from self._families()
        yield from self._shelves()
        yield from self._heard()
        yield from self._rolls()
        yield from self._dockets("docket", self._docket_by_scope)
        yield from self._dockets("differing", self._differing_by_scope)
        yield from self._boards()
        yield from self._sums()
        yield from self._totals()

    def _teams(self) -> Iterator[str]:
        found = self._found("team")
        for batch in _batches(self.views.teams.keys() | found):
            asked = ("doc", "number", "version", "ledger")
            rows = self._read(*(("HMGET", self._key("team", code), *asked) for code in batch))
            for code, (doc, number, *written) in zip(batch, rows, strict=True):
                yield from self._team_differs(code, doc, number, written)

    def _team_differs(self, code: str, doc: str | None, number: str | None, written: list[str | None]) -> Iterator[str]:
        rebuilt = self.views.teams.get(code)
        if rebuilt is None or doc is None:
            yield _astray(f"team {code}", kept=rebuilt is None)
            return
        kept = team_of(doc, number)
        for name in Team.model_fields:
            there, here = getattr(rebuilt, name), getattr(kept, name)
            unnoted = name == "recent" or (name == "heard" and here is None)
            if not unnoted and there != here:
                yield f"team {code}: {name} is {here}, the ledger says {there}"
        if written != (last := [str(rebuilt.version), self.views.written[code]]):
            yield f"team {code}: version and entry are {written}, the ledger says {last}"

    def _histories(self) -> Iterator[str]:
        found = self._found("history")
        for batch in _batches(self.views.histories.keys() | found):
            rows = self._read(*(("LRANGE", self._key("history", code), 0, -1) for code in batch))
            for code, kept in zip(batch, rows, strict=True):
                if kept != self.views.histories.get(code, []):
                    yield f"history of team {code}: {len(kept)} entries kept, otherwise than the ledger says"

    def _order(self) -> Iterator[str]:
        keys, cid = self.ledger.keys, self.campaign.id
        rows, last = self._read(("ZRANGE", keys.teams(cid), 0, -1, "WITHSCORES"), ("GET", keys.number(cid)))
        numbers = {team.code: team.number for team in self.views.teams.values()}
        yield from _values_differ("order", as_text(numbers), _scores(rows))
        if (last or "0") != (given := str(max(numbers.values(), default=0))):
            yield f"last number: is {last}, the ledger says {given}"

    def _reports(self) -> Iterator[str]:
        key = self.ledger.keys.reports(self.campaign.id)
        (found,) = self._read(("HKEYS", key))
        for batch in _batches(self.views.reports.keys() | found):
            (docs,) = self._read(("HMGET", key, *batch))
            for report_id, doc in zip(batch, docs, strict=True):
                kept = Report.model_validate_json(doc) if doc else None
                if kept != self.views.reports.get(report_id):
                    yield f"report {report_id}: kept otherwise than the ledger says"

    def _incidents(self) -> Iterator[str]:
        (kept,) = self._read(("HGETALL", self.ledger.keys.matters(self.campaign.id, "incident")))
        cases = {number: Incident.model_validate_json(doc) for number, doc in kept.items()}
        yield from _values_differ("incident", as_settled(self.views.incidents), as_settled(cases))

    def _hashes(self) -> Iterator[str]:
        for what, key, rebuilt in HASHES:
            (kept,) = self._read(("HGETALL", key(self.ledger.keys, self.campaign.id)))
            yield from _values_differ(what, rebuilt(self.views), kept)

    def _sets(self) -> Iterator[str]:
        for what, key, rebuilt in SETS:
            (kept,) = self._read(("SMEMBERS", key(self.ledger.keys, self.campaign.id)))
            yield from _members_differ(what, rebuilt(self.views), kept)

    def _families(self) -> Iterator[str]:
        for family, rebuilt in FAMILIES:
            found = self._found(family)
            for batch in _batches(rebuilt(self.views).keys() | found):
                rows = self._read(*(("SMEMBERS", self._key(family, name)) for name in batch))
                sets = rebuilt(self.views)
                for name, kept in zip(batch, rows, strict=True):
                    yield from _members_differ(f"{family} {name}", sets.get(name, set()), kept)

    def _shelves(self) -> Iterator[str]:
        names = sorted(self.views.shelves.keys() | self._found("shelf"))
        answers = self._read(*(("HGETALL", self._key("shelf", name)) for name in names))
        for name, kept in zip(names, answers, strict=True):
            yield from _values_differ(f"shelf of team {name}", as_text(self.views.shelves.get(name, {})), kept)

    def _heard(self) -> Iterator[str]:
        found = self._found("heard")
        names = sorted(self._heard_by_scope().keys() | found)
        answers = self._read(*(("ZRANGE", self._key("heard", name), 0, -1, "WITHSCORES") for name in names))
        rebuilt = self._heard_by_scope()
        for name, rows in zip(names, answers, strict=True):
            yield from _values_differ(f"heard {name}", as_text(rebuilt.get(name, {})), _scores(rows))

    def _heard_by_scope(self) -> dict[str, dict[str, int]]:
        return heard.scores(self.campaign, list(self.views.teams.values()))

    def _rolls(self) -> Iterator[str]:
        found = self._found("roll")
        names = sorted(self._rolls_by_name().keys() | found)
        answers = self._read(*(("ZRANGE", self._key("roll", name), 0, -1) for name in names))
        rebuilt = self._rolls_by_name()
        for name, kept in zip(names, answers, strict=True):
            yield from _members_differ(f"roll {name}", rebuilt.get(name, set()), kept)

    def _rolls_by_name(self) -> dict[str, set[str]]:
        return rolls.members(self.campaign, list(self.views.teams.values()))

    def _dockets(self, family: str, by_scope: Callable[[], Mapping[str, dict[str, str]]]) -> Iterator[str]:
        found = self._found(family)
        names = sorted(by_scope().keys() | found)
        answers = self._read(*(("ZRANGE", self._key(family, name), 0, -1, "WITHSCORES") for name in names))
        rebuilt = by_scope()
        for name, rows in zip(names, answers, strict=True):
            yield from _values_differ(f"{family} {name}", rebuilt.get(name, {}), _scores(rows))

    def _docket_by_scope(self) -> dict[str, dict[str, str]]:
        return docket.members(self.campaign, self.views.reviews.values())

    def _differing_by_scope(self) -> dict[str, dict[str, str]]:
        return differences.members(self.campaign, self.views.differences.values())

    def _boards(self) -> Iterator[str]:
        found = self._found("board")
        rebuilt = {f"{metric}:{scope}": board for (metric, scope), board in self.views.boards.items()}
        for name in sorted(rebuilt.keys() | found):
            (rows,) = self._read(("ZRANGE", self._key("board", name), 0, -1, "WITHSCORES"))
            kept, board = _values_by_member(rows), rebuilt.get(name, {})
            if kept != {f"{number:06d}": str(value) for number, value in board.items()}:
                yield f"board {name}: {len(kept)} places kept, the ledger gives {len(board)} or other values"

    def _sums(self) -> Iterator[str]:
        found = self._found("sums")
        names = sorted(sums_of(self.views).keys() | found)
        answers = self._read(*(("ZRANGE", self._key("sums", name), 0, -1, "WITHSCORES") for name in names))
        rebuilt = sums_of(self.views)
        for name, rows in zip(names, answers, strict=True):
            kept = _values_by_member(rows)
            if f":{boards.UNIT}" in name:
                kept = {unit: value for unit, value in kept.items() if value != "0"}
            yield from _sums_differ(f"sum {name}", rebuilt.get(name, {}), kept)

    def _totals(self) -> Iterator[str]:
        (kept,) = self._read(("HGETALL", self.ledger.keys.totals(self.campaign.id)))
        totals = {metric: sum(b.values()) for (metric, scope), b in self.views.boards.items() if scope == boards.ALL}
        totals["offline"] = sum(
            team.standing("offline").amount_fen for team in self.views.teams.values() if team.status in LISTED
        )
        totals["matched"] = sum(map(matched, self.views.confirmed.values()))
        yield from _sums_differ("total", totals, kept)

    def _read(self, *reads: Command) -> list[Any]:
        """The answers, all of one moment; the views are brought to it."""
        ledger, answers = self.ledger.moment(self.campaign.id, reads)
        follow(self.views, self.campaign, self.ledger, ledger)
        return answers

    def _found(self, family: str) -> set[str]:
        """Of what there are keys of a family in Redis; the views are brought past the moment each was found at."""
        beginning = self._key(family, "")
        keys = self.ledger.database.scan_iter(pattern(beginning), count=SCANNED)
        found = {key.removeprefix(beginning) for key in keys}
        self._read()
        return found

    def _key(self, family: str, name: str) -> str:
        return self.ledger.keys.family(self.campaign.id, family) + name


def _batches(names: Set[str]) -> Iterator[Sequence[str]]:
    ordered = sorted(names)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def _scores(rows: Sequence[str]) -> Values:
    return dict(zip(rows[::2], rows[1::2], strict=True))


def _values_by_member(rows: Sequence[str]) -> Values:
    """A ranking as it is kept: a score is the negative value."""
    return {member: f"{0 - float(score):.17g}" for member, score in _scores(rows).items()}


def _sums_differ(what: str, rebuilt: Mapping[str, int], kept: Values) -> Iterator[str]:
    """A sum to which nothing was ever added is not kept."""
    yield from _values_differ(what, as_text(rebuilt), {**dict.fromkeys(rebuilt, "0"), **kept})


def _values_differ(what: str, rebuilt: Values, kept: Values) -> Iterator[str]:
    for name in sorted(rebuilt.keys() | kept.keys()):
        if rebuilt.get(name) != kept.get(name):
            yield f"{what} {name}: is {kept.get(name)}, the ledger says {rebuilt.get(name)}"


def _members_differ(what: str, rebuilt: Set[str], kept: Iterable[str]) -> Iterator[str]:
    for name in sorted(rebuilt ^ set(kept)):
        yield _astray(f"{what} {name}", kept=name not in rebuilt)


def _astray(what: str, *, kept: bool) -> str:
    return f"{what}: " + ("kept, but not in the ledger" if kept else "in the ledger, but not kept")
