"""The bulletin as a poster: the same facts as its text, big total first."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers import tasks, texts
from handlers.bulletins.edition import Edition
from handlers.posters.drawing import draw, drawable
from handlers.posters.parts import Code, Stat, foot, stats, total
from handlers.posters.themes import THEMES, ThemeName
from handlers.texts.figures import format_amount, yuan
from storage.snapshots import Leader

LEADERS = 30
NAME = 24
"""Characters of a unit's name that a poster shows."""


def bulletin_poster(edition: Edition, theme: ThemeName = "light", code: Code | None = None) -> bytes:
    """An issue as PNG, 1080 pixels wide. Raises `CannotDraw`."""
    return draw(
        "bulletin.html", THEMES[theme], **_words(edition), foot=foot(edition.campaign, code, edition.fingerprint)
    )


def _words(edition: Edition) -> dict[str, Any]:
    say, campaign = texts.posters, edition.campaign
    counted = campaign.progress == "items"
    return {
        "title": say.title(campaign),
        "host": say.host(campaign),
        "issue": say.issue(edition),
        "until": say.until(texts.bulletin.cut_off_name(edition)),
        "total": None if counted else _total(edition),
        "stats": [] if counted else _stats(edition),
        "changed": texts.bulletin.what_changed(edition).removeprefix("▍").splitlines(),
        "tiers": [] if counted else _tiers(edition),
        "leaders": None if counted else _leaders(edition),
        "regions": None if counted else _regions(edition),
        "tasks": _tasks(edition) if counted else [],
        "lines": [] if counted else _lines(edition),
    }


def _total(edition: Edition) -> Mapping[str, Any]:
    figures = edition.digest.figures
    beside = texts.posters.offline(figures.offline_fen) if figures.offline_fen else ""
    return total(texts.posters.total_word(), figures.amount_fen, beside)


def _stats(edition: Edition) -> Sequence[Mapping[str, Any]]:
    figures, threshold = edition.digest.figures, edition.campaign.policy.threshold
    shown = [
        Stat(texts.bulletin.growth_word(edition), format_amount(figures.today_fen), "元"),
        Stat("捐赠", f"{figures.donations:,}", "人次"),
        Stat("队伍", f"{figures.teams:,}", "支"),
    ]
    if threshold:
        shown.append(Stat(texts.posters.reached_word(threshold.amount_fen), f"{figures.reached:,}", "支"))
    return stats(shown)


def _tiers(edition: Edition) -> Sequence[Mapping[str, Any]]:
    figures = edition.digest.figures
    return [
        {
            "word": f"{word} {yuan(fen)}",
            "stands": texts.bulletin.target_stands(fen, figures.amount_fen),
            "percent": min(100, figures.amount_fen * 100 // fen),
        }
        for word, fen in (("保", figures.floor_fen), ("争", figures.hope_fen))
        if fen
    ]


def _leaders(edition: Edition) -> Mapping[str, Any] | None:
    """The table of teams; None where the campaign ranks nobody in public."""
    if not edition.campaign.ranking.public:
        return None
    rows = [_row(edition, leader) for leader in edition.leaders(LEADERS)]
    return {
        "title": texts.posters.leaders_title(edition.places(LEADERS)),
        "note": texts.posters.moves_note(edition),
        "moves": edition.digest.since is not None,
        "rows": rows,
        "nothing": texts.posters.no_figures_yet(),
        "more": "".join(texts.bulletin.level_line(edition, LEADERS)),
    }


def _row(edition: Edition, leader: Leader) -> Mapping[str, Any]:
    moved = texts.bulletin.moved(edition, leader)
    place = next((region.name for region in edition.campaign.regions if region.id == leader.region), "")
    return {
        "rank": leader.rank,
        "name": drawable(texts.wording.echo(leader.unit, NAME)),
        "place": place,
        "amount": format_amount(leader.amount_fen),
        "moved": moved or "—",
        "way": {"▲": "up", "▼": "down"}.get(moved[:1], ""),
    }


def _regions(edition: Edition) -> Mapping[str, Any] | None:
    regions = edition.regions
    if not regions:
        return None
    most = max(each.amount_fen for each in regions)
    rows = [
        {
            "name": each.region.name,
            "grown": f"+{format_amount(each.today_fen)}" if each.today_fen > 0 else "",
            "value": format_amount(each.amount_fen),
            "percent": max(1, each.amount_fen * 100 // most) if most > 0 else 0,
        }
        for each in regions
    ]
    say, ranked = texts.posters, edition.regions_ranked
    note = say.grown_note(edition) if ranked else say.not_ranked()
    return {"title": texts.bulletin.regions_name(edition), "note": note, "rows": rows, "bars": ranked}


def _tasks(edition: Edition) -> Sequence[Mapping[str, Any]]:
    """Where items are counted: a sheet for each task, its regions in the file's order."""
    campaign, say = edition.campaign, texts.counts
    return [
        {
            "title": each.task.name,
            "note": say.task_done(each),
            "asks": say.task_asks(campaign, each.task),
            "rows": [{"name": name, "value": f"{count:,}"} for name, count in each.stands],
            "unit": each.task.unit,
            "nothing": say.nobody_reported(),
        }
        for each in tasks.progress(campaign, edition.digest.tasks, campaign.regions)
    ]


def _lines(edition: Edition) -> Sequence[str]:
    figures = edition.digest.figures
    matched = texts.bulletin.bulletin_matched(edition.campaign, figures) if figures.matched_fen else ""
    return [line for line in (matched, *texts.bulletin.bulletin_ahead(edition).splitlines()) if line]
