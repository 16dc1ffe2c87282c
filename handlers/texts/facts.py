"""What a field of the campaign file says, where no entry of the rulebook says it."""

from handlers.rulebook.asked import Kind
from handlers.rulebook.facts import Fact
from handlers.texts.contacts import reachable
from handlers.texts.rules import HOW_SURE
from handlers.texts.wording import listed


def fact_answer(fact: Fact) -> str:
    """What a field of the campaign file says, with its source; what was inferred or repaired is explained."""
    about = _THINGS.get(fact.about, fact.about)
    said = _FACTS[fact.kind].format(
        about=about, value=listed(fact.values, _JOINED.get(fact.kind, "、")), number=len(fact.values)
    )
    if fact.kind == "pool" and len(fact.values) > 1:
        said = f"配捐共{fact.values[0]}，{fact.values[1]}。"
    if fact.contact:
        said = f"{fact.about}请联系{reachable(fact.contact)}。"
    explained = [f"说明：{fact.note}。"] if fact.note else []
    source = fact.source or "活动文件"
    return "\n".join([said, *explained, f"依据：{source}{HOW_SURE[fact.status]}"])


_JOINED: dict[Kind, str] = {"organisers": "；"}
_THINGS = {"registration": "报名组队", "matching": "配捐", "drive": "活动"}
_FACTS: dict[Kind, str] = {
    "days": "{about}时间：{value}。",
    "start": "{about}从{value}开始。",
    "end": "{about}到{value}为止。",
    "hour": "{about}每天{value}开始。",
    "pool": "配捐共{value}。",
    "minimum": "每笔捐赠最低{value}；捐不捐、捐多少都自愿。",
    "projects": "{about}可选的项目有{number}个：{value}。",
    "number": "{about}可选的项目有{number}个：{value}。",
    "platform": "在{value}进行。",
    "organisers": "{value}。",
    "sites": "文件写到的地点有：{value}。",
    "purpose": "{about}：{value}。",
    "eligible": "{about}适用于{value}。",
    "grant": "{about}的救助标准：{value}/人。",
    "place": "{about}在{value}执行。",
    "contact": "{about}请联系{value}。",
    "directions": "{about}下面，文件写到的有：{value}。",
}
