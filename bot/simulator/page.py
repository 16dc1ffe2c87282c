"""The rehearsal in a browser: the groups and several people side by side, the account's menu, and the clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Blueprint, Response, abort, jsonify, render_template, request

from bot.simulator.errors import ApiError
from bot.simulator.ledgers.menus import Button
from bot.simulator.origin import refuse_foreign_posts
from bot.simulator.people import NoSuchLink, NotFollowing, Rehearsal, SimulatedPerson
from bot.simulator.platform import Platform

CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'"
TEXT_CHARACTERS = 2000
NAME_CHARACTERS = 30
WAITS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}

Jump = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Scenery:
    """What the page tells its visitor. `tries`: who (a key of the people) may say what.

    `groups`: the name shown for a robot's group; `stops`: the moments at which something is pushed.
    """

    campaign: str = ""
    tries: tuple[tuple[str, str], ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    stops: tuple[datetime, ...] = ()


def create_page(people: Rehearsal, scenery: Scenery, jump: Jump | None) -> Blueprint:
    """`GET /simulator` and what its script calls.

    With `jump` the page can move the clock forward: to the next of the stops, by an hour or a day, and to any time,
    given to `jump` with the time zone of the platform's clock.
    """
    platform = people.platform
    page = Blueprint(
        "simulator", __name__, url_prefix="/simulator", template_folder="templates", static_folder="static"
    )

    @page.before_request
    def keep_others_out() -> None:
        if request.method == "POST":
            refuse_foreign_posts()

    @page.after_request
    def forbid_foreign_content(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @page.errorhandler(NotFollowing)
    @page.errorhandler(NoSuchLink)
    @page.errorhandler(ApiError)
    def refuse(_: Exception) -> tuple[Response, int]:
        return jsonify(ok=False), 409

    @page.get("")
    def show() -> str:
        tries = [(people[key], text) for key, text in scenery.tries]
        return render_template("simulator.html", can_jump=jump is not None, campaign=scenery.campaign, tries=tries)

    @page.get("/state")
    def state() -> Response:
        after = max(request.args.get("after", 0, type=int), 0)
        now = platform.now()
        stop = min((stop for stop in scenery.stops if stop > now), default=None)
        return jsonify(
            clock=now.isoformat(timespec="seconds"),
            stop=stop and stop.isoformat(timespec="seconds"),
            people=[
                {"id": openid, "name": name, "following": following, "menu": menu_of(platform, openid)}
                for openid, name, following in platform.followers()
            ],
            robots=[{"id": name, "name": scenery.groups.get(name, name)} for name in platform.robots()],
            entries=[entry.as_json() for entry in platform.entries(after)],
        )

    @page.get("/picture/<media_id>")
    def picture(media_id: str) -> Response:
        with platform.lock:
            content = platform.media.picture(media_id)
        if content is None:
            abort(404)
        return Response(content, mimetype="image/png" if content.startswith(b"\x89PNG") else "image/jpeg")

    @page.post("/say")
    def say() -> Response:
        chosen(people).say(posted("text", TEXT_CHARACTERS))
        return jsonify(ok=True)

    @page.post("/tap")
    def tap() -> Response:
        chosen(people).tap_link(posted("label", TEXT_CHARACTERS))
        return jsonify(ok=True)

    @page.post("/menu")
    def tap_menu() -> Response:
        chosen(people).tap_button(posted("button", NAME_CHARACTERS))
        return jsonify(ok=True)

    @page.post("/follow")
    def follow() -> Response:
        chosen(people).follow()
        return jsonify(ok=True)

    @page.post("/unfollow")
    def unfollow() -> Response:
        chosen(people).unfollow()
        return jsonify(ok=True)

    @page.post("/people")
    def add_person() -> Response:
        name = posted("name", NAME_CHARACTERS)
        if platform.openid_of(name) not in {openid for openid, *_ in platform.followers()}:
            people[name].follow()
        return jsonify(ok=True)

    if jump is not None:

        @page.post("/jump")
        def move_clock() -> Response:
            now = platform.now()
            try:
                to = datetime.fromisoformat(posted("to", NAME_CHARACTERS))
            except ValueError:
                abort(400)
            to = to.replace(tzinfo=now.tzinfo) if to.tzinfo is None else to
            if to <= now:
                abort(400)
            jump(to)
            return jsonify(ok=True)

        @page.post("/wait")
        def let_time_pass() -> Response:
            span = WAITS.get(posted("for", NAME_CHARACTERS)) or abort(400)
            jump(platform.now() + span)
            return jsonify(ok=True)

    return page


def menu_of(platform: Platform, openid: str) -> list[dict[str, object]]:
    """The account's menu as this person sees it, [] where there is none."""
    with platform.lock:
        try:
            buttons = platform.menus.seen_by(platform.people.find(openid))
        except ApiError:
            return []
    return [_told(button) for button in buttons]


def _told(button: Button) -> dict[str, object]:
    return {
        "name": button["name"],
        "url": button.get("url", ""),
        "below": [_told(each) for each in button.get("sub_button", ())],
    }


def posted(name: str, characters: int) -> str:
    """One text of the posted JSON object, trimmed; 400 when missing, empty or longer than `characters`."""
    body = request.get_json()
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str) or not 0 < len(value.strip()) <= characters:
        abort(400)
    return value.strip()


def chosen(people: Rehearsal) -> SimulatedPerson:
    """The person the page speaks for; 404 for one nobody introduced."""
    openid = posted("person", NAME_CHARACTERS)
    names = {known: name for known, name, _ in people.platform.followers()}
    if openid not in names:
        abort(404)
    return people.with_openid(openid, names[openid])
