"""`/board/<campaign>`: the public board, the hall's screen, a frame for other sites, and the code to share.

What is shown is what anybody may see by the chat; where the ranking is `own` or `off`, there is no such page.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from hashlib import blake2s
from http import HTTPStatus
from math import ceil
from threading import Lock

from flask import Blueprint, Response, abort, make_response, render_template, request

from bot.web.addresses import address_of
from bot.web.base import content_policy, mark_of_templates
from bot.web.codes import qr_drawing, qr_picture
from bot.web.shortly import is_fresh_for
from bot.web.sights import METRICS, SCOPES, Asked, NotPublic, Scope, Sight, Sights
from handlers import standings, tasks, texts
from storage import Store

PAGE = 20
FRAME_ROWS = 10
WALL_ROWS: dict[Scope, int] = {"team": 10, "region": 12, "project": 12}
"""The faces of the hall's screen, and the most lines on each."""
STALE_SECONDS = 30
"""Older figures are marked as such."""
SEARCHES, SEARCH_WINDOW_MS = 30, 60_000
"""Searches that one address may make in a minute."""
FOUND, NAME_CHARACTERS = 20, 40
RENDERED = 64
"""Pages that a process keeps as they were rendered last."""
BRIEFLY = "public, max-age=1"


@dataclass(frozen=True, slots=True)
class Board:
    """`public_url`: the installation's address, '' where nobody told it: then the visitor's own."""

    store: Store
    sights: Sights
    public_url: str
    _rendered: OrderedDict[tuple[object, ...], str] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def address(self, campaign: str) -> str:
        """Where the board is found by whoever scans its code."""
        return f"{self.public_url or request.url_root.rstrip('/')}/board/{campaign}"

    def show(self, template: str, campaign_id: str, *asked: Asked) -> Response:
        """A page of figures with an ETag: 304 for whoever has seen them."""
        sight = self.sights.look(campaign_id, *asked)
        etag = sight.mark(asked, mark_of_templates(), sight.age > STALE_SECONDS, request.args.get("face"))
        if request.if_none_match.contains_weak(etag):
            response = Response(status=HTTPStatus.NOT_MODIFIED)
        else:
            response = make_response(self._page(template, sight, asked, etag))
        response.set_etag(etag, weak=True)
        response.headers["Cache-Control"] = BRIEFLY
        response.headers["X-As-Of"] = as_of(sight)
        response.headers["Age"] = str(round(sight.age))
        is_fresh_for(sight.age)
        return response

    def _page(self, template: str, sight: Sight, asked: tuple[Asked, ...], etag: str) -> str:
        """Rendered once for all who look at the same within the second: a figure changes it for every viewer."""
        key = (template, etag, sight.as_of, int(sight.age), self.address(sight.campaign.id))
        with self._lock:
            page = self._rendered.get(key)
        if page is None:
            page = render_template(template, **self._told(sight, asked), etag=etag)
            with self._lock:
                self._rendered[key] = page
                while len(self._rendered) > RENDERED:
                    self._rendered.popitem(last=False)
        return page

    def _told(self, sight: Sight, asked: tuple[Asked, ...]) -> dict[str, object]:
        campaign, faces = sight.campaign, list(WALL_ROWS)
        face = request.args.get("face", faces[0])
        face = face if face in faces else faces[0]
        return {
            "campaign": campaign,
            "sight": sight,
            "figures": sight.figures,
            "views": list(zip(asked, sight.rankings, strict=True)),
            "items": tasks.rows(campaign, sight.items, list(campaign.regions)) if sight.items else [],
            "stale": sight.age > STALE_SECONDS,
            "as_of": as_of(sight),
            "goal": target_bar(sight),
            "metrics": texts.leaderboard.METRIC_NAMES,
            "address": self.address(campaign.id),
            "say": texts,
            "most": WALL_ROWS,
            "program": mark_of_templates(),
            "face": face,
            "next_face": faces[(faces.index(face) + 1) % len(faces)],
        }


