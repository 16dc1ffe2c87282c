"""Mass sending (群发): to all or to a tag."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.simulator.endpoints.call import Answer, Body, Call, limit_bytes, list_of, part_of, text_of
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.errors import ApiError
from bot.simulator.fields import Fields
from bot.simulator.ledgers.accounts import MASS
from bot.simulator.ledgers.mass import MassJob
from bot.simulator.platform import Platform
from bot.simulator.shown import Shown

TEXT_BYTES = 2048
CLIENT_ID_BYTES = 64
FINISHED_AFTER = timedelta(minutes=1)
NOBODY = "oPlatformHelper0000000000000"
"""In whose name the platform tells the end of a job."""


def send_to_all(call: Call) -> Answer:
    body = call.unescaped()
    chosen = part_of(body, "filter", 40035)
    to_all = chosen.get("is_to_all") is True
    platform = call.platform
    people = platform.people.following() if to_all else platform.tags.people(platform.tags.find(chosen.get("tag_id")))
    return _accept(call, body, [person.openid for person in people], to_all=to_all)


def get(call: Call) -> Answer:
    job = call.platform.mass.find(call.unescaped().get("msg_id"))
    return {"msg_id": job.id, "msg_status": job.status}


def _accept(call: Call, body: Body, openids: list[str], *, to_all: bool) -> Answer:
    platform = call.platform
    shown = _render(platform, body)
    client_id = limit_bytes(str(body.get("clientmsgid") or _hash(body)), CLIENT_ID_BYTES, 45067)
    job = platform.mass.accept(platform.kind, platform.next_id(), client_id, shown, openids, to_all=to_all)
    platform.agenda.add(FINISHED_AFTER, lambda: _finish(platform, job))
    return {"errcode": 0, "errmsg": "send job submission success", "msg_id": job.id, "msg_data_id": platform.next_id()}


def _finish(platform: Platform, job: MassJob) -> Fields:
    """Delivers what may be delivered, and tells the counts."""
    status = platform.verdicts.next("mass", "send success")
    allowed = platform.mass.receivers(platform.kind, job) if status == "send success" else []
    people = [platform.people.find(openid) for openid in allowed]
    reached = [person for person in people if person.following and person.receiving]
    for person in reached:
        platform.show(person.openid, "push", job.shown)
    job.status = "SEND_SUCCESS" if status == "send success" else "SEND_FAIL"
    return {
        "FromUserName": NOBODY,
        "MsgType": "event",
        "Event": "MASSSENDJOBFINISH",
        "MsgID": job.id,
        "Status": status,
        "TotalCount": len(job.openids),
        "FilterCount": len(allowed),
        "SentCount": len(reached),
        "ErrorCount": len(allowed) - len(reached),
    }


def _hash(body: Body) -> str:
    """What stands for a client id where none is given: the same content to the same people."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _render(platform: Platform, body: Body) -> Shown:
    kind = body.get("msgtype")
    if not isinstance(kind, str) or kind not in RENDERERS:
        raise ApiError(40008)
    name = "images" if kind == "image" and "images" in body else kind
    return RENDERERS[kind](platform, part_of(body, name, 44004))


def _text(_: Platform, part: Body) -> Shown:
    return Shown(limit_bytes(text_of(part, "content", 44004), TEXT_BYTES))


def _image(platform: Platform, part: Body) -> Shown:
    media_ids = list_of(part, "media_ids", 40007) if "media_ids" in part else [part.get("media_id")]
    for media_id in media_ids:
        platform.media.find(media_id, "image")
    return Shown("[图片]", picture=str(media_ids[0]))


def _voice(platform: Platform, part: Body) -> Shown:
    platform.media.find(part.get("media_id"), "voice")
    return Shown("[语音]")


RENDERERS: Mapping[str, Callable[[Platform, Body], Shown]] = {"text": _text, "image": _image, "voice": _voice}
"""Articles (mpnews) are missing: they come from the draft box, which is not rehearsed."""

ENDPOINTS = (
    Endpoint("cgi-bin/message/mass/sendall", "POST", send_to_all, MASS, per_day=100, per_minute=60),
    Endpoint("cgi-bin/message/mass/get", "POST", get, MASS),
)
