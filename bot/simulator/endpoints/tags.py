"""User tags."""

from bot.simulator.endpoints.call import OK, Answer, Body, Call, part_of
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.endpoints.users import page_of, people_of
from bot.simulator.ledgers.accounts import VERIFIED

PEOPLE_AT_ONCE = 50


def create(call: Call) -> Answer:
    name = _name(part_of(call.unescaped(), "tag", 40035))
    return {"tag": {"id": call.platform.tags.create(name), "name": name}}


def get(call: Call) -> Answer:
    return {"tags": [{"id": tag, "name": name, "count": count} for tag, name, count in call.platform.tags.all()]}


def update(call: Call) -> Answer:
    tag = part_of(call.unescaped(), "tag", 40035)
    call.platform.tags.rename(tag.get("id"), _name(tag))
    return OK


def delete(call: Call) -> Answer:
    call.platform.tags.delete(part_of(call.unescaped(), "tag", 40035).get("id"))
    return OK


def members(call: Call) -> Answer:
    body = call.unescaped()
    people = call.platform.tags.people(call.platform.tags.find(body.get("tagid")))
    return page_of(call, people, str(body.get("next_openid") or ""))


def put_on(call: Call) -> Answer:
    body = call.unescaped()
    call.platform.tags.put_on(body.get("tagid"), people_of(call, body, "openid_list", PEOPLE_AT_ONCE))
    return OK


def take_off(call: Call) -> Answer:
    body = call.unescaped()
    call.platform.tags.take_off(body.get("tagid"), people_of(call, body, "openid_list", PEOPLE_AT_ONCE))
    return OK


def of_person(call: Call) -> Answer:
    return {"tagid_list": list(call.platform.people.find(call.unescaped().get("openid")).tags)}


def _name(tag: Body) -> str:
    name = tag.get("name")
    return name.strip() if isinstance(name, str) else ""


ENDPOINTS = (
    Endpoint("cgi-bin/tags/create", "POST", create, VERIFIED, per_day=1000),
    Endpoint("cgi-bin/tags/get", "GET", get, VERIFIED, per_day=1000),
    Endpoint("cgi-bin/tags/update", "POST", update, VERIFIED, per_day=1000),
    Endpoint("cgi-bin/tags/delete", "POST", delete, VERIFIED, per_day=1000),
    Endpoint("cgi-bin/user/tag/get", "POST", members, VERIFIED, per_day=500),
    Endpoint("cgi-bin/tags/members/batchtagging", "POST", put_on, VERIFIED, per_day=500_000),
    Endpoint("cgi-bin/tags/members/batchuntagging", "POST", take_off, VERIFIED, per_day=500_000),
    Endpoint("cgi-bin/tags/getidlist", "POST", of_person, VERIFIED, per_day=500_000),
)