def create_board(store: Store, sights: Sights, public_url: str) -> Blueprint:
    """Every page of it. `public_url`: where this installation is reached, '' where that is a guess of ours."""
    pages, board = Blueprint("board", __name__, url_prefix="/board"), Board(store, sights, public_url)

    @pages.errorhandler(NotPublic)
    def not_public(_: NotPublic) -> tuple[str, int]:
        return render_template("not_found.html"), HTTPStatus.NOT_FOUND

    @pages.get("/<campaign>")
    def page(campaign: str) -> Response:
        return board.show("board/board.html", campaign, asked_for())

    @pages.get("/<campaign>/live")
    def live(campaign: str) -> Response:
        """The part of the page that changes, for whoever has it open."""
        return board.show("board/live.html", campaign, asked_for())

    @pages.get("/<campaign>/screen")
    def screen(campaign: str) -> Response:
        return board.show("board/screen.html", campaign, *faces())

    @pages.get("/<campaign>/screen/live")
    def wall(campaign: str) -> Response:
        return board.show("board/wall.html", campaign, *faces())

    @pages.get("/<campaign>/embed")
    def embed(campaign: str) -> Response:
        """The same in short, for the sites that the campaign's file names."""
        response = board.show("board/embed.html", campaign, replace(asked_for(), start=0, count=FRAME_ROWS))
        response.headers["Content-Security-Policy"] = content_policy(*sights.campaign(campaign).board.embed)
        return response

    @pages.get("/<campaign>/embed/live")
    def frame(campaign: str) -> Response:
        return board.show("board/frame.html", campaign, replace(asked_for(), start=0, count=FRAME_ROWS))

    @pages.get("/<campaign>/search")
    def search(campaign: str) -> Response:
        return find(board, campaign)

    @pages.get("/<campaign>/qr.svg")
    def drawing(campaign: str) -> Response:
        return code(qr_drawing(board.address(sights.campaign(campaign).id)), "image/svg+xml")

    @pages.get("/<campaign>/qr.png")
    def picture(campaign: str) -> Response:
        return code(qr_picture(board.address(sights.campaign(campaign).id)), "image/png")

    return pages


def asked_for() -> Asked:
    """What the address asks for; what it says wrongly is no page (404)."""
    said = request.args
    scope, metric, page = said.get("scope", "team"), said.get("metric", "amount"), said.get("page", "1")
    if scope not in SCOPES or metric not in METRICS or not (page.isdecimal() and len(page) < 8):
        abort(HTTPStatus.NOT_FOUND)
    region = said.get("region", "") if scope in ("team", "unit") else ""
    project = said.get("project", "") if scope == "team" and not region else ""
    start = (max(1, int(page)) - 1) * PAGE
    return Asked(SCOPES[scope], METRICS[metric], region, project, start, PAGE)


def faces() -> list[Asked]:
    """What the hall's screen shows in turn."""
    return [Asked(scope, count=rows) for scope, rows in WALL_ROWS.items()]


def find(board: Board, campaign_id: str) -> Response:
    """The teams of a county whose names hold what was typed; 429 for whoever asks too often."""
    campaign = board.sights.campaign(campaign_id)
    region, said = request.args.get("region", ""), request.args.get("q", "").strip()[:NAME_CHARACTERS]
    if region not in {each.id for each in campaign.regions}:
        raise NotPublic(campaign_id)
    address = blake2s(address_of(request).encode(), digest_size=12).hexdigest()
    wait = ceil(board.store.outbox.pace(f"search:{address}", SEARCHES, SEARCH_WINDOW_MS))
    found = standings.search(board.store, campaign, region, said, FOUND) if said and not wait else []
    page = render_template(
        "board/search.html", campaign=campaign, region=region, said=said, found=found, wait=wait, say=texts
    )
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": str(wait)} if wait else {})
    return Response(page, HTTPStatus.TOO_MANY_REQUESTS if wait else HTTPStatus.OK, headers)


def code(content: bytes, kind: str) -> Response:
    return Response(content, mimetype=kind, headers={"Cache-Control": "public, max-age=3600"})


def as_of(sight: Sight) -> str:
    """The moment of the figures on the campaign's clock, to the second."""
    return sight.campaign.local(sight.as_of).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Mark:
    """A tier of the target on the bar: its name, where it stands in per mille of the bar, how far it is reached."""

    name: str
    fen: int
    at: int
    percent: int


@dataclass(frozen=True, slots=True)
class Bar:
    """How far the total is, in per mille of a bar that ends at the highest tier or, beyond it, at the total."""

    filled: int
    marks: tuple[Mark, ...]


def target_bar(sight: Sight) -> Bar | None:
    """None where the campaign has no target."""
    figures = sight.figures
    tiers = [(name, fen) for name, fen in (("保", figures.floor_fen), ("争", figures.hope_fen)) if fen]
    if not tiers:
        return None
    whole = max(figures.amount_fen, *(fen for _, fen in tiers))
    marks = [Mark(name, fen, fen * 1000 // whole, figures.amount_fen * 100 // fen) for name, fen in tiers]
    return Bar(figures.amount_fen * 1000 // whole, tuple(marks))
