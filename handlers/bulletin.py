"""战报: the bulletin of the moment, and the same words for the one that the scheduler pushes in the evening.

Its order follows the bulletins of real drives: cut-off, total, the day's growth, 人次, teams; leading units;
counties; teams at the threshold; the next opening; that giving is voluntary, and what the figures are.
Matched money would stand on a line of its own once the platform has confirmed it; chat never reports any.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers import tasks, texts
from handlers.messages import Context, Reply
from handlers.router import Router
from storage.campaign_schema import Campaign
from storage.snapshots import LEADERS, Digest

router = Router()

BUDGET = 2048
"""Bytes of UTF-8 that every channel carries in one text."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the bulletin. `dropped` is when it goes if the whole is too long: 1 first, 0 never."""

    text: str
    dropped: int = 0


@router.command("战报", summary="战报：此刻的总体情况，可直接转发", aside=True)
@router.intent("bulletin")
def show_bulletin(ctx: Context) -> Reply:
    digest = ctx.store.snapshots.digest(ctx.campaign, ctx.now)
    return Reply(render_bulletin(ctx.campaign, digest))


def render_bulletin(
    campaign: Campaign,
    digest: Digest,
    issue: int | None = None,
    fingerprint: str = "",
    budget: int = BUDGET,
    ended: date | None = None,
) -> str:
    """The bulletin as text of at most `budget` bytes; `issue` is its number, `ended` the day it closes, if it does.

    `fingerprint`: the first digits of the ledger's seal at that moment, '' where none is printed.
    """
    sections = list(_sections(campaign, digest, issue, ended))
    if fingerprint:
        sections.append(Section(texts.bulletin.bulletin_fingerprint(fingerprint)))
    return fit(sections, texts.bulletin.bulletin_rest(), budget)


def fit(sections: Sequence[Section], rest: str, budget: int) -> str:
    """The sections as paragraphs; what is too long loses whole ones, and `rest` says where they are."""
    kept = list(sections)
    text = "\n\n".join(section.text for section in kept)
    while len(text.encode()) > budget:
        kept.remove(min((s for s in kept if s.dropped), key=lambda section: section.dropped))
        text = "\n\n".join([*(section.text for section in kept), rest])
    return text


def _sections(campaign: Campaign, digest: Digest, issue: int | None, ended: date | None) -> Iterator[Section]:
    head = texts.bulletin.bulletin_head(campaign, digest.cut_off, issue, ended)
    if campaign.progress == "items":
        yield Section(f"{head}\n" + "\n".join(tasks.rows(campaign, digest.tasks, list(campaign.regions))))
        yield Section(texts.bulletin.bulletin_of_items(campaign))
        return
    yield Section(f"{head}\n{texts.bulletin.bulletin_totals(digest.figures, ended)}")
    leaders = _leaders(campaign, digest)
    if leaders:
        yield Section(texts.bulletin.bulletin_leaders(leaders, digest.figures.equals), dropped=2)
    regions = _regions(campaign, digest)
    if regions:
        yield Section(texts.bulletin.bulletin_regions(campaign, regions), dropped=1)
    threshold = campaign.policy.threshold
    if threshold:
        yield Section(texts.bulletin.bulletin_reached(threshold.amount_fen, digest.figures.reached), dropped=3)
    opening = _opening(campaign, digest, ended)
    if opening:
        yield Section(opening, dropped=4)
    yield Section(texts.bulletin.bulletin_notes(campaign))


def _leaders(campaign: Campaign, digest: Digest) -> list[str]:
    if not campaign.ranking.public:
        return []
    shown = digest.leaders[: campaign.ranking.top or LEADERS]
    return [texts.leaderboard.place_line(leader.rank, leader.unit, leader.amount_fen, "amount") for leader in shown]


def _regions(campaign: Campaign, digest: Digest) -> list[str]:
    """The regions of the first level that have any figure: by amount, or in the file's order if none are ranked."""
    sums = dict(digest.figures.regions)
    listed = [region for region in campaign.regions if region.parent is None and sums.get(region.id)]
    if campaign.ranking.public:
        listed.sort(key=lambda region: -sums[region.id])
    return [texts.leaderboard.region_line(region.name, sums[region.id]) for region in listed]


def _opening(campaign: Campaign, digest: Digest, ended: date | None) -> str:
    """The next opening: today's if it is still to come at the cut-off, else tomorrow's, on the days of matching.

    Around midnight only the date says which day is meant.
    """
    matching = campaign.windows.matching
    if matching is None or matching.opens is None or matching.start is None or matching.end is None:
        return ""
    cut_off = campaign.local(digest.cut_off)
    first, last = (campaign.local(side).date() for side in (matching.start, matching.end))
    today = cut_off.time() < matching.opens and first <= cut_off.date() <= last
    day = cut_off.date() if today else cut_off.date() + timedelta(days=1)
    if not first <= day <= last:
        return ""
    return texts.bulletin.bulletin_opening(day, matching.opens, "" if ended else "今天" if today else "明天")
