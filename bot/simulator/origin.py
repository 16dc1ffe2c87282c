"""Keeps other web sites open in the same browser from steering the rehearsal."""

from urllib.parse import urlsplit

from flask import abort, request


def refuse_foreign_posts() -> None:
    """403 unless the request is JSON, which a form cannot send, and any origin it names is our own page."""
    origin = request.headers.get("Origin")
    if not request.is_json or (origin is not None and urlsplit(origin).netloc != request.host):
        abort(403)
