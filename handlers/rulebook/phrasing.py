"""A question in the form in which it is compared with a rulebook's phrasings."""

import re
from functools import lru_cache

from handlers.language.late import pattern
from handlers.language.text import is_question, normalise

LONGEST = 80
"""Characters of a message that are read as a question."""

GENERIC = "几点开始什么时候哪里能怎么办多少钱有没要找谁哪天今明一个人在到和也想去给做上下用不多大"
"""The characters that questions about anything are made of."""

_SAME = {
    "怎么": "怎么样 怎样 如何 咋个 咋样 咋 么样 么子样",
    "怎么办": "怎么处理 如何处理 咋办 咋个办",
    "做什么": "干什么 干嘛 干啥 做啥 做啥子 搞什么 搞哪样 做哪样 干哪样 搞啥",
    "什么时候": "什么时间 啥子时候 啥时候 何时 几时 哪个时候 好久 么时候 么时间 啥时间 啥子时间",
    "什么": "啥子 啥 么事 么子 啥玩意 哪样",
    "哪天": "在哪天 在哪一天 几号 哪一天 哪日 哪号 几日",
    "哪个": "在哪个",
    "哪家": "在哪家",
    "哪些": "那些 在哪些 有哪几个 哪几个 有哪些 哪几种 哪几样 哪几类 哪几方面 哪几项",
    "哪里": "那里 哪儿 在哪 什么地方 哪个地方 啥地方 哪块 哪点 哪个位置 那个位置 在哪个位置 在哪个地方 何处 哪个地儿",
    "多少": "多少钱 好多 好多钱 几多",
    "多年": "好多年",
    "没有": "莫得 没得 有无",
    "能": "能不能够 能不能 可不可以 行不行 能否 可否 能够 可以 得不得 得行不 得行 要得不 中不中 中不 成不成 成不 "
    "允许 准许",
    "电话": "手机号码 手机号 电话号码 联系方式 号码 热线",
    "组队": "建个队 拉个队 拉一支队 搞个队 弄个队 建一支队 组个队 拉队伍 建队伍 报个队 "
    "报队 建队 组建队伍 组建团队 建团队 组团队 组建爱心团队",
    "队": "团队 队伍 战队",
    "队名": "组队名称 队伍名称 队伍名字 团队名称 团队名 队的名字",
    "捐款": "捐赠 捐钱 善款",
    "晚上": "半夜 夜里 凌晨",
    "截止": "结束 停止 为止 到期 截至",
    "最晚": "最迟",
    "上限": "封顶 限额 最高限额 最高额",
    "孩子": "娃娃 小孩 小孩子 娃儿 伢子 伢 小朋友 儿童",
    "早上": "早晨 上午 清早",
    "职工": "员工 同事 干部职工",
    "2000": "两千 二千 2千 贰仟 两仟 2,000",
    "1000万": "一千万 1千万",
    "1元": "一元 1块钱 一块钱 1块 一块",
    "4月30": "四月三十 四月30 4.30",
    "5月": "五月",
    "10点": "十点",
    "谁": "哪个人 哪位",
    "几点": "哪个钟点 什么钟点 几点钟 几点种 哪个点",
    "配捐": "配套钱 配套资金 匹配资金 配比资金 配套捐款",
    "没通过": "没被选上 落选 没选上 没审过 没过审 不通过",
    "志愿者": "自愿者 志工 义工",
    "工资": "工钱 薪水 薪资",
    "名单": "单子 清单 明细",
    "一定": "百分之百 百分百 肯定 必定",
    "来得及": "赶得上 赶得及",
    "为什么": "凭什么 凭啥 为啥",
    "要": "需要 需不需要 用不用",
    "老人": "老头 老太 婆婆 爷爷 奶奶 老年人 老人家",
    "选": "挑选 选择 挑",
    "搞": "整 弄",
    "钱": "资金 款子 款项",
    "捐": "掏",
    "找谁": "问谁 联系谁 打给谁 跟谁联系 该找谁",
    "2000多": "两千多",
}
_FOLDED = {said: word for word, sayings in _SAME.items() for said in (word, *sayings.split())}
_SAID_ALIKE = pattern("|".join(sorted(map(re.escape, _FOLDED), key=len, reverse=True)))
_EMPTY = pattern(
    "请问一下|请问|我想问一下|我想问|想问一下|想问|问一下|问下|想咨询一下|咨询一下|想了解一下|麻烦问|麻烦|请教|"
    "老师们|老师您好|老师你好|老师好|您好|你好|大家好|谢谢|辛苦了|一下|就是说|就是|是不是|是否|然后|到底|哈喽|在吗|"
    "听说|晓得|知道|帮我|帮俺|帮忙|给我|给俺|跟我说说|告诉我|真的假的|老师好|里头|那边|这边|来着|我们|咱们|你们|俺们|我是|这个|那个(?!位置)|"
    "这次|本次|那种|的话|哎呀|[喂呃嗯哎唉诶嗨噻撒哩嘞咯呐咧噶呗我咱俺你它的了吗呢啊呀嘛吧哦噢是就]|哈(?![密尔萨达])"
)
_LEAD_IN = pattern(
    "(?:我们?|俺们?|咱们?)?(?:领导|老板|主任|校长|书记|院长|局长|科长|处长|经理|记者|同事|上级|上头|上面|家里人?|媳妇|爱人)"
    "(?:又|老是|一直|刚才?)?(?:催着?要?|问|叫|喊|让|派|想|等着要?)(?:我们?|俺们?|咱们?)?(?:来|去)?"
    "(?:核(?:实|对)?一?下?|要?个数|打听一?下?|了解一?下?|(?=[出写报查找问]|[,，:：]))[,，:：]?"
    "|^(?:哎呀?|诶|乖乖|妹儿|师傅|老乡|大姐|大哥|小妹|帅哥|美女|兄弟|亲)[,，!！~ ]"
    "|(?:我?[在正要]?赶稿子?|写稿子?(?:要?用)?|写(?:材料|总结|简报|汇报)(?:要?用)?)[呢着嘛啊]?[,，:：]"
)
"""Who makes one ask, and what for: nothing of the matter itself."""
_NO_MONEY = pattern("[这那]一块|一块儿?(?=[干搞弄做去来参报组捐用玩加凑筹])")
"""`一块` that means a field, or together."""
_ROUND = pattern("(?<=[0-9十百千万元块])整")
_OR_NOT = pattern(r"([能可会有要是行给])[不没](?:有)?\1")
_NOT_LETTERS = pattern(r"[^0-9a-z一-鿿]")


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Letters and figures only, empty words dropped, sayings of one meaning said one way."""
    asked = _OR_NOT.sub(r"\1", _LEAD_IN.sub("", normalise(text).lower()))
    letters = _NOT_LETTERS.sub("", _EMPTY.sub("", _ROUND.sub("", _NO_MONEY.sub("", asked))))
    return _SAID_ALIKE.sub(lambda said: _FOLDED[said[0]], letters)


_SENTENCE_ENDS = pattern("(?<=[?!。;\n])")
_CLAUSE_ENDS = pattern("[,，、]|(?:另外|还有|顺便|再)(?:想?问一?下?)?")


def questions_in(said: str) -> list[str]:
    """The questions of a message one by one, each with what leads up to it; a single one is the whole message."""
    found = list[str]()
    for sentence in filter(None, map(str.strip, _SENTENCE_ENDS.split(normalise(said)))):
        so_far = ""
        for clause in filter(None, map(str.strip, _CLAUSE_ENDS.split(sentence))):
            so_far = f"{so_far}，{clause}" if so_far else clause
            if is_question(clause):
                found.append(so_far)
                so_far = ""
    return found if len(found) > 1 else [said]
