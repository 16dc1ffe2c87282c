"""`/__ctl`: how a test steers the rehearsed platform from outside."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, get_args

from flask import Blueprint, Response, abort, jsonify, request

from bot.simulator.endpoints.table import ENDPOINTS
from bot.simulator.errors import ApiError
from bot.simulator.fields import is_fields
from bot.simulator.ledgers.accounts import KINDS
from bot.simulator.origin import refuse_foreign_posts
from bot.simulator.people import NotFollowing, Rehearsal
from bot.simulator.platform import Escapes, Platform, ScriptedFault
from bot.simulator.scenarios import SCENARIOS, outcome_of

Order = Callable[[dict[str, Any]], object]


def create_control(platform: Platform, people: Rehearsal | None) -> Blueprint:
    """Every POST takes a JSON object and answers `{"ok": true}`, or 400 with `error`.

    `POST /__ctl` takes the fields of a `ScriptedFault`; `/__ctl/revoke_tokens` `{}`; `/__ctl/account` `kind`,
    `whitelist` or `escapes`; `/__ctl/quota` `path` and `used`; `/__ctl/verdict` `job` (template, notice, mass) and
    `status`; `/__ctl/template` `title`, `keywords` ([key, label] pairs) and perhaps `notice: true`; `/__ctl/play`
    `person`, `scenario` and perhaps `text`; `/__ctl/send` `person` and `fields` (MsgType and what goes with it, of any
    message or event); `/__ctl/due` `{}` (what is due on the clock happens now).
    `GET /__ctl/transcripts`, `/__ctl/warnings`, `/__ctl/late` and `/__ctl/scenarios` show.
    """
    control = Blueprint("control", __name__, url_prefix="/__ctl")

    @control.before_request
    def keep_others_out() -> None:
        if request.method == "POST":
            refuse_foreign_posts()

    def take(path: str, order: Order) -> None:
        def view() -> Response | tuple[Response, int]:
            given = request.get_json()
            if not isinstance(given, dict):
                return jsonify(error="not a JSON object"), 400
            try:
                told = order(given)
            except (TypeError, ValueError, KeyError, ApiError, NotFollowing) as error:
                return jsonify(error=f"{type(error).__name__}: {error}"), 400
            return jsonify({"ok": True} | (told if isinstance(told, dict) else {}))

        control.add_url_rule(path, f"take{path}", view, methods=["POST"])

    orders = _Orders(platform, people)
    take("", lambda given: platform.inject(ScriptedFault(**given)))
    take("/revoke_tokens", orders.revoke_tokens)
    take("/account", orders.set_account)
    take("/quota", orders.use_quota)
    take("/verdict", orders.add_verdict)
    take("/template", orders.add_template)
    take("/play", orders.play)
    take("/send", orders.send)
    take("/due", orders.bring_due)

    def transcript_of(owner: str) -> list[dict[str, object]]:
        return [entry.as_json() for entry in platform.transcript(owner)]

    @control.get("/transcripts")
    def transcripts() -> Response:
        return jsonify(
            people=[
                {"openid": openid, "name": name, "following": following, "entries": transcript_of(openid)}
                for openid, name, following in platform.followers()
            ],
            robots=[{"name": name, "entries": transcript_of(name)} for name in platform.robots()],
        )

    @control.get("/warnings")
    def warnings() -> Response:
        return jsonify(warnings=platform.warnings)

    @control.get("/late")
    def late() -> Response:
        answers = [] if people is None else people.server.late
        return jsonify(
            late=[
                {
                    "message": each.fields,
                    "seconds": each.attempt.seconds,
                    "answer": each.attempt.answer.decode("utf-8", "replace"),
                }
                for each in answers
            ]
        )

    @control.get("/scenarios")
    def scenarios() -> Response:
        return jsonify(scenarios=sorted(SCENARIOS))

    return control


class _Orders:
    """What POSTs do. Raises KeyError, TypeError or ValueError for what is missing or wrong."""

    def __init__(self, platform: Platform, people: Rehearsal | None) -> None:
        self._platform = platform
        self._people = people

    def revoke_tokens(self, _: dict[str, Any]) -> None:
        with self._platform.lock:
            self._platform.tokens.revoke()

    def set_account(self, given: dict[str, Any]) -> None:
        if unknown := set(given) - {"kind", "whitelist", "escapes"}:
            raise ValueError(f"unknown: {', '.join(unknown)}")
        kind = given.get("kind", self._platform.kind)
        escapes = given.get("escapes", self._platform.escapes)
        if kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")
        if escapes not in get_args(Escapes):
            raise ValueError(f"escapes is one of {', '.join(get_args(Escapes))}")
        with self._platform.lock:
            self._platform.kind, self._platform.escapes = kind, escapes
            self._platform.whitelist = [str(each) for each in given.get("whitelist", self._platform.whitelist)]

    def use_quota(self, given: dict[str, Any]) -> None:
        endpoint = ENDPOINTS[f"cgi-bin/{given['path']}"]
        with self._platform.lock:
            self._platform.quotas.use(endpoint.path, int(given["used"]))

    def add_verdict(self, given: dict[str, Any]) -> None:
        if given["job"] not in ("template", "notice", "mass"):
            raise ValueError("job is template, notice or mass")
        with self._platform.lock:
            self._platform.verdicts.add(given["job"], str(given["status"]))

    def add_template(self, given: dict[str, Any]) -> dict[str, object]:
        keywords = [(str(key), str(label)) for key, label in given["keywords"]]
        with self._platform.lock:
            book = self._platform.notices if given.get("notice") is True else self._platform.templates
            return {"template_id": book.add(str(given["title"]), keywords)}

    def play(self, given: dict[str, Any]) -> dict[str, object]:
        if self._people is None:
            abort(404)
        person = self._people[str(given["person"])]
        outcomes = SCENARIOS[given["scenario"]](person, str(given.get("text", "帮助")))
        return {"outcomes": [asdict(outcome) for outcome in outcomes]}

    def send(self, given: dict[str, Any]) -> dict[str, object]:
        if self._people is None:
            abort(404)
        fields = given["fields"]
        if not is_fields(fields) or not isinstance(fields["MsgType"], str):
            raise ValueError("fields are texts, numbers, objects and lists of objects, MsgType among them")
        delivery = self._people[str(given["person"])].send(fields)
        return {"outcomes": [asdict(outcome_of(delivery))]}

    def bring_due(self, _: dict[str, Any]) -> dict[str, object]:
        if self._people is None:
            abort(404)
        return {"delivered": len(self._people.server.deliver_due())}
