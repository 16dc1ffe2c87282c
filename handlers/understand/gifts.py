"""One person's gift (`李老师捐了200`), which is not the figure of a team."""

import re

from handlers.understand.persons import is_person
from handlers.understand.text import normalise
from storage.campaign_schema import Campaign

_HAN = r"[\u4e00-\u9fff]"
_TITLE = r"(?:校长|老师|院长|园长|局长|主任|书记|医生|护士长?|科长|经理|先生|女士|同学|家长|老板|老总|总)"
_MANY = r"[全各众们些多中初学校院系部科班级年本该几其职休别所时共体]"
_BEFORE = r"(?:今天|今日|昨天|刚才|刚刚|刚|我们|咱们|学校|单位|我校|我院)?"
_GIVES = r"(?:今天|刚|又|也|在|累计|总?共|一共|已经?|线[上下]|个人|微信|现金|一个人|\s){0,8}捐(?!的|款(?:人次|共|累))"
_TITLED = re.compile(rf"(?<!{_HAN}){_BEFORE}(?:(?!{_MANY}){_HAN}){{1,3}}?{_TITLE}{_GIVES}")
_NAMED = re.compile(rf"(?<!{_HAN}){_BEFORE}(?!陆续)(?P<name>{_HAN}{{2,3}}){_GIVES}")
_MYSELF = re.compile(rf"(?<!{_HAN})我(?:个人|自己|本人){_GIVES}")


def tells_of_one_gift(campaign: Campaign, text: str) -> bool:
    """Whether a report speaks of what one person gave, by title, by name, or as 我个人."""
    line = normalise(text)
    named = _NAMED.search(line)
    return bool(_TITLED.search(line) or _MYSELF.search(line) or (named and is_person(campaign, named["name"])))
