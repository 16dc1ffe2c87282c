"""Posters as files: the newest bulletin's at a fixed address, every other at one that nobody guesses.

What is not drawn yet is drawn by the worker; whoever asked is told to come again in a moment.
"""

from flask import Blueprint, Response, abort, request

from handlers.pictures import may_be_seen, poster_of, seen_by_all
from handlers.posters.drawing import can_draw
from handlers.posters.themes import THEMES
from storage import Store
from storage.pictures import Picture

AGAIN_SECONDS, FRESH_SECONDS = 2, 60
"""When to come again for a picture that is being drawn; how long the newest poster counts as the newest."""


def create_posters(store: Store) -> Blueprint:
    """`/board/<campaign>/poster.png` and `/board/<campaign>/poster-<token>.png`."""
    posters = Blueprint("posters", __name__)

    @posters.get("/board/<campaign_id>/poster.png")
    def newest(campaign_id: str) -> Response:
        """The newest issue's; 404 where there is none, or nobody is ranked in public."""
        campaign = next((each for each in store.campaigns.all() if each.id == campaign_id), None)
        if campaign is None or not seen_by_all(campaign):
            abort(404)
        issue = store.snapshots.newest(campaign.id)
        if issue is None:
            abort(404)
        theme = next((name for name in THEMES if name == request.args.get("theme")), None)
        return _shown(store, poster_of(issue, campaign, theme), FRESH_SECONDS)

    @posters.get("/board/<campaign_id>/poster-<token>.png")
    def by_token(campaign_id: str, token: str) -> Response:
        """The picture that was handed to somebody under this address; a team's only while it is on the lists."""
        picture = store.pictures.behind(token)
        if picture is None or picture.campaign != campaign_id or not may_be_seen(store, picture):
            abort(404)
        shown = _shown(store, picture, 24 * 3600)
        shown.headers["Cache-Control"] = "private, max-age=86400" if picture.team is None else "private, no-cache"
        shown.headers["X-Robots-Tag"] = "noindex"
        return shown

    return posters


def _shown(store: Store, picture: Picture, fresh_seconds: int) -> Response:
    content = store.pictures.content(picture.campaign, picture.name)
    if content is None:
        if not can_draw():
            abort(404)
        store.pictures.want(picture)
        return Response(status=503, headers={"Retry-After": str(AGAIN_SECONDS)})
    shown = Response(content, mimetype="image/png")
    shown.cache_control.public = True
    shown.cache_control.max_age = fresh_seconds
    shown.add_etag()
    shown.make_conditional(request)
    return shown
