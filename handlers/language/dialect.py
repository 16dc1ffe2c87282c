"""Everyday speech of the south-west, of Hubei and Henan, said in the words that the rest of the reading knows.

One table; only words that mean the same wherever they stand. What is folded is read and never echoed.
"""

import re
from functools import lru_cache

_SAYINGS = {
    "什么时候": "啥子?时候|啥子?时间|几时|多会儿?|哪阵|好久(?=开始|结束|截|停|到账|完|能|才|可以|[报交配])",
    "怎么样": "咋样|咋个样|怎样|啷样",
    "怎么": "咋个|咋(?!呼)|啷个|怎个|如何",
    "什么": "啥子|啥|么子|么事|哪样(?!的)",
    "多少": "好多(?=钱|个(?:项目|基金|活动|单位|方案)|个?人次|[个支]?队|块|才|[了啊嘛呢哦咯]?(?:[,。!?~ \\n]|$)|了|名"
    "|笔)|几多|多钱",
    "哪里": "哪点(?!击)|哪哈|哪儿|哪块(?!地)|什么地方|哪个地方",
    "第几": "老几",
    "找谁": "找哪个(?!项目|县|队|单位)",
    "问谁": "问哪个(?!项目|县|队|单位)",
    "谁负责": "哪个负责",
    "谁管": "哪个管",
    "没问题": "没得问题|莫得问题|(?<!有)没有问题|没啥子?问题|没得事",
    "没有": "莫得|没得|冇得|冇",
    "别": "莫(?=[算要记管报发推再急搞弄整组填登])|甭",
    "我们": "俺们|咱们|我哩|俺(?!妈)|咱(?!们)|偶们",
    "一下": "一哈哈?|一下下|一下子|哈子|(?<=[教看查问说等帮改])哈(?=[我你])",
    "看": "瞅瞅|瞅|瞧瞧|瞧|瞄",
    "知道": "晓得",
    "今天": "今儿个?|今个儿?|今朝|本日|今日个",
    "昨天": "昨儿个?|昨个儿?|夜儿个",
    "刚才": "将才|才将|刚将|头先|适才|方才|才刚",
    "错了": "拐了|拐哒|错哒|错嘞|错咯|错喽|错啰",
    "行不行": "得行不得行|得行不|得不得行|要得不|要不要得|中不中|中不(?=[,。!?~ ]|$)|成不(?=[,。!?~ ]|$)|阔以不",
    "可以": "阔以|得行",
    "搞": "整(?=[错哪什怎好不])|(?<=咋)整|(?<=[咋啷怎]个)整|(?<=怎么)整|弄",
    "那": "勒(?=[个条笔])",
}
_FOLDED = {f"s{place}": word for place, word in enumerate(_SAYINGS)}
_SAID = re.compile("|".join(f"(?P<s{place}>{sayings})" for place, sayings in enumerate(_SAYINGS.values())))
_PARTICLE = "[嘛噻撒哩嘞哈咯嘎嗦哇呀啊哦喔噢哟啦呐哎诶嚯哒滴]"
_PARTICLES = re.compile(rf"(?<=[^\s,.。!?~、;])(?<!{_PARTICLE}{_PARTICLE}){_PARTICLE}++(?=[,.。!?~;\s]|$)")


@lru_cache(maxsize=1024)
def standard(line: str) -> str:
    """A normalised line without dialect: words put into the standard ones, particles at the end of clauses dropped."""
    return _PARTICLES.sub("", _SAID.sub(lambda said: _FOLDED[said.lastgroup or ""], line))
