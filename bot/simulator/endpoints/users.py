"""The people: what the account may know about them, remarks, and the blacklist."""

from collections.abc import Mapping

from bot.simulator.endpoints.call import OK, Answer, Body, Call, list_of
from bot.simulator.endpoints.endpoint import Endpoint
from bot.simulator.errors import ApiError
from bot.simulator.ledgers.accounts import VERIFIED
from bot.simulator.ledgers.followers import Follower

PAGE = 10_000
BATCH = 100
BLACKLIST_BATCH = 20
REMARK_CHARACTERS = 30


def describe(person: Follower) -> Mapping[str, object]:
    """Somebody who left is only `subscribe: 0`. Nickname and picture have not been told since December 2021."""
    if not person.following:
        return {"subscribe": 0, "openid": person.openid}
    number = int(person.scene) if person.scene.isdecimal() else 0
    return {
        "subscribe": 1,
        "openid": person.openid,
        "nickname": "",
        "sex": 0,
        "language": "zh_CN",
        "city": "",
        "province": "",
        "country": "",
        "headimgurl": "",
        "subscribe_time": int(person.since.timestamp()),
        "remark": person.remark,
        "groupid": person.tags[0] if person.tags else 0,
        "tagid_list": list(person.tags),
        "subscribe_scene": "ADD_SCENE_QR_CODE" if person.scene else "ADD_SCENE_SEARCH",
        "qr_scene": number,
        "qr_scene_str": "" if number else person.scene,
    }


def info(call: Call) -> Answer:
    return describe(call.platform.people.find(call.arg("openid", 41009)))


def batch_info(call: Call) -> Answer:
    wanted = list_of(call.unescaped(), "user_list", 40031)
    if len(wanted) > BATCH:
        raise ApiError(40032)
    openids = [each.get("openid") if isinstance(each, dict) else None for each in wanted]
    return {"user_info_list": [describe(call.platform.people.find(openid)) for openid in openids]}


def page(call: Call) -> Answer:
    return page_of(call, call.platform.people.following(), call.args.get("next_openid", ""))


def page_of(call: Call, people: list[Follower], after: str) -> Answer:
    """Up to 10 000 openids after the one called `after`. Raises 40003 for one that is not of this account."""
    openids = [person.openid for person in people]
    if after:
        call.platform.people.find(after)
    start = openids.index(after) + 1 if after in openids else 0
    told = openids[start : start + PAGE]
    answer: dict[str, object] = {"total": len(openids), "count": len(told), "next_openid": told[-1] if told else ""}
    return answer | {"data": {"openid": told}} if told else answer


def update_remark(call: Call) -> Answer:
    body = call.unescaped()
    person = call.platform.people.find(body.get("openid"))
    remark = body.get("remark")
    if not isinstance(remark, str) or len(remark) > REMARK_CHARACTERS:
        raise ApiError(40035)
    person.remark = remark
    return OK


def people_of(call: Call, body: Body, name: str, most: int) -> list[Follower]:
    """The people of a list of openids. Raises 40031 (none), 40032 (more than `most`) or 40003."""
    openids = list_of(body, name, 40031)
    if len(openids) > most:
        raise ApiError(40032)
    return [call.platform.people.find(openid) for openid in openids]


def blacklist(call: Call) -> Answer:
    for person in people_of(call, call.unescaped(), "openid_list", BLACKLIST_BATCH):
        person.blacklisted = True
    return OK


def unblacklist(call: Call) -> Answer:
    for person in people_of(call, call.unescaped(), "openid_list", BLACKLIST_BATCH):
        person.blacklisted = False
    return OK


def list_blacklist(call: Call) -> Answer:
    barred = [person for person in call.platform.people if person.blacklisted]
    return page_of(call, barred, str(call.unescaped().get("begin_openid") or ""))


ENDPOINTS = (
    Endpoint("cgi-bin/user/info", "GET", info, VERIFIED, per_day=5_000_000, sandbox_per_day=500_000),
    Endpoint("cgi-bin/user/info/batchget", "POST", batch_info, VERIFIED, per_day=5_000_000),
    Endpoint("cgi-bin/user/get", "GET", page, VERIFIED, per_day=500, sandbox_per_day=500),
    Endpoint("cgi-bin/user/info/updateremark", "POST", update_remark, VERIFIED, per_day=10_000, sandbox_per_day=100),
    Endpoint("cgi-bin/tags/members/batchblacklist", "POST", blacklist, VERIFIED),
    Endpoint("cgi-bin/tags/members/batchunblacklist", "POST", unblacklist, VERIFIED),
    Endpoint("cgi-bin/tags/members/getblacklist", "POST", list_blacklist, VERIFIED),
)
