"""What every page stands on: the base template, the static files, the headers, and the pages that say what is wrong."""

from collections.abc import Sequence
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError

from storage.database import StorageError

STATIC, TEMPLATES = (Path(__file__).with_name(name) for name in ("static", "templates"))
A_YEAR = 365 * 24 * 3600
"""Seconds."""
OURSELVES = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors "
)
MARK_LENGTH = 10


def create_base(*, https: bool) -> Blueprint:
    """The ground of all pages of the application.

    A page has `page.html` as its base and says nothing of headers, unless it lets others frame it (`content_policy`).
    `https`: browsers reach this site by https, and shall never come otherwise.
    """
    base = Blueprint("web", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
    base.after_app_request(partial(keep_to_ourselves, headers=_headers(https)))
    base.add_app_template_global(asset)

    @base.app_errorhandler(404)
    def not_found(_: Exception) -> ResponseReturnValue:
        return render_template("not_found.html"), 404

    @base.app_errorhandler(403)
    @base.app_errorhandler(413)
    def refused(error: HTTPException) -> ResponseReturnValue:
        return how_not(error)

    @base.app_errorhandler(InternalServerError)
    def fault(_: Exception) -> ResponseReturnValue:
        """A fault of ours, which stands in the log with its traceback."""
        return render_template("fault.html"), 500

    @base.app_errorhandler(StorageError)
    def not_now(_: StorageError) -> ResponseReturnValue:
        return render_template("not_now.html"), 503, {"Retry-After": "5"}

    return base


def how_not(error: HTTPException) -> ResponseReturnValue:
    """The page for what is asked for in a way in which it is not answered."""
    return render_template("refused.html"), error.code or 400


def content_policy(*frames: str) -> str:
    """The Content-Security-Policy of a page: nothing from foreign hosts, nothing inline; `frames`: who may frame it."""
    return OURSELVES + (" ".join(frames) or "'none'")


def _headers(https: bool) -> Sequence[tuple[str, str]]:
    headers = [
        ("Content-Security-Policy", content_policy()),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
    ]
    return [*headers, ("Strict-Transport-Security", f"max-age={A_YEAR}")] if https else headers


def keep_to_ourselves(response: Response, *, headers: Sequence[tuple[str, str]]) -> Response:
    """The headers of every answer; those that its view has set stay."""
    has = {name.lower() for name, _ in response.headers}
    for name, value in headers:
        if name.lower() not in has:
            response.headers.add(name, value)
    if request.endpoint == "web.static" and "v" in request.args:
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.immutable = True
        response.cache_control.max_age = A_YEAR
    return response


def asset(name: str) -> str:
    """The address of a static file, with a mark of its content: browsers may keep it for good."""
    return url_for("web.static", filename=name, v=mark_of(name))


@cache
def mark_of_templates() -> str:
    """The same of all templates and static files: a page of another program is another page."""
    files = sorted(path for path in (*TEMPLATES.rglob("*"), *STATIC.rglob("*")) if path.is_file())
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:MARK_LENGTH]


@cache
def mark_of(name: str) -> str:
    """The first digits of a static file's digest."""
    return sha256((STATIC / name).read_bytes()).hexdigest()[:MARK_LENGTH]
