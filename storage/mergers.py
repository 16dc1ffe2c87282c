"""Mergers: what two teams that are one become, and what each day of theirs has grown by. Nothing is written here.

Where both reported from one donation page the newer total stands, with the growth of every day that led to it, and
nothing of the other's is counted; where they had two pages totals and days add up. This is so for each channel; one in
which only one of them reported has that one's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from storage.campaign_schema import Campaign
from storage.ledger import Author, Entry
from storage.models.reports import Report
from storage.models.teams import Channel, Team, Total
from storage.reckoning import DAY, new_report, past_of, report_id
from storage.relocation import Growth, first_day

Pages = Literal["one", "two"]
"""Whether both teams reported from one donation page, or each from one of its own."""
CHANNELS: Sequence[Channel] = get_args(Channel)
Parts = Mapping[Channel, Sequence[str]]
"""The codes of the teams whose totals make up that of each channel."""


@dataclass(frozen=True, slots=True)
class Merger:
    """The team that goes on, and the reports on which its new totals stand."""

    team: Team
    reports: Sequence[Report]


def in_both(source: Team, target: Team) -> list[Channel]:
    """The channels in which both reported: whether they had one page or two has to be said."""
    return [channel for channel in CHANNELS if source.total(channel).report and target.total(channel).report]


def parts_of(source: Team, target: Team, pages: Pages, reports: Mapping[str, Report]) -> Parts:
    """Whose totals stand; `reports`: those that the totals stand on, by their ids. Of equally new ones the target's."""
    parts: dict[Channel, Sequence[str]] = {}
    for channel in CHANNELS:
        reported = [team for team in (target, source) if team.total(channel).report]
        if pages == "one" and len(reported) > 1:
            reported = [max(reported, key=lambda team: said_for(reports[team.total(channel).report]))]
        parts[channel] = [team.code for team in reported]
    return parts


def said_for(report: Report) -> datetime:
    """The moment for which a report's figures were said."""
    return report.as_of or report.at


def merged(
    campaign: Campaign,
    source: Team,
    target: Team,
    parts: Parts,
    author: Author,
    day: date,
    reports: Mapping[str, Report],
) -> Merger:
    """The target with the totals that stand and the captains of both."""
    captains = (*target.captains, *(each for each in source.captains if each not in target.captains))
    since = min(first_day(campaign, source), first_day(campaign, target))
    changes: dict[str, object] = {"captains": captains, "grown_since": since}
    if captains and target.status == "unclaimed":
        changes |= {"status": "active", "claim_code": "", "claim_as": "captain"}
    if source.heard and target.heard:
        changes["heard"] = max(source.heard, target.heard)
    made = []
    if source.reported or target.reported:
        changes["day"] = day
    for channel, codes in parts.items():
        teams = [team for team in (target, source) if team.code in codes]
        total, opening = target.total(channel), target.opening(channel, day)
        if any(team.code == source.code for team in teams):
            reached = _sum([team.total(channel) for team in teams], total.report)
            report = new_report(author, target, "merge", channel, reached, total, day)
            as_of = max(said_for(reports[team.total(channel).report]) for team in teams)
            report = report.model_copy(update={"id": report_id(f"{author.op_id}/{channel}"), "as_of": as_of})
            made.append(report)
            total = _sum([reached], report.id)
            opening = _sum([team.opening(channel, day) for team in teams], opening.report)
        if "day" in changes:
            changes |= {channel: total, f"opening_{channel}": opening}
    return Merger(target.model_copy(update=changes), made)


def growth_after(
    teams: Mapping[str, Team], parts: Parts, growth: Mapping[str, Growth], offline: Mapping[str, Mapping[date, int]]
) -> dict[date, int]:
    """What the team that goes on grew by on each day: all that both grew by but for the totals that do not stand.

    `growth` of both channels and `offline` of that one, by a team's code, in fen.
    """
    grown = defaultdict[date, int](int)
    for code, of_team in growth.items():
        both = {date.fromisoformat(name.partition(":")[2]): fen for name, fen in of_team.items()}
        stands = {channel: not teams[code].total(channel).report or code in parts[channel] for channel in CHANNELS}
        for each in both.keys() | offline[code].keys():
            apart = {"offline": offline[code].get(each, 0)}
            apart["online"] = both.get(each, 0) - apart["offline"]
            if any(stands[channel] and teams[code].total(channel).report for channel in CHANNELS):
                grown[each] += sum(apart[channel] for channel in CHANNELS if stands[channel])
    return dict(sorted(grown.items()))


def offline_growth(code: str, entries: Iterable[Entry], taken: Mapping[str, Report]) -> dict[date, int]:
    """What a team grew by offline, by its entries, oldest first. `taken`: reports that were moved elsewhere, by id."""
    grown, total = defaultdict[date, int](int), 0
    before_mergers: list[tuple[defaultdict[date, int], int]] = []
    for entry in entries:
        values = entry.values
        if entry.kind == "team.merged" and values["into"] == code:
            before_mergers.append((grown.copy(), total))
            grown, total = defaultdict(int, past_of(values["offline_growth"])), int(values["offline_fen"])
        elif entry.kind == "team.restored" and values.get("into") == code:
            grown, total = before_mergers.pop()
        if entry.kind == "report.moved" and values["from"] == code:
            gone = taken[values["moved"]]
            if gone.channel == "offline":
                grown[gone.day] += gone.previous_amount_fen - total
                total = gone.previous_amount_fen
        if entry.team != code or values.get("channel") != "offline":
            continue
        day, reached, stood = (
            date.fromisoformat(values["report_day"]),
            int(values["amount_fen"]),
            int(values["previous_amount_fen"]),
        )
        back = entry.kind == "report.retracted"
        if "above" in values:
            moved = stood - reached if back else reached - stood
            grown[day] += moved
            grown[day + DAY] -= moved
        else:
            grown[day] += (stood if back else reached) - total
            total = stood if back else reached
    return dict(grown)


def handed_over(codes: str, source: str, target: str) -> str:
    """A captain's codes, separated by spaces, once the one team has gone on as the other."""
    held = codes.split()
    return " ".join(target if code == source else code for code in held if code != source or target not in held)


def handed_back(codes: str, source: str, target: str, *, led_both: bool) -> str:
    """The same once that was undone."""
    held = codes.split()
    if not led_both:
        return " ".join(source if code == target else code for code in held)
    place = next((n for n, code in enumerate(held) if int(code) > int(source)), len(held))
    return " ".join([*held[:place], source, *held[place:]])


def _sum(totals: Sequence[Total], report: str) -> Total:
    return Total(
        amount_fen=sum(total.amount_fen for total in totals),
        donations=sum(total.donations for total in totals),
        report=report,
    )
