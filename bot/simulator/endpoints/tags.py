"""User tags, and who has one."""

from bot.simulator.endpoints.call import OK, Answer, Body, Call, list_of, part_of
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.errors import ApiError
from bot.simulator.ledgers.accounts import VERIFIED
from bot.simulator.ledgers.followers import Follower

PEOPLE_AT_ONCE = 50
PAGE = 10_000


def create(call: Call) -> Answer:
    name = _name(part_of(call.unescaped(), "tag", 40035))
    return {"tag": {"id": call.platform.tags.create(name), "name": name}}


def get(call: Call) -> Answer:
    return {"tags": [{"id": tag, "name": name, "count": count} for tag, name, count in call.platform.tags.all()]}


def members(call: Call) -> Answer:
    body = call.unescaped()
    people = call.platform.tags.people(call.platform.tags.find(body.get("tagid")))
    return _page(call, people, str(body.get("next_openid") or ""))


def put_on(call: Call) -> Answer:
    body = call.unescaped()
    call.platform.tags.put_on(body.get("tagid"), _people(call, body))
    return OK


def take_off(call: Call) -> Answer:
    body = call.unescaped()
    call.platform.tags.take_off(body.get("tagid"), _people(call, body))
    return OK


def _page(call: Call, people: list[Follower], after: str) -> Answer:
    """Up to 10 000 openids after the one called `after`. Raises 40003 for one that is not of this account."""
    openids = [person.openid for person in people]
    if after:
        call.platform.people.find(after)
    start = openids.index(after) + 1 if after in openids else 0
    told = openids[start : start + PAGE]
    answer: dict[str, object] = {"count": len(told), "next_openid": told[-1] if told else ""}
    return answer | {"data": {"openid": told}} if told else answer


def _people(call: Call, body: Body) -> list[Follower]:
    """Those of the body's openid_list. Raises 40031 (none), 40032 (more than 50) or 40003."""
    openids = list_of(body, "openid_list", 40031)
    if len(openids) > PEOPLE_AT_ONCE:
        raise ApiError(40032)
    return [call.platform.people.find(openid) for openid in openids]


def _name(tag: Body) -> str:
    name = tag.get("name")
    return name.strip() if isinstance(name, str) else ""


ENDPOINTS = (
    Endpoint("cgi-bin/tags/create", "POST", create, VERIFIED, per_day=1000),
    Endpoint("cgi-bin/tags/get", "GET", get, VERIFIED, per_day=1000),
    Endpoint("cgi-bin/user/tag/get", "POST", members, VERIFIED, per_day=500),
    Endpoint("cgi-bin/tags/members/batchtagging", "POST", put_on, VERIFIED, per_day=500_000),
    Endpoint("cgi-bin/tags/members/batchuntagging", "POST", take_off, VERIFIED, per_day=500_000),
)
