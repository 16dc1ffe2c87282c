"""The push plan as an organizer reads and switches it: what goes out when, to whom, and whether it does."""

from collections.abc import Sequence
from datetime import datetime

from handlers.texts.deliveries import JOBS
from handlers.texts.naming import minute_name, whom_to_call
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_schema import Campaign
from storage.campaign_settings import Form, Push
from storage.campaign_times import as_written

_AUDIENCE = {
    "subscribers": "订阅的人",
    "coordinators": "协调员",
    "organizers": "组织方",
    "captains": "队长",
    "liaisons": "联络员",
    "robots": "工作群",
}


FORMS: dict[Form, str] = {"text": "文字", "table": "表格", "picture": "海报图片"}
"""In which forms a group robot posts a bulletin."""


def name_of(push: Push) -> str:
    return JOBS.get(push.job, "其他")


def called(campaign: Campaign, push_id: str) -> str:
    """`战报（12:00 17:00）`: a push by what it is and when; one that the file has no more is only a push."""
    push = next((push for push in campaign.pushes if push.id == push_id), None)
    return f"{name_of(push)}（{_hours(push)}）" if push else "（文件里已经没有的一项）"


def head(campaign: Campaign) -> str:
    return f"【{campaign.short}·推送】"


def push_line(campaign: Campaign, push: Push, on: bool, following: datetime | None) -> str:
    """`following`: when it goes out next, None where it does not any more, or something else than the clock calls it."""
    to = "、".join(_AUDIENCE[each] for each in push.audience)
    coming = f"，下次{minute_name(campaign.local(following))}" if following and on else ""
    return f"{name_of(push)} {_hours(push)} 给{to}【{'开' if on else '关'}】{coming}"


def how_to_switch() -> str:
    return "要关一项发“推送 关 序号”，再开发“推送 开 序号”。"


def times_stand_in_the_file() -> str:
    return "推送的时间写在活动文件里，这里不能改，只能开关。要改时间请系统管理员改活动文件；发“推送”看现在的安排。"


def everybodys(lines: Sequence[tuple[int, str]]) -> str:
    """`别发了` of what everybody gets; `lines`: the pushes that may be meant, each with its number in the plan."""
    listed = "\n".join(f"{name}：推送 关 {number}" for number, name in lines)
    return f"还没有改动。要关掉发给大家的推送，请照着发：\n{listed}\n只是自己不想收战报，发“退订”。"


def no_pushes(campaign: Campaign) -> str:
    return f"“{campaign.short}”没有安排推送，不能开关。要安排请告诉系统管理员。"


def no_such_push(said: str, campaign: Campaign) -> str:
    names = "、".join(dict.fromkeys(name_of(push) for push in campaign.pushes))
    return f"没有叫“{echo(said, 20)}”的推送，不能开关。现有：{names}。发“推送”看全部。"


def several_pushes(said: str, lines: Sequence[tuple[int, str]]) -> str:
    """`lines`: those that are called so, each with its number in the plan."""
    listed = "、".join(f"{number} {name}" for number, name in lines)
    return f"“{echo(said, 20)}”有几项：{listed}，还没有改动。请写序号，例如：推送 关 {lines[0][0]}"


def switched(name: str, on: bool) -> str:
    what = "打开后按原来的时间发，错过的不补" if on else "不再发出，还没发的也不发"
    return f"已登记 推送“{name}”{'开' if on else '关'}，{what}。如有误，发“撤销”退回。"


def switched_already(name: str, on: bool) -> str:
    return f"推送“{name}”现在就是{'开' if on else '关'}着的，没有改动。"


def what_was_switched(name: str, on: bool) -> str:
    return f"把推送“{name}”{'打开' if on else '关掉'}"


def ask_switch_back(name: str, on: bool) -> str:
    return f"您最近一次操作：{what_was_switched(name, on)}\n要再{'关掉' if on else '打开'}吗？{CONFIRM}"


def switched_back(name: str, on: bool) -> str:
    return f"已撤销，推送“{name}”现在是{'开' if on else '关'}着的。"


def organizers_only(campaign: Campaign) -> str:
    return f"推送和群发由管整个活动的组织方决定，您现在不能使用。想收战报发“订阅”；有事联系{whom_to_call(campaign)}。"


def changed_meanwhile() -> str:
    return "刚刚有变动，没有改动，不能算数。请再发一次。"


def _hours(push: Push) -> str:
    return " ".join(as_written(at)[:5] for at in push.at) or "随事件"
