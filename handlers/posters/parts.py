"""What several pictures are made of: a great total, a row of figures, and the foot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers import texts
from handlers.posters.drawing import qr_code
from handlers.texts.figures import format_amount
from storage.campaign_schema import Campaign

TOTAL_PIXELS, ROW_PIXELS, UNIT_PIXELS = 900, 976, 24
"""Room for the total and for a row of figures; the width of a character of a unit of measure."""
DIGIT = 0.57
"""The width of a figure beside its height, in this font."""
GAP_PIXELS = 36
"""What stays free beside a figure in a row."""
TALLEST, TALL = 132, 46
"""Pixels of the total, and of the figures in a row, where they have room."""


@dataclass(frozen=True, slots=True)
class Code:
    """What the QR code opens, and the words beneath it."""

    opens: str
    where: str


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure with its word above and its unit of measure behind."""

    word: str
    value: str
    unit: str


def total(word: str, fen: int, beside: str = "") -> Mapping[str, Any]:
    """The great figure; `beside`: a line beneath it."""
    value = format_amount(fen)
    return {"word": word, "value": value, "size": fitting(value, TALLEST, TOTAL_PIXELS), "beside": beside}


def stats(shown: Sequence[Stat]) -> Sequence[Mapping[str, Any]]:
    """A row of figures, all of one height: that at which the longest fits."""
    room = ROW_PIXELS // max(len(shown), 1) - GAP_PIXELS
    size = min((fitting(stat.value, TALL, room - UNIT_PIXELS * len(stat.unit)) for stat in shown), default=TALL)
    return [{"word": stat.word, "value": stat.value, "unit": stat.unit, "size": size} for stat in shown]


def foot(campaign: Campaign, code: Code | None, fingerprint: str = "") -> Mapping[str, Any]:
    """What ends a picture: that giving is voluntary, what the figures are, the ledger's seal, the code."""
    free, *lines = texts.posters.notes(campaign)
    return {
        "free": free,
        "lines": lines,
        "seal": texts.bulletin.bulletin_fingerprint(fingerprint) if fingerprint else "",
        "code": qr_code(code.opens) if code else "",
        "where": code.where if code else "",
    }


def fitting(text: str, most: int, room: int) -> int:
    """The greatest height in pixels, `most` at most, at which figures fit into the room."""
    return min(most, int(room / (len(text) * DIGIT)))
