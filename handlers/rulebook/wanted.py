"""What a question asks to be told, and whether an answer tells it: a number of people, a price, an hour, a name.

A question may resemble an entry in everything but the detail it asks for (how many beds, of a project that buys beds).
So the form of what is asked for must be found in the answer: a number with what it counts, a sum of money, a clock
time, a date, a list that is long enough, a post or a thing by its name. Where a question asks for several, one that is
told is enough; a `几` in passing (`俺几个老乡`, `几年下来`) asks for nothing.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from handlers.language.dialect import standard
from handlers.language.late import pattern
from handlers.language.numerals import read_numeral

_NUMBER = "(?<!第)(?:[0-9][0-9.,]*|(?!一[^十百千万])[一二两三四五六七八九十百千]+)[多余来]?[百千万亿]*[多余来]?"
_MONEY = f"{_NUMBER}(?:元|块|角|(?<=[万亿])(?![人名户次个]))|免费|不收"
_PEOPLE = "群众|学生|学员|学圆|孩子|小孩|小朋友|娃|老人|老师|专家|领导|记者|志愿者|义工|职工|员工|观众|社工|主播|人"
_ALIKE = (
    "个 家 支 条 项 处 件 场 次 套 篇 份 类 种 级 所 点 大 道 门 期 座 名 人",
    "家 个 户 所",
    "支 个 只",
    "条 个 篇 项 件 句",
    "处 个 座",
    "场 次 期 个",
    "次 回 场 期 笔",
    "回 次 场 期 笔",
    "届",
    "级 层",
    "类 个 种 大 样 方面",
    "种 个 类 大 样",
    "项 个 件 条",
    "件 个 项 条",
    "道 个 级 层",
    "句 个 条",
    "期 场 次",
    "门 个",
    "张 床",
    "辆 台 部",
    "台 辆 部",
    "套 个",
    "本 册",
    "篇 个 条",
    "份 个",
    "所 个 家",
    "岁",
    "楼 层",
    "分钟 小时",
    "小时 分钟 钟头",
    "天 日",
    "年 届",
    "个月 月",
    "周 星期",
    "倍",
    "亩",
    "斤",
    "棵 株",
    "村 个",
    "县 个",
)
"""A word for what is counted, and the others that an answer may use for it."""
_COUNTED = {words.split()[0]: f"{_NUMBER}(?:{words.replace(' ', '|')})" for words in _ALIKE}
_COUNTED |= dict.fromkeys((*_PEOPLE.split("|"), *"名位户口"), f"{_NUMBER}(?:名|位|户|口|师生|{_PEOPLE})|人次|人数没")
_SUMS = "块|个亿|元|角|毛|分钱|钱|资金|善款|捐款|款|费|工资|奖金|补贴|补助|租金|押金|救助金"
_COUNTED |= dict.fromkeys(_SUMS.split("|"), _MONEY)
_SORTS = frozenset("类种样句条层")
SOME = 3
"""A list of so many tells how many sorts, sentences or steps there are."""
_HOW_MANY = "(?:多少|好多(?!年)|几多|(?<![好十这那过前上下后头们俺哪百无差没给换荐绍凑拉举再挑第中分印])几)"
_UNITS = "|".join(sorted(_COUNTED, key=len, reverse=True))
_PEERS = "姊妹|姐妹|兄弟|弟兄|哥们|朋友|老乡|同乡|同事|同学|邻居|街坊|战友|伙伴|亲戚|闺蜜|宝妈"
_NOT_COUNTED = f"下来|[来前后持池]|方面|部分|领域|环节|步骤|地方|好?(?:{_PEERS})"
_COUNT = pattern(f"{_HOW_MANY}[百千万亿]?(?:个(?={_PEOPLE}))?({_UNITS})(?!{_NOT_COUNTED})")

_DAY = "[0-9一二三四五六七八九十][年月日号天]|周[一二三四五六日]|月底|当[天日]|每[天日月年]|随时|底前|期间|近日"
_FORMS = {
    "raised": ("[筹募捐配花出拨投](?:集|到|了|得|款|入|出)*多少(?=[,。!?;~ ]|$|了|亿)", _MONEY),
    "number": ("多少(?=[,。!?;~ ]|$|了)", _NUMBER),
    "price": ("多少钱|几块钱|什么价|收费(?:多少|标准)|怎么收费", _MONEY),
    "clock": (
        "(?<!哪)几点(?!建议|要求|意见|内容|经验|方面)",
        rf"{_NUMBER}点|[0-9][:：][0-9]|[上下]午|晚上|早上|中午|全天|钟点|几点",
    ),
    "day": ("哪一?天|几[号日]|几月|(?:星期|周|礼拜)几|哪一?年", _DAY),
    "time": ("什么时候|什么时间|何时", rf"{_DAY}|前|后|时|期|随|长|届|先|再|已|现在"),
    "span": (
        "多久(?!一次)|多长时间|多少天",
        f"{_NUMBER}(?:天|日|个月|月|周|年|小时|个工作日)|随时|当[天日]|立即|时间|时限|期限",
    ),
    "age": ("几岁|多大(?:年纪|年龄|岁数)|多少岁", "岁|年龄|未成年"),
    "share": ("百分之几|百分之多少|几成|几个点|多大比例|比例(?:是)?多少", "%|％|百分|成|比例"),
}
"""What a question asks for, and how that looks in an answer."""
_ASKED = pattern("|".join(f"(?P<{kind}>{asked})" for kind, (asked, _) in _FORMS.items()))

_THINGS = (
    "公司|学校|医院|商场|小区|银行|酒店|媒体|电视台|会议室|会议厅|会场|出版社|第三方"
    "|品牌|牌子|店|街|路(?![子径线])|城市"
)
_INSTANCES = {
    "公司": "公司|集团|基金会|商务港",
    "第三方": "公司|事务所",
    "店": "[一-鿿]{2}(?:店铺?|超市)(?!内)",
    "养老院": "[一-鿿]{2}(?:[养敬]老院|福利院)",
    "链接": "链接|页面|二维码|扫码|腾讯公益|公众号|小程序|微信|网",
    "车停": "停车",
    "停车": "停车",
    "商场": "商场|广场|商圈|购物",
    "媒体": "媒体|电视|报|网站|视频号|广播",
    "城市": "市",
    "路": "路|街",
}
"""How the things are called that an answer names."""
_POSTS = "副?组长|副?会长|主播|主持人|嘉宾|明星|评委|导演|代言人|老师|秘书长|理事长|局长|书记|厂家"
_NAMED = pattern(
    rf"(?<!走)哪(?:一?[条个家所间些种]|几[条个家所])(?P<a>{_THINGS})|(?P<b>{_THINGS}|机构|养老院|{_POSTS})叫什么"
    rf"|(?P<c>{_POSTS})(?:现在|现任)?是?(?:谁|哪)|(?:谁|哪个|哪位|哪些)(?:当|做)?的?(?P<d>{_POSTS})"
    "|什么(?P<e>职务|职位|牌子|品牌|型号|颜色|尺寸|礼品|奖品|纪念品|书)"
    "|(?P<f>摊位费|场地费|门票|(?<=[有开给少])工资|发工资(?=[吗么不没]|多少|$)|分数线|停车|车停|链接(?=在?哪)|邮箱|微信号|会费|年龄)"
)
_RANKS = "[科局处股]长|主任|科员|书记"
_RANK = pattern(f"(?:{_RANKS})还是副?(?:{_RANKS})|是不是副?(?:{_RANKS})")
_OWN_PLACE = pattern(
    "有没有(?:我们?|俺们?|咱们?|偶们)(?:家|那|这)?[边里条]?[一-鿿]{0,3}(?:小区|门口|楼下|院|街|社区|附近)"
)
_PER_HEAD = pattern(
    "(?:一[个名位]|每[个名位]?)(?:学[生员]|孩子|娃娃?|老人|贫困生|困难户|家庭)"
    "[^,，。]{0,5}(?:[发给补拿领]|资助|[救补]助)[^,，。]{0,3}多少"
)
_EVERY_ONE = "(?:每[一人名位个户生]|人均|一[人名位户]).{0,14}元"
_LISTED = pattern("哪([两二三四五六七八九十]+)(?![天年]|个字)")
_EACH = pattern("(?<![两二三四五六七八九十])([两二三四五六七八九十]+)[条项个].{0,8}(?:每一?[条项个]|各是什么|逐条)")
_ORDINAL = pattern("第([一二三四五六七八九十]+|[0-9]+)[条项点章款](?=.{0,4}(?:什么|内容|怎么|写|讲))")
_BRACKETED = pattern(r"[(（][^)）]*[)）]")
_NUMBERED = pattern("[0-9]+[.、](?![0-9])")


class Want(NamedTuple):
    """One thing asked for: the form of what tells it, or how long a list does."""

    form: str
    items: int = 100

    def told(self, answer: str) -> bool:
        """Whether an answer has the form."""
        return re.search(self.form, answer) is not None or _listed(answer) >= self.items


@lru_cache(maxsize=8192)
def wants(question: str) -> tuple[Want, ...]:
    """What a normalised question asks for, as far as the form of an answer can show it."""
    return tuple(_wants(standard(question.lower())))


def tells(answer: str, asked: tuple[Want, ...]) -> bool:
    """Whether the answer tells one of what is asked for, or nothing of this sort is asked for."""
    return not asked or any(want.told(answer) for want in asked)


def _wants(said: str) -> Iterator[Want]:
    if _PER_HEAD.search(said):
        yield Want(_EVERY_ONE)
        return
    for found in _COUNT.finditer(said):
        unit = found[1]
        yield Want(_COUNTED[unit], SOME) if unit in _SORTS else Want(_COUNTED[unit])
    for found in _ASKED.finditer(said):
        yield Want(_FORMS[found.lastgroup or ""][1])
    for found in _NAMED.finditer(said):
        name = next(filter(None, found.groups()))
        yield Want(_INSTANCES.get(name, name))
    if _RANK.search(said):
        yield Want(_RANKS)
    if _OWN_PLACE.search(said):
        yield Want("名单", 8)
    for found in chain(_LISTED.finditer(said), _EACH.finditer(said)):
        if (number := _number(found[1])) > 1:
            yield Want(f"{found[1]}[个条项]?依次", number)
    for found in _ORDINAL.finditer(said):
        number = _number(found[1])
        yield Want(f"第(?:{found[1]}|{number})[条项点章款]", number)


def _number(said: str) -> int:
    value = read_numeral(said)
    return int(value) if isinstance(value, Decimal) else 0


def _listed(answer: str) -> int:
    """How many things the longest list of an answer has; a remark in brackets is none of them."""
    bare = _BRACKETED.sub("", answer).replace("”“", "”、“")
    by_mark = (part.count("、") + 1 for part in re.split("[，。；：]", bare))
    by_semicolon = (sentence.count("；") + 1 for sentence in bare.split("。"))
    return max(*by_mark, *by_semicolon, len(_NUMBERED.findall(bare)))
