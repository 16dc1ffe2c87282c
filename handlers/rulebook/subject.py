"""Whether a question speaks of the campaign: by words of fundraising, by the rulebook's own, or of something else.

The rulebook's own words are the pairs of syllables that its phrasings are made of; a place's name is none, for people
ask everything about a place. A province, a city, a district, a year or another charity that the document does not name
is another drive's, unless the asker only says where she is (`我在昆明`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from handlers.language.late import pattern
from handlers.rulebook.phrasing import plain
from handlers.rulebook.retrieval import generic_sounds, syllables
from storage.campaign_document import Rule
from storage.campaign_schema import Campaign

Nearness = Literal["drive", "rulebook", "unclear", "aside", "elsewhere"]

COMMON = 6
"""A pair of syllables in the phrasings of so many entries is as good as a word of fundraising."""

_OF_A_DRIVE = pattern(
    "捐|筹|募|配捐|配(?=[吗不多几完到]|$)|组队|队|项目|善款|码|红十字|红会|救助|挂钩|转发|链接|舆情|公益|慈善|参加|参与|救|补报|志愿|"
    "发布会|启动仪式|[改延]期|顺延|juan|zudui|[0-9一两][千万]|2000"
)
_ELSEWHERE = pattern(
    "天气|下雨|下雪|气温|台风|空气质量|快递|[订点叫].{0,3}外卖|外卖(?!员|小哥|骑手)|包裹|冻结|"
    "医保|社保|公积金|养老金|退休金|低保|"
    "高考|中考|小升初|划片|分数线|招考|招聘|公务员|考试|考研|成绩|大学(?![生路])|"
    "地铁|公交|火车|高铁|动车|机场|飞机|航班|车票|机票|停车|限行|限号|堵车|打车|加油站|油价|"
    "门票|景区|景点|旅游|酒店|宾馆|商店|好吃|吃什么|吃饭|午餐标准|晚饭|早餐|菜谱|做饭|唱歌|唱首|笑话|讲个故事|电影票|电视剧|游戏|"
    "彩票|中奖|股票|股价|炒股|汇率|金价|黄金|房贷|贷款|房价|买房|租房|装修|结婚|离婚|户口|身份证|护照|驾照|驾驶证|居住证|"
    "残疾证|准生证|殡葬|火化|墓地|挂号|看病|核酸检测|打疫苗|感冒|发烧|吃药|密码|wifi|宽带|话费|流量|充值|手机卡|"
    "的新闻|市长|省长|总统|主席|足球|篮球|球赛|比赛|放假|请假|调休|加班|涨工资|发工资(?!.{0,4}捐)|年终奖|"
    "工资(?:什么时候|啥时候|几[时号]|哪天|好久|怎么)?发|支书工资|考核|年终总结|总结给我|失业金|工伤|赡养|招生|学区|辅导班|英语|"
    "年审|年检|行驶证|优待证|老年证|残疾人补贴|(?:社工|会计|教师|资格)证|考社工|[一-鿿]{2}证(?:怎么|咋|去?哪)|上户口|放[暑寒]假|车管所|派出所|党费|献血|"
    "主任怎么选|选[村居]?(?:主任|支书)|换届|几所大学|(?:小学|幼儿园)(?:什么时候|几|怎么)|起个?名字?(?!.{0,4}队)|你(?:今年)?多大|"
    "现在几点|下载(?:国家|游戏|音乐)|微信广告|没信号|充不进|充电|几号线|航线|好玩|你能干活|开放[了吗么没]|开的?什么号|"
    "[件条双](?:衣服|裤子|裙子|鞋)|牌子好|[猪粮]价|赶集|上市|种子|化肥|暖气|供暖|房租|洗衣机|冰箱|空调|保姆|月嫂|钟点工|"
    "翻译|写一?[篇首封段]|作文|"
    "诗|发言稿|讲话稿|论文|厕所|几点开门|几点关门|营业|停运|停电|停水|电费|水费|煤气|物业|门禁|淘宝|踢人|相亲|减肥|星座|"
    "算命|星期几|农历|生日|数学|面试|离职|辞职|劳动合同|法院|律师|交警|罚款|违章|附近[有哪]|你是谁|你叫什么|你吃|你几点|谁开发|上小学|上学(?=怎么报|报名)|超市|菜价|猪肉|熊猫|世界杯|奥运|领养|"
    "闪退|死机|黑屏|内存|打印机|电脑|excel|透视表|[落下刮]不[落下刮][雨雪]|奶茶|火锅|烧烤|馆子|小吃|米线|面馆|螃蟹|夜市|烟花|"
    "路灯|建厕|临时工|银行卡|信用卡|花呗|利息|理财|开学|录取|补课|职称|记者证|列车|一平|驾校|体检|咳嗽|牙疼|蚊子|开锁|搬家|"
    "床位|纪念塔|思想汇报|入党|检讨书|保险费|养老保险|退税|彩礼|宠物|钥匙"
)
_PLACES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|"
    "湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|"
    "石家庄|唐山|秦皇岛|邯郸|邢台|保定|张家口|承德|沧州|廊坊|衡水|太原|阳泉|长治|晋城|朔州|晋中|"
    "运城|忻州|临汾|吕梁|呼和浩特|包头|乌海|赤峰|通辽|鄂尔多斯|沈阳|大连|鞍山|抚顺|本溪|丹东|"
    "锦州|营口|阜新|辽阳|盘锦|铁岭|葫芦岛|长春|辽源|通化|白城|延边|哈尔滨|齐齐哈尔|鸡西|鹤岗|"
    "双鸭山|大庆|伊春|佳木斯|七台河|牡丹江|黑河|绥化|南京|无锡|徐州|常州|苏州|南通|连云港|淮安|"
    "盐城|扬州|镇江|泰州|宿迁|杭州|宁波|温州|嘉兴|湖州|绍兴|金华|衢州|舟山|台州|丽水|合肥|芜湖|"
    "蚌埠|淮南|马鞍山|淮北|铜陵|安庆|黄山|滁州|阜阳|宿州|六安|亳州|池州|宣城|福州|厦门|莆田|"
    "泉州|漳州|南平|龙岩|宁德|南昌|景德镇|萍乡|九江|新余|鹰潭|赣州|吉安|宜春|上饶|济南|青岛|"
    "淄博|枣庄|东营|烟台|潍坊|济宁|泰安|威海|临沂|德州|聊城|滨州|菏泽|郑州|开封|洛阳|平顶山|"
    "安阳|鹤壁|新乡|焦作|濮阳|许昌|漯河|三门峡|南阳|商丘|信阳|周口|驻马店|济源|武汉|黄石|十堰|"
    "宜昌|襄阳|鄂州|荆门|孝感|荆州|黄冈|咸宁|随州|恩施|仙桃|潜江|神农架|长沙|株洲|湘潭|衡阳|"
    "邵阳|岳阳|常德|张家界|益阳|郴州|永州|怀化|娄底|湘西|广州|韶关|深圳|珠海|汕头|佛山|江门|"
    "湛江|茂名|肇庆|惠州|梅州|汕尾|河源|阳江|清远|东莞|潮州|揭阳|云浮|南宁|柳州|桂林|梧州|"
    "防城港|钦州|贵港|玉林|百色|贺州|河池|崇左|海口|三亚|儋州|成都|自贡|攀枝花|泸州|德阳|绵阳|"
    "广元|遂宁|内江|乐山|南充|眉山|宜宾|广安|达州|雅安|巴中|资阳|阿坝|甘孜|凉山|贵阳|六盘水|"
    "遵义|安顺|毕节|铜仁|黔西南|黔东南|黔南|昆明|曲靖|玉溪|保山|昭通|丽江|普洱|临沧|楚雄|红河|"
    "文山|西双版纳|大理|德宏|怒江|迪庆|拉萨|日喀则|昌都|林芝|那曲|西安|铜川|宝鸡|咸阳|渭南|延安|"
    "汉中|榆林|商洛|兰州|嘉峪关|金昌|天水|武威|张掖|平凉|酒泉|庆阳|定西|陇南|西宁|银川|石嘴山|"
    "吴忠|固原|中卫|乌鲁木齐|克拉玛依|吐鲁番|哈密"
)
"""Provinces and cities, less those whose names are everyday words."""
_OTHER_DRIVES = (
    "人道公益日|99公益|壹基金|春蕾|希望工程|免费午餐|母亲水窖|水滴筹|轻松筹|善行者|爱佑|嫣然|月捐日|扶贫济困日|慈善周"
    "|腾讯公益周"
)
_NO_NAME = (
    "[我你他们哪这那的各每几多全本外两三个到老社小园城地片山景校郊辖街市里]|开发|高新|经开|评论|安置|贫困|发达|行政"
    "|隔壁|偏远|落后|灾"
)
"""What stands before `区` and `县` without naming one."""
_DISTRICT = f"(?:^|(?<=[,，。和跟比到去]))(?![^区县]{{0,3}}(?:{_NO_NAME}))[一-鿿]{{2,3}}[区县](?![域级里城政直委])"
_HERSELF = "(?:打工|务工|做工|上班|上学|读书|工作|生活|当兵|出差|带娃|带孙|过来|回来|回家)"
"""What somebody does at a place where she is, and no drive does."""
_ANOTHER = pattern(
    rf"(?:{_PLACES})(?=[省市县]?(?:红十字会|红会|慈善))|(?<![在去到住从])(?:{_PLACES})(?![省市]?{_HERSELF})"
    rf"|20[0-4][0-9](?=年)|第[一二三四五六七八九十]+届|[一-鿿]{{2}}(?:地震|洪灾|水灾)[那当][年时会]|{_OTHER_DRIVES}|{_DISTRICT}"
)


class Subject:
    """What one campaign's rulebook speaks of."""

    def __init__(self, campaign: Campaign, phrasings: Sequence[tuple[str, ...]]) -> None:
        """`phrasings`: those of each entry of the rulebook, in plain form."""
        self._written = campaign.model_dump_json(exclude={"rulebook": {"__all__": {"questions"}}})
        self._places = _places(campaign)
        self._heard = " ".join(syllables(f"{campaign.area} {' '.join(region.name for region in campaign.regions)}"))
        self._entries_with: Counter[str] = Counter()
        for each in phrasings:
            self._entries_with.update({pair for phrasing in each for pair in self._pairs(phrasing)})

    def nearness(self, question: str, best: Rule | None) -> Nearness:
        """How near a question is to the campaign, where `best` is the entry it resembles most, if any.

        Another drive, place or year is decisive that neither the document nor the entry's phrasings have; so is a
        word of everyday life, unless it only tells why one asks about the drive (`五一放假耽搁了，还能报队吗`).
        """
        said = question.lower()
        of_a_drive = _OF_A_DRIVE.search(said) is not None
        if self.speaks_of_another(said, best):
            return "elsewhere"
        if self._names_strange(_ELSEWHERE, said, best):
            return "aside" if of_a_drive else "elsewhere"
        most = max((self._entries_with[pair] for pair in self._pairs(plain(said))), default=0)
        if of_a_drive or most >= COMMON:
            return "drive"
        return "rulebook" if most else "unclear"

    def speaks_of_another(self, question: str, best: Rule | None) -> bool:
        """Whether it names a drive, a place or a year that neither the document nor the entry has."""
        return self._names_strange(_ANOTHER, question.lower(), best)

    def _names_strange(self, words: re.Pattern[str], said: str, best: Rule | None) -> bool:
        return any(self._is_strange(found[0], said, best) for found in words.finditer(said))

    def _is_strange(self, word: str, said: str, best: Rule | None) -> bool:
        """A phrasing that has the word excuses it; one about the drive does so only where the question is."""
        if word in self._written or " ".join(syllables(word)) in self._heard:
            return False
        of_a_drive = _OF_A_DRIVE.search(said)
        alike = (phrasing for phrasing in (best.questions if best else ()) if word in phrasing)
        return not any(of_a_drive or not _OF_A_DRIVE.search(each) for each in alike)

    def _pairs(self, text: str) -> Iterator[str]:
        """Neighbouring syllables that say something, places left out."""
        generic = generic_sounds()
        for part in self._places.split(text):
            for one, other in pairwise(syllables(part)):
                if one not in generic and other not in generic:
                    yield f"{one} {other}"


def _places(campaign: Campaign) -> re.Pattern[str]:
    names = {name for r in campaign.regions for name in (r.name, *r.aliases)}
    names |= {name for s in campaign.sites for name in (s.name, *s.aliases)}
    area = campaign.area
    names |= {area, area[:-1]} | {area[i : i + 2] for i in range(len(area) - 1)}
    longest_first = sorted((name for name in names if name), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))
