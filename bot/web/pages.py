"""`/`, `/manual` and `/follow/…`: what this is, how it is used, and the codes for following the account."""

from contextlib import suppress
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort, render_template

from bot.web.codes import qr_picture
from handlers import texts
from storage import Store
from storage.campaign_schema import Campaign
from storage.database import StorageError

MANUAL = Path(__file__).with_name("manual.md")
"""The same file as docs/manual.md."""


def create_pages(store: Store, *, rehearsal: bool) -> Blueprint:
    """The public pages; `rehearsal`: the chat page is there, too."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def home() -> str:
        return render_template("home.html", rehearsal=rehearsal, boards=_boards(store))

    @pages.get("/manual")
    def manual() -> str:
        return render_template("manual.html", manual=manual_as_html())

    @pages.get("/follow/<token>")
    def follow(token: str) -> str:
        """The page behind 关注码: whose code it is, and its picture once WeChat has made it."""
        scene = store.scenes.find(token)
        campaign = next((c for c in store.campaigns.all() if scene and c.id == scene.campaign), None)
        if scene is None or campaign is None:
            abort(404)
        teams = store.teams.many(campaign.id, [scene.team]) if scene.team else []
        title = texts.follow_codes.page_title(campaign, teams[0] if teams else None)
        return render_template("follow.html", title=title, token=token, made=bool(store.scenes.code(token)))

    @pages.get("/follow/<token>.png")
    def picture(token: str) -> Response:
        says = store.scenes.code(token)
        if not says:
            abort(404)
        return Response(qr_picture(says), mimetype="image/png")

    return pages


def _boards(store: Store) -> list[Campaign]:
    """The drives whose board anybody may see; none while the database is away."""
    with suppress(StorageError):
        return [campaign for campaign in store.campaigns.all() if campaign.ranking.public and not campaign.practice]
    return []


@cache
def manual_as_html() -> str:
    """The manual, its markup written anew: whatever HTML stood in it would be shown as text."""
    from markdown_it import MarkdownIt  # which no other page needs

    return str(MarkdownIt("js-default", {"html": False}).render(MANUAL.read_text(encoding="utf-8")))
