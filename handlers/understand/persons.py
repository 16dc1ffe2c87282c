"""Persons' names as they stand in a registration: a surname and one or two more characters, no unit and no place."""

import re

from handlers.understand.places import is_area, region_at_start, region_of_token
from storage.campaign_schema import Campaign

_HAN = r"[\u4e00-\u9fff]"
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖"
    "邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文申庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳习裴席卫查屈鲍覃霍翁隋甘景包司柏宁柯阮桂闵解强柴华车冉房边阚艾宗"
)
_DOUBLE_SURNAMES = (
    "欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "皇甫", "东方", "尉迟", "公孙",
    "慕容", "令狐", "司空", "端木",
)  # fmt: skip
UNIT_END = re.compile(
    r"(?:[中小幼局院校园会行司厂站所队部处委办台社店馆场厅室团]|中学|小学|大学|中心|集团|街道|社区|乡|镇|村|协会|机关|分局|联盟|商会|企业)"
    r"(?:\([^()]*\))?$"
)
_HERSELF = ("自己", "本人", "我自己", "我本人")
NO_NAME = re.compile(
    r"我想|我要|我们|[想要]给|[建组]个?队|不知道|换个|重新|怎么|[这那]个|没有|等一[下会]|稍等|^马上|^时[候间]"
)
FILLER = re.compile(
    r"^(?:您?你好|谢[谢了].*|感谢.*|辛苦.*|参加|参与|选择?|项目|项目是|单位|组队|报名|我们?|要|想|加入|电话|手机|联系方式|麻烦.*|请.*|登记|的|和|在|属于|县区|区域)$"
)


def person_of(campaign: Campaign, run: str) -> str:
    """The name at the head of a run of characters; empty where it cannot be told where the name ends."""
    if region_of_token(campaign, run) or FILLER.match(run) or NO_NAME.search(run) or run in _HERSELF:
        return ""
    if run in _SURNAMES:
        return run
    if "·" in run or (2 <= len(run) <= 4 and not UNIT_END.search(run[2:] or "-")):
        longest = 4 if run.startswith(_DOUBLE_SURNAMES) or "·" in run else 3
        if len(run) <= longest or "·" in run:
            return run
    for length in (2, 3):
        rest = run[length:]
        if rest and (region_at_start(campaign, rest) or rest.startswith((campaign.area, "电话", "手机", "老师"))):
            return run[:length]
    return ""


def is_person(campaign: Campaign, token: str) -> bool:
    """Whether a token reads as a person's name: a surname and one or two more characters, no unit and no place."""
    if not re.fullmatch(rf"{_HAN}{{2,4}}", token) or UNIT_END.search(token) or FILLER.match(token):
        return False
    if region_of_token(campaign, token, short_sound=False) or is_area(campaign, token):
        return False
    return token.startswith(_DOUBLE_SURNAMES) or (len(token) <= 3 and token[0] in _SURNAMES)


def may_be_name(said: str) -> bool:
    """Whether what was said where a captain's name stands begins with a surname (`王`, `李敏`), or has a dot inside."""
    return "·" in said or said.startswith(_DOUBLE_SURNAMES) or said[:1] in _SURNAMES
