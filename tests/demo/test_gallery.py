"""docs/bulletins.md shows what the demo sent, channel by channel. `make pictures` plays it and writes the page anew."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import zxingcpp
from PIL import Image, ImageChops, ImageDraw

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BEGIN, END = "<!-- messages: written by tests/demo/test_gallery.py -->", "<!-- end of the messages -->"
MESSAGES = {
    "Text (客服消息; the mailbox holds the same)": "05-09-2100-bulletin-customer_service.txt",
    "Table (markdown_v2, 群机器人)": "05-09-2100-bulletin-group_robot.txt",
    "Subscription notice (订阅通知, a template of three fields)": "05-09-2100-bulletin-subscription_notice.txt",
    "Template message (模板消息, a reminder: never a bulletin)": "04-27-1000-deadline-reminder-template_message.txt",
}
STORY = "zhaotong-2024"
PICTURES = {
    "issue-2": (STORY, "05-07-2100-bulletin-light.png"),
    "issue-4-dark": (STORY, "05-09-2110-bulletin-dark.png"),
    "suining": ("suining-2023", "06-30-1700-bulletin-light.png"),
    "team-card": (STORY, "05-09-2110-team-light.png"),
    "certificate": (STORY, "05-09-2110-thanks-light.png"),
}
"""The pictures of the page: of which story, and its name in the album."""
SEAL = re.compile(r"(?<=账本指纹 )[0-9a-f]{8}")
"""The ledger holds random ids, so that its seal is another in every play."""
COLOURS = 160
VISIBLE = 90
"""From which difference of two shades something else stands there, and not the same in fewer colours."""
EDGE = 12
"""Pixels by which a code may reach beyond the corners that were read."""
LINE = 40
"""Pixels: the height of the line in which the seal stands."""


def test_the_page_shows_what_the_demo_sent(tmp_path: Path) -> None:
    album = {campaign: _played(campaign, tmp_path / campaign) for campaign in {story for story, _ in PICTURES.values()}}
    page = _page_with({name: (album[STORY] / file).read_text(encoding="utf-8") for name, file in MESSAGES.items()})
    for name, (campaign, file) in PICTURES.items():
        assert f"pictures/{name}.png" in page
        _compare(DOCS / "pictures" / f"{name}.png", (album[campaign] / file).read_bytes())


def _page_with(told: Mapping[str, str]) -> str:
    """The page, which shows these messages."""
    sections = "\n\n".join(f"### {name}, {len(text.encode())} bytes\n\n```\n{text}\n```" for name, text in told.items())
    written, page = f"{BEGIN}\n\n{sections}\n\n{END}", (DOCS / "bulletins.md").read_text(encoding="utf-8")
    if os.environ.get("PICTURES"):
        before, _, rest = page.partition(BEGIN)
        page = before + written + rest.partition(END)[2]
        (DOCS / "bulletins.md").write_text(page, encoding="utf-8")
    assert SEAL.sub("", written) in SEAL.sub("", page), "make pictures writes it anew"
    return page


def _compare(kept: Path, drawn: bytes) -> None:
    """The picture of the page is the one that was drawn, in fewer colours, but for its code and its seal."""
    made = Image.open(io.BytesIO(drawn)).convert("RGB")
    if os.environ.get("PICTURES"):
        made.quantize(COLOURS).save(kept, optimize=True)
    shown = Image.open(kept).convert("RGB")
    assert shown.width == 1080
    assert shown.size == made.size, f"{kept.name}: make pictures draws it anew"
    difference = ImageChops.difference(_without_code(shown), _without_code(made))
    box = difference.convert("L").point(lambda shade: 255 * (shade > VISIBLE)).getbbox()
    assert box is None or (box[1] > 0.8 * made.height and box[3] - box[1] < LINE), f"{kept.name}: make pictures"


def _played(campaign: str, folder: Path) -> Path:
    """Where the demo left what it sent."""
    folder.mkdir()
    played = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--fast", "--exit", "--campaign", campaign],
        env=os.environ | {"PYTHONPATH": str(ROOT), "YIDUI_DATA_DIR": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert played.returncode == 0, played.stdout[-3000:] + played.stderr
    return folder / "demo" / "sent"


def _without_code(picture: Image.Image) -> Image.Image:
    """The picture without its code, which leads to the port of its play."""
    blank = picture.copy()
    for code in zxingcpp.read_barcodes(picture):
        at = code.position
        box = (at.top_left.x - EDGE, at.top_left.y - EDGE, at.bottom_right.x + EDGE, at.bottom_right.y + EDGE)
        ImageDraw.Draw(blank).rectangle(box, fill="white")
    return blank
