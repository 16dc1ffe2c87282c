"""The rehearsal in a browser: several people side by side, the group robots' groups, and the clock."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Blueprint, Response, abort, jsonify, render_template, request

from bot.simulator.origin import refuse_foreign_posts
from bot.simulator.people import NoSuchLink, NotFollowing, Rehearsal, SimulatedPerson

CONTENT_POLICY = "default-src 'self'; img-src data:; frame-ancestors 'none'"
CAST = {"li-min": "李敏（队长，一中）", "wang-qiang": "王强（队长，县医院）", "zhao": "赵老师（市级协调员）"}
TEXT_CHARACTERS = 2000
NAME_CHARACTERS = 30

Jump = Callable[[datetime], None]


def create_page(
    people: Rehearsal, *, jump: Jump | None = None, stops: Mapping[str, datetime] | None = None
) -> Blueprint:
    """`GET /simulator` and what its script calls; the people of `CAST` are there from the start.

    With `jump` the page can move the clock forward: to the times of `stops` (label → time) and to any other,
    given to `jump` with the time zone of the platform's clock.
    """
    platform = people.platform
    for key, name in CAST.items():
        people.introduce(key, name)
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
    def refuse(_: Exception) -> tuple[Response, int]:
        return jsonify(ok=False), 409

    @page.get("")
    def show() -> str:
        return render_template("simulator.html", can_jump=jump is not None, stops=stops or {})

    @page.get("/state")
    def state() -> Response:
        after = max(request.args.get("after", 0, type=int), 0)
        return jsonify(
            clock=platform.now().isoformat(timespec="seconds"),
            people=[
                {"id": openid, "name": name, "following": following} for openid, name, following in platform.followers()
            ],
            robots=platform.robots(),
            entries=[entry.as_json() for entry in platform.entries(after)],
        )

    @page.post("/say")
    def say() -> Response:
        chosen(people).say(posted("text", TEXT_CHARACTERS))
        return jsonify(ok=True)

    @page.post("/tap")
    def tap() -> Response:
        chosen(people).tap_link(posted("label", TEXT_CHARACTERS))
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

    return page


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
