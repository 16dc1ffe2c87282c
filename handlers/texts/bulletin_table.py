"""The bulletin as a group robot posts it: the same facts in headings and tables of markdown_v2."""

from collections.abc import Sequence

from handlers.bulletins.edition import Edition
from handlers.texts import bulletin
from handlers.texts.figures import yuan
from handlers.texts.wording import marked
from storage.campaign_schema import Campaign
from storage.snapshots import Leader


def head(edition: Edition) -> str:
    title = f"## {bulletin.issue_name(edition)}\n截至 **{bulletin.cut_off_name(edition)}**"
    title = bulletin.correction_of(title) if edition.corrects else title
    return marked(title) if edition.campaign.practice else title


def totals(edition: Edition) -> str:
    figures = edition.digest.figures
    offline = f"\n\n其中线下 {yuan(figures.offline_fen)}" if figures.offline_fen else ""
    row = (f"**{yuan(figures.amount_fen)}**", yuan(figures.today_fen), f"{figures.donations:,}", f"{figures.teams:,}")
    return _table(["累计", bulletin.growth_word(edition), "人次", "队伍"], [row], "rrrr") + offline


def matched(edition: Edition) -> str:
    figures = edition.digest.figures
    return bulletin.bulletin_matched(edition.campaign, figures) if figures.matched_fen else ""


def leaders(edition: Edition, named: Sequence[tuple[str, Leader]], most: int) -> str:
    """`named`: each with its unit's name as markdown carries it."""
    since = edition.digest.since
    columns = ["名次", "单位", "累计", *([f"较第{since}期"] if since else [])]
    rows = [
        [str(each.rank), name, yuan(each.amount_fen), *([bulletin.moved(edition, each) or "—"] if since else [])]
        for name, each in named
    ]
    table = _table(columns, rows, "rlrr" if since else "rlr")
    listed = f"### 前{edition.places(most)}名\n{table}"
    return "\n\n".join([listed, *bulletin.level_line(edition, most)])


def regions(edition: Edition) -> str:
    rows = [[each.region.name, yuan(each.amount_fen), yuan(each.today_fen)] for each in edition.regions]
    columns = ["地区", "累计", bulletin.growth_word(edition)]
    return f"### {bulletin.regions_title(edition)}\n" + _table(columns, rows, "lrr")


def reached(edition: Edition) -> str:
    threshold = edition.campaign.policy.threshold
    return bulletin.bulletin_reached(threshold.amount_fen, edition.digest.figures.reached) if threshold else ""


def notes(campaign: Campaign, fingerprint: str) -> str:
    lines = bulletin.bulletin_notes(campaign).splitlines()
    lines += [bulletin.bulletin_fingerprint(fingerprint)] if fingerprint else []
    return "\n".join(f"> {line}" for line in lines)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> str:
    """`sides`: for each column r or l."""
    ruled = [{"r": "--:", "l": ":--"}[side] for side in sides]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, ruled, *rows))
