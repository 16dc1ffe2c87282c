"""The console put together: the door, and the rooms behind it."""

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from bot.sheets import MOST_BYTES
from bot.web.console import (
    books,
    desk,
    entry,
    imports,
    messages,
    overview,
    people,
    published,
    questions,
    record,
    row_by_row,
    several,
    team,
    teams,
    todo,
)
from bot.web.console.desk import Door
from bot.web.console.forms import new_key
from bot.web.console.shown import FILTERS

PAGES = (
    overview,
    teams,
    several,
    row_by_row,
    team,
    todo,
    messages,
    people,
    questions,
    published,
    books,
    imports,
    record,
)

FORM_LIMIT, TABLE_LIMIT = 256 * 1024, MOST_BYTES + 64 * 1024
"""Bytes of a request."""


def create_console(door: Door) -> tuple[Blueprint, Blueprint]:
    """The door, and the rooms behind it."""
    hall, rooms = Blueprint("console_entry", __name__), Blueprint("console", __name__)
    entry.add_to(hall, door)
    books.add_to_hall(hall, door)
    hall.after_request(_keep_nothing)
    rooms.after_request(_keep_nothing)
    rooms.url_value_preprocessor(_take_campaign)
    rooms.url_defaults(_give_campaign)
    rooms.before_request(_cap_the_body)
    rooms.before_request(lambda: desk.sit_down(door))
    rooms.errorhandler(desk.Stale)(desk.stale)
    rooms.errorhandler(RequestEntityTooLarge)(desk.too_large)
    rooms.context_processor(lambda: {"key": new_key, "counts_items": _counts_items(), **FILTERS})
    for page in PAGES:
        page.add_to(rooms)
    return hall, rooms


def _cap_the_body() -> None:
    """No more than this is read: a table at most where one is brought, else a form."""
    request.max_content_length = TABLE_LIMIT if request.endpoint == "console.bring" else FORM_LIMIT


def _counts_items() -> bool:
    """Whether the campaign counts items, no money."""
    return "desk" in g and desk.at_desk().campaign.progress == "items"


def _take_campaign(_endpoint: str | None, values: dict[str, str] | None) -> None:
    g.campaign_id = values.pop("campaign_id") if values else ""


def _give_campaign(_endpoint: str, values: dict[str, str]) -> None:
    values.setdefault("campaign_id", g.get("campaign_id", ""))


def _keep_nothing(response: Response) -> ResponseReturnValue:
    """No cache, no browser's disk and no other site's log holds any of it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
