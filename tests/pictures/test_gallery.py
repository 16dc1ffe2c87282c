"""The pictures and messages of docs/bulletins.md: one bulletin in every form. `make pictures` makes them anew."""

import io
import os
from pathlib import Path

from PIL import Image

from handlers.bulletins.table import render_table
from handlers.bulletins.text import render_bulletin
from handlers.posters.bulletin_poster import bulletin_poster
from handlers.posters.parts import Code
from handlers.posters.team_pictures import certificate, team_card
from tests.pictures.sample import EVENING, ZHAOTONG, edition, team

DOCS = Path(__file__).parents[2] / "docs"
BEGIN, END = "<!-- messages: written by tests/pictures/test_gallery.py -->", "<!-- end of the messages -->"
CODE = Code("https://yidui.example.org/board/zhaotong-2024", "扫码看实时榜")
COLOURS = 160


def pictures() -> dict[str, bytes]:
    return {
        "poster-3-light": bulletin_poster(edition(3, since=None), "light", CODE),
        "poster-10-light": bulletin_poster(edition(10, level=3), "light", CODE),
        "poster-30-dark": bulletin_poster(edition(30), "dark", CODE),
        "team-card": team_card(ZHAOTONG, team(), EVENING, "light", CODE),
        "certificate": certificate(ZHAOTONG, team(), EVENING, "light"),
    }


def messages() -> str:
    """One issue as a person and as a group robot is told it."""
    issue = edition(10, level=3)
    shown = (
        ("Text (客服消息, mailbox)", render_bulletin(issue)),
        ("Table (markdown_v2, 群机器人)", render_table(issue)),
    )
    return "\n\n".join(f"### {name}, {len(told.encode())} bytes\n\n```\n{told}\n```" for name, told in shown)


def test_the_page_shows_what_is_sent() -> None:
    page = (DOCS / "bulletins.md").read_text(encoding="utf-8")
    written = f"{BEGIN}\n\n{messages()}\n\n{END}"
    if os.environ.get("PICTURES"):
        before, _, rest = page.partition(BEGIN)
        page = before + written + rest.partition(END)[2]
        (DOCS / "bulletins.md").write_text(page, encoding="utf-8")
        for name, png in pictures().items():
            small = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS)
            small.save(DOCS / "pictures" / f"{name}.png", optimize=True)
    assert written in page, "PICTURES=1 writes it anew"
    for name in pictures():
        with Image.open(DOCS / "pictures" / f"{name}.png") as picture:
            assert picture.width == 1080
        assert f"pictures/{name}.png" in page
