"""The final report: what the drive came to, in every region, with what the platform confirmed beside it."""

from collections.abc import Iterator

from handlers import tasks, texts
from handlers.bulletins.edition import Edition
from handlers.bulletins.text import BUDGET, Section, fit
from storage.campaign_schema import Campaign
from storage.snapshots import Snapshot


def render(campaign: Campaign, snapshot: Snapshot) -> str:
    """At most `BUDGET` bytes; too long, it loses whole parts."""
    return fit(list(_sections(campaign, snapshot)), texts.bulletin.bulletin_rest(), BUDGET)


def _sections(campaign: Campaign, snapshot: Snapshot) -> Iterator[Section]:
    say, digest, figures = texts.final, snapshot.digest, snapshot.digest.figures
    if campaign.progress == "items":
        rows = tasks.rows(campaign, digest.tasks, campaign.regions)
        yield Section("\n".join([say.head(campaign, digest.cut_off), *rows]))
    else:
        yield Section(f"{say.head(campaign, digest.cut_off)}\n{say.totals(figures)}")
        if figures.matched_fen:
            yield Section(texts.bulletin.bulletin_matched(campaign, figures), dropped=3)
        if Edition.of(campaign, snapshot).regions:
            yield Section(texts.bulletin.bulletin_regions(Edition.of(campaign, snapshot)), dropped=1)
        if campaign.policy.threshold:
            yield Section(texts.bulletin.bulletin_reached(campaign.policy.threshold.amount_fen, figures.reached), 2)
    yield Section(say.cases(snapshot.cases))
    yield Section(say.notes(campaign))
    if snapshot.fingerprint:
        yield Section(texts.bulletin.bulletin_fingerprint(snapshot.fingerprint))
