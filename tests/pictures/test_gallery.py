"""The pictures and messages of docs/bulletins.md: one bulletin in every form. `make pictures` makes them anew."""

import io
import os
from datetime import datetime
from pathlib import Path

from PIL import Image

from handlers.bulletins.edition import Edition
from handlers.bulletins.table import render_table
from handlers.bulletins.text import render_bulletin
from handlers.posters.bulletin_poster import bulletin_poster
from handlers.posters.parts import Code
from handlers.posters.team_pictures import certificate, team_card
from handlers.texts import bulletin, reminders
from handlers.texts import pictures as posters
from scheduler.channels.template_fields import fill
from storage.models.pushes import Notification
from tests.pictures.sample import EVENING, ZHAOTONG, edition, team

DOCS = Path(__file__).parents[2] / "docs"
BEGIN, END = "<!-- messages: written by tests/pictures/test_gallery.py -->", "<!-- end of the messages -->"
CODE = Code("https://yidui.example.org/board/zhaotong-2024", "扫码看实时榜")
COLOURS = 160
FIELDS = ("thing1", "time2", "thing3")


def pictures() -> dict[str, bytes]:
    return {
        "poster-3-light": bulletin_poster(edition(3, since=None), "light", CODE),
        "poster-10-light": bulletin_poster(edition(10, level=3), "light", CODE),
        "poster-30-dark": bulletin_poster(edition(30), "dark", CODE),
        "team-card": team_card(ZHAOTONG, team(), EVENING, "light", CODE),
        "certificate": certificate(ZHAOTONG, team(), EVENING, "light"),
    }


def messages() -> str:
    """One issue as each channel tells it, and a reminder as a template message, which brings none."""
    issue = edition(10, level=3)
    text = render_bulletin(issue)
    spring = EVENING.replace(month=4, day=27, hour=9)
    reminder = reminders.deadline_reminder(ZHAOTONG, spring.replace(day=30, hour=23, minute=59), spring.date())
    shown = (
        ("Text (客服消息, mailbox)", text),
        ("Table (markdown_v2, 群机器人)", render_table(issue)),
        ("Card (图文, `海报` where the account sends no pictures)", _card(issue)),
        (
            "Subscription notice (订阅通知, a template of three fields)",
            _fields(text, EVENING),
        ),
        (
            "Template message (模板消息, a reminder: never a bulletin)",
            _fields(reminder, spring),
        ),
    )
    return "\n\n".join(f"### {name}, {len(told.encode())} bytes\n\n```\n{told}\n```" for name, told in shown)


def _card(issue: Edition) -> str:
    link = "https://yidui.example.org/board/zhaotong-2024/poster.png"
    return "\n".join((bulletin.issue_name(issue), posters.about(ZHAOTONG), link))


def _fields(text: str, at: datetime) -> str:
    """What stands in the fields, as the channel fills them."""
    push = Notification(
        id="1", campaign="zhaotong-2024", job="bulletin", text=text, created_at=at, due_at=at, expires_at=at
    )
    return "\n".join(f"{key}: {value}" for key, value in fill(FIELDS, push).items())


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
