"""HTML and CSS into PNG, 1080 pixels wide: the one place that knows the renderer and the font (extra `pictures`).

Only the worker draws: a poster takes a tenth of a second and 80 MB, which no web process should spend.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined

from handlers.posters.themes import Theme

if TYPE_CHECKING:
    from pytakumi import Renderer

WIDTH = 1080
FONT = ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf")
QR_SCALE = 8
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class CannotDraw(Exception):
    """The extra `pictures` is not installed, or has no wheel for this platform."""


def can_draw() -> bool:
    """Whether pictures can be made here; imports nothing."""
    return all(find_spec(name) for name in ("pytakumi", FONT[0]))


def draw(template: str, theme: Theme, **words: Any) -> bytes:
    """A PNG from one of `templates/`, as high as what stands on it. Raises `CannotDraw`."""
    html = _templates().get_template(template).render(**words)
    css = _templates().get_template("style.css").render(theme=theme)
    picture: bytes = _renderer().render_html(html, width=WIDTH, stylesheets=[css], lang="zh-CN")
    return picture


def qr_code(says: str) -> str:
    """A QR code as the address of a picture within the page."""
    return segno.make(says, micro=False, error="m").png_data_uri(scale=QR_SCALE, border=2)


def drawable(text: str) -> str:
    """A stranger's words as the font has them: without pictographs, and with 〓 for a character that it lacks."""
    shown = "".join(c for c in text if unicodedata.category(c) not in ("So", "Cf", "Cc", "Co", "Cs") or c in "▲▼")
    return _ASTRAL.sub("〓", shown).strip() or "〓"


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("handlers.posters", "templates"),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _renderer() -> "Renderer":
    if not can_draw():
        raise CannotDraw
    from pytakumi import Renderer  # heavy, and an extra

    renderer = Renderer()
    renderer.register_font(files(FONT[0]).joinpath(FONT[1]).read_bytes())
    return renderer
