"""Whether a question speaks of the campaign: by words of fundraising, by the rulebook's own, or of something else.

The rulebook's own words are the pairs of characters that its phrasings are made of; a place's name is none, for
people ask everything about a place.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from handlers.understand.phrasing import GENERIC, plain
from storage.campaign_schema import Campaign

Nearness = Literal["drive", "rulebook", "unclear", "elsewhere"]

COMMON = 6
"""A pair of characters in the phrasings of so many entries is as good as a word of fundraising."""

_OF_A_DRIVE = re.compile(
    "捐|筹|募|配捐|组队|队|项目|善款|码|红十字|红会|救助|挂钩|转发|链接|舆情|公益|慈善|参加|参与|救|补报|志愿|"
    "juan|zudui|[0-9一两][千万]|2000"
)
_ELSEWHERE = re.compile(
    "天气|下雨|下雪|气温|台风|空气质量|快递|外卖|包裹|医保|社保|公积金|养老金|退休金|低保|"
    "高考|中考|小升初|划片|分数线|招考|招聘|公务员|考试|考研|成绩|大学|"
    "地铁|公交|火车|高铁|动车|机场|飞机|航班|车票|机票|停车|限行|限号|堵车|打车|加油站|油价|"
    "门票|景区|景点|旅游|酒店|宾馆|商店|好吃|吃什么|吃饭|午餐标准|晚饭|早餐|菜谱|做饭|唱歌|唱首|笑话|讲个故事|电影票|电视剧|游戏|"
    "彩票|中奖|股票|股价|炒股|汇率|金价|黄金|房贷|贷款|房价|买房|租房|装修|结婚|离婚|户口|身份证|护照|驾照|驾驶证|居住证|"
    "残疾证|准生证|殡葬|火化|墓地|挂号|看病|核酸检测|打疫苗|感冒|发烧|吃药|密码|wifi|宽带|话费|流量|充值|手机卡|"
    "的新闻|市长|省长|总统|主席|足球|篮球|球赛|比赛|放假|请假|调休|加班|涨工资|发工资|作业|翻译|写一?[篇首封份]|作文|"
    "诗|发言稿|讲话稿|论文|厕所|几点开门|几点关门|营业|停运|停电|停水|电费|水费|煤气|物业|门禁|淘宝|踢人|相亲|减肥|星座|"
    "算命|几岁|星期几|农历|生日|数学|面试|离职|辞职|劳动合同|法院|律师|交警|罚款|违章|附近[有哪]|你是谁|你叫什么|你吃|你几点|谁开发|上学|人道公益日|99公益|超市|菜价|猪肉|熊猫|世界杯|奥运|领养"
)

_ABOUT_THE_BOT = re.compile(
    "你(?:们)?(?:到底)?是(?:不是)?(?:真?人|活人|人工|机器|自动|客服|ai|谁)|(?:有没有|是不是)(?:真人|人工)|你叫什么|真人吗|你们?是(?:哪个|什么|哪家)(?:单位|部门|机构)"
    "|(?:这个|你们这|这)(?:公众|微信|服务)?(?:号|机器人|平台号)(?:是|由|归)?(?:谁|哪个|哪家|什么单位|哪个单位|哪里)?(?:在)?"
    "(?:管(?!用)|办的|开的|运营|负责|弄的|做的|的(?:吗|呢|[?？]|$))"
)


def asks_about_bot(question: str) -> bool:
    """Whether the question is about the bot and its account (`你是人工吗`, `这个号谁在管`), not the campaign."""
    return _ABOUT_THE_BOT.search(question.lower()) is not None


class Subject:
    """What one campaign's rulebook speaks of."""

    def __init__(self, campaign: Campaign) -> None:
        self._text = "".join(text for rule in campaign.rulebook for text in (*rule.questions, rule.answer))
        self._places = _places(campaign)
        self._entries_with: Counter[str] = Counter()
        for rule in campaign.rulebook:
            self._entries_with.update({pair for q in rule.questions for pair in self._pairs(plain(q))})

    def nearness(self, question: str) -> Nearness:
        """How near a question is to the campaign. A word of everyday life that the rulebook lacks is decisive."""
        said = question.lower()
        if any(word not in self._text for word in _ELSEWHERE.findall(said)):
            return "elsewhere"
        most = max((self._entries_with[pair] for pair in self._pairs(plain(said))), default=0)
        if _OF_A_DRIVE.search(said) or most >= COMMON:
            return "drive"
        return "rulebook" if most else "unclear"

    def _pairs(self, text: str) -> Iterator[str]:
        """Neighbouring characters that say something, places left out."""
        for part in self._places.split(text):
            for one, other in pairwise(part):
                if one not in GENERIC and other not in GENERIC:
                    yield one + other


def _places(campaign: Campaign) -> re.Pattern[str]:
    names = {name for r in campaign.regions for name in (r.name, *r.aliases)}
    names |= {name for s in campaign.sites for name in (s.name, *s.aliases)}
    area = campaign.area
    names |= {area, area[:-1]} | {area[i : i + 2] for i in range(len(area) - 1)}
    longest_first = sorted((name for name in names if name), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))
