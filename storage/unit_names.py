"""The names of a campaign's units, searched by a part of them; a process keeps what it has read.

The keys of a region only become more (`region_units`), so their number tells whether they are still known, as long as
the ledger is the same one. A search costs one round trip for that, one more for the regions that have grown, and a
scan of two megabytes for 100 000 names, about a millisecond.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock

from storage.database import Database
from storage.keys import Keys


@dataclass(frozen=True, slots=True)
class _Known:
    """The keys of a region, each on a line of its own. `mark`: the ledger's first entry, and how many there are."""

    mark: tuple[str, int]
    lines: str


@dataclass(frozen=True, slots=True)
class UnitNames:
    """Any number of threads may ask it."""

    database: Database
    keys: Keys
    _known: dict[tuple[str, str], _Known] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def holding(self, campaign: str, regions: Sequence[str], parts: Sequence[str], limit: int) -> list[str]:
        """The first unit keys of these regions in which one of the parts stands, region by region, each once."""
        texts = self._texts(campaign, regions)
        found = (key for text in texts for part in parts if part for key in _lines_with(text, part))
        unique = dict[str, None]()
        for key in found:
            unique.setdefault(key)
            if len(unique) >= limit:
                break
        return list(unique)

    def _texts(self, campaign: str, regions: Sequence[str]) -> list[str]:
        marks = self._marks(campaign, regions)
        with self._lock:
            known = {region: self._known.get((campaign, region)) for region in regions}
        grown = [region for region, kept in known.items() if kept is None or kept.mark != marks[region]]
        if grown:
            with self.database.pipeline(transaction=False) as pipe:
                for region in grown:
                    pipe.smembers(self.keys.region_units(campaign, region))
                sets = pipe.execute()
            for region, keys in zip(grown, sets, strict=True):
                mark = (marks[region][0], len(keys))
                known[region] = _Known(mark, "\n".join(("", *sorted(keys), "")))
            with self._lock:
                self._known.update({(campaign, region): kept for region in grown if (kept := known[region])})
        return [kept.lines for kept in known.values() if kept]

    def _marks(self, campaign: str, regions: Sequence[str]) -> dict[str, tuple[str, int]]:
        with self.database.pipeline(transaction=False) as pipe:
            pipe.xrange(self.keys.ledger(campaign), count=1)
            for region in regions:
                pipe.scard(self.keys.region_units(campaign, region))
            first, *sizes = pipe.execute()
        begun = str(first[0][0]) if first else ""
        return {region: (begun, int(size)) for region, size in zip(regions, sizes, strict=True)}


def _lines_with(text: str, part: str) -> Iterator[str]:
    """The lines in which a part stands."""
    at = text.find(part)
    while at >= 0:
        end = text.find("\n", at)
        yield text[text.rfind("\n", 0, at) + 1 : end]
        at = text.find(part, end)
