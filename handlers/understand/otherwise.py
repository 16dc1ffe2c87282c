"""What a sentence with money in it may tell instead of what a team has raised: one table of the words that say so.

A price, last year's sum, a neighbour's, a promise, an aim: none of them is a report. Where such a word stands beside a
figure nothing is booked without a question, and without any word of counting the sentence is no report at all.
"""

import re
from functools import lru_cache

_TELLS = {
    "past": r"去年|前年|往[年届常]|上年|上一?[次届回][^,。]{0,4}(?:活动|公益日|筹|捐|募)|历[年届]|当年|那[年届]"
    r"|头年|旧年|年前|忆往昔|忆当年|那阵儿?|那会儿|那时候?|当时|[一二三四五六七八九〇零]{2}年[^,。]{0,3}(?:抗|震|疫)|老早"
    r"|(?:过去|以前|从前|曾经)[^,。]{0,6}[筹捐募收]|上个?月|上周|上星期|上半年|前几[天年]",
    "others": r"隔壁|人家|别人|别[的家个]|其[他它]|他们|她们|听说|据说|听[^,。]{1,4}[说讲]|说是|传说|有人说"
    r"|朋友圈|新闻|抖音|对面|邻[县校村居]"
    r"|兄弟(?:单位|学校)|哪家|某[个某]|那边(?:都|已经|有|破|超|全)|全(?:国|省|世界)|[他她](?=[们的捐筹自一个家])|同行|对手|都在传|一口气|老[婆公爸妈汉]|媳妇|爹妈|娃儿?们?(?=[捐给拿攒])|我(?:妈|爸|媳妇|老婆|老公|孩子|娃)",
    "aim": r"争取|[想要](?:要|能|再)?[冲筹募破]|冲(?:刺|到|击|上|个)|[想要](?:筹|募|达|捐)|力争|希望|盼|指标"
    r"|有望|目标|任务|达标|能够?[筹募凑达冲破]"
    r"|打算|计划|预计|预算|预期|准备(?!好)|期望|梦想|下一步|拟[建设筹办于]|启动资金|才[够能行]|只要|起码得|倡议|每人",
    "promise": r"答应|承诺|认捐|说好|许诺|(?:还没|尚未|没)[有能]?(?:到账|到位|收到|转|打|拿|给|捐|交)|未到账"
    r"|在路上|口头|意向|应收|欠|赊|马上[^,。]{0,4}[捐转打到]|等会|过两天"
    r"|过几天|明[天日早晚]|后天|下[周次个]|将[要会]?|(?:[会肯要]|(?<!自)愿)(?:再)?(?:捐|转账|出|添|补|给)|再[添补]",
    "if": r"要[是不]是?|如果|假[如设使]|万一(?=[我你他她能有真])|哪[天怕]|凑[够齐满]|[就才真]好[了咯]?$|就?好咯"
    r"|巴不得|恨不得|没准|说不定",
    "spent": r"花[了掉费]?(?=\d|[一二两三四五六七八九十百千万几]|不|掉|费)|买|打车|[车运路餐房学话油药]费|费用"
    r"|报销|[单售标定]价|价[格钱]|售|成本|租|工资|奖金|罚款|彩票|中[了奖]"
    r"|[发抢领]红包|理财|起购|起投|利率|年化|房贷|首付|[赢输]|打牌|麻将|借|贷|存款|利息|发票|票据|收据|印[^,。]{0,4}[条幅册]|贵|便宜|补[贴助]|救助|资助|用[了掉去]|支出|拨|退[款回还]|分[到给得]了?|奖励",
    "all": r"全[市县省区镇乡](?!直)|整个[市县区镇乡]|各[县校区]|大家一共|[和跟与][^,。\d]{1,8}(?:一共|总共"
    r"|加起来|合计)|腾讯公益(?:一共|总共|总额)"
    r"|第[一二三四五六七八九十\d]+名(?:都|已|才|是|有|的|筹)|超过(?!\d)|领先|落后|追[上赶]|赶[上超]|匿名",
    "no money": r"转发(?:了|数|量|次)|[次人]转发|浏览|阅读|点赞|点击|步数|\d步|走访|传单|密码|验证码|单号|坐标|体重"
    r"|身高|气温|\d ?楼|\d室",
    "joke": r"测试|试一?[下试]|示例|例如|比如|举例|样例|哈哈|开玩笑|逗你|做梦|梦[见到里]|吹牛|骗你|亿万|富翁",
}
_PRICE = (
    r"[一每两半](?:[份床件套张个箱本斤台顿餐瓶袋包双支条盒辆桶把根只]|学期|年|个?月)[^,。\d]{0,3}\d"
    r"|\d ?[元块](?:钱)?(?:一|/|每)[份床件套张个箱本斤台顿餐瓶袋包双支条盒辆桶把根只]"
)
_OTHERWISE = re.compile("|".join((*_TELLS.values(), _PRICE)))
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d) ?年(?!级)")
_FAIR = re.compile(r"义卖|爱心[买购]|没走|募捐箱|不?含|\d点前|[今当]年|年级")
"""Words of a report in which a word of the table stands by chance."""


@lru_cache(maxsize=1024)
def tells_otherwise(line: str, this_year: int = 0) -> str:
    """The first words that speak of something else than what the team has raised; '' where none does."""
    said = _FAIR.sub(" ", line)
    if (year := _YEAR.search(said)) and this_year and int(year[1]) != this_year:
        return year[0]
    hit = _OTHERWISE.search(said)
    return hit[0] if hit else ""
