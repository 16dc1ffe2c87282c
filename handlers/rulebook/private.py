"""Whether somebody's private data is asked for: a telephone, an account or an address that no notice published."""

from handlers.language.late import pattern
from handlers.language.persons import is_person
from handlers.language.sound import syllable
from handlers.language.text import normalise, without_ending
from handlers.rulebook.named import contacts_in, names_contact
from storage.campaign_document import Rule
from storage.campaign_schema import Campaign

_REACHED_BY = "手机号?码?|电话号?码?|号码|微信号?|qq号?|联系方式|座机"
_LIVES_AT = "住址|地址|身份证号?码?|住在?哪里?儿?|住在?什么地方"
_ASKED = pattern(
    rf"(?P<home>(?:家里?|家庭|私人)的?)?(?:{_REACHED_BY}|(?P<place>{_LIVES_AT}))"
    "(?:是|多少|什么|号码?|给|发|告诉|说|查|我|来|一?下|一个|有|没|吗|呢|吧|么|能|行|可以|不|啊|谢谢"
    "|[,.。!?~、 ]){0,12}$"
)
_WHOSE = ("的", "本人", "个人", "自己")
_ROLE = pattern(
    "(?:队长|队员|家长|捐[款赠]者?人?|爱心人士|受[助益]人?|家属|病人|患者|同学|学生|职工|同事|邻居|领队|专家|经办人?|那家人?|别人|人家)$"
)
_TITLED = pattern(
    "[一-鿿](?:主任|老师|[科局处会校院县区市部所站园村镇乡股班组队]长|秘书长|书记|经理|同志|医生|大?[姐哥]|总)$"
)
_NO_NAME = pattern(
    "班主任|(?:副|各|哪个?|某|是|的|找|问|有|个|位|县|市|区|校|院|局)(?:主任|老师|.长|书记|经理)$|方案|方向|管理|成员|任务|任何|顾问"
    "|何处|解决|程序|常用|全部|高校|关爱|司机|白天|时间|单位|项目|石油|安全|安排|应急|包车|金融|公安|路政|交通|水[务利电]|联系$|咨询$|管事$|值班$|办公$"
)


def rule_about_private(campaign: Campaign, text: str) -> Rule | None:
    """The entry that declines a person's telephone or address; an official contact's home is as private."""
    asked = _ASKED.search(normalise(text).lower())
    if asked is None:
        return None
    whose = without_ending(asked.string[: asked.start()], _WHOSE, "".__contains__)
    home = asked["home"] or asked["place"]
    official = any(names_contact(contact, whose) for contact in contacts_in(campaign, whose))
    if not (home if official else _ROLE.search(whose) or _is_named(campaign, whose)):
        return None
    return next((rule for rule in campaign.rulebook if rule.id == "refuse-phone"), None)


def _is_named(campaign: Campaign, whose: str) -> bool:
    """Whether the last characters are a person's name or title, no word of an office, and no contact misspelt."""
    if _NO_NAME.search(whose[-4:]):
        return False
    if _TITLED.search(whose):
        return True
    ends = [whose[-length:] for length in (3, 2) if len(whose) >= length]
    known = "，".join((*(o.name for o in campaign.organisers), *(p.name for p in campaign.projects)))
    contacts = [_heard(contact.name) for contact in campaign.contacts]
    return any(is_person(campaign, end) and end not in known and _heard(end) not in contacts for end in ends)


def _heard(name: str) -> list[str]:
    return [syllable(char) for char in name]
