"""What stood as reported online at a moment that is over, also of teams into which others were merged since."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storage import Store
from storage.campaign_schema import Campaign
from storage.ledger import Entry
from storage.mergers import said_for
from storage.models.reports import Report
from storage.models.teams import Team

_SINCE_MERGED = 100
"""More entries than tell of a team after it was merged."""


@dataclass(slots=True)
class _Strand:
    """A team's own reports at a moment; `joined`: the teams that were merged into it later, the first merger first,
    each with whether the totals of both were added. `report`: the one that stood."""

    team: Team
    moment: datetime
    joined: "list[tuple[bool, _Strand]]" = field(default_factory=list)
    report: Report | None = None

    def all(self) -> "Iterator[_Strand]":
        yield self
        for _, strand in self.joined:
            yield from strand.all()


def reported_then(
    store: Store, campaign: Campaign, teams: Sequence[Team], moments: Mapping[str, datetime]
) -> dict[str, int]:
    """The online total of each team (fen, by its code) at its moment; those of which nothing stood are left out.

    `teams`: all of the campaign. A correction counts from the moment of what it put right: it says what was so then.
    """
    merged = defaultdict[str, list[Team]](list)
    for team in teams:
        if team.status == "merged":
            merged[team.into].append(team)
    by_code = {team.code: team for team in teams}
    strands = {code: _strand(store, campaign, by_code[code], moment, merged) for code, moment in moments.items()}
    _look_up(store, campaign, [each for strand in strands.values() for each in strand.all()])
    found = {code: _total(strand) for code, strand in strands.items()}
    return {code: total[0] for code, total in found.items() if total}


def _strand(
    store: Store, campaign: Campaign, team: Team, moment: datetime, merged: Mapping[str, Sequence[Team]]
) -> _Strand:
    mergers = sorted(
        ((_merger(store, campaign, source), source) for source in merged.get(team.code, ())),
        key=lambda merger: merger[0].at,
    )
    joined = [
        (len(entry.values["online"].split()) > 1, _strand(store, campaign, source, moment, merged))
        for entry, source in mergers
        if entry.at > moment
    ]
    return _Strand(team, moment, joined)


def _merger(store: Store, campaign: Campaign, source: Team) -> Entry:
    newest = store.histories.newest(campaign.id, source.code, _SINCE_MERGED)
    return next(entry for entry in newest if entry.kind == "team.merged")


def _look_up(store: Store, campaign: Campaign, strands: Sequence[_Strand]) -> None:
    """Go down from each newest report to the one that stood: a round trip or two for each step of the deepest."""
    waiting = [(strand.team.online.report, strand) for strand in strands if strand.team.online.report]
    while waiting:
        reports = {r.id: r for r in store.reports.many(campaign.id, [report_id for report_id, _ in waiting])}
        replaced = [report.replaces for report in reports.values() if report.replaces]
        put_right = {r.id: r.at for r in store.reports.many(campaign.id, replaced)} if replaced else {}
        further = []
        for report_id, strand in waiting:
            report = reports[report_id]
            if min(report.at, put_right.get(report.replaces, report.at)) <= strand.moment:
                strand.report = report
            elif report.previous:
                further.append((report.previous, strand))
        waiting = further


def _total(strand: _Strand) -> tuple[int, datetime] | None:
    """Fen, and the moment for which they were said: of two pages the sum, of one the newer."""
    total = (strand.report.amount_fen, said_for(strand.report)) if strand.report else None
    for are_added, other in strand.joined:
        theirs = _total(other)
        if total and theirs:
            newer = max(total, theirs, key=lambda each: each[1])
            total = (total[0] + theirs[0], newer[1]) if are_added else newer
        else:
            total = total or theirs
    return total
