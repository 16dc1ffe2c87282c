"""The two sets of colours that a picture comes in. One accent each; everything else is ink on paper."""

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Theme:
    """CSS colours. `head…` are those of the band at the top; `up` and `down` are read red and green in China."""

    paper: str
    sheet: str
    ink: str
    soft: str
    faint: str
    line: str
    accent: str
    track: str
    bar: str
    head: str
    head_ink: str
    head_soft: str
    head_line: str
    up: str
    down: str


THEMES: dict[ThemeName, Theme] = {
    "light": Theme(
        paper="#f6f3ee",
        sheet="#ffffff",
        ink="#1d1b19",
        soft="#5b554e",
        faint="#746d64",
        line="#ece6dd",
        accent="#b3262e",
        track="#f1ebe2",
        bar="#cd7f7f",
        head="#a8222b",
        head_ink="#ffffff",
        head_soft="#f3cfc9",
        head_line="#c4545a",
        up="#c8322f",
        down="#2f7d55",
    ),
    "dark": Theme(
        paper="#121316",
        sheet="#1b1d22",
        ink="#f1eee9",
        soft="#b3aea6",
        faint="#8d8780",
        line="#2b2e35",
        accent="#e8756a",
        track="#26292f",
        bar="#a5615b",
        head="#4a171c",
        head_ink="#fbf3ef",
        head_soft="#d6aaa4",
        head_line="#7d3a3e",
        up="#f07f72",
        down="#6cc296",
    ),
}
