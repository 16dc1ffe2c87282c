"""The bulletin as a poster: the same facts as its text, big total first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers import tasks, texts
from handlers.bulletins.edition import Edition
from handlers.posters.drawing import draw, drawable, qr_code
from handlers.posters.themes import THEMES, ThemeName
from handlers.texts.figures import format_amount, yuan
from storage.snapshots import Leader

LEADERS = 30
TOTAL_PIXELS, STAT_PIXELS = 900, 240
"""Room for the total, and for a figure of the row beneath it."""
DIGIT = 0.57
"""The width of a figure beside its height, in this font."""
NAME = 24
"""Characters of a unit's name that a poster shows."""


@dataclass(frozen=True, slots=True)
class Code:
    """What the QR code opens, and the words beneath it."""

    opens: str
    where: str


def bulletin_poster(edition: Edition, theme: ThemeName = "light", code: Code | None = None) -> bytes:
    """An issue as PNG, 1080 pixels wide. Raises `CannotDraw`."""
    return draw("bulletin.html", THEMES[theme], **_words(edition), foot=foot(edition, code))


def foot(edition: Edition, code: Code | None) -> Mapping[str, Any]:
    """What ends every picture: that giving is voluntary, what the figures are, the ledger's seal, the code."""
    free, *lines = texts.posters.notes(edition.campaign)
    return {
        "free": free,
        "lines": lines,
        "seal": texts.bulletin.bulletin_fingerprint(edition.fingerprint) if edition.fingerprint else "",
        "code": qr_code(code.opens) if code else "",
        "where": code.where if code else "",
    }


def fitting(text: str, most: int, room: int) -> int:
    """The greatest height in pixels, `most` at most, at which figures fit into the room."""
    return min(most, int(room / (len(text) * DIGIT)))


def _words(edition: Edition) -> dict[str, Any]:
    say, campaign = texts.posters, edition.campaign
    counted = campaign.progress == "items"
    return {
        "title": say.title(campaign),
        "host": say.host(campaign),
        "issue": say.issue(edition),
        "until": say.until(edition),
        "total": None if counted else _total(edition),
        "stats": [] if counted else _stats(edition),
        "changed": texts.bulletin.what_changed(edition).removeprefix("▍").splitlines(),
        "tiers": [] if counted else _tiers(edition),
        "leaders": None if counted else _leaders(edition),
        "regions": _items(edition) if counted else _regions(edition),
        "lines": [] if counted else _lines(edition),
    }


def _total(edition: Edition) -> Mapping[str, Any]:
    figures = edition.digest.figures
    value = format_amount(figures.amount_fen)
    beside = texts.posters.offline(figures.offline_fen) if figures.offline_fen else ""
    size = fitting(value, 132, TOTAL_PIXELS)
    return {"word": texts.posters.total_word(), "value": value, "size": size, "beside": beside}


def _stats(edition: Edition) -> Sequence[Mapping[str, Any]]:
    figures, threshold = edition.digest.figures, edition.campaign.policy.threshold
    shown = [
        (texts.bulletin.growth_word(edition), format_amount(figures.today_fen), "元"),
        ("捐赠", f"{figures.donations:,}", "人次"),
        ("队伍", f"{figures.teams:,}", "支"),
    ]
    if threshold:
        shown.append((texts.posters.reached_word(threshold.amount_fen), f"{figures.reached:,}", "支"))
    size = min(fitting(value, 44, STAT_PIXELS - 24 * len(unit) - 10) for _, value, unit in shown)
    return [{"word": word, "value": value, "unit": unit, "size": size} for word, value, unit in shown]


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
            "unit": "元",
            "percent": max(1, each.amount_fen * 100 // most) if most > 0 else 0,
        }
        for each in regions
    ]
    title, _, note = texts.bulletin.regions_title(edition).partition("（排名")
    note = note.removesuffix("）") and f"排名{note.removesuffix('）')}"
    return {"title": title, "note": note or texts.posters.grown_note(edition), "rows": rows, "bars": not note}


def _items(edition: Edition) -> Mapping[str, Any]:
    """Where items are counted: each task's progress, without bars, for there is no common measure."""
    campaign = edition.campaign
    lines = tasks.rows(campaign, edition.digest.tasks, list(campaign.regions))
    rows = [{"name": name, "grown": "", "value": value, "unit": "", "percent": 0} for name, value in map(_cell, lines)]
    return {"title": texts.posters.items_title(), "note": "", "rows": rows, "bars": False}


def _cell(line: str) -> tuple[str, str]:
    name, _, value = line.rpartition("：")
    return (name, value) if name else (line, "")


def _lines(edition: Edition) -> Sequence[str]:
    figures = edition.digest.figures
    matched = texts.bulletin.bulletin_matched(edition.campaign, figures) if figures.matched_fen else ""
    return [line for line in (matched, *texts.bulletin.bulletin_ahead(edition).splitlines()) if line]
