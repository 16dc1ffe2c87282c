"""What is asked where a rule is expected, and is none: the bot, present figures, the asker's team, a word of ours.

An outburst is told apart from these: where it holds a question that the rulebook answers, that is answered.
"""

from typing import Literal

from handlers.language.dialect import standard
from handlers.language.late import pattern
from handlers.language.text import is_question, normalise

Matter = Literal["bot", "figures", "team", "gifts"]

_US = "(?:我们?|大家|全[市县区]|本?[学我]校|我?单位|医院|公司|我?队伍?|社区|村里?)"
_SPOKEN_TO = "(?:请问|老师们?|您?你?好|那么?|麻烦|[,。!、 ])*"
_END = "(?:钱|元|块|了|呢|[?。!~ ])*$"
_MATTERS: dict[Matter, str] = {
    "bot": (
        "你(?:们)?(?:到底)?是(?:不是)?(?:真?人|活人|人工|机器|自动|客服|ai|谁)|(?:有没有|是不是)(?:真人|人工)|你叫什么|真人吗"
        "|你们?是(?:哪个|什么|哪家)(?:单位|部门|机构)"
        "|(?:这个|你们这|这)(?:公众|微信|服务)?(?:号|机器人|平台号)(?:是|由|归)?(?:谁|哪个|哪家|什么单位|哪个单位|哪里)?(?:在)?"
        "(?:管(?!用)|办的|开的|运营|负责|弄的|做的|的(?:吗|呢|[?？]|$))"
    ),
    "figures": (
        f"^{_SPOKEN_TO}{_US}*+的?(?:今[天日]|当[天日]|昨[天日]|(?:截[至止])?到?(?:现在|目前)|[一总]共|已经?)+"
        f"{_US}?(?:[捐筹募涨](?:款|集)?[了到得]+(?:多少|几)|有?(?:多少|几个?)(?:人次?|笔)(?:捐款?|参与)?){_END}"
        f"|^{_SPOKEN_TO}{_US}?(?:现在|目前|到现在|[一总]共|累计|[加合]起来|合计)+(?:是|有)?(?:多少|几多)(?:钱|元|块)?了?"
        "(?:啊|呢|[?。!~ ])*$"
        f"|^{_SPOKEN_TO}{_US}?(?:[捐筹募](?:款|集)?[了到得]+多少(?:钱|元|块)?|有?多少(?:人次?|笔)捐款?)了"
        "(?:啊|呢|[?。!~ ])*$"
    ),
    "team": (
        f"^{_SPOKEN_TO}(?:我们?|本)(?:这个|这边)?(?:学校|[校局院村厂班园队]|单位|医院|公司|社区|队伍)?的?(?:今天|昨天|现在|到底)?"
        "(?:数据?|进度|名)?(?:上?报名?|登记|组队|交)(?:上|好|过|成功)*(?:没报|了?(?:没有?)|了(?:吗|么))[?啊呢。!~ ]*$"
    ),
    "gifts": (
        "人次(?:就|到底|算)*(?:是不是|不是|是|等于|指的?是?|算|跟|和|与)(?:按)?(?:人数|人头|几个人|多少人|笔数|什么|一个意思)"
        "|(?:人数|笔数)(?:就|也)?(?:是不是|是|跟|和|与|还是)人次|什么(?:是|叫)人次|人次(?:什么意思|怎么(?:算|数|计|填|写|理解))"
    ),
}
_ASKED = {matter: pattern(words) for matter, words in _MATTERS.items()}
_ALL = pattern("[全各][市县区省]|[市县区]里|大家|总[榜共体]?(?:的|情况)|整个|活动")
_OUTBURST = pattern(
    "破(?:系统|机器|玩意|软件|平台|公众号|程序|东西)|什么(?:破|鬼|狗屁|烂)?玩意|垃圾(?:系统|机器|平台|软件|玩意|$|[!,。?])"
    "|什么(?:态度|破服务|水平)[!,。?]*$|[烦气急慢卡笨]死(?:人|我|了)|不干了|受够了|受不了|神经病|有病[吧啊]|妈的|他妈|特么|tmd|卧槽"
    "|傻[逼x叉]|智障|白痴|脑残|废物|没用的东西|浪费(?:我|大家)?的?时间|折腾人|搞什么(?:鬼|名堂|飞机)|^滚|能不能快点"
    "|^(?!.*(?:怎么|为什么|几点|多少|哪|谁|什么时候)).*(?:[太真好]|[这那]么)(?:慢|卡|烂|差劲|难用|坑人|气人|笨)"
)


def matter_of(question: str) -> Matter | None:
    """What a question is about that no rulebook holds: `今天捐了多少`, `我们学校报了没`, `人次是人数吗`."""
    said = standard(normalise(question).lower())
    return next((matter for matter, asked in _ASKED.items() if asked.search(said)), None)


def speaks_of_all(said: str) -> bool:
    """Whether the figures of a place or of everybody are meant, and not of her own team."""
    return _ALL.search(said) is not None


def is_outburst(said: str) -> bool:
    """Whether anger speaks (`你们这破系统能不能快点！！`): nothing that a coordinator could answer."""
    return _OUTBURST.search(standard(normalise(said).lower())) is not None


def asked_besides(said: str) -> str:
    """What is asked beside the anger: `你们这破系统，几点开始配捐`; '' for nothing."""
    rest = _OUTBURST.sub("", standard(normalise(said).lower())).strip(" ,。!、")
    return rest if is_question(rest) else ""
